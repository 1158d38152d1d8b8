// The vault as a value: making, unlocking and changing one. Every change returns a new value with a record to store, and leaves
// the old one unchanged. Knows neither where records are stored nor what time it is. FORMAT.md §6.

import {
  decodeBase64url,
  encodeBase64url,
  type KeyEncryptionKey,
  type MasterKey,
  type RecoverySecret,
  randomBytes,
  randomToken,
  utf8,
} from '../bytes.ts'
import { openSmall, sealSmall } from '../crypto/aead.ts'
import { costOf, derive, type PasswordCost, passwordKey } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { knownSlots, passwordStrength } from './access.ts'
import { newBody, readBody, type VaultBody, writeBody } from './body.ts'
import { requireUnwiped } from './masterKey.ts'
import {
  isPasswordSlot,
  isRecoverySlot,
  maxBodyCharacters,
  parseRecord,
  passwordSlotCost,
  type RecoverySlot,
  type VaultHeader,
  type VaultRecord,
  vaultFormat,
} from './record.ts'
import { newPasswordSlot, newRecoverySlot, openRecoverySlot, openSlot } from './slots.ts'
import { stampChanges } from './stamps.ts'

/** An unlocked vault. */
export interface Vault {
  /** base64url of 16 bytes. */
  readonly vaultId: string
  readonly header: VaultHeader
  readonly body: VaultBody
  /** 32 bytes. */
  readonly masterKey: MasterKey
  /** This vault, sealed, to be stored. */
  readonly record: VaultRecord
}

/** The secrets of a new vault. `strong` is null if the password was not judged; `recovery` has 16 bytes. */
export interface NewSecrets {
  readonly password: string
  readonly strong?: boolean | null
  readonly recovery: RecoverySecret
  readonly cost: PasswordCost
}

/** A new vault at revision 1, with a password slot and a recovery slot. Failure `weak-password` (empty), `memory`. */
export async function createVault(secrets: NewSecrets, now: Date): Promise<Vault> {
  const vaultId = randomToken()
  const masterKey = randomBytes(32) as MasterKey
  const slots = [
    await newPasswordSlot({ vaultId, masterKey }, secrets.password, secrets.cost, now),
    newRecoverySlot({ vaultId, masterKey }, secrets.recovery, now),
  ]
  const header = { format: vaultFormat, vaultId, revision: 1, updatedAt: now.toISOString(), slots } as const
  const settings = passwordStrength(slots, secrets.strong ?? null)
  return sealVault(masterKey, header, { ...newBody(now), ...knownSlots(slots), settings })
}

/**
 * Unlocks with a password. Failure `wrong-secret`: it opens no slot; `damaged`: the body does not open, or as parseRecord;
 * `newer-version`; `weakened`: also if a slot requires less work than `least`, the cost last seen on this device; `memory`.
 * What parseRecord refuses, and `weakened`, come before any work for the password. FORMAT.md §6.4.
 */
export async function unlockWithPassword(
  record: VaultRecord,
  password: string,
  least: PasswordCost | null = null,
): Promise<Vault> {
  const { header } = parseRecord(record)
  const cost = passwordSlotCost(header)
  if (cost && least && costOf(cost) < costOf(least)) throw new Failure('weakened')
  for (const slot of password === '' ? [] : header.slots.filter(isPasswordSlot)) {
    const under = await passwordKey(password, decodeBase64url(slot.kdf.salt), slot.kdf)
    const masterKey = openSlot(header.vaultId, slot, under)
    if (masterKey) return reopenVault(record, masterKey)
  }
  throw new Failure('wrong-secret')
}

/** Unlocks with a recovery key of 16 bytes. Failure `wrong-secret`: it opens no slot; else as unlockWithPassword. */
export function unlockWithRecovery(record: VaultRecord, recovery: RecoverySecret): Vault {
  const { header } = parseRecord(record)
  const masterKey = masterKeyByRecovery(header, recovery)
  if (!masterKey) throw new Failure('wrong-secret')
  return reopenVault(record, masterKey)
}

/** Opens a record with the master key itself. Failure `damaged`: the body does not open; else as parseRecord. */
export function reopenVault(stored: VaultRecord, masterKey: MasterKey): Vault {
  const { record, header } = parseRecord(stored)
  const bytes = openSmall(bodyKey(masterKey, header.vaultId), decodeBase64url(record.body), utf8(record.header))
  if (!bytes) throw new Failure('damaged')
  return { vaultId: header.vaultId, header, body: readBody(bytes), masterKey, record }
}

