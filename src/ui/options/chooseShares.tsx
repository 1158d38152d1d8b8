// How many shares are made, how many of them are needed, and who gets them, with what the numbers mean.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { nameCharsAtMost, type RecoveryNews, sharesAtMost } from '../../messages/recovering.ts'
import type { Deed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { together } from '../shareSheet.ts'

export interface Chosen {
  readonly threshold: number
  /** One for each share, empty where none was given. */
  readonly names: readonly string[]
}

export type SharesBefore = Pick<NonNullable<RecoveryNews['shares']>, 'threshold' | 'count' | 'names'>

interface Props {
  readonly before: SharesBefore | null
  readonly deed: Deed
  readonly onChosen: (chosen: Chosen) => void
  readonly onCancel: () => void
}

export function ChooseShares({ before, deed, onChosen, onCancel }: Props) {
  const count = useSignal(before?.count ?? 3)
  const threshold = useSignal(before?.threshold ?? 2)
  const boxes = useMemo(() => numbersTo(1, sharesAtMost).map(() => createRef<HTMLInputElement>()), [])
  const first = useRef<HTMLFormElement>(null)
  const busy = deed.busy.value
  useLayoutEffect(() => {
    first.current?.querySelector('select')?.focus()
    // The same people, when a set is made anew.
    for (const [at, name] of (before?.names ?? []).entries()) {
      const box = boxes[at]?.current
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
          label="People who get a share"
          from={2}
          to={sharesAtMost}
          at={count.value}
          onChoose={(chosen) => {
            count.value = chosen
            threshold.value = Math.min(threshold.value, chosen)
          }}
        />
        <NumberChoice
          label="Shares needed together"
          from={2}
          to={count.value}
          at={threshold.value}
          onChoose={(chosen) => {
            threshold.value = chosen
          }}
        />
      </div>
      <output class="meaning">{meaning(threshold.value, count.value)}</output>
      <fieldset class="names">
        <legend>Who gets them</legend>
        <p class="hint">
          Names are for you, and stand on the sheets. They are kept sealed in your vault; you can leave them empty.
        </p>
        {boxes.slice(0, count.value).map((box, at) => (
          <TextField
            key={at}
            label={`Name for share ${at + 1}`}
            words
            box={box}
            busy={busy}
            charsAtMost={nameCharsAtMost}
          />
        ))}
      </fieldset>
      {before === null ? null : (
        <Notice kind="warning">
          <p>
            New shares take the place of those made before, which then open nothing. Until you confirm the new ones the
            old ones go on working.
          </p>
        </Notice>
      )}
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={busy}>
          {`Make ${count.value} shares`}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** What the two numbers mean, for the one who chooses them. */
export function meaning(threshold: number, count: number): string {
  const fewer = threshold === 2 ? 'One alone learns nothing' : `Fewer than ${threshold} learn nothing`
  const spare = count - threshold
  const lost =
    spare === 0
      ? 'No share may be lost: then the others are of no use'
      : `${spare === 1 ? 'One share' : `${spare} shares`} may be lost and the others still work`
  return `${together(threshold, count)} ${fewer}. ${lost}. Choose people who would not do it without you.`
}

interface NumberProps {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly at: number
  readonly onChoose: (chosen: number) => void
}

function NumberChoice({ label, from, to, at, onChoose }: NumberProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={at} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {numbersTo(from, to).map((number) => (
          <option key={number} value={number}>
            {number}
          </option>
        ))}
      </select>
    </div>
  )
}

function numbersTo(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}
