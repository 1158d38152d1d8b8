// Fields with a label, a hint and an error, tied together for assistive technology. A password stays in its field:
// it is read when it is used and written nowhere else.

import { useSignal } from '@preact/signals'
import type { ComponentChildren, RefObject } from 'preact'
import { useId, useLayoutEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { quietInputProps } from './box.ts'

interface FieldProps {
  readonly label: string
  readonly box: RefObject<HTMLInputElement | null>
  readonly error?: string | null | undefined
  readonly hint?: ComponentChildren
  readonly busy?: boolean | undefined
  readonly takesFocus?: boolean | undefined
  readonly onInput?: ((typed: string) => void) | undefined
  readonly onFocus?: (() => void) | undefined
  readonly describedBy?: string | undefined
}

interface PasswordProps extends FieldProps {
  readonly fresh?: boolean
  /** Shown from outside, as when a suggested passphrase is to be written down. */
  readonly open?: boolean | undefined
}

const asText = { type: 'text' } as const
const asDots = { type: 'password' } as const

export function PasswordField({ fresh = false, open = false, ...field }: PasswordProps) {
  const id = useId()
  const shown = useSignal(false)
  const capsLock = useSignal(false)
  useFocus(field)
  useLayoutEffect(() => {
    if (open) shown.value = true
  }, [open, shown])
  const watchCaps = (event: KeyboardEvent) => {
    capsLock.value = event.getModifierState('CapsLock')
  }
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      <div class="password">
        <input
          {...quietInputProps}
          {...sharedProps(field, id)}
          {...(shown.value ? asText : asDots)}
          autocomplete={fresh ? 'new-password' : 'current-password'}
          aria-describedby={describedByIds(field, id, capsLock.value)}
          onKeyDown={watchCaps}
          onKeyUp={watchCaps}
        />
        <button
          type="button"
          class="reveal"
          aria-describedby={`${id}-what`}
          onClick={() => {
            shown.value = !shown.value
          }}
        >
          {shown.value ? words('app.field.hide') : words('app.field.show')}
        </button>
        <span id={`${id}-what`} hidden>
          {field.label}
        </span>
      </div>
      {capsLock.value ? (
        <p class="hint" id={`${id}-caps`}>
          {words('app.field.capsLock')}
        </p>
      ) : null}
      <HintAndError {...field} id={id} />
    </div>
  )
}

interface TextProps extends FieldProps {
  /** It holds prose, not the letters of a written secret. */
  readonly prose?: boolean
  readonly maxChars?: number
}

export function TextField({ prose = false, maxChars, ...field }: TextProps) {
  const id = useId()
  useFocus(field)
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      <input
        {...quietInputProps}
        {...sharedProps(field, id)}
        type="text"
        class={prose ? undefined : 'letters'}
        maxLength={maxChars}
        aria-describedby={describedByIds(field, id, false)}
      />
      <HintAndError {...field} id={id} />
    </div>
  )
}

function sharedProps({ box, busy, error, onInput, onFocus }: FieldProps, id: string) {
  return {
    id,
    ref: box,
    autocomplete: 'off' as const,
    autocapitalize: 'none' as const,
    readOnly: busy === true,
    'aria-invalid': error ? ('true' as const) : undefined,
    onFocus,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput?.(event.currentTarget.value),
  }
}

function describedByIds({ hint, error, describedBy: more }: FieldProps, id: string, capsLock: boolean) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`, capsLock && `${id}-caps`, more].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function HintAndError({ hint, error, id }: FieldProps & { id: string }) {
  return (
    <>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </>
  )
}

function useFocus({ box, takesFocus }: FieldProps): void {
  useLayoutEffect(() => {
    if (!takesFocus) return
    const focusBox = () => box.current?.focus()
    // Firefox may put a popup on the screen after it was drawn, and forget what had the focus.
    const refocusBox = () => {
      if (document.activeElement === document.body) focusBox()
    }
    focusBox()
    window.addEventListener('focus', refocusBox, { once: true })
    return () => window.removeEventListener('focus', refocusBox)
  }, [takesFocus, box])
}
