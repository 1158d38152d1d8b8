// The last step to a new master key: lists what will no longer open the vault, and takes the password.

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { Request } from '../../../messages/protocol.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button, Progress } from '../../parts/button.tsx'
import { PasswordField } from '../../parts/field.tsx'
import { ErrorNotice, errorId, Notice } from '../../parts/notice.tsx'
import type { ProvedPasskeys } from './keepPasskeys.tsx'

interface Props {
  readonly request: Pick<Request<'rotateMasterKey'>, 'epoch' | 'recovery'>
  readonly proved: ProvedPasskeys
  /** What will no longer open the vault: a sentence for each. */
  readonly losses: readonly ComponentChildren[]
  readonly onDone: () => void
}

export function RotateByPassword({ request, proved, losses, onDone }: Props) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const boxError: Signal<string | null> = useSignal<string | null>(null)
  const task = useTask()
  useEffect(
    () => () => {
      if (box.current) box.current.value = ''
    },
    [box],
  )
  const submit = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    boxError.value = password === '' ? words('optionsAccess.rotate.emptyPassword') : null
    const rotate = async () => void (await call('rotateMasterKey', { password, ...request, passkeys: proved.proofs() }))
    if (password !== '' && (await task.run('new-master-key', rotate))) {
      if (box.current) box.current.value = ''
      onDone()
    } else {
      box.current?.focus()
      box.current?.select()
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {losses.length === 0 ? null : (
        <Notice kind="warning">
          <p>{words('optionsAccess.rotate.ends')}</p>
          <ul class="lines">
            {losses.map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      <PasswordField
        label={words('optionsAccess.rotate.password')}
        box={box}
        busy={task.busy.value}
        takesFocus
        error={boxError.value}
        describedBy={errorId(task.error.value)}
        onInput={() => {
          boxError.value = null
        }}
      />
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('optionsAccess.rotate.replace')}
        </Button>
        <Progress busy={task.busy.value} label={words('optionsAccess.rotate.replacing')} />
      </div>
    </form>
  )
}
