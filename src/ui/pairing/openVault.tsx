// Takes what opens a vault that another browser showed: its password or its recovery key.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import { words } from '../../words.ts'
import type { Task } from '../app/task.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { ErrorNotice, errorId } from '../parts/notice.tsx'
import { TypedKey, TypedKeyField } from '../recovery/typedKey.tsx'
import type { Secret } from './pairingAcceptance.ts'

interface Props {
  readonly task: Task
  /** The label of the button. */
  readonly label: string
  /** True when the secret opened the vault. */
  readonly onSecret: (secret: Secret) => Promise<boolean>
  readonly onCancel: () => void
}

export function OpenVault({ task, label, onSecret, onCancel }: Props) {
  const byKey = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (task.busy.value) return
    const secret = await (byKey.value ? keySecret(typedKey) : passwordSecret(box.current))
    if (secret === null || (await onSecret(secret))) return
    const field = byKey.value ? typedKey.box.current : box.current
    field?.focus()
    field?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {byKey.value ? (
        <TypedKeyField typedKey={typedKey} busy={task.busy.value} />
      ) : (
        <PasswordField
          label={words('pairing.open.password')}
          hint={words('pairing.open.passwordHint')}
          box={box}
          busy={task.busy.value}
          takesFocus
          describedBy={errorId(task.error.value)}
        />
      )}
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {label}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            byKey.value = !byKey.value
          }}
        >
          {byKey.value ? words('pairing.open.usePassword') : words('pairing.open.useRecoveryKey')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {words('pairing.open.again')}
        </Button>
        <Progress busy={task.busy.value} label={words('pairing.open.opening')} />
      </div>
    </form>
  )
}

async function keySecret(typedKey: TypedKey): Promise<Secret | null> {
  const recoveryKey = await typedKey.take().catch(() => null)
  return recoveryKey === null ? null : { kind: 'recovery', recoveryKey }
}

async function passwordSecret(box: HTMLInputElement | null): Promise<Secret | null> {
  const password = box?.value ?? ''
  if (password !== '') return { kind: 'password', password }
  box?.focus()
  return null
}
