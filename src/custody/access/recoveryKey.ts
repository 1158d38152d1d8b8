// The recovery key: proposed, used to set a new password, and replaced.

import { formatRecovery, newRecoverySecret, parseRecovery } from '../../crypto/recovery.ts'
import { clearedKeyNotes } from '../../keyring/recoveryNotes.ts'
import { recoveryFits, unlockWithRecovery, withNewRecovery, withSettings } from '../../keyring/vault.ts'
import type { Custodian } from '../vault/custodian.ts'
import { preparePassword } from './password.ts'

/** A fresh recovery key. It is nobody's until it comes back with `Custodian.create` or `replaceRecoveryKey`. */
export function proposeRecoveryKey(): string {
  return formatRecovery(newRecoverySecret())
}

/** Sets a new password by the recovery key, which stays good until `replaceRecoveryKey`. Failure as `changePassword`, and 'mistyped'. */
export async function recover(
  custodian: Custodian,
  recoveryKey: string,
  password: string,
  strong: boolean | null = null,
): Promise<void> {
  const changePassword = preparePassword(password, strong)
  const recovery = parseRecovery(recoveryKey)
  await custodian.changeBy(
    async (row) => unlockWithRecovery(row, recovery),
    async (vault) => withSettings(await changePassword(vault), { renewRecovery: true }, new Date()),
  )
}

/** Replaces the recovery key by this one. Requested twice, it does nothing the second time. Failure as `Custodian.change`. */
export async function replaceRecoveryKey(custodian: Custodian, recoveryKey: string): Promise<void> {
  const recovery = parseRecovery(recoveryKey)
  await custodian.change((vault) => {
    if (recoveryFits(vault.record, recovery)) return vault
    // The notes on the one before do not hold for this one.
    return withSettings(withNewRecovery(vault, recovery, new Date()), clearedKeyNotes, new Date())
  })
}
