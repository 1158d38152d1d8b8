// The vault record of this device: opened, unless this device knows better than to believe it, and written. Holds
// nothing: what was opened is the custodian's.

import { Failure } from '../../failure.ts'
import { cueOf } from '../../keyring/cue.ts'
import { parseRecord } from '../../keyring/record.ts'
import {
  passwordSlotCost,
  reopenVault,
  unlockWithPassword,
  type Vault,
  withPasswordAtCost,
} from '../../keyring/vault.ts'
import { type Cue, cue } from '../../messages/shapes.ts'
import type { SeenRow, VaultRow } from '../../storage/database.ts'
import { Preference } from '../../storage/preferences.ts'
import type { Rows } from '../../storage/rows.ts'
import { storedWhole } from '../../storage/storedShape.ts'
import { readVault, writeVault } from '../../storage/vaults.ts'
import { checkRevision } from './checks.ts'
import { atBestCost } from './kdfCalibration.ts'
import { restoreSession, type SessionState } from './session.ts'
import { recordIfUnreadable } from './unreadable.ts'

/** The cue, for when the vault is locked. */
export const cuePreference = new Preference('cue', storedWhole(cue))

/** The cue of the vault on this device, locked or not; null where there is none. */
export async function knownCue(custodian: { unlockedVault(): Promise<Vault | null> }): Promise<Cue | null> {
  if ((await readVault()) === null) return null
  const vault = await custodian.unlockedVault()
  return vault === null ? cuePreference.read() : cueOf(vault)
}

/** Opens a stored record by some secret. */
export type Open = (row: VaultRow, seen: SeenRow | null) => Promise<Vault>

export function openByPassword(password: string): Open {
  return (row, seen) => unlockWithPassword(row, password, seen?.cost)
}

/** Opens the stored record, unless this device knows better than to believe it. */
export async function openRecord(open: Open): Promise<Vault> {
  const found = await readVault()
  if (found === null) throw new Failure('no-vault')
  try {
    checkRow(found.row, found.seen)
    return await open(found.row, found.seen)
  } catch (thrown) {
    await recordIfUnreadable(found.row, thrown)
    throw thrown
  }
}

/** The vault as this browser session left it unlocked, or null. */
export async function resumeSession(): Promise<{ vault: Vault; state: SessionState } | null> {
  const found = await readVault()
  const kept = found && (await restoreSession(found.row.vaultId))
  if (!found || !kept) return null
  try {
    checkRow(found.row, found.seen)
    return { vault: reopenVault(found.row, kept.masterKey), state: kept.state }
  } catch (thrown) {
    // The record was changed behind our back. The next unlock reports that; until then it is locked.
    if (thrown instanceof Failure) return null
    throw thrown
  }
}

/** Failure 'damaged' when a row differs from its record, 'rollback' when it is older than one seen before. */
function checkRow(row: VaultRow, seen: SeenRow | null): void {
  const { header } = parseRecord(row)
  if (header.vaultId !== row.vaultId || header.revision !== row.revision) throw new Failure('damaged')
  checkRevision(header.revision, seen)
}

/** The cue is shown while locked too. That is a courtesy: a full disk is no reason to keep the vault closed. */
export async function recordCue(vault: Vault): Promise<void> {
  try {
    await cuePreference.change(() => cueOf(vault))
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
  }
}

/**
 * Failure 'conflict' when another record than that of revision `replaces` is there by now; 'too-long' when the record could not
 * be read back; else as writeVault.
 */
export async function writeRecord(vault: Vault, replaces: number | VaultRow | null, rows: Rows = {}): Promise<void> {
  checkReadable(vault)
  await writeVault(rowOf(vault), replaces, passwordSlotCost(vault.header), rows)
}

/** Reads what is about to be written, by the code that will read it. */
function checkReadable({ record, masterKey }: Vault): void {
  try {
    reopenVault(record, masterKey)
  } catch (cause) {
    throw new Failure('too-long', { cause })
  }
}

export function rowOf(vault: Vault): VaultRow {
  const { header, body } = vault.record
  return { vaultId: vault.vaultId, revision: vault.header.revision, header, body }
}

/** The vault with a password slot of today's cost, made by whoever just proved the password. Failing harms nothing. */
export async function upgradePasswordSlot(vault: Vault, password: string): Promise<Vault> {
  try {
    const changed = await atBestCost((cost) => withPasswordAtCost(vault, password, cost, new Date()), vault.header)
    await writeRecord(changed, vault.header.revision)
    return changed
  } catch (thrown) {
    if (thrown instanceof Failure) return vault
    throw thrown
  }
}
