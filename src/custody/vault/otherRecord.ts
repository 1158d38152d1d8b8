// Opens a vault record that is not the one stored here: of a backup, of the browser's sync, of another browser. Only a key that
// the vault here has or had, or a secret that the person types, opens it; what the record says of itself counts for nothing.

import type { PasswordCost } from '../../crypto/kdf.ts'
import { parseRecovery } from '../../crypto/recovery.ts'
import { pastMasterKeys } from '../../keyring/masterKeyHistory.ts'
import type { VaultRecord } from '../../keyring/record.ts'
import { reopenVault, unlockWithPassword, unlockWithRecovery, type Vault } from '../../keyring/vault.ts'
import type { Request } from '../../messages/protocol.ts'
import { ignoreDamaged } from './ignoreFailures.ts'

export interface OpenedByOurKeys {
  readonly vault: Vault
  /** Whether the record is under the master key that the vault here has now; else under one that it had. */
  readonly current: boolean
}

/** By the master keys of the vault here, the present one first; null where none of them opens it. Failure as `parseRecord`. */
export function openByOurKeys(record: VaultRecord, { masterKey, body }: Vault): OpenedByOurKeys | null {
  for (const [index, key] of [masterKey, ...pastMasterKeys(body)].entries()) {
    const vault = openIfOurs(record, key)
    if (vault !== null) return { vault, current: index === 0 }
  }
  return null
}

/**
 * By what the person typed. Failure 'wrong-secret' | 'mistyped' | 'weakened': a guess at its password costs less than `least` |
 * as `parseRecord`.
 */
export async function openBySecret(
  record: VaultRecord,
  secret: Request<'joinVault'>['by'],
  least: PasswordCost | null,
): Promise<Vault> {
  return secret.kind === 'password'
    ? unlockWithPassword(record, secret.password, least)
    : unlockWithRecovery(record, parseRecovery(secret.recoveryKey))
}

function openIfOurs(record: VaultRecord, masterKey: Vault['masterKey']): Vault | null {
  try {
    return reopenVault(record, masterKey)
  } catch (thrown) {
    return ignoreDamaged(thrown)
  }
}
