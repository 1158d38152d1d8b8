// Hostile pages let loose on the built extension, in both browsers. Each attack is also played on a stand-in that lacks the
// guard, where it must succeed: an attack that works nowhere proves nothing. What each got is printed at the end.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '../e2e/session.ts'
import { actsAttacks } from './acts.ts'
import { framesAttacks } from './frames.ts'
import { oracleAttacks } from './oracle.ts'
import { placesAttacks } from './places.ts'
import { puttingBackAttacks } from './puttingBack.ts'
import { readingAttacks } from './reading.ts'
import { sizesAttacks } from './sizes.ts'
import { type Stage, setStage } from './stage.ts'
import { strangeAttacks } from './strange.ts'
import { attacksThatProveNothing, printTable } from './table.ts'
import { typingAttacks } from './typing.ts'
import { worldAttacks } from './world.ts'

describe.each(kinds)('in %s', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage(kind)
  })
  afterEach(() => stage.closePages())
  afterAll(() => stage?.close())
  readingAttacks(() => stage)
  worldAttacks(() => stage)
  typingAttacks(() => stage)
  framesAttacks(() => stage)
  actsAttacks(() => stage)
  puttingBackAttacks(() => stage)
  placesAttacks(() => stage)
  sizesAttacks(() => stage)
  strangeAttacks(() => stage)
  oracleAttacks(() => stage)
})

test('every attack works on a stand-in, in one browser at least', () => {
  expect(attacksThatProveNothing()).toEqual([])
})

afterAll(printTable)
