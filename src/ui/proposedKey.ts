// A recovery key that is proposed, with the name of the vault it would be for. The vault must be unlocked.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import { type Deed, useDeed } from './deed.ts'
import { defaultVaultName } from './recoverySheet.ts'
import type { Doing } from './sentences.ts'

interface ProposedKey {
  readonly recoveryKey: string
  readonly vaultName: string
}

async function proposeKey(): Promise<ProposedKey> {
  const [{ recoveryKey }, { name }] = await Promise.all([call('proposeRecovery', {}), call('recoveryNews', {})])
  return { recoveryKey, vaultName: name ?? defaultVaultName }
}

/** One that is proposed at once, null until it is; `propose` asks for another, as when that failed. */
export function useProposedKey(doing: Doing): {
  proposed: Signal<ProposedKey | null>
  deed: Deed
  propose: () => void
} {
  const proposed = useSignal<ProposedKey | null>(null)
  const deed = useDeed()
  const propose = () =>
    void deed.run(doing, async () => {
      proposed.value = await proposeKey()
    })
  useEffect(propose, [])
  return { proposed, deed, propose }
}
