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

/**
 * One that is proposed at once, after what is to be done `first`; null until it is. `propose` asks for another, as when that
 * failed or was called off.
 */
export function useProposedKey(
  doing: Doing,
  first: () => Promise<void> = async () => undefined,
  onCallOff?: () => void,
): {
  proposed: Signal<ProposedKey | null>
  deed: Deed
  propose: () => void
  calledOff: Signal<boolean>
} {
  const proposed = useSignal<ProposedKey | null>(null)
  const deed = useDeed()
  const calledOff = useSignal(false)
  const ask = async () => {
    calledOff.value = false
    const done = await deed.run(doing, async () => {
      await first()
      proposed.value = await proposeKey()
    })
    calledOff.value = !done && deed.trouble.peek() === null
    if (calledOff.peek()) onCallOff?.()
  }
  const propose = () => void ask()
  useEffect(propose, [])
  return { proposed, deed, propose, calledOff }
}
