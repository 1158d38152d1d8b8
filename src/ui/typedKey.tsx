// Typing in a recovery key, or a one-time code. As soon as it looks complete its checksum is asked, and says in which group
// to look.

import { type Signal, signal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import type { Diagnosis } from '../messages/shapes.ts'
import { type Kind, lettersOf, writtenKey } from './groups.ts'
import { quietBox } from './parts/box.ts'
import { diagnosisSentence } from './sentences.ts'

const longestAsked = 4096
/** What is longer is typed over several lines. */
const lettersInLine = 24

export class TypedKey {
  readonly box = createRef<HTMLInputElement & HTMLTextAreaElement>()
  readonly found: Signal<Diagnosis> = signal({ kind: 'length', letters: 0 })
  /** Whether an incomplete key is a mistake by now: while it is being typed it is not. */
  readonly insists: Signal<boolean> = signal(false)
  readonly kind: Kind
  readonly #check: (asked: { typed: string }) => Promise<Diagnosis>

  constructor(kind = writtenKey, check: (asked: { typed: string }) => Promise<Diagnosis> = checkRecovery) {
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
    // What was typed in the meantime has its own answer on the way.
    if (found !== null && this.box.current?.value === typed) this.found.value = found
  }

  /** The key, or null when it can't be right; why then stands at its field, which has the focus. */
  async take(): Promise<string | null> {
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    if (letters === this.kind.letters && typed.length <= longestAsked) this.found.value = await this.#check({ typed })
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
      <label for={id}>{capital(kind.name)}</label>
      {kind.letters > lettersInLine ? (
        <textarea rows={3} {...quietBox} {...attributes} />
      ) : (
        <input type="text" {...quietBox} {...attributes} />
      )}
      <output id={`${id}-found`} class={wrong ? 'error' : found.kind === 'fine' ? 'good' : 'hint'}>
        {diagnosisSentence(found, kind)}
        {found.kind === 'length' && found.letters === 0 ? ' Capitals, spaces and dashes don’t matter.' : null}
      </output>
    </div>
  )
}

const checkRecovery = (asked: { typed: string }) => call('checkRecovery', asked)

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
