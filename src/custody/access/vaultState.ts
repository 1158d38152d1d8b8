// What every window of ours may know of the vault on this device.

import { recordedStrength } from '../../keyring/access.ts'
import { cueOf } from '../../keyring/cue.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { readPreferences } from '../../storage/preferences.ts'
import { markVaultPresent, wasVaultPresent } from '../../storage/vaultMarker.ts'
import { readVault } from '../../storage/vaults.ts'
import { backupState } from '../backups/reminders.ts'
import type { Custodian } from '../vault/custodian.ts'
import { isUnreadable } from '../vault/unreadable.ts'
import { cuePreference } from '../vault/vaultRecord.ts'

const noVault = {
  vault: 'none',
  cue: null,
  unreadable: false,
  renewRecovery: false,
  locking: null,
  backup: null,
  weakPassword: false,
} as const

export async function vaultState(custodian: Custodian): Promise<VaultState> {
  const [found, preferences] = await Promise.all([readVault(), readPreferences()])
  if (found === null) return { ...noVault, removed: await wasVaultPresent() }
  void markVaultPresent()
  const [vault, locking] = [await custodian.unlockedVault(), await custodian.lockTime()]
  return {
    vault: vault === null ? 'locked' : 'unlocked',
    removed: false,
    cue: vault !== null ? cueOf(vault) : cuePreference.readFrom(preferences),
    unreadable: vault === null && (await isUnreadable(found.row)),
    renewRecovery: vault?.body.settings?.renewRecovery === true,
    locking,
    backup: vault && backupState(vault, preferences, new Date()),
    weakPassword: vault !== null && recordedStrength(vault.header.slots, vault.body) === false,
  }
}
