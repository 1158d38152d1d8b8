// What opens a vault that another browser showed: its password, or its recovery key.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Deed } from '../deed.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { TroubleNotice, troubleId } from '../parts/notice.tsx'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'
import type { Secret } from './taking.ts'

interface Props {
  readonly deed: Deed
  /** Of the button that does it. */
  readonly label: string
  /** True when it opened it. */
  readonly onSecret: (secret: Secret) => Promise<boolean>
  readonly onCancel: () => void
}

export function OpenVault({ deed, label, onSecret, onCancel }: Props) {
  const byKey = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (deed.busy.value) return
    const secret = await (byKey.value ? keySecret(typedKey) : passwordSecret(box.current))
    if (secret === null || (await onSecret(secret))) return
    const field = byKey.value ? typedKey.box.current : box.current
    field?.focus()
    field?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {byKey.value ? (
        <TypedKeyField typedKey={typedKey} busy={deed.busy.value} />
      ) : (
        <PasswordField
          label="Password of this vault"
          hint="The one it has in the other browser."
          box={box}
          busy={deed.busy.value}
          takesFocus
          describedBy={troubleId(deed.trouble.value)}
        />
      )}
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          {label}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            byKey.value = !byKey.value
          }}
        >
          {byKey.value ? 'Use the password' : 'Use the recovery key'}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Start again
        </Button>
        <Progress busy={deed.busy.value} label="Opening the vault" />
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
