// Requests about the vault on other devices, and the status of sync. The only secrets here are passwords and recovery keys in requests.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, recoveryKey } from '../shapes.ts'

/** Longest file with a vault record, in characters. The body of a record has at most a million. */
const fileChars = 2_000_000
const moment = v.pipe(v.number(), v.integer())

/** Why the contents of the browser's sync were not accepted. */
export const refusal = v.picklist([
  'damaged', // it does not authenticate, or is not a record
  'rollback', // older than before, with nothing new in it
  'other-vault',
  'old-key', // sealed under a master key that has been replaced
  'newer-version',
  'weakened', // asks for less work per password guess than this device has seen in this vault
  'slots', // each device has removed the ways to unlock that the other relies on
  'clock', // dated more than a day ahead: this device's clock or the other's is wrong
  'implausible', // numbers that no honest vault reaches
  'too-long', // both together exceed what a vault can hold
])
export type Refusal = v.InferOutput<typeof refusal>

/** The last comparison with the browser's sync. */
export const status = v.variant('kind', [
  v.strictObject({ kind: v.literal('in-step'), at: moment }),
  /** `locked`: new contents wait until the vault is unlocked. `arriving`: they have not fully arrived yet. */
  v.strictObject({ kind: v.literal('waiting'), why: v.picklist(['locked', 'arriving', 'browser']) }),
  v.strictObject({ kind: v.literal('too-large') }),
  /** The synced vault has a new master key. Its password opens it (`acceptSyncedVault`). */
  v.strictObject({ kind: v.literal('pending') }),
  v.strictObject({ kind: v.literal('refused'), why: refusal }),
])
export type Status = v.InferOutput<typeof status>

/** Whether sync is on, and how it stands. `status` is null before the first comparison. */
export const syncStatus = v.strictObject({
  on: v.boolean(),
  status: v.nullable(status),
  /** The last refusal; null for none. The current contents may be acceptable again. */
  refused: v.nullable(v.strictObject({ why: refusal, at: moment })),
})
export type SyncStatus = v.InferOutput<typeof syncStatus>

/** What a device without a vault finds in the browser's sync. */
export const found = v.picklist(['nothing', 'arriving', 'vault', 'unreadable'])
export type Found = v.InferOutput<typeof found>

export const syncEntries = {
  getSyncStatus: { roles: ['options'], request: empty, response: syncStatus, idempotent: true, activity: false },
  /** Needs a proof to turn it on. */
  setSync: {
    roles: ['options'],
    request: v.strictObject({ on: v.boolean() }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** Compares with the browser's sync, and sends, now. */
  syncNow: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Replaces the contents of the browser's sync with the vault of this device. */
  replaceSyncedVault: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Removes the vault from the browser's sync, while sync is off. */
  clearSyncedVault: { roles: ['options'], request: empty, response: empty, idempotent: true, activity: true },
  /** Opens a synced record with another master key by its password. Failure 'wrong-secret'. The password also counts as the proof. */
  acceptSyncedVault: {
    roles: ['options'],
    request: v.strictObject({ password }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** Looks for a vault to join, for a device without one. */
  findVaultToJoin: {
    roles: ['popup', 'onboarding'],
    request: empty,
    response: v.strictObject({ found }),
    idempotent: true,
    activity: false,
  },
  /** `file`: the text of a file with a vault record; null for the browser's sync. Failure 'wrong-secret', 'vault-exists' or 'gone'. */
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
