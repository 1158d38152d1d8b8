// The fresh proof that the person is there, by password or passkey, which entries marked `proof` need (entry.ts). And what is
// told of new ways into the vault.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, strong } from '../shapes.ts'
import { credentialId, prf, salt } from './unlockMethods.ts'

const date = v.pipe(v.string(), v.maxLength(32))
const noticeId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
const noticesAtMost = 64

/** Something by which the vault can be opened since, or has gone elsewhere, that nobody has confirmed yet. */
export const accessNotice = v.strictObject({
  id: noticeId,
  /** A slot by its kind; or the vault was shown to another browser, brought to another device, or synced from now on. */
  kind: v.picklist(['password', 'recovery', 'passkey', 'shares', 'other', 'paired', 'joined', 'synced']),
  at: v.nullable(date),
  /** Of a passkey, where it has one. */
  name: v.nullable(v.pipe(v.string(), v.maxLength(64))),
})
export type AccessNotice = v.InferOutput<typeof accessNotice>

export const proofEntries = {
  /** Whether a proof still holds, and the passkeys by which one can be given. Failure 'locked'. */
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
  /** A proof by password. It holds for a few minutes and ends with a lock. */
  proveByPassword: {
    roles: ['onboarding', 'options', 'library'],
    request: v.strictObject({ password, strong }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  proveByPasskey: {
    roles: ['onboarding', 'options', 'library'],
    request: v.strictObject({ credentialId, prf }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** The notices that there were when the vault was unlocked, as far as they are unconfirmed. None while it is locked. */
  listAccessNotices: {
    roles: ['popup', 'options'],
    request: empty,
    response: v.strictObject({ notices: v.pipe(v.array(accessNotice), v.maxLength(noticesAtMost)) }),
    idempotent: true,
    activity: false,
  },
  /** "That was me": these are not shown again, on any device. */
  confirmAccessNotices: {
    roles: ['popup', 'options'],
    request: v.strictObject({ ids: v.pipe(v.array(noticeId), v.maxLength(noticesAtMost)) }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
