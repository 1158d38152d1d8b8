// The ordinary build, but for what lets its functions be nulled, in a place of its own.

import ordinary from '../../wxt.config.ts'
import { nulling } from './plugin.ts'

export default {
  ...ordinary,
  outDir: '.output/nulling',
  vite: async (env: Parameters<NonNullable<typeof ordinary.vite>>[0]) => {
    const made = await ordinary.vite?.(env)
    return { ...made, plugins: [...(made?.plugins ?? []), nulling()] }
  },
}
