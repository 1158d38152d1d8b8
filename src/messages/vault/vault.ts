// The vault itself: its state, and the requests that create, unlock and lock it. Only our own windows make them.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { cue, diagnosis, empty, password, plain, recoveryKey, sealed, strong } from '../shapes.ts'
import { lockTime } from './autoLock.ts'

/** The state of the vault on this device. */
export const vaultState = v.strictObject({
  vault: v.picklist(['none', 'locked', 'unlocked']),
  /** This device had a vault, and the browser has removed its data. */
  removed: v.boolean(),
  cue: v.nullable(cue),
  /** The last attempt to read the vault failed, so a backup may replace it. */
  unreadable: v.boolean(),
  /** The recovery key has been used, and not replaced since. */
  renewRecovery: v.boolean(),
  /** Null if the vault is locked, or does not lock by itself. */
  locking: v.nullable(lockTime),
  /** `at`: when this device last made a backup, in milliseconds since 1970; null for never. Null while the vault is locked. */
  backup: v.nullable(v.strictObject({ at: v.nullable(v.pipe(v.number(), v.integer())), due: v.boolean() })),
  /** The password is known not to be strong. False while the vault is locked. */
  weakPassword: v.boolean(),
})
export type VaultState = v.InferOutput<typeof vaultState>

export const vaultEntries = {
  getVaultState: {
    roles: ['popup', 'onboarding', 'options', 'composer', 'library'],
    request: empty,
    response: vaultState,
    idempotent: true,
    activity: false,
  },
  /** Failure 'wrong-secret', 'no-vault', 'damaged' or 'memory'. */
  unlock: {
    roles: ['popup'],
    request: v.strictObject({ password }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  lock: { roles: ['popup', 'options', 'library'], request: empty, response: empty, idempotent: true, activity: false },
  /** Returns a new recovery key. It opens nothing until `createVault` or `replaceRecoveryKey` returns it. */
  proposeRecoveryKey: {
    roles: ['onboarding', 'options'],
    request: empty,
    response: v.strictObject({ recoveryKey }),
    idempotent: true,
    activity: false,
  },
  /** Failure 'vault-exists', 'weak-password' or 'mistyped'. */
  createVault: {
    roles: ['onboarding'],
    request: v.strictObject({ password, strong, recoveryKey }),
    response: v.strictObject({ cue }),
    idempotent: false,
    activity: false,
  },
  checkRecoveryKey: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ typed: recoveryKey }),
    response: diagnosis,
    idempotent: true,
    activity: false,
  },
  /** Unlocks the vault and sets a new password. Failure 'mistyped', 'wrong-secret' or 'weak-password'. */
  recover: {
    roles: ['onboarding'],
    request: v.strictObject({ recoveryKey, password, strong }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  replaceRecoveryKey: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ recoveryKey }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Failure 'wrong-secret': `current`; 'weak-password': `next`. */
  changePassword: {
    roles: ['options'],
    request: v.strictObject({ current: password, next: password, strong }),
    response: empty,
    idempotent: false,
    activity: true,
  },
  /** Seals a text outside any site, for practice in the onboarding. */
  practiceSealing: {
    roles: ['onboarding'],
    request: v.strictObject({ text: plain }),
    response: v.strictObject({ sealed }),
    idempotent: true,
    activity: true,
  },
  practiceOpening: {
    roles: ['onboarding'],
    request: v.strictObject({ sealed }),
    response: v.strictObject({ text: plain }),
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
