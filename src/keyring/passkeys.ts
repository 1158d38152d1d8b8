// Passkeys as slots of a vault: unlocking with one, adding, naming and removing. The names are in the sealed body, because they may
// reveal places and devices. Knows nothing of browsers and authenticators. FORMAT.md §6.2 and §6.3.

import * as v from 'valibot'
import type { PrfOutput } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { maxPasskeys } from '../policy.ts'
import type { VaultBody } from './body.ts'
import { isPasskeySlot, type PasskeySlot, parseRecord, type VaultHeader, type VaultRecord } from './record.ts'
import { newPasskeySlot, openPasskeySlot } from './slots.ts'
import { withoutSlot } from './unlockMethods.ts'
import { reopenVault, type Vault, withSettings, withSlots } from './vault.ts'

/** An answer of a passkey: base64url of its id (16 to 1023 bytes) and of the salt (32 bytes), and 32 bytes of PRF output. */
export interface Passkey {
  readonly credentialId: string
  readonly salt: string
  readonly prf: PrfOutput
}

const maxNameCharacters = 64
const nameText = v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameCharacters))

/** Unlocks with a passkey's answer of 32 bytes. Failure `wrong-secret`: it opens no slot; else as parseRecord and reopenVault. */
export function unlockWithPasskey(record: VaultRecord, credentialId: string, prf: PrfOutput): Vault {
  const { header } = parseRecord(record)
  for (const slot of slotsOf(header, credentialId)) {
    const masterKey = openPasskeySlot(header.vaultId, slot, prf)
    if (masterKey) return reopenVault(record, masterKey)
  }
  throw new Failure('wrong-secret')
}

/**
 * Adds a slot with this name; revision + 1. The same vault if this passkey was added already. Failure `already-there`: the
 * passkey has a slot with another answer; `refused`: more than maxPasskeys.
 */
export function withPasskey(vault: Vault, passkey: Passkey, name: string, now: Date): Vault {
  const existing = slotsOf(vault.header, passkey.credentialId)
  if (existing.some((slot) => openPasskeySlot(vault.vaultId, slot, passkey.prf) !== null)) return vault
  if (existing.length > 0) throw new Failure('already-there')
  if (vault.header.slots.filter(isPasskeySlot).length >= maxPasskeys) throw new Failure('refused')
  const slot = newPasskeySlot(vault, passkey, now)
  return withName(withSlots(vault, [...vault.header.slots, slot], now), slot.id, name, now)
}

/** Names a passkey, with 1 to 64 characters; revision + 1. The same vault if it has that name. Failure `gone`: no such passkey. */
export function withPasskeyName(vault: Vault, slotId: string, name: string, now: Date): Vault {
  if (passkeySlot(vault, slotId) === null) throw new Failure('gone')
  return passkeyName(vault.body, slotId) === name ? vault : withName(vault, slotId, name, now)
}

/** Removes a passkey; revision + 1. The same vault if it is not there. Failure `last-slot`; `refused`: not a passkey. */
export function withoutPasskey(vault: Vault, slotId: string, now: Date): Vault {
  if (vault.header.slots.every(({ id }) => id !== slotId)) return vault
  if (passkeySlot(vault, slotId) === null) throw new Failure('refused')
  return withName(withoutSlot(vault, slotId, now), slotId, null, now)
}

/** The slot with this id, if the answer of 32 bytes opens it. Failure `gone`; `wrong-secret`. */
export function provePasskey(vault: Vault, slotId: string, prf: PrfOutput): PasskeySlot {
  const slot = passkeySlot(vault, slotId)
  if (slot === null) throw new Failure('gone')
  if (openPasskeySlot(vault.vaultId, slot, prf) === null) throw new Failure('wrong-secret')
  return slot
}

/** The name of a passkey, 1 to 64 characters, or null without a valid one. */
export function passkeyName(body: VaultBody, slotId: string): string | null {
  const name = v.safeParse(nameText, namesIn(body).get(slotId))
  return name.success ? name.output : null
}

function slotsOf(header: VaultHeader, credentialId: string): PasskeySlot[] {
  return header.slots.filter(isPasskeySlot).filter((slot) => slot.credentialId === credentialId)
}

function passkeySlot({ header }: Vault, slotId: string): PasskeySlot | null {
  return header.slots.filter(isPasskeySlot).find(({ id }) => id === slotId) ?? null
}

function withName(vault: Vault, slotId: string, name: string | null, now: Date): Vault {
  if (name !== null && !v.is(nameText, name)) throw new RangeError(`expected 1 to ${maxNameCharacters} characters`)
  const names = namesIn(vault.body)
  if (name === null) names.delete(slotId)
  else names.set(slotId, name)
  return withSettings(vault, { passkeyNames: Object.fromEntries(names) }, now)
}

function namesIn(body: VaultBody): Map<string, unknown> {
  const names = body.settings?.passkeyNames
  return new Map(typeof names === 'object' && names !== null ? Object.entries(names) : [])
}
