// Runs a test file with one function nulled, or with none, to see which are called. test/unnoticed.mjs writes a file for each such
// run, which says which and imports the test file, so that one worker, with one browser, has many runs.

import { writeFileSync } from 'node:fs'
import { afterAll, beforeEach } from 'vitest'
import { begin, callsSoFar } from './nulled.ts'

/** Notes in the file `record` what is called, and after how many milliseconds first. */
export function recordCalls(record: string): void {
  begin(null)
  afterAll(() => writeFileSync(record, JSON.stringify(callsSoFar())))
}

/** Once a test has failed, the rest is left out. */
export function nullOne(name: string): void {
  begin(name)
  let failed = false
  beforeEach(({ skip, onTestFailed }) => {
    if (failed) skip()
    onTestFailed(() => {
      failed = true
    })
  })
}
