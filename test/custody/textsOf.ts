// The texts of a custodian: one for each, as the background has it.

import { Texts } from '../../src/custody/texts/texts.ts'
import type { Custodian } from '../../src/custody/vault/custodian.ts'

const known = new WeakMap<Custodian, Texts>()

export function textsOf(custodian: Custodian): Texts {
  const texts = known.get(custodian) ?? new Texts(custodian)
  known.set(custodian, texts)
  return texts
}
