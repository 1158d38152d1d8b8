// Our pages in real browsers, without the extension: what is drawn and done in them, at the answers of a background that runs
// in the test. One browser of each kind, and one worker for each, which opens its browser once.

import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'
import { kinds } from '../e2e/session.ts'

export default defineConfig({
  test: {
    projects: await Promise.all(
      kinds.map(async (kind) => ({
        plugins: await WxtVitest(),
        test: {
          name: kind,
          root: new URL('../..', import.meta.url).pathname,
          include: ['test/dom/**/*.test.ts'],
          environment: 'node' as const,
          provide: { kind },
          isolate: false,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          retry: 0,
        },
      })),
    ),
    maxWorkers: kinds.length,
  },
})
