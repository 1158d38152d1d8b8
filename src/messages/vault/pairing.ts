// Requests for pairing two browsers: to show this vault, sealed under a one-time code, and to accept a vault that another browser shows. No
// state is kept between two requests: each carries the frames that were read, and the code that was typed.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { diagnosis, empty } from '../shapes.ts'
import { brings, secret, whose } from './backups.ts'
import { maxNameChars } from './recovery.ts'

/** Longest text of frames, in characters. The parts of the largest vault have about two million. */
export const maxFramesChars = 3_000_000
const partsAtMost = 8192
const codeChars = 4_096

const text = v.pipe(v.string(), v.maxLength(maxFramesChars))
const code = v.pipe(v.string(), v.maxLength(codeChars))
const part = v.pipe(v.string(), v.regex(/^FSPAIR1:[A-Z2-7]{1,400}\.$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.integer())

/** One part of a pairing. */
export const readFrame = v.strictObject({
  /** The id of the pairing: 6 bytes in hex. */
  transfer: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  /** Counts from 0. */
  index: count,
  count: v.pipe(count, v.maxValue(partsAtMost)),
  text: part,
})
export type ReadFrame = v.InferOutput<typeof readFrame>

/** What a pairing says about its vault. Unproved until the vault's own secret opens it. */
const about = {
  name: v.pipe(v.string(), v.maxLength(maxNameChars)),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  updatedAt: moment,
  madeAt: moment,
}

const asked = { parts: text, code }

export const pairingEntries = {
  /** Returns the stored vault, sealed under a new code, in parts for QR codes. */
  offerPairing: {
    roles: ['options'],
    request: empty,
    response: v.strictObject({ code, parts: v.pipe(v.array(part), v.minLength(1), v.maxLength(partsAtMost)) }),
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Finds the parts of pairings in a text that was scanned, pasted or saved. */
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
  /** Describes the vault in a pairing. Failure 'mistyped' or 'wrong-secret': the code or the secret; 'damaged', 'newer-version'. */
  inspectPairing: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ ...asked, secret }),
    response: v.variant('kind', [
      v.strictObject({ kind: v.literal('closed'), ...about }),
      /** `otherKey`: it is the same vault, with a master key that the vault here has never had. */
      v.strictObject({ kind: v.literal('opened'), ...about, whose, otherKey: v.boolean(), brings }),
    ]),
    idempotent: true,
    activity: false,
  },
  /** Needs a proof if it brings unlock methods into the vault here. Failures as `inspectPairing`. */
  acceptPairing: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ ...asked, secret }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
} as const satisfies Table
