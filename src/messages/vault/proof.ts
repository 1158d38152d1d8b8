// The fresh proof that the person is there, by password or passkey, which entries marked `proof` need (entry.ts). Also the notices about new
// unlock methods.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, strong } from '../shapes.ts'
import { credentialId, prf, salt } from './unlockMethods.ts'

const date = v.pipe(v.string(), v.maxLength(32))
const noticeId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
const noticesAtMost = 64

/** A new unlock method, or a copy of the vault to or from another device, which the person has not confirmed yet. */
export const accessNotice = v.strictObject({
  id: noticeId,
  /** The kind of a new slot; or `paired`: shown to another browser, `joined`: brought to another device, `synced`: sync turned on. */
  kind: v.picklist(['password', 'recovery', 'passkey', 'shares', 'other', 'paired', 'joined', 'synced']),
  at: v.nullable(date),
  /** The name of a passkey; null for others and unnamed ones. */
  name: v.nullable(v.pipe(v.string(), v.maxLength(64))),
})
export type AccessNotice = v.InferOutput<typeof accessNotice>

export const proofEntries = {
  /** Returns whether a proof still holds, and the passkeys that can give one. Failure 'locked'. */
  getProofState: {
    roles: ['onboarding', 'options', 'library'],
    request: empty,
    response: v.strictObject({
      holds: v.boolean(),
      passkeys: v.pipe(v.array(v.strictObject({ credentialId, salt })), v.maxLength(32)),
    }),
    idempotent: true,
    activity: false,
  },
  /** Gives a proof by password. It holds for a few minutes, and ends with a lock. Failure 'wrong-secret'. */
  proveByPassword: {
    roles: ['onboarding', 'options', 'library'],
    request: v.strictObject({ password, strong }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Gives a proof by passkey. Failure 'wrong-secret'. */
  proveByPasskey: {
    roles: ['onboarding', 'options', 'library'],
    request: v.strictObject({ credentialId, prf }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Returns the unconfirmed notices from before the last unlock. None while the vault is locked. */
  listAccessNotices: {
    roles: ['popup', 'options'],
    request: empty,
    response: v.strictObject({ notices: v.pipe(v.array(accessNotice), v.maxLength(noticesAtMost)) }),
    idempotent: true,
    activity: false,
  },
  /** "That was me": no device shows these notices again. */
  confirmAccessNotices: {
    roles: ['popup', 'options'],
    request: v.strictObject({ ids: v.pipe(v.array(noticeId), v.maxLength(noticesAtMost)) }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
