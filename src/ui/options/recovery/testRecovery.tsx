// Tests the recovery key: the person types it from its paper as on the day they need it. Changes nothing but the date of the last
// test. The vault must be unlocked.

import { useMemo } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { TypedKey, TypedKeyField } from '../../recovery/typedKey.tsx'

export function TestRecovery({ onRight, onCancel }: { onRight: () => void; onCancel: () => void }) {
  const typedKey = useMemo(() => new TypedKey(), [])
  const task = useTask()
  const submit = async (event: Event) => {
    event.preventDefault()
    let right = false
    await task.run('test-recovery', async () => {
      const recoveryKey = await typedKey.take()
      if (recoveryKey === null) return
      await call('testRecoveryKey', { recoveryKey })
      right = true
    })
    if (!right) return
    typedKey.wipe()
    onRight()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{words('optionsRecovery.key.testType')}</p>
      <TypedKeyField typedKey={typedKey} busy={task.busy.value} />
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('optionsRecovery.key.testThis')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {words('optionsRecovery.key.cancel')}
        </Button>
      </div>
    </form>
  )
}
