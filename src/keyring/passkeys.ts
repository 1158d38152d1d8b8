// Passkeys as slots of a vault: unlocking with one, adding, naming and taking one out. The names are in the sealed body, for
// they may tell of places and devices. Knows nothing of browsers and authenticators. FORMAT.md §6.2 and §6.3.

import * as v from 'valibot'
import type { PrfOutput } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { maxPasskeys } from '../policy.ts'
import type { VaultBody } from './body.ts'
import { isPasskeySlot, type PasskeySlot, parseRecord, type VaultHeader, type VaultRecord } from './record.ts'
import { newPasskeySlot, openPasskeySlot } from './slots.ts'
import { withoutSlot } from './unlockMethods.ts'
import { reopenVault, type Vault, withSettings, withSlots } from './vault.ts'

/** An answer of a passkey: base64url of its id (16 to 1023 bytes) and of the salt it was asked for (32 bytes), and 32 bytes of PRF output. */
export interface Passkey {
  readonly credentialId: string
  readonly salt: string
  readonly prf: PrfOutput
}

const maxNameCharacters = 64
const nameText = v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameCharacters))

/** Failure `wrong-secret`: no slot of this passkey opens with what it gave; else as parseRecord and reopenVault. */
export function unlockWithPasskey(record: VaultRecord, credentialId: string, prf: PrfOutput): Vault {
  const { header } = parseRecord(record)
  for (const slot of slotsOf(header, credentialId)) {
    const masterKey = openPasskeySlot(header.vaultId, slot, prf)
    if (masterKey) return reopenVault(record, masterKey)
  }
  throw new Failure('wrong-secret')
}

/**
 * The same vault with one slot more, under this name. The same passkey asked for twice gives the vault as it was.
 * Failure `already-there` for a passkey that is there with another answer; `refused` beyond maxPasskeys.
 */
export function withPasskey(vault: Vault, passkey: Passkey, name: string, now: Date): Vault {
  const there = slotsOf(vault.header, passkey.credentialId)
  if (there.some((slot) => openPasskeySlot(vault.vaultId, slot, passkey.prf) !== null)) return vault
  if (there.length > 0) throw new Failure('already-there')
  if (vault.header.slots.filter(isPasskeySlot).length >= maxPasskeys) throw new Failure('refused')
  const slot = newPasskeySlot(vault, passkey, now)
  return withName(withSlots(vault, [...vault.header.slots, slot], now), slot.id, name, now)
}

/** The same vault with this passkey called `name`. Failure `gone` when there is no such passkey. */
export function withPasskeyName(vault: Vault, slotId: string, name: string, now: Date): Vault {
  if (passkeySlot(vault, slotId) === null) throw new Failure('gone')
  return passkeyName(vault.body, slotId) === name ? vault : withName(vault, slotId, name, now)
}

/** The same vault without this passkey; one that is not there changes nothing. Failure `last-slot`; `refused`: no passkey. */
export function withoutPasskey(vault: Vault, slotId: string, now: Date): Vault {
  if (vault.header.slots.every(({ id }) => id !== slotId)) return vault
  if (passkeySlot(vault, slotId) === null) throw new Failure('refused')
  return withName(withoutSlot(vault, slotId, now), slotId, null, now)
}

/** The slot with this id, once a passkey has proved by its answer that it opens it. Failure `gone`; `wrong-secret`. */
export function provePasskey(vault: Vault, slotId: string, prf: PrfOutput): PasskeySlot {
  const slot = passkeySlot(vault, slotId)
  if (slot === null) throw new Failure('gone')
  if (openPasskeySlot(vault.vaultId, slot, prf) === null) throw new Failure('wrong-secret')
  return slot
}

/** What a passkey is called, or null when nothing fit to be a name is known. */
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
