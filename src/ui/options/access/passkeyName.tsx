// The form that takes the name of a passkey, new or present. Escape cancels it.

import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../../../words.ts'
import { quietInputProps } from '../../parts/box.ts'
import { Button, Progress } from '../../parts/button.tsx'

const nameCharactersAtMost = 64

interface Props {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly action: string
  readonly busy?: boolean
  readonly waiting?: string
  readonly onName: (name: string) => void
  readonly onCancel: () => void
}

export function PasskeyName({ label, hint, value, action, busy = false, waiting, onName, onCancel }: Props) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const error = useSignal<string | null>(null)
  useEffect(() => {
    box.current?.focus()
    box.current?.select()
  }, [])
  const submit = (event: Event) => {
    event.preventDefault()
    const name = box.current?.value.trim() ?? ''
    error.value = name === '' ? words('optionsAccess.passkey.emptyName') : null
    if (busy) return
    if (name === '') box.current?.focus()
    else onName(name)
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || busy) return
    event.preventDefault()
    onCancel()
  }
  const described = [hint && `${id}-hint`, error.value && `${id}-error`].filter(Boolean).join(' ')
  return (
    <form class="way-form" onSubmit={submit} onKeyDown={leave} noValidate>
      <div class="field">
        <label for={id}>{label}</label>
        <input
          id={id}
          ref={box}
          type="text"
          {...quietInputProps}
          autocomplete="off"
          maxLength={nameCharactersAtMost}
          defaultValue={value}
          readOnly={busy}
          aria-invalid={error.value ? 'true' : undefined}
          aria-describedby={described === '' ? undefined : described}
        />
        {hint === undefined ? null : (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {error.value === null ? null : (
          <p class="error" id={`${id}-error`} role="alert">
            {error.value}
          </p>
        )}
      </div>
      <div class="actions">
        <Button submits kind="main" busy={busy}>
          {action}
        </Button>
        <Button kind="quiet" busy={busy} onClick={onCancel}>
          {words('optionsAccess.passkey.cancel')}
        </Button>
        {waiting !== undefined && busy ? <Progress busy label={waiting} /> : null}
      </div>
    </form>
  )
}
