// The library's two settings: whether it keeps what is sealed, and when a key is too old. Shown in the library's own tab and in
// the options.

import { type Signal, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { LibraryState } from '../../messages/vault/library.ts'
import { defaultKeyAgeDays, maxKeyAgeDays } from '../../policy.ts'
import { words } from '../../words.ts'
import { formatNumber } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'

const minDays = 1

interface Props {
  readonly state: LibraryState
  /** What was stored. */
  readonly onStored: (settings: Pick<LibraryState, 'keepTexts' | 'rekeyAfterDays'>) => void
}

export function LibrarySettings({ state, onStored }: Props) {
  const task = useTask()
  const status = useSignal('')
  const store = (change: Partial<Pick<LibraryState, 'keepTexts' | 'rekeyAfterDays'>>) =>
    task.run('set-library', async () => {
      status.value = ''
      const settings = { keepTexts: state.keepTexts, rekeyAfterDays: state.rekeyAfterDays, ...change }
      await call('setLibrarySettings', settings)
      onStored(settings)
      status.value = words('library.keep.saved')
    })
  return (
    <>
      <Switch
        label={words('library.keep.label')}
        on={state.keepTexts}
        onFlip={() => void store({ keepTexts: !state.keepTexts })}
        hint={words('library.keep.hint')}
      />
      <Days
        days={state.rekeyAfterDays}
        busy={task.busy.value}
        store={(days) => store({ rekeyAfterDays: days })}
        status={status}
      />
      <output class="told">{status.value}</output>
      <ErrorNotice error={task.error.value} />
    </>
  )
}

interface DaysProps {
  readonly days: number
  readonly busy: boolean
  readonly store: (days: number) => Promise<boolean>
  readonly status: Signal<string>
}

function Days({ days, busy, store, status }: DaysProps) {
  const id = useId()
  const error = useSignal<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const box = (event.currentTarget as HTMLFormElement).querySelector('input')
    const typed = Number(box?.value)
    const fits = box?.value.trim() !== '' && Number.isInteger(typed) && typed >= minDays && typed <= maxKeyAgeDays
    error.value = fits
      ? null
      : words('library.keyAge.outOfRange', { least: formatNumber(minDays), most: formatNumber(maxKeyAgeDays) })
    status.value = ''
    if (fits) void store(typed)
    else box?.focus()
  }
  return (
    <form class="days" onSubmit={submit} noValidate>
      <label for={id}>{words('library.keyAge.label')}</label>
      <span class="days-row">
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={minDays}
          max={maxKeyAgeDays}
          step={1}
          defaultValue={String(days)}
          key={days}
          autocomplete="off"
          aria-describedby={error.value === null ? `${id}-hint` : `${id}-error ${id}-hint`}
          aria-invalid={error.value === null ? undefined : 'true'}
        />
        <span>{words('library.keyAge.unit')}</span>
        <Button submits busy={busy}>
          {words('library.keyAge.save')}
        </Button>
      </span>
      {error.value === null ? null : (
        <p class="error" id={`${id}-error`} role="alert">
          {error.value}
        </p>
      )}
      <p class="hint" id={`${id}-hint`}>
        {words('library.keyAge.hint', { days: formatNumber(defaultKeyAgeDays) })}
      </p>
    </form>
  )
}
