// Which recovery key opens the vault under a new master key: the current one, typed to prove it, or a new one in its place, so that
// the person can do it without the current one at hand.

import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { Request } from '../../../messages/protocol.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { useProposedKey } from '../../recovery/proposedKey.ts'
import { RecoveryKey } from '../../recovery/recoveryKey.tsx'
import { TypedKey, TypedKeyField } from '../../recovery/typedKey.tsx'

type Recovery = Request<'rotateMasterKey'>['recovery']

export function KeepRecovery({ onProved }: { onProved: (recovery: Recovery) => void }) {
  const chosen = useSignal<Recovery['kind']>('same')
  const heading = useRef<HTMLHeadingElement>(null)
  const choose = (kind: Recovery['kind']) => {
    chosen.value = kind
    heading.current?.focus()
  }
  return (
    <>
      <h4 ref={heading} tabIndex={-1}>
        {words('optionsAccess.rotate.recoveryHeading')}
      </h4>
      {chosen.value === 'same' ? (
        <KeepCurrent onProved={onProved} onNew={() => choose('new')} />
      ) : (
        <MakeNew onProved={onProved} onSame={() => choose('same')} />
      )}
    </>
  )
}

function KeepCurrent({ onProved, onNew }: { onProved: (recovery: Recovery) => void; onNew: () => void }) {
  const typedKey = useMemo(() => new TypedKey(), [])
  const task = useTask()
  const submit = async (event: Event) => {
    event.preventDefault()
    let recoveryKey: string | null = null
    const proved = await task.run('test-recovery', async () => {
      recoveryKey = await typedKey.take()
      if (recoveryKey !== null) await call('testRecoveryKey', { recoveryKey })
    })
    if (!proved || recoveryKey === null) return
    typedKey.wipe()
    onProved({ kind: 'same', recoveryKey })
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{words('optionsAccess.rotate.recoveryType')}</p>
      <TypedKeyField typedKey={typedKey} busy={task.busy.value} />
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('optionsAccess.rotate.recoveryKeep')}
        </Button>
        <Button onClick={onNew}>{words('optionsAccess.rotate.recoveryNew')}</Button>
      </div>
    </form>
  )
}

function MakeNew({ onProved, onSame }: { onProved: (recovery: Recovery) => void; onSame: () => void }) {
  const { proposed, task: proposing, propose } = useProposedKey('new-master-key')
  return (
    <>
      <ErrorNotice error={proposing.error.value}>
        <p class="actions">
          <Button onClick={propose}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {proposed.value === null ? null : (
        <>
          <p>{words('optionsAccess.rotate.recoveryNewMeans')}</p>
          <RecoveryKey
            {...proposed.value}
            task={proposing}
            taskLabel={words('optionsAccess.rotate.checking')}
            onConfirmed={() => {
              if (proposed.value) onProved({ kind: 'new', recoveryKey: proposed.value.recoveryKey })
            }}
          />
          <p class="actions">
            <Button kind="quiet" onClick={onSame}>
              {words('optionsAccess.rotate.recoveryKeepOld')}
            </Button>
          </p>
        </>
      )}
    </>
  )
}
