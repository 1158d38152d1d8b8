// End-to-end tests, in real browsers on the built extension. Each browser has a screen of its own where keys are pressed, so
// that several files run at a time.

import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first. */
const long = [
  'attack',
  'editors',
  'mainJob',
  'survives',
  'corpus',
  'enduring',
  'crashes',
  'fields',
  'access',
  'placements',
  'finding',
  'locking',
  'recovery',
  'pairing',
  'library',
  'drafts',
  'devices',
  'scanning',
]

/** Begins with what takes longest, so that no long file is left to run alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.indexOf(basename(moduleId, '.test.ts'))
      return at < 0 ? long.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts', 'test/attack/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/e2e/quick.ts'],
    // A browser waits as often as it works: one more of them than there are cores keeps the cores busy.
    maxWorkers: Math.min(availableParallelism() + 1, 6),
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    retry: 0,
  },
})
