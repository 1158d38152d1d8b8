// Shows the new shares, each to print, save or copy, until the person confirms that they are handed out. Nothing shows them again
// later.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { words } from '../../../words.ts'
import { useConfirmLeave } from '../../app/confirmLeave.ts'
import type { Task } from '../../app/task.ts'
import { CopyButton } from '../../copying/copy.tsx'
import { Button, Progress } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { Letters } from '../../recovery/letters.tsx'
import { saveSheet, usePrintSheets } from '../../recovery/printSheet.tsx'
import { type ShareSheetDetails, shareSheet } from '../../recovery/shareSheet.ts'

interface Props {
  readonly papers: readonly ShareSheetDetails[]
  /** Whether these replace a set made before. */
  readonly replaces: boolean
  readonly task: Task
  readonly onConfirmed: () => void
  readonly onCancel: () => void
}

export function HandOut({ papers, replaces, task, onConfirmed, onCancel }: Props) {
  const sheets = useMemo(() => papers.map(shareSheet), [papers])
  const printer = usePrintSheets(sheets)
  const head = useRef<HTMLHeadingElement>(null)
  const tick = useMemo(() => createRef<HTMLInputElement>(), [])
  const unconfirmed = useSignal(false)
  const id = useId()
  useConfirmLeave()
  useLayoutEffect(() => head.current?.focus(), [])

  const confirm = (event: Event) => {
    event.preventDefault()
    if (task.busy.value) return
    unconfirmed.value = tick.current?.checked !== true
    if (unconfirmed.value) tick.current?.focus()
    else onConfirmed()
  }
  return (
    <>
      <h3 ref={head} tabIndex={-1}>
        {words('optionsRecovery.handOut.heading')}
      </h3>
      <p>{words('optionsRecovery.handOut.what')}</p>
      <p class="actions">
        <Button onClick={() => printer.print()}>{words('optionsRecovery.handOut.printAll')}</Button>
      </p>
      <ol class="handed">
        {sheets.map((sheet, index) => {
          const { number, count, holder } = papers[index] ?? { number: index + 1, count: sheets.length, holder: '' }
          const share = words('optionsRecovery.handOut.share', { number, count })
          return (
            <li key={number} aria-label={share}>
              <h4>
                {holder === ''
                  ? share
                  : say('optionsRecovery.handOut.shareFor', {
                      number,
                      count,
                      name: <UntrustedText>{holder}</UntrustedText>,
                    })}
              </h4>
              <div class="key">
                <Letters text={sheet.letters} label={share} />
              </div>
              <p class="actions">
                <Button
                  label={words('optionsRecovery.handOut.printShare', { number })}
                  onClick={() => printer.print([sheet])}
                >
                  {words('optionsRecovery.handOut.print')}
                </Button>
                <Button label={words('optionsRecovery.handOut.saveShare', { number })} onClick={() => saveSheet(sheet)}>
                  {words('optionsRecovery.handOut.save')}
                </Button>
                <CopyButton
                  text={sheet.letters}
                  content="secret"
                  label={words('optionsRecovery.handOut.copy')}
                  accessibleName={words('optionsRecovery.handOut.copyShare', { number })}
                />
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
            aria-invalid={unconfirmed.value ? 'true' : undefined}
            aria-describedby={unconfirmed.value ? `${id}-error` : undefined}
            onInput={() => {
              unconfirmed.value = false
            }}
          />
          <label for={id}>{words('optionsRecovery.handOut.confirm')}</label>
        </div>
        {unconfirmed.value ? (
          <p class="error" id={`${id}-error`} role="alert">
            {words('optionsRecovery.handOut.unconfirmed')}
          </p>
        ) : null}
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button kind="main" submits busy={task.busy.value}>
            {replaces ? words('optionsRecovery.handOut.replace') : words('optionsRecovery.handOut.keep')}
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            {words('optionsRecovery.handOut.discard')}
          </Button>
          <Progress busy={task.busy.value} label={words('optionsRecovery.handOut.keeping')} />
        </div>
      </form>
    </>
  )
}
