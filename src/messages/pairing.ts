// What our own windows may ask about pairing two browsers: to be shown this vault, sealed under a one-time code, and to take in
// one that was shown elsewhere. Nothing is kept between two questions: the parts that were read, and the code that was
// typed, are asked with each.

import * as v from 'valibot'
import { brings, secret, whose } from './backups.ts'
import type { Table } from './entry.ts'
import { nameCharsAtMost } from './recovering.ts'
import { diagnosis, none } from './shapes.ts'

/** The longest vault has about two million letters in its parts. */
export const partsCharsAtMost = 3_000_000
const partsAtMost = 8192
const codeChars = 4_096

const text = v.pipe(v.string(), v.maxLength(partsCharsAtMost))
const code = v.pipe(v.string(), v.maxLength(codeChars))
const part = v.pipe(v.string(), v.regex(/^FSPAIR1:[A-Z2-7]{1,400}\.$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.integer())

export const readPart = v.strictObject({
  /** Of which pairing it is. */
  transfer: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  /** Counted from 0. */
  index: count,
  count: v.pipe(count, v.maxValue(partsAtMost)),
  text: part,
})
export type ReadPart = v.InferOutput<typeof readPart>

/** What a pairing says of the vault in it. Nothing of it is proved before the vault's own password opens it. */
const about = {
  name: v.pipe(v.string(), v.maxLength(nameCharsAtMost)),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  updatedAt: moment,
  madeAt: moment,
}

const asked = { parts: text, code }

export const pairing = {
  /** The vault as it is stored, sealed under a code that was never used before. */
  offerPairing: {
    from: ['options'],
    ask: none,
    answer: v.strictObject({ code, parts: v.pipe(v.array(part), v.minLength(1), v.maxLength(partsAtMost)) }),
    again: true,
    proof: true,
  },
  /** The parts of pairings in what was scanned, pasted or saved. */
  readParts: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ text }),
    answer: v.strictObject({ parts: v.array(readPart), damaged: count, newer: count }),
    again: true,
  },
  checkPairingCode: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ typed: code }),
    answer: diagnosis,
    again: true,
  },
  /** `secret` is of the vault that was shown; null as long as it is not known whether it is needed. */
  lookAtPairing: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ ...asked, secret }),
    answer: v.variant('kind', [
      v.strictObject({ kind: v.literal('closed'), ...about }),
      /** `otherKey`: it is of the vault here, and has a master key that the vault here has never had. */
      v.strictObject({ kind: v.literal('opened'), ...about, whose, otherKey: v.boolean(), brings }),
    ]),
    again: true,
  },
  /** Where it brings a way into the vault here it needs a proof. */
  takePairing: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ ...asked, secret }),
    answer: none,
    again: true,
    proof: 'in-part',
  },
} as const satisfies Table
