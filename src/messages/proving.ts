// The fresh proof that the person is there, by password or passkey, which entries marked `proof` need (entry.ts). And what is
// told of new ways into the vault.

import * as v from 'valibot'
import type { Table } from './entry.ts'
import { none, password, strong } from './shapes.ts'
import { credentialId, prf, salt } from './ways.ts'

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

export const proving = {
  /** Whether a proof still holds, and the passkeys by which one can be given. Failure 'locked'. */
  proofState: {
    from: ['onboarding', 'options', 'library'],
    ask: none,
    answer: v.strictObject({
      holds: v.boolean(),
      passkeys: v.pipe(v.array(v.strictObject({ credentialId, salt })), v.maxLength(32)),
    }),
    again: true,
  },
  /** A proof by password. It holds for a few minutes and ends with a lock. */
  prove: {
    from: ['onboarding', 'options', 'library'],
    ask: v.strictObject({ password, strong }),
    answer: none,
    again: true,
  },
  proveByPasskey: {
    from: ['onboarding', 'options', 'library'],
    ask: v.strictObject({ credentialId, prf }),
    answer: none,
    again: true,
  },
  /** What there was to be told when the vault was unlocked, and is still unconfirmed. None while it is locked. */
  newAccess: {
    from: ['popup', 'options'],
    ask: none,
    answer: v.strictObject({ notices: v.pipe(v.array(accessNotice), v.maxLength(noticesAtMost)) }),
    again: true,
  },
  /** "That was me": these are not told of again, on any device. */
  confirmAccess: {
    from: ['popup', 'options'],
    ask: v.strictObject({ ids: v.pipe(v.array(noticeId), v.maxLength(noticesAtMost)) }),
    answer: none,
    again: true,
  },
} as const satisfies Table
