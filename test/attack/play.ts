// Plays attacks of hostile pages on the built extension, in a browser with a vault in it. Each is also played on a stand-in that
// lacks the guard, where it must succeed: an attack that works nowhere proves nothing. What each got is printed at the end.

import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { kinds } from '../e2e/session.ts'
import { type Stage, setStage } from './stage.ts'
import { printTable } from './table.ts'

export function play(...attacks: readonly ((stage: () => Stage) => void)[]): void {
  describe.each(kinds)('in %s', (kind) => {
    let stage: Stage
    beforeAll(async () => {
      stage = await setStage(kind)
    })
    afterEach(() => stage.closePages())
    afterAll(() => stage?.close())
    for (const attack of attacks) attack(() => stage)
  })
  afterAll(printTable)
}
