// Replaces keys: those for future texts, or the master key of the vault.

import { useSignal } from '@preact/signals'
import { call } from '../../../messages/call.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { type Rotated, RotateMasterKey } from './rotateMasterKey.tsx'

interface Props {
  readonly unlocked: boolean
  readonly onMakeShares: () => void
}

export function Keys({ unlocked, onMakeShares }: Props) {
  const rotating = useSignal(false)
  const outcome = useSignal<Rotated | null>(null)
  if (!unlocked && rotating.value) rotating.value = false
  const startRotation = () => {
    outcome.value = null
    rotating.value = true
  }
  return (
    <section class="card" aria-labelledby="new-keys">
      <h2 id="new-keys">{words('optionsAccess.newKeys.heading')}</h2>
      <NewTextKey unlocked={unlocked} />
      <h3>{words('optionsAccess.newKeys.vault')}</h3>
      {rotating.value ? (
        <RotateMasterKey
          onCancel={() => {
            rotating.value = false
          }}
          onDone={(rotated) => {
            rotating.value = false
            outcome.value = rotated
          }}
        />
      ) : (
        <>
          <p>{words('optionsAccess.newKeys.vaultMeans')}</p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={startRotation}>
              {words('optionsAccess.newKeys.vaultReplace')}
            </Button>
            <output>{unlocked ? null : words('optionsAccess.newKeys.vaultUnlockFirst')}</output>
          </p>
        </>
      )}
      {outcome.value === null ? null : <Done rotated={outcome.value} unlocked={unlocked} onMakeShares={onMakeShares} />}
    </section>
  )
}

interface DoneProps extends Props {
  readonly rotated: Rotated
}

function Done({ rotated: { newRecovery, shares }, unlocked, onMakeShares }: DoneProps) {
  return (
    <Notice kind="done">
      <p role="status">
        {words('optionsAccess.rotate.done')} {newRecovery ? words('optionsAccess.rotate.doneRecovery') : null}{' '}
        {words('optionsAccess.rotate.doneBackup')}
      </p>
      {shares ? (
        <>
          <p>{words('optionsAccess.rotate.doneShares')}</p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={onMakeShares}>
              {words('optionsAccess.rotate.makeShares')}
            </Button>
          </p>
        </>
      ) : null}
    </Notice>
  )
}

function NewTextKey({ unlocked }: { unlocked: boolean }) {
  const task = useTask()
  const message = useSignal('')
  const rotate = async () => {
    message.value = ''
    const done = await task.run('new-key', async () => void (await call('rotateCircleKey', {})))
    if (done) message.value = words('optionsAccess.newKeys.textsDone')
  }
  return (
    <>
      <h3>{words('optionsAccess.newKeys.texts')}</h3>
      <p>{words('optionsAccess.newKeys.textsMeans')}</p>
      <p class="actions">
        <Button disabled={!unlocked} busy={task.busy.value} onClick={() => void rotate()}>
          {words('optionsAccess.newKeys.textsStart')}
        </Button>
        <output>{unlocked ? message.value : words('optionsAccess.newKeys.textsUnlockFirst')}</output>
      </p>
      <ErrorNotice error={task.error.value} />
    </>
  )
}
