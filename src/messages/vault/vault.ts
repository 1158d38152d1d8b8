// The vault itself: whether it is unlocked, and what makes, unlocks and locks it. For our own windows alone.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { cue, diagnosis, empty, password, plain, recoveryKey, sealed, strong } from '../shapes.ts'
import { lockTime } from './autoLock.ts'

export const vaultState = v.strictObject({
  vault: v.picklist(['none', 'locked', 'unlocked']),
  /** There was a vault on this device, and the browser has removed its data. */
  removed: v.boolean(),
  cue: v.nullable(cue),
  /** The vault on this device could not be read at the last attempt: a backup may take its place. */
  unreadable: v.boolean(),
  /** The recovery key was used and has not been replaced since. */
  renewRecovery: v.boolean(),
  /** Null when it is locked, or does not lock by itself. */
  locking: v.nullable(lockTime),
  /** When a backup was last made on this device, milliseconds since 1970; and whether it is time for one. Null while locked. */
  backup: v.nullable(v.strictObject({ at: v.nullable(v.pipe(v.number(), v.integer())), due: v.boolean() })),
  /** The password is known to be less than strong. False while it is locked. */
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
  unlock: {
    roles: ['popup'],
    request: v.strictObject({ password }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  lock: { roles: ['popup', 'options', 'library'], request: empty, response: empty, idempotent: true, activity: false },
  proposeRecoveryKey: {
    roles: ['onboarding', 'options'],
    request: empty,
    response: v.strictObject({ recoveryKey }),
    idempotent: true,
    activity: false,
  },
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
  changePassword: {
    roles: ['options'],
    request: v.strictObject({ current: password, next: password, strong }),
    response: empty,
    idempotent: false,
    activity: true,
  },
  /** Sealing and opening while a person learns how that goes, outside any site. */
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
