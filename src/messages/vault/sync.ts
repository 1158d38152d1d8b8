// Requests about the vault on other devices, and its status. Nothing in here is a secret but the password and the recovery key of
// whoever joins.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, recoveryKey } from '../shapes.ts'

/** A bare vault record or a file with one: a body has at most a million characters. */
const fileChars = 2_000_000
const moment = v.pipe(v.number(), v.integer())

/** Why the contents of the browser's sync were not accepted. */
export const refusal = v.picklist([
  'damaged', // it does not authenticate, or is not a record
  'rollback', // older than what was there before, with nothing new in it
  'other-vault',
  'old-key', // sealed under a master key that another has taken the place of
  'newer-version',
  'weakened', // asks for less work per guess at the password than this vault was seen with
  'slots', // each device has removed the ways to unlock that the other relies on
  'clock', // dated more than a day ahead: this device's clock or the other's is wrong
  'implausible', // numbers that no honest vault gets to
  'too-long', // both together are more than a vault can hold
])
export type Refusal = v.InferOutput<typeof refusal>

export const status = v.variant('kind', [
  v.strictObject({ kind: v.literal('in-step'), at: moment }),
  /** `locked`: something new is there, and waits for the vault to be unlocked. `arriving`: not all of it is there yet. */
  v.strictObject({ kind: v.literal('waiting'), why: v.picklist(['locked', 'arriving', 'browser']) }),
  v.strictObject({ kind: v.literal('too-large') }),
  /** The vault has a new master key: the password that was set for it opens it. */
  v.strictObject({ kind: v.literal('pending') }),
  v.strictObject({ kind: v.literal('refused'), why: refusal }),
])
export type Status = v.InferOutput<typeof status>

export const syncStatus = v.strictObject({
  on: v.boolean(),
  status: v.nullable(status),
  /** The last time something was refused. What is there now may be sound again. */
  refused: v.nullable(v.strictObject({ why: refusal, at: moment })),
})
export type SyncStatus = v.InferOutput<typeof syncStatus>

export const found = v.picklist(['nothing', 'arriving', 'vault', 'unreadable'])
export type Found = v.InferOutput<typeof found>

export const syncEntries = {
  getSyncStatus: { roles: ['options'], request: empty, response: syncStatus, idempotent: true, activity: false },
  /** Turning it on needs a proof. */
  setSync: {
    roles: ['options'],
    request: v.strictObject({ on: v.boolean() }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** Compares and sends now. */
  syncNow: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Replaces whatever the browser's sync holds by the vault of this device. */
  replaceSyncedVault: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Takes the vault out of the browser's sync; for when it is off. */
  clearSyncedVault: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Tries a password on the record that this device's master key does not open. The password of this vault is the proof. */
  acceptSyncedVault: {
    roles: ['options'],
    request: v.strictObject({ password }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** Whether there is a vault to join, where there is none on this device. */
  findVaultToJoin: {
    roles: ['popup', 'onboarding'],
    request: empty,
    response: v.strictObject({ found }),
    idempotent: true,
    activity: false,
  },
  /** `file` is the text of a file with a vault record; null for what the browser's sync holds. */
  joinVault: {
    roles: ['onboarding'],
    request: v.strictObject({
      file: v.nullable(v.pipe(v.string(), v.maxLength(fileChars))),
      by: v.variant('kind', [
        v.strictObject({ kind: v.literal('password'), password }),
        v.strictObject({ kind: v.literal('recovery'), recoveryKey }),
      ]),
    }),
    response: empty,
    idempotent: false,
    activity: false,
  },
} as const satisfies Table

/** The key in `storage.session` that is written when the response to `getSyncStatus` changes. */
export const syncStatusKey = 'devices'
