// Requests for pairing two browsers: to show this vault, sealed under a one-time code, and to accept one that
// was shown elsewhere. Nothing is kept between two requests: each carries the frames that were read, and the code that was typed.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { diagnosis, empty } from '../shapes.ts'
import { brings, secret, whose } from './backups.ts'
import { maxNameChars } from './recovery.ts'

/** The longest vault has about two million letters in its parts. */
export const maxFramesChars = 3_000_000
const partsAtMost = 8192
const codeChars = 4_096

const text = v.pipe(v.string(), v.maxLength(maxFramesChars))
const code = v.pipe(v.string(), v.maxLength(codeChars))
const part = v.pipe(v.string(), v.regex(/^FSPAIR1:[A-Z2-7]{1,400}\.$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.integer())

export const readFrame = v.strictObject({
  /** Of which pairing it is. */
  transfer: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  /** Counted from 0. */
  index: count,
  count: v.pipe(count, v.maxValue(partsAtMost)),
  text: part,
})
export type ReadFrame = v.InferOutput<typeof readFrame>

/** What a pairing says of the vault in it. Nothing of it is proved before the vault's own password opens it. */
const about = {
  name: v.pipe(v.string(), v.maxLength(maxNameChars)),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  updatedAt: moment,
  madeAt: moment,
}

const asked = { parts: text, code }

export const pairingEntries = {
  /** The vault as it is stored, sealed under a code that was never used before. */
  offerPairing: {
    roles: ['options'],
    request: empty,
    response: v.strictObject({ code, parts: v.pipe(v.array(part), v.minLength(1), v.maxLength(partsAtMost)) }),
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** The parts of pairings in what was scanned, pasted or saved. */
  readPairingFrames: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ text }),
    response: v.strictObject({ parts: v.array(readFrame), damaged: count, newer: count }),
    idempotent: true,
    activity: false,
  },
  checkPairingCode: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ typed: code }),
    response: diagnosis,
    idempotent: true,
    activity: false,
  },
  /** `secret` is of the vault that was shown; null as long as it is not known whether it is needed. */
  inspectPairing: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ ...asked, secret }),
    response: v.variant('kind', [
      v.strictObject({ kind: v.literal('closed'), ...about }),
      /** `otherKey`: it is of the vault here, and has a master key that the vault here has never had. */
      v.strictObject({ kind: v.literal('opened'), ...about, whose, otherKey: v.boolean(), brings }),
    ]),
    idempotent: true,
    activity: false,
  },
  /** Where it brings a way into the vault here it needs a proof. */
  acceptPairing: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ ...asked, secret }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
} as const satisfies Table
