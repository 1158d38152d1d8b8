// What the configurations of the tests in browsers have in common: test/dom/vitest.config.ts, test/e2e/vitest.config.ts, and
// test/browsers.config.ts, which runs the tests of both, so that no core is left idle at the end of the one.

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { everything, hasItsTurn, type Kind, kinds } from './e2e/session.ts'
import { filesIn, root } from './files.ts'
import { leaveOut } from './unsteady.ts'

// A browser waits as often as it works.
const maxWorkers = Math.min(availableParallelism() + 2, 8)

const project = (name: string, include: readonly string[], env: Readonly<Record<string, string>>) => ({
  test: {
    name,
    root,
    include: [...include],
    env: { ...env },
    environment: 'node' as const,
    // So that files share a browser (e2e/browsers.ts).
    isolate: false,
    maxWorkers,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    retry: 0,
  },
})

/** What says itself which browsers it takes: two at work in one test, or one that can what the other cannot. */
const ofBoth = ['test/e2e/pairing.test.ts', 'test/e2e/passkeys.test.ts']
/** What runs in both browsers each day. */
const inBoth = ['test/e2e/mainJob.test.ts']
/** Files asked for by name run whatever the day. */
const isNamed = process.argv.some((argument) => argument.includes('.test'))
/** Each file runs in one of the browsers today, and in the other one tomorrow; where everything runs, in both. */
const todays = (kind: Kind, ...folders: string[]) =>
  filesIn(folders, /\.test\.ts$/)
    .filter((path) => !ofBoth.includes(path))
    .filter((path, nth) => isNamed || inBoth.includes(path) || hasItsTurn(kind, nth))

/** In Chromium Fieldseal is run as a website (dom/asWebsite.ts), in Firefox with the extension. */
export const dom = kinds.map((kind) =>
  project(`dom in ${kind}`, todays(kind, 'test/dom'), {
    FIELDSEAL_BROWSERS: kind,
    ...(kind === 'chromium' && { FIELDSEAL_AS_WEBSITE: 'yes' }),
  }),
)

/** Where everything runs, what is run without the extension else is run with it around, too. */
export const e2e = [
  project('both', ofBoth, {}),
  ...kinds.map((kind) =>
    project(kind, todays(kind, 'test/attack', 'test/e2e', ...(everything ? ['test/dom'] : [])), {
      FIELDSEAL_BROWSERS: kind,
    }),
  ),
]

/** Begins with what takes longest, so that it is not left to run alone at the end: two browsers in one test, then attacks. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['both', ...kinds, ...kinds.map((kind) => `dom in ${kind}`)]
    const rank = ({ project, moduleId }: TestSpecification) =>
      2 * order.indexOf(project.name) + (moduleId.includes('/attack/') ? 0 : 1)
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export const running = (projects: readonly ReturnType<typeof project>[]) =>
  defineConfig({
    test: {
      ...leaveOut(),
      globalSetup: ['test/e2e/quick.ts'],
      sequence: { sequencer: LongestFirst },
      projects: [...projects],
      maxWorkers,
    },
  })
