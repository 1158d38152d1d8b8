// Putting a new recovery key in the place of the one before: proposed, confirmed, replaced. Until the very end the old
// one goes on working. The vault must be unlocked.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { type ProposedKey, proposeKey } from './proposedKey.ts'
import { RecoveryKey } from './recoveryKey.tsx'

export function ReplaceRecovery({ onDone }: { onDone: () => void }) {
  const proposed = useSignal<ProposedKey | null>(null)
  const proposing = useDeed()
  const replacing = useDeed()
  const propose = () =>
    void proposing.run('renew', async () => {
      proposed.value = await proposeKey()
    })
  useEffect(propose, [])

  const replace = async (recoveryKey: string) => {
    const done = await replacing.run('renew', async () => {
      await call('replaceRecovery', { recoveryKey })
    })
    if (done) onDone()
  }

  if (proposed.value === null) {
    return (
      <TroubleNotice trouble={proposing.trouble.value}>
        <p class="actions">
          <Button onClick={propose}>Try again</Button>
        </p>
      </TroubleNotice>
    )
  }
  const { recoveryKey, vaultName } = proposed.value
  return (
    <RecoveryKey
      recoveryKey={recoveryKey}
      vaultName={vaultName}
      deed={replacing}
      doing="Replacing the recovery key"
      onConfirmed={() => void replace(recoveryKey)}
    />
  )
}
