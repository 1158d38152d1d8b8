// Slots: copies of the master key, each wrapped under a key that one secret gives. Vault, slot id and kind are authenticated, so
// that no slot can replace another. FORMAT.md §6.2.

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

/** The vault that a slot belongs to, and the key that it wraps. */
export interface KeyHolder {
  /** base64url of 16 bytes. */
  readonly vaultId: string
  readonly masterKey: MasterKey
}

/**
 * A slot for a password, with `id` or a new one. Failure `weak-password`: an empty password; `memory`; `locked`: a wiped master
 * key. FORMAT.md §6.2.
 */
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

/** A slot for a recovery key of 16 bytes. Failure `locked`: a wiped master key. FORMAT.md §6.2. */
export function newRecoverySlot({ vaultId, masterKey }: KeyHolder, recovery: RecoverySecret, now: Date): RecoverySlot {
  const salt = randomBytes(saltBytes)
  const slot = { id: newSlotId(), kind: 'recovery', createdAt: now.toISOString() } as const
  const wrapped = wrapMaster(recoveryKey(recovery, salt), masterKey, aadFor(vaultId, slot))
  return { ...slot, salt: encodeBase64url(salt), wrappedKey: encodeBase64url(wrapped) }
}

/**
 * A slot for the 16 bytes that shares give. `set` (base64url of 4 bytes), `threshold` and `count` say which shares to ask for,
 * and how many. Failure `locked`: a wiped master key. FORMAT.md §6.2.
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
 * A slot for a passkey that answered `salt` with `prf` (32 bytes). `credentialId` and `salt` are base64url of 16 to 1023 and of
 * 32 bytes. Failure `locked`: a wiped master key. FORMAT.md §6.2.
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

/** Wraps another master key in this slot; id, date and salt stay. Failure `locked`: a wiped master key. FORMAT.md §6.8. */
export function rewrapRecoverySlot(slot: RecoverySlot, holder: KeyHolder, recovery: RecoverySecret): RecoverySlot {
  return rewrap(slot, holder, recoveryKey(recovery, decodeBase64url(slot.salt)))
}

/** Wraps another master key in this slot; id, date, salt and passkey stay. Failure `locked`: a wiped master key. FORMAT.md §6.8. */
export function rewrapPasskeySlot(slot: PasskeySlot, holder: KeyHolder, prf: PrfOutput): PasskeySlot {
  return rewrap(slot, holder, passkeyKey(prf, decodeBase64url(slot.salt)))
}

function rewrap<Slot extends RecoverySlot | PasskeySlot>(
  slot: Slot,
  { vaultId, masterKey }: KeyHolder,
  under: KeyEncryptionKey,
): Slot {
  return { ...slot, wrappedKey: encodeBase64url(wrapMaster(under, masterKey, aadFor(vaultId, slot))) }
}

/** The master key, 32 bytes; null if `under` is not the slot's key, or the slot was tampered with. */
export function openSlot(
  vaultId: string,
  slot: PasswordSlot | RecoverySlot | SharesSlot | PasskeySlot,
  under: KeyEncryptionKey,
): MasterKey | null {
  return unwrapKey(under, decodeBase64url(slot.wrappedKey), aadFor(vaultId, slot)) as MasterKey | null
}

/** The master key, 32 bytes, by a recovery key of 16 bytes; null as openSlot. */
export function openRecoverySlot(vaultId: string, slot: RecoverySlot, recovery: RecoverySecret): MasterKey | null {
  return openSlot(vaultId, slot, recoveryKey(recovery, decodeBase64url(slot.salt)))
}

/** The master key, 32 bytes, by the 16 bytes that shares give; null as openSlot. */
export function openSharesSlot(vaultId: string, slot: SharesSlot, secret: SharesSecret): MasterKey | null {
  return openSlot(vaultId, slot, sharesKey(secret, decodeBase64url(slot.salt)))
}

function sharesKey(secret: SharesSecret, salt: Uint8Array): KeyEncryptionKey {
  return derive(secret, salt, 'fieldseal/v1/slot/shares', 32) as KeyEncryptionKey
}

/** The master key, 32 bytes, by a passkey's answer of 32 bytes; null as openSlot. */
export function openPasskeySlot(vaultId: string, slot: PasskeySlot, prf: PrfOutput): MasterKey | null {
  return openSlot(vaultId, slot, passkeyKey(prf, decodeBase64url(slot.salt)))
}

function passkeyKey(prf: PrfOutput, salt: Uint8Array): KeyEncryptionKey {
  return derive(prf, salt, 'fieldseal/v1/slot/passkey', 32) as KeyEncryptionKey
}

function recoveryKey(recovery: RecoverySecret, salt: Uint8Array): KeyEncryptionKey {
  return derive(recovery, salt, 'fieldseal/v1/slot/recovery', 32) as KeyEncryptionKey
}

/** Failure `locked`: a wiped master key. */
function wrapMaster(under: KeyEncryptionKey, masterKey: MasterKey, aad: ReturnType<typeof utf8>) {
  return wrapKey(under, requireUnwiped(masterKey), aad)
}

function aadFor(vaultId: string, slot: { readonly id: string; readonly kind: string }) {
  return utf8(`fieldseal/v1/slot|${vaultId}|${slot.id}|${slot.kind}`)
}

function newSlotId(): string {
  return encodeBase64url(randomBytes(slotIdBytes))
}
