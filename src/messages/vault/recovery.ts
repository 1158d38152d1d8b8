// The part of the protocol that is about ways back into the vault: its name on paper, testing the recovery key, and shares
// among trusted people. For our own windows alone; keys and shares are typed only into tabs of ours.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { diagnosis, empty, password, recoveryKey, strong } from '../shapes.ts'

export const maxNameChars = 60
/** As many as can be made; a few more may be typed in while some are wrong. */
export const maxShares = 10
const sharesTypedAtMost = 16

const name = v.pipe(v.string(), v.maxLength(maxNameChars))
/** As `toISOString` writes it. */
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sharesTypedAtMost))
/** A share as it was typed, or as it was made. */
const share = v.pipe(v.string(), v.maxLength(4_096))

export const recoveryStatus = v.strictObject({
  /** The one a person gave it; null where none did, and while it is locked. */
  name: v.nullable(name),
  keyMadeAt: v.nullable(date),
  /** When the recovery key in force was last tested. Null when it never was, and while the vault is locked. */
  testedAt: v.nullable(date),
  /** It is time to test it. */
  testDue: v.boolean(),
  /** The shares in force. The names are by their numbers, and null while the vault is locked. */
  shares: v.nullable(
    v.strictObject({
      threshold: number,
      count: number,
      madeAt: date,
      names: v.nullable(v.array(name)),
      /** They were used to set a new password, and still open the vault. */
      used: v.boolean(),
    }),
  ),
  /** Shares that opened the vault before it got a new master key; none, once others are made. Null while it is locked. */
  ended: v.nullable(v.strictObject({ at: date, threshold: number, names: v.array(name) })),
})
export type RecoveryStatus = v.InferOutput<typeof recoveryStatus>

/** What is wrong with a typed share, or that it is good, beside those typed before it. */
export const shareFound = v.variant('kind', [
  ...diagnosis.options,
  v.strictObject({ kind: v.literal('newer') }),
  /** Not of the set that is in force. */
  v.strictObject({ kind: v.literal('other-set') }),
  /** The same number is there already: with the same letters, or with others. */
  v.strictObject({ kind: v.literal('twice'), index: number, same: v.boolean() }),
  v.strictObject({ kind: v.literal('good'), index: number }),
])
export type ShareFound = v.InferOutput<typeof shareFound>

/** What the good ones do together. `wrong` are the numbers of those that were forged, where that can be known. */
export const verdict = v.strictObject({
  kind: v.picklist(['few', 'open', 'closed']),
  /** How many are needed. */
  needed: number,
  wrong: v.array(number),
})
export type Verdict = v.InferOutput<typeof verdict>

const typedShares = v.pipe(v.array(share), v.minLength(1), v.maxLength(sharesTypedAtMost))

export const recoveryEntries = {
  getRecoveryStatus: {
    roles: ['popup', 'onboarding', 'options'],
    request: empty,
    response: recoveryStatus,
    idempotent: true,
    activity: false,
  },
  nameVault: {
    roles: ['options'],
    request: v.strictObject({ vaultName: name }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Changes nothing but the date of the last test. */
  testRecoveryKey: {
    roles: ['options'],
    request: v.strictObject({ recoveryKey }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  postponeRecoveryTest: {
    roles: ['popup', 'options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** A new set of shares. They are nobody's until they come back with `replaceShares`. */
  proposeShares: {
    roles: ['options'],
    request: v.strictObject({
      threshold: v.pipe(number, v.minValue(2), v.maxValue(maxShares)),
      count: v.pipe(number, v.minValue(2), v.maxValue(maxShares)),
    }),
    response: v.strictObject({ shares: v.array(share) }),
    idempotent: true,
    activity: true,
  },
  /** These shares take the place of those before. */
  replaceShares: {
    roles: ['options'],
    request: v.strictObject({ shares: typedShares, names: v.pipe(v.array(name), v.maxLength(maxShares)) }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Also forgets those that ended: none are wanted in their place. */
  removeShares: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true, proof: true },
  /** The finding for each share, in the same order, and the verdict on all that are good. */
  checkShares: {
    roles: ['onboarding'],
    request: v.strictObject({ shares: typedShares }),
    response: v.strictObject({ found: v.array(shareFound), verdict }),
    idempotent: true,
    activity: false,
  },
  recoverByShares: {
    roles: ['onboarding'],
    request: v.strictObject({ shares: typedShares, password, strong }),
    response: empty,
    idempotent: true,
    activity: false,
  },
} as const satisfies Table
