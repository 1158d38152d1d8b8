// Putting a new recovery key in the place of the one before: proposed, confirmed, replaced. Until the very end the old
// one goes on working. The vault must be unlocked.

import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { callProved, proveFirst } from './proof.tsx'
import { useProposedKey } from './proposedKey.ts'
import { RecoveryKey } from './recoveryKey.tsx'

interface Props {
  readonly onDone: () => void
  /** Called when the person does not confirm that it is they. Without it, they are asked again at their wish. */
  readonly onCancel?: () => void
}

export function ReplaceRecovery({ onDone, onCancel }: Props) {
  const { proposed, deed: proposing, propose, calledOff } = useProposedKey('renew', proveFirst, onCancel)
  const replacing = useDeed()

  const replace = async (recoveryKey: string) => {
    const done = await replacing.run('renew', async () => {
      await callProved('replaceRecovery', { recoveryKey })
    })
    if (done) onDone()
  }

  if (proposed.value === null) {
    const again = (
      <p class="actions">
        <Button onClick={propose}>Try again</Button>
      </p>
    )
    return calledOff.value ? again : <TroubleNotice trouble={proposing.trouble.value}>{again}</TroubleNotice>
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
