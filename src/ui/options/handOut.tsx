// The shares that were made, each to print, save or copy, and the confirmation that they are on their way. They are
// shown here and never again.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Deed } from '../deed.ts'
import { useLeavingWarning } from '../leaving.ts'
import { saveSheet, usePaper } from '../paper.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy.tsx'
import { Letters } from '../parts/letters.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { type SharePaper, shareSheet } from '../shareSheet.ts'

interface Props {
  readonly papers: readonly SharePaper[]
  /** Whether a set made before ends with these. */
  readonly replaces: boolean
  readonly deed: Deed
  readonly onConfirmed: () => void
  readonly onCancel: () => void
}

export function HandOut({ papers, replaces, deed, onConfirmed, onCancel }: Props) {
  const sheets = useMemo(() => papers.map(shareSheet), [papers])
  const paper = usePaper(sheets)
  const head = useRef<HTMLHeadingElement>(null)
  const tick = useMemo(() => createRef<HTMLInputElement>(), [])
  const untold = useSignal(false)
  const id = useId()
  useLeavingWarning()
  useLayoutEffect(() => head.current?.focus(), [])

  const confirm = (event: Event) => {
    event.preventDefault()
    if (deed.busy.value) return
    untold.value = tick.current?.checked !== true
    if (untold.value) tick.current?.focus()
    else onConfirmed()
  }
  return (
    <>
      <h3 ref={head} tabIndex={-1}>
        Hand out the shares
      </h3>
      <p>
        Each person gets one, best on paper. Keep none together with another, and none on this device. They are shown
        only now.
      </p>
      <p class="actions">
        <Button onClick={() => paper.print()}>Print all, each on its own page</Button>
      </p>
      <ol class="handed">
        {sheets.map((sheet, at) => {
          const { number, count, holder } = papers[at] ?? { number: at + 1, count: sheets.length, holder: '' }
          const name = `Share ${number} of ${count}`
          return (
            <li key={number} aria-label={name}>
              <h4>{holder === '' ? name : `${name}, for ${holder}`}</h4>
              <div class="key">
                <Letters text={sheet.letters} label={name} />
              </div>
              <p class="actions">
                <Button label={`Print share ${number}`} onClick={() => paper.print([sheet])}>
                  Print
                </Button>
                <Button label={`Save as file, share ${number}`} onClick={() => saveSheet(sheet)}>
                  Save as file
                </Button>
                <CopyButton text={sheet.letters} content="secret" label="Copy" named={`Copy share ${number}`} />
              </p>
            </li>
          )
        })}
      </ol>
      <form class="confirm" onSubmit={confirm} noValidate>
        <div class="tick">
          <input
            id={id}
            ref={tick}
            type="checkbox"
            aria-invalid={untold.value ? 'true' : undefined}
            aria-describedby={untold.value ? `${id}-error` : undefined}
            onInput={() => {
              untold.value = false
            }}
          />
          <label for={id}>Every share is handed out, or printed or saved to be handed out</label>
        </div>
        {untold.value ? (
          <p class="error" id={`${id}-error`} role="alert">
            Tick this once every share is out of this tab. They can’t be shown again.
          </p>
        ) : null}
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button kind="main" submits busy={deed.busy.value}>
            {replaces ? 'Put these shares in the place of the old' : 'Put these shares in force'}
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            Throw them away
          </Button>
          <Progress busy={deed.busy.value} label="Putting the shares in force" />
        </div>
      </form>
    </>
  )
}
