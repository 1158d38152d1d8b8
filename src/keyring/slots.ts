// Slots: copies of the master key, each wrapped under a key that one secret gives. What a slot is bound to (vault, slot
// and kind) is authenticated, so that none can stand in for another. FORMAT.md §6.2.

import {
  decodeBase64url,
  encodeBase64url,
  type KeyEncryptionKey,
  type MasterKey,
  type PrfOutput,
  type RecoverySecret,
  randomBytes,
  type SharesSecret,
  utf8,
} from '../bytes.ts'
import { unwrapKey, wrapKey } from '../crypto/aead.ts'
import { derive, type PasswordCost, passwordKey } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { requireUnwiped } from './masterKey.ts'
import type { PasskeySlot, PasswordSlot, RecoverySlot, SharesSlot } from './record.ts'

const saltBytes = 16
const slotIdBytes = 9

interface KeyHolder {
  readonly vaultId: string
  readonly masterKey: MasterKey
}

/** A slot for a password, under the id given or a new one. Failure `weak-password` for an empty password; `memory`; `locked` for a wiped master key. */
export async function newPasswordSlot(
  { vaultId, masterKey }: KeyHolder,
  password: string,
  { memoryKiB, iterations, parallelism }: PasswordCost,
  now: Date,
  id: string | null = null,
): Promise<PasswordSlot> {
  if (password === '') throw new Failure('weak-password')
  const salt = randomBytes(saltBytes)
  const under = await passwordKey(password, salt, { memoryKiB, iterations, parallelism })
  const slot = { id: id ?? newSlotId(), kind: 'password', createdAt: now.toISOString() } as const
  return {
    ...slot,
    kdf: { algorithm: 'argon2id', memoryKiB, iterations, parallelism, salt: encodeBase64url(salt) },
    wrappedKey: encodeBase64url(wrapMaster(under, masterKey, aadFor(vaultId, slot))),
  }
}

/** A slot for a recovery key of 16 bytes, with a salt of 16 random bytes. Failure `locked` for a wiped master key. FORMAT.md §6.2. */
export function newRecoverySlot({ vaultId, masterKey }: KeyHolder, recovery: RecoverySecret, now: Date): RecoverySlot {
  const salt = randomBytes(saltBytes)
  const slot = { id: newSlotId(), kind: 'recovery', createdAt: now.toISOString() } as const
  const wrapped = wrapMaster(recoveryKey(recovery, salt), masterKey, aadFor(vaultId, slot))
  return { ...slot, salt: encodeBase64url(salt), wrappedKey: encodeBase64url(wrapped) }
}

/**
 * A slot for the 16 bytes that shares give. `set` (base64url of 4 bytes), `threshold` and `count` tell a program which shares to ask
 * for, and how many. Failure `locked` for a wiped master key.
 */
export function newSharesSlot(
  { vaultId, masterKey }: KeyHolder,
  secret: SharesSecret,
  { set, threshold, count }: Pick<SharesSlot, 'set' | 'threshold' | 'count'>,
  now: Date,
): SharesSlot {
  const salt = randomBytes(saltBytes)
  const slot = { id: newSlotId(), kind: 'shares', createdAt: now.toISOString(), set, threshold, count } as const
  const wrapped = wrapMaster(sharesKey(secret, salt), masterKey, aadFor(vaultId, slot))
  return { ...slot, salt: encodeBase64url(salt), wrappedKey: encodeBase64url(wrapped) }
}

/**
 * A slot for a passkey that answered `salt` with `prf` (32 bytes). `credentialId` and `salt` are base64url of 16 to 1023 and of 32
 * bytes. Failure `locked` for a wiped master key.
 */
export function newPasskeySlot(
  { vaultId, masterKey }: KeyHolder,
  { credentialId, salt, prf }: { readonly credentialId: string; readonly salt: string; readonly prf: PrfOutput },
  now: Date,
): PasskeySlot {
  const slot = { id: newSlotId(), kind: 'passkey', createdAt: now.toISOString() } as const
  const wrapped = wrapMaster(passkeyKey(prf, decodeBase64url(salt)), masterKey, aadFor(vaultId, slot))
  return { ...slot, credentialId, salt, wrappedKey: encodeBase64url(wrapped) }
}

/** The same slot around another master key: its id, its dates and the secret it asks for stay. */
export function rewrapRecoverySlot(slot: RecoverySlot, held: KeyHolder, recovery: RecoverySecret): RecoverySlot {
  return rewrapped(slot, held, recoveryKey(recovery, decodeBase64url(slot.salt)))
}

/** The same slot around another master key: its id, its dates and the passkey it asks for stay. */
export function rewrapPasskeySlot(slot: PasskeySlot, held: KeyHolder, prf: PrfOutput): PasskeySlot {
  return rewrapped(slot, held, passkeyKey(prf, decodeBase64url(slot.salt)))
}

function rewrapped<Slot extends RecoverySlot | PasskeySlot>(
  slot: Slot,
  { vaultId, masterKey }: KeyHolder,
  under: KeyEncryptionKey,
): Slot {
  return { ...slot, wrappedKey: encodeBase64url(wrapMaster(under, masterKey, aadFor(vaultId, slot))) }
}

/** The master key, 32 bytes; null when the slot is not of this secret, or was tampered with. */
export function openSlot(
  vaultId: string,
  slot: PasswordSlot | RecoverySlot | SharesSlot | PasskeySlot,
  under: KeyEncryptionKey,
): MasterKey | null {
  return unwrapKey(under, decodeBase64url(slot.wrappedKey), aadFor(vaultId, slot)) as MasterKey | null
}

export function openRecoverySlot(vaultId: string, slot: RecoverySlot, recovery: RecoverySecret): MasterKey | null {
  return openSlot(vaultId, slot, recoveryKey(recovery, decodeBase64url(slot.salt)))
}

export function openSharesSlot(vaultId: string, slot: SharesSlot, secret: SharesSecret): MasterKey | null {
  return openSlot(vaultId, slot, sharesKey(secret, decodeBase64url(slot.salt)))
}

function sharesKey(secret: SharesSecret, salt: Uint8Array): KeyEncryptionKey {
  return derive(secret, salt, 'fieldseal/v1/slot/shares', 32) as KeyEncryptionKey
}

export function openPasskeySlot(vaultId: string, slot: PasskeySlot, prf: PrfOutput): MasterKey | null {
  return openSlot(vaultId, slot, passkeyKey(prf, decodeBase64url(slot.salt)))
}

function passkeyKey(prf: PrfOutput, salt: Uint8Array): KeyEncryptionKey {
  return derive(prf, salt, 'fieldseal/v1/slot/passkey', 32) as KeyEncryptionKey
}

function recoveryKey(recovery: RecoverySecret, salt: Uint8Array): KeyEncryptionKey {
  return derive(recovery, salt, 'fieldseal/v1/slot/recovery', 32) as KeyEncryptionKey
}

/** Failure `locked` for a master key that was wiped. */
function wrapMaster(under: KeyEncryptionKey, masterKey: MasterKey, aad: ReturnType<typeof utf8>) {
  return wrapKey(under, requireUnwiped(masterKey), aad)
}

function aadFor(vaultId: string, slot: { readonly id: string; readonly kind: string }) {
  return utf8(`fieldseal/v1/slot|${vaultId}|${slot.id}|${slot.kind}`)
}

function newSlotId(): string {
  return encodeBase64url(randomBytes(slotIdBytes))
}
