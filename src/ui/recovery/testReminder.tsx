// Reminds the person that they never tested the recovery key. They test it in the options: nobody types a recovery key here.

import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'

interface Props {
  readonly onTest: () => void
  /** The person chose "Not now", and that is stored. */
  readonly onLater: () => void
}

export function TestReminder({ onTest, onLater }: Props) {
  const task = useTask()
  const later = async () => {
    if (await task.run('test-recovery', async () => void (await call('postponeRecoveryTest', {})))) onLater()
  }
  return (
    <>
      <Notice>
        <p>{words('recovery.reminder.untested')}</p>
        <p class="actions">
          <Button onClick={onTest}>{words('recovery.reminder.test')}</Button>
          <Button kind="quiet" busy={task.busy.value} onClick={() => void later()}>
            {words('recovery.reminder.later')}
          </Button>
        </p>
      </Notice>
      <ErrorNotice error={task.error.value} />
    </>
  )
}
