// Asks how many shares to make, how many of them are needed together, and who gets them; explains what the numbers mean.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { maxNameChars, maxShares, type RecoveryStatus } from '../../../messages/vault/recovery.ts'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import type { Task } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { thresholdSentence } from '../../recovery/shareSheet.ts'

export interface ChosenShares {
  readonly threshold: number
  /** One for each share; empty for none. */
  readonly names: readonly string[]
}

export type SharesBefore = Pick<NonNullable<RecoveryStatus['shares']>, 'threshold' | 'count' | 'names'>

interface Props {
  readonly before: SharesBefore | null
  readonly task: Task
  readonly onChosen: (chosen: ChosenShares) => void
  readonly onCancel: () => void
}

export function ChooseShares({ before, task, onChosen, onCancel }: Props) {
  const count = useSignal(before?.count ?? 3)
  const threshold = useSignal(before?.threshold ?? 2)
  const boxes = useMemo(() => listNumbers(1, maxShares).map(() => createRef<HTMLInputElement>()), [])
  const first = useRef<HTMLFormElement>(null)
  const busy = task.busy.value
  useLayoutEffect(() => {
    first.current?.querySelector('select')?.focus()
    // A new set is for the same people.
    for (const [index, name] of (before?.names ?? []).entries()) {
      const box = boxes[index]?.current
      if (box) box.value = name
    }
  }, [])

  const submit = (event: Event) => {
    event.preventDefault()
    if (busy) return
    const names = boxes.slice(0, count.value).map((box) => box.current?.value.trim() ?? '')
    onChosen({ threshold: threshold.value, names })
  }
  return (
    <form ref={first} onSubmit={submit} noValidate>
      <div class="pair">
        <NumberChoice
          label={words('optionsRecovery.choose.people')}
          from={2}
          to={maxShares}
          value={count.value}
          onChoose={(chosen) => {
            count.value = chosen
            threshold.value = Math.min(threshold.value, chosen)
          }}
        />
        <NumberChoice
          label={words('optionsRecovery.choose.needed')}
          from={2}
          to={count.value}
          value={threshold.value}
          onChoose={(chosen) => {
            threshold.value = chosen
          }}
        />
      </div>
      <output class="meaning">{meaningSentence(threshold.value, count.value)}</output>
      <fieldset class="names">
        <legend>{words('optionsRecovery.choose.names')}</legend>
        <p class="hint">{words('optionsRecovery.choose.namesHint')}</p>
        {boxes.slice(0, count.value).map((box, index) => (
          <TextField
            key={index}
            label={words('optionsRecovery.choose.name', { number: index + 1 })}
            prose
            box={box}
            busy={busy}
            maxChars={maxNameChars}
          />
        ))}
      </fieldset>
      {before === null ? null : (
        <Notice kind="warning">
          <p>{words('optionsRecovery.choose.replaces')}</p>
        </Notice>
      )}
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={busy}>
          {counted('optionsRecovery.choose.make', { n: count.value })}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {words('optionsRecovery.choose.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** What the two numbers mean, for the one who chooses them. */
export function meaningSentence(threshold: number, count: number): string {
  const spareShares = count - threshold
  return [
    thresholdSentence(threshold, count),
    counted('optionsRecovery.choose.fewer', { n: threshold - 1, needed: threshold }),
    spareShares === 0
      ? words('optionsRecovery.choose.noneToLose')
      : counted('optionsRecovery.choose.canLose', { n: spareShares }),
    words('optionsRecovery.choose.whom'),
  ].join(' ')
}

interface NumberProps {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly value: number
  readonly onChoose: (chosen: number) => void
}

function NumberChoice({ label, from, to, value, onChoose }: NumberProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {listNumbers(from, to).map((number) => (
          <option key={number} value={number}>
            {formatNumber(number)}
          </option>
        ))}
      </select>
    </div>
  )
}

function listNumbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
