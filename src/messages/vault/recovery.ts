// Requests about recovery: the vault's name on paper, tests of the recovery key, and shares among trusted people. Only our own windows make
// them; the person types keys and shares only into our own tabs.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { diagnosis, empty, password, recoveryKey, strong } from '../shapes.ts'

export const maxNameChars = 60
/** Most shares in a set. A person may type a few more while some are wrong. */
export const maxShares = 10
const sharesTypedAtMost = 16

const name = v.pipe(v.string(), v.maxLength(maxNameChars))
/** As `toISOString` writes it. */
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sharesTypedAtMost))
/** A share, as made or as typed. */
const share = v.pipe(v.string(), v.maxLength(4_096))

/** The recovery key and the shares of the vault. */
export const recoveryStatus = v.strictObject({
  /** The vault's name; null if it has none, and while it is locked. */
  name: v.nullable(name),
  keyMadeAt: v.nullable(date),
  /** When the current recovery key was last tested; null if never, and while the vault is locked. */
  testedAt: v.nullable(date),
  /** It is time to test it. */
  testDue: v.boolean(),
  /** The current shares; null for none. `names`: in the order of their numbers; null while the vault is locked. */
  shares: v.nullable(
    v.strictObject({
      threshold: number,
      count: number,
      madeAt: date,
      names: v.nullable(v.array(name)),
      /** They have been used to set a new password, and still open the vault. */
      used: v.boolean(),
    }),
  ),
  /** Shares that stopped working with a new master key; null once others are made, and while the vault is locked. */
  ended: v.nullable(v.strictObject({ at: date, threshold: number, names: v.array(name) })),
})
export type RecoveryStatus = v.InferOutput<typeof recoveryStatus>

/** The finding for one typed share, given those before it. */
export const shareFound = v.variant('kind', [
  ...diagnosis.options,
  v.strictObject({ kind: v.literal('newer') }),
  /** It does not belong to the current set. */
  v.strictObject({ kind: v.literal('other-set') }),
  /** Another share has the same number: with the same characters if `same`, else with others. */
  v.strictObject({ kind: v.literal('twice'), index: number, same: v.boolean() }),
  v.strictObject({ kind: v.literal('good'), index: number }),
])
export type ShareFound = v.InferOutput<typeof shareFound>

/** Whether the good shares together open the vault. `wrong`: the numbers of forged ones, as far as that can be known. */
export const verdict = v.strictObject({
  kind: v.picklist(['few', 'open', 'closed']),
  /** How many shares are needed. */
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
  /** Changes only the date of the last test. Failure 'mistyped' or 'wrong-secret'. */
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
  /** Returns a new set of shares. They open nothing until `replaceShares` returns them. */
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
  /** Makes these shares the current ones. Failure 'mistyped'. */
  replaceShares: {
    roles: ['options'],
    request: v.strictObject({ shares: typedShares, names: v.pipe(v.array(name), v.maxLength(maxShares)) }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Removes the current shares, and forgets those in `ended`. */
  removeShares: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true, proof: true },
  /** Returns the finding for each share, in the same order, and the verdict on all good ones. */
  checkShares: {
    roles: ['onboarding'],
    request: v.strictObject({ shares: typedShares }),
    response: v.strictObject({ found: v.array(shareFound), verdict }),
    idempotent: true,
    activity: false,
  },
  /** Unlocks the vault and sets a new password. Failure 'mistyped', 'wrong-secret' or 'weak-password'. */
  recoverByShares: {
    roles: ['onboarding'],
    request: v.strictObject({ shares: typedShares, password, strong }),
    response: empty,
    idempotent: true,
    activity: false,
  },
} as const satisfies Table
