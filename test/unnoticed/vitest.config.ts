// The runs that test/unnoticed.mjs writes down, in test-results/unnoticed, each for one test file and one function.

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { WxtVitest } from 'wxt/testing/vitest-plugin'
import { nulling } from './plugin.ts'
import Teller from './reporter.ts'

const root = new URL('../..', import.meta.url).pathname

class AsNumbered extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1))
  }
}

/** What returns nothing may be awaited for long. */
const ms = { testTimeout: 30_000, hookTimeout: 30_000 }

export default defineConfig({
  test: {
    reporters: [new Teller()],
    sequence: { sequencer: AsNumbered },
    maxWorkers: 1,
    projects: [
      {
        root,
        plugins: [...(await WxtVitest()), nulling()],
        test: {
          name: 'unit',
          root,
          setupFiles: 'test/unitWords.ts',
          include: ['test-results/unnoticed/unit/*.test.ts'],
          environment: 'node',
          ...ms,
        },
      },
      {
        root,
        test: {
          name: 'dom',
          root,
          include: ['test-results/unnoticed/dom/*.test.ts'],
          environment: 'node',
          isolate: false,
          env: { FIELDSEAL_BROWSERS: 'chromium', FIELDSEAL_AS_WEBSITE: 'yes' },
          ...ms,
        },
      },
    ],
  },
})
