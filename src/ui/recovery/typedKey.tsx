// Takes a recovery key, or a one-time code, as it is typed. As soon as it looks complete the background checks its checksum and says
// which group has the error.

import { type Signal, signal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Diagnosis } from '../../messages/shapes.ts'
import { words } from '../../words.ts'
import { diagnosisSentence } from '../app/errors.ts'
import { type FieldCodeKind, lettersOf, writtenKey } from '../app/groups.ts'
import { quietInputProps } from '../parts/box.ts'

const maxTypedChars = 4096
/** A longer code gets a field of several lines. */
const lettersInLine = 24

export class TypedKey {
  readonly box = createRef<HTMLInputElement & HTMLTextAreaElement>()
  readonly found: Signal<Diagnosis> = signal({ kind: 'length', letters: 0 })
  /** Whether an incomplete key is an error by now; while the person types it is not. */
  readonly insists: Signal<boolean> = signal(false)
  readonly kind: FieldCodeKind
  readonly #check: (request: { typed: string }) => Promise<Diagnosis>

  constructor(
    kind: FieldCodeKind = writtenKey,
    check: (request: { typed: string }) => Promise<Diagnosis> = checkRecovery,
  ) {
    this.kind = kind
    this.#check = check
  }

  async typed(): Promise<void> {
    this.insists.value = false
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    if (letters !== this.kind.letters) {
      this.found.value = { kind: 'length', letters }
      return
    }
    const found = await this.#check({ typed }).catch(() => null)
    // What the person typed meanwhile gets an answer of its own.
    if (found !== null && this.box.current?.value === typed) this.found.value = found
  }

  /** The key, or null when it can't be right; then its field has the focus and says why. */
  async take(): Promise<string | null> {
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    if (letters === this.kind.letters && typed.length <= maxTypedChars) this.found.value = await this.#check({ typed })
    else this.found.value = { kind: 'length', letters }
    if (this.found.value.kind === 'fine') return typed
    this.insists.value = true
    this.box.current?.focus()
    return null
  }

  wipe(): void {
    if (this.box.current) this.box.current.value = ''
  }
}

export function TypedKeyField({ typedKey, busy }: { typedKey: TypedKey; busy: boolean }) {
  const id = useId()
  const { kind } = typedKey
  const found = typedKey.found.value
  const wrong = found.kind === 'length' ? typedKey.insists.value || found.letters > kind.letters : found.kind !== 'fine'
  useLayoutEffect(() => {
    typedKey.box.current?.focus()
    return () => typedKey.wipe()
  }, [typedKey])
  const attributes = {
    id,
    ref: typedKey.box,
    class: 'letters',
    autocomplete: 'off',
    autocapitalize: 'characters',
    readOnly: busy,
    'aria-invalid': wrong ? 'true' : undefined,
    'aria-describedby': `${id}-found`,
    onInput: () => void typedKey.typed(),
  } as const
  return (
    <div class="field">
      <label for={id}>{words(kind.label)}</label>
      {kind.letters > lettersInLine ? (
        <textarea rows={3} {...quietInputProps} {...attributes} />
      ) : (
        <input type="text" {...quietInputProps} {...attributes} />
      )}
      <output id={`${id}-found`} class={wrong ? 'error' : found.kind === 'fine' ? 'good' : 'hint'}>
        {diagnosisSentence(found, kind)}{' '}
        {found.kind === 'length' && found.letters === 0 ? words('recovery.spelling') : null}
      </output>
    </div>
  )
}

const checkRecovery = (request: { typed: string }) => call('checkRecoveryKey', request)
