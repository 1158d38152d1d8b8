// The test of what was built. It runs after the builds.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/bundle/**/*.test.ts'],
    environment: 'node',
  },
})
