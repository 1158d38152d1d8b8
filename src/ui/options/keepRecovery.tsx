// Which recovery key opens the vault under a new master key: the one there is, typed to prove it, or a new one in its place,
// so that nobody has to have the old one at hand.

import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Ask } from '../../messages/protocol.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { useProposedKey } from '../proposedKey.ts'
import { RecoveryKey } from '../recoveryKey.tsx'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'

type Recovery = Ask<'renewMasterKey'>['recovery']

export function KeepRecovery({ onProved }: { onProved: (recovery: Recovery) => void }) {
  const which = useSignal<Recovery['kind']>('same')
  const head = useRef<HTMLHeadingElement>(null)
  const choose = (kind: Recovery['kind']) => {
    which.value = kind
    head.current?.focus()
  }
  return (
    <>
      <h4 ref={head} tabIndex={-1}>
        Your recovery key
      </h4>
      {which.value === 'same' ? (
        <TheSame onProved={onProved} onNew={() => choose('new')} />
      ) : (
        <New onProved={onProved} onSame={() => choose('same')} />
      )}
    </>
  )
}

function TheSame({ onProved, onNew }: { onProved: (recovery: Recovery) => void; onNew: () => void }) {
  const typedKey = useMemo(() => new TypedKey(), [])
  const deed = useDeed()
  const submit = async (event: Event) => {
    event.preventDefault()
    let recoveryKey: string | null = null
    const proved = await deed.run('test-recovery', async () => {
      recoveryKey = await typedKey.take()
      if (recoveryKey !== null) await call('testRecovery', { recoveryKey })
    })
    if (!proved || recoveryKey === null) return
    typedKey.wipe()
    onProved({ kind: 'same', recoveryKey })
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>
        Type it from your copy, and it goes on opening the vault. Without it at hand, or if someone may have seen it,
        make a new one: it then takes the place of the old.
      </p>
      <TypedKeyField typedKey={typedKey} busy={deed.busy.value} />
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Keep this recovery key
        </Button>
        <Button onClick={onNew}>Make a new one</Button>
      </div>
    </form>
  )
}

function New({ onProved, onSame }: { onProved: (recovery: Recovery) => void; onSame: () => void }) {
  const { proposed, deed: proposing, propose } = useProposedKey('new-master-key')
  return (
    <>
      <TroubleNotice trouble={proposing.trouble.value}>
        <p class="actions">
          <Button onClick={propose}>Try again</Button>
        </p>
      </TroubleNotice>
      {proposed.value === null ? null : (
        <>
          <p>This key will open the vault from then on. Until you finish, the old one works.</p>
          <RecoveryKey
            {...proposed.value}
            deed={proposing}
            doing="Checking"
            onConfirmed={() => {
              if (proposed.value) onProved({ kind: 'new', recoveryKey: proposed.value.recoveryKey })
            }}
          />
          <p class="actions">
            <Button kind="quiet" onClick={onSame}>
              Keep the old one instead
            </Button>
          </p>
        </>
      )}
    </>
  )
}
