// Unit tests: everything under test/ that needs neither a browser nor a build. `wxt/browser` is a stand-in here.

import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'
import { depth } from './test/depth.ts'

const elsewhere = ['e2e', 'dom', 'attack', 'pages', 'bundle', 'cli', 'bench'].map((room) => `test/${room}/**`)
/** These rooms know no browser, and their tests put back what they put in the place of anything: their files share workers. */
const pure = ['crypto', 'keyring'].map((room) => `test/${room}/**`)

export default defineConfig({
  test: {
    globalSetup: 'test/sayDepth.ts',
    environment: 'node',
    // What is long runs whole at the depth 1, and on machines that are busy with other things.
    testTimeout: depth === 1 ? 900_000 : 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: pure.map((room) => `${room}/*.test.ts`), isolate: false } },
      {
        extends: true,
        plugins: await WxtVitest(),
        test: {
          name: 'rooms',
          setupFiles: 'test/unitWords.ts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, ...pure],
        },
      },
    ],
  },
})
