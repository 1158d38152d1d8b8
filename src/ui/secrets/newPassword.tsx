// Takes a new password: typed twice, with an estimate of how long it would hold, and a suggested passphrase. It stays in its two
// fields until the caller takes it.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import { minPasswordChars } from '../../policy.ts'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { guessesFor, preloadEstimator } from './estimator.ts'
import { drawPassphrase } from './passphrase.ts'
import { isStrongest, refusal, type Strength, strengthOf } from './strength.ts'

const pauseMs = 150

/** A password that was chosen, and whether it is strong; null where that could not be judged. */
export interface ChosenPassword {
  readonly password: string
  readonly strong: boolean | null
}

export class NewPassword {
  readonly first = createRef<HTMLInputElement>()
  readonly second = createRef<HTMLInputElement>()
  readonly error: Signal<string | null> = signal(null)
  readonly repeatError: Signal<string | null> = signal(null)
  readonly strength: Signal<Strength | null> = signal(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  typed(): void {
    this.error.value = null
    this.repeatError.value = null
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#estimate(), pauseMs)
  }

  fill(password: string): void {
    for (const box of [this.first.current, this.second.current]) if (box) box.value = password
    this.typed()
  }

  /** The password, or null when it is refused: then its field has the focus and says why. */
  async take(): Promise<ChosenPassword | null> {
    const password = this.first.current?.value ?? ''
    const characters = [...password].length
    const guesses = refusal(characters, null) === null ? await guessesFor(password).catch(() => null) : null
    this.error.value = refusal(characters, guesses)
    if (this.error.value !== null) {
      this.first.current?.focus()
      return null
    }
    const strong = guesses === null ? null : isStrongest(guesses)
    if (this.second.current?.value === password) return { password, strong }
    this.repeatError.value = words('secrets.newPassword.notTheSame')
    this.second.current?.focus()
    this.second.current?.select()
    return null
  }

  wipe(): void {
    clearTimeout(this.#timer)
    for (const box of [this.first.current, this.second.current]) if (box) box.value = ''
    this.strength.value = null
    this.error.value = null
    this.repeatError.value = null
  }

  async #estimate(): Promise<void> {
    const password = this.first.current?.value ?? ''
    if (password === '') {
      this.strength.value = null
      return
    }
    const guesses = await guessesFor(password).catch(() => null)
    if (guesses !== null && this.first.current?.value === password) this.strength.value = strengthOf(guesses)
  }
}

export function useNewPassword(): NewPassword {
  const fields = useSignal(new NewPassword()).value
  useEffect(() => () => fields.wipe(), [fields])
  return fields
}

interface Props {
  readonly fields: NewPassword
  readonly label: string
  readonly repeatLabel: string
  readonly busy: boolean
  readonly takesFocus?: boolean
}

export function NewPasswordFields({ fields, label, repeatLabel, busy, takesFocus = false }: Props) {
  const suggested = useSignal<string | null>(null)
  const used = useSignal(false)
  const meterId = useId()
  const typed = () => {
    used.value = false
    fields.typed()
  }
  return (
    <>
      <PasswordField
        label={label}
        box={fields.first}
        fresh
        busy={busy}
        open={used.value}
        takesFocus={takesFocus}
        error={fields.error.value}
        describedBy={meterId}
        onFocus={preloadEstimator}
        onInput={typed}
      />
      <Meter id={meterId} strength={fields.strength.value} />
      <PasswordField
        label={repeatLabel}
        box={fields.second}
        fresh
        busy={busy}
        open={used.value}
        error={fields.repeatError.value}
        onInput={() => {
          fields.repeatError.value = null
        }}
      />
      <div class="suggestion">
        {suggested.value === null ? null : (
          <p>
            <span id={`${meterId}-offer`}>{words('secrets.newPassword.sixWords')}</span>
            <output class="passphrase" aria-labelledby={`${meterId}-offer`}>
              {suggested.value}
            </output>
          </p>
        )}
        <p class="actions">
          {suggested.value === null ? null : (
            <Button
              onClick={() => {
                fields.fill(suggested.value ?? '')
                used.value = true
              }}
            >
              {words('secrets.newPassword.use')}
            </Button>
          )}
          <Button
            kind="quiet"
            onClick={() => {
              suggested.value = drawPassphrase()
            }}
          >
            {suggested.value === null
              ? words('secrets.newPassword.suggest')
              : words('secrets.newPassword.suggestAnother')}
          </Button>
          <output>{used.value ? words('secrets.newPassword.filledIn') : ''}</output>
        </p>
      </div>
    </>
  )
}

function Meter({ id, strength }: { id: string; strength: Strength | null }) {
  return (
    <div class="strength" data-level={strength?.level}>
      <meter
        min={0}
        max={4}
        value={strength?.level ?? 0}
        aria-label={words('secrets.strength.label')}
        aria-valuetext={strength?.name ?? words('secrets.strength.empty')}
      />
      <output id={id}>
        {strength === null ? (
          words('secrets.strength.hint', { least: minPasswordChars })
        ) : (
          <>
            <strong>{words('secrets.strength.named', { name: strength.name })}</strong> {strength.sentence}
          </>
        )}
      </output>
    </div>
  )
}
