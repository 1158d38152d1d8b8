// The two things that are chosen for the library: whether what is sealed is kept, and when a key is too old. In the library's
// own tab, and in the options.

import { type Signal, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { call } from '../messages/call.ts'
import type { LibraryState } from '../messages/library.ts'
import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { Switch } from './parts/switch.tsx'

const defaultDays = 365
const mostDays = 3_650

interface Props {
  readonly state: LibraryState
  /** What was stored. */
  readonly onStored: (settings: Pick<LibraryState, 'keeps' | 'rekeyAfterDays'>) => void
}

export function LibrarySettings({ state, onStored }: Props) {
  const deed = useDeed()
  const told = useSignal('')
  const store = (change: Partial<Pick<LibraryState, 'keeps' | 'rekeyAfterDays'>>) =>
    deed.run('set-library', async () => {
      told.value = ''
      const settings = { keeps: state.keeps, rekeyAfterDays: state.rekeyAfterDays, ...change }
      await call('setLibrary', settings)
      onStored(settings)
      told.value = 'Saved.'
    })
  return (
    <>
      <Switch
        label="Keep what I seal"
        on={state.keeps}
        onFlip={() => void store({ keeps: !state.keeps })}
        hint="Every text you seal is kept here too, encrypted, so that you find it again when a site loses it. What is here already stays when you switch this off. Texts from private windows are never kept."
      />
      <Days
        days={state.rekeyAfterDays}
        busy={deed.busy.value}
        store={(days) => store({ rekeyAfterDays: days })}
        told={told}
      />
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}

interface DaysProps {
  readonly days: number
  readonly busy: boolean
  readonly store: (days: number) => Promise<boolean>
  readonly told: Signal<string>
}

function Days({ days, busy, store, told }: DaysProps) {
  const id = useId()
  const error = useSignal<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const box = (event.currentTarget as HTMLFormElement).querySelector('input')
    const typed = Number(box?.value)
    const fits = box?.value.trim() !== '' && Number.isInteger(typed) && typed >= 1 && typed <= mostDays
    error.value = fits ? null : `Type a number of days from 1 to ${mostDays.toLocaleString('en')}.`
    told.value = ''
    if (fits) void store(typed)
    else box?.focus()
  }
  return (
    <form class="days" onSubmit={submit} noValidate>
      <label for={id}>New key after</label>
      <span class="days-row">
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          max={mostDays}
          step={1}
          defaultValue={String(days)}
          key={days}
          autocomplete="off"
          aria-describedby={error.value === null ? `${id}-hint` : `${id}-error ${id}-hint`}
          aria-invalid={error.value === null ? undefined : 'true'}
        />
        <span>days</span>
        <Button submits busy={busy}>
          Save
        </Button>
      </span>
      {error.value === null ? null : (
        <p class="error" id={`${id}-error`} role="alert">
          {error.value}
        </p>
      )}
      <p class="hint" id={`${id}-hint`}>
        A text whose key is older gets a new one when you open it. Usual: {defaultDays}.
      </p>
    </form>
  )
}
