// Replaces the recovery key: proposes a new one, has it confirmed, and stores it. The old one works until then. The vault must be
// unlocked.

import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { callWithProof, requireProofFirst } from '../secrets/proof.tsx'
import { useProposedKey } from './proposedKey.ts'
import { RecoveryKey } from './recoveryKey.tsx'

interface Props {
  readonly onDone: () => void
  /** Called when the person does not confirm that it is they. Without it, they can try again. */
  readonly onCancel?: () => void
}

export function ReplaceRecovery({ onDone, onCancel }: Props) {
  const { proposed, task: proposing, propose, cancelled } = useProposedKey('renew', requireProofFirst, onCancel)
  const replacing = useTask()

  const replace = async (recoveryKey: string) => {
    const done = await replacing.run('renew', async () => {
      await callWithProof('replaceRecoveryKey', { recoveryKey })
    })
    if (done) onDone()
  }

  if (proposed.value === null) {
    const tryAgain = (
      <p class="actions">
        <Button onClick={propose}>{words('app.tryAgain')}</Button>
      </p>
    )
    return cancelled.value ? tryAgain : <ErrorNotice error={proposing.error.value}>{tryAgain}</ErrorNotice>
  }
  const { recoveryKey, vaultName } = proposed.value
  return (
    <RecoveryKey
      recoveryKey={recoveryKey}
      vaultName={vaultName}
      task={replacing}
      taskLabel={words('recovery.newKey.replacing')}
      onConfirmed={() => void replace(recoveryKey)}
    />
  )
}
