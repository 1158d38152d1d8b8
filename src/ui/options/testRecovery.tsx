// Testing the recovery key: it is typed from its paper as on the day it is needed, and nothing comes of it but the note
// that it was right. The vault must be unlocked.

import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'

export function TestRecovery({ onRight, onCancel }: { onRight: () => void; onCancel: () => void }) {
  const typedKey = useMemo(() => new TypedKey(), [])
  const deed = useDeed()
  const submit = async (event: Event) => {
    event.preventDefault()
    let right = false
    await deed.run('test-recovery', async () => {
      const recoveryKey = await typedKey.take()
      if (recoveryKey === null) return
      await call('testRecovery', { recoveryKey })
      right = true
    })
    if (!right) return
    typedKey.wipe()
    onRight()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>Fetch your copy and type the key from it, as you would on the day you need it. Nothing is changed by this.</p>
      <TypedKeyField typedKey={typedKey} busy={deed.busy.value} />
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Test this key
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