/** Replaces all password slots with a new one; revision + 1. Failure `weak-password` (empty), `memory`. */
export async function withNewPassword(vault: Vault, password: string, cost: PasswordCost, now: Date): Promise<Vault> {
  const slot = await newPasswordSlot(vault, password, cost, now)
  const others = vault.header.slots.filter((other) => !isPasswordSlot(other))
  return withSlots(vault, [slot, ...others], now)
}

/**
 * Makes the password slots that this password opens again, at another cost; revision + 1. They keep their ids, so that they stay
 * removed if another device has changed the password meanwhile. Failure `memory`. FORMAT.md §6.6.
 */
export async function withPasswordAtCost(
  vault: Vault,
  password: string,
  cost: PasswordCost,
  now: Date,
): Promise<Vault> {
  const slots = [...vault.header.slots]
  for (const [index, slot] of slots.entries()) {
    if (!isPasswordSlot(slot)) continue
    const under = await passwordKey(password, decodeBase64url(slot.kdf.salt), slot.kdf)
    if (openSlot(vault.vaultId, slot, under)) slots[index] = await newPasswordSlot(vault, password, cost, now, slot.id)
  }
  return withSlots(vault, slots, now)
}

/** Replaces all recovery slots with a new one, for a key of 16 bytes; revision + 1. */
export function withNewRecovery(vault: Vault, recovery: RecoverySecret, now: Date): Vault {
  const others = vault.header.slots.filter((other) => !isRecoverySlot(other))
  return withSlots(vault, [...others, newRecoverySlot(vault, recovery, now)], now)
}

/** Replaces the slots; revision + 1. Failure `too-long`. */
export function withSlots(vault: Vault, slots: VaultHeader['slots'], now: Date): Vault {
  return changeVault(vault, { slots }, vault.body, now)
}

/** Replaces the body; revision + 1. Failure `too-long`: more than a record can hold. */
export function withBody(vault: Vault, body: VaultBody, now: Date): Vault {
  return changeVault(vault, {}, body, now)
}

/** Changes these settings, and removes those that are undefined; revision + 1. Failure `too-long`. */
export function withSettings(vault: Vault, settings: Readonly<Record<string, unknown>>, now: Date): Vault {
  return withBody(vault, { ...vault.body, settings: { ...vault.body.settings, ...settings } }, now)
}

/** Whether a recovery key opens a slot of this vault or record. For a record, failures as parseRecord. */
export function recoveryFits(of: Vault | VaultRecord, recovery: RecoverySecret): boolean {
  const header = typeof of.header === 'string' ? parseRecord(of).header : of.header
  return recoverySlotOf(header, recovery) !== null
}

/** The slot that a recovery key of 16 bytes opens, or null. */
export function recoverySlotOf(header: VaultHeader, recovery: RecoverySecret): RecoverySlot | null {
  return header.slots.filter(isRecoverySlot).find((slot) => openRecoverySlot(header.vaultId, slot, recovery)) ?? null
}

export { passwordSlotCost } from './record.ts'

function masterKeyByRecovery(header: VaultHeader, recovery: RecoverySecret): MasterKey | null {
  const slot = recoverySlotOf(header, recovery)
  return slot && openRecoverySlot(header.vaultId, slot, recovery)
}

function changeVault(vault: Vault, header: Partial<VaultHeader>, body: VaultBody, now: Date): Vault {
  const next = { ...vault.header, ...header, revision: vault.header.revision + 1, updatedAt: now.toISOString() }
  const before = { slots: vault.header.slots, body: vault.body }
  return sealVault(vault.masterKey, next, stampChanges(before, { slots: next.slots, body }, now))
}

/** Seals header and body. Failure `too-long`: more than a record can hold; `locked`: a wiped key. FORMAT.md §6.1. */
export function sealVault(masterKey: MasterKey, header: VaultHeader, body: VaultBody): Vault {
  const headerText = JSON.stringify(header)
  const sealed = sealSmall(bodyKey(requireUnwiped(masterKey), header.vaultId), writeBody(body), utf8(headerText))
  const record = { header: headerText, body: encodeBase64url(sealed) }
  if (record.body.length > maxBodyCharacters) throw new Failure('too-long')
  return { vaultId: header.vaultId, header, body, masterKey, record }
}

function bodyKey(masterKey: MasterKey, vaultId: string): KeyEncryptionKey {
  return derive(masterKey, decodeBase64url(vaultId), 'fieldseal/v1/vault-body', 32) as KeyEncryptionKey
}
