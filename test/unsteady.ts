// Tests in browsers that fail now and then, for a reason that is not known yet. `npm test` leaves them out, and `npm run test:all`
// runs them. There are at most three, each for at most 30 days: by then a test is mended or gone (unsteady.test.ts).

import { everything } from './e2e/session.ts'

export interface Unsteady {
  /** The whole name, as it is printed where the test fails: 'reading, in firefox > a text is opened'. */
  readonly name: string
  /** The day on which it was put here, YYYY-MM-DD. */
  readonly since: string
  /** How it fails, and what is known of the reason. */
  readonly why: string
}

export const unsteady: readonly Unsteady[] = []

/** A text as a pattern that matches it and nothing else. */
export const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The part of a configuration of vitest that leaves them out, unless everything runs. A pattern on the command line goes before it. */
export function leaveOut(
  tests: readonly Unsteady[] = unsteady,
  all: boolean = everything,
): { testNamePattern?: RegExp } {
  if (all || tests.length === 0) return {}
  const names = tests.map(({ name }) => literally(name))
  return { testNamePattern: new RegExp(`^(?!(?:${names.join('|')})$)`) }
}
