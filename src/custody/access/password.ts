// A new password for the vault, by the one before or by whatever else opens it.

import { setPasswordStrength } from '../../keyring/accessNotices.ts'
import { type Vault, withNewPassword } from '../../keyring/vault.ts'
import { checkNewPassword } from '../vault/checks.ts'
import type { Custodian } from '../vault/custodian.ts'
import { atBestCost } from '../vault/kdfCalibration.ts'
import { openByPassword } from '../vault/vaultRecord.ts'

/** Sets a new password; all else stays. Failure as `Custodian.unlock`, and 'weak-password' | 'conflict' | 'full'. */
export async function changePassword(
  custodian: Custodian,
  current: string,
  next: string,
  strong: boolean | null = null,
): Promise<void> {
  await custodian.changeBy(openByPassword(current), preparePassword(next, strong))
}

/** The change by which a vault gets this password. Failure 'weak-password', at once. */
export function preparePassword(password: string, strong: boolean | null): (vault: Vault) => Promise<Vault> {
  checkNewPassword(password)
  return async (vault) => {
    const changed = await atBestCost((cost) => withNewPassword(vault, password, cost, new Date()), vault.header)
    return strong === null ? changed : setPasswordStrength(changed, strong, new Date())
  }
}
