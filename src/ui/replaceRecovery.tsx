// Putting a new recovery key in the place of the one before: proposed, confirmed, replaced. Until the very end the old
// one goes on working. The vault must be unlocked.

import { call } from '../messages/call.ts'
import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { useProposedKey } from './proposedKey.ts'
import { RecoveryKey } from './recoveryKey.tsx'

export function ReplaceRecovery({ onDone }: { onDone: () => void }) {
  const { proposed, deed: proposing, propose } = useProposedKey('renew')
  const replacing = useDeed()

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
