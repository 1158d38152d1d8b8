// A recovery key that is proposed, with the name of the vault it would be for. The vault must be unlocked.

import { call } from '../messages/call.ts'
import { defaultVaultName } from './recoverySheet.ts'

export interface ProposedKey {
  readonly recoveryKey: string
  readonly vaultName: string
}

export async function proposeKey(): Promise<ProposedKey> {
  const [{ recoveryKey }, { name }] = await Promise.all([call('proposeRecovery', {}), call('recoveryNews', {})])
  return { recoveryKey, vaultName: name ?? defaultVaultName }
}
