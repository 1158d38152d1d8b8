// Shows a new recovery key, to copy, save or print. The person types two of its groups back before it is used: meanwhile the key is
// covered, so that they type from their copy. Used when a vault is made and when a key is replaced.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { useConfirmLeave } from '../app/confirmLeave.ts'
import { drawGroups, isGroup } from '../app/groups.ts'
import type { Task } from '../app/task.ts'
import { CopyButton } from '../copying/copy.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { Letters } from './letters.tsx'
import { saveSheet, usePrintSheets } from './printSheet.tsx'
import { recoverySheet } from './recoverySheet.ts'

interface Props {
  readonly recoveryKey: string
  /** Of the vault it is for; it stands on the sheet. */
  readonly vaultName: string
  readonly task: Task
  /** What the task does, e.g. "Creating your vault". */
  readonly taskLabel: string
  readonly onConfirmed: () => void
}

export function RecoveryKey({ recoveryKey, vaultName, task, taskLabel, onConfirmed }: Props) {
  const covered = useSignal(false)
  const groups = useSignal(drawGroups()).value
  const fields = useSignal(groups.map((group) => new Group(group))).value
  const shown = useRef<HTMLDivElement>(null)
  const sheets = useMemo(() => [recoverySheet(recoveryKey, vaultName, new Date())], [recoveryKey, vaultName])
  const printer = usePrintSheets(sheets)
  // Nothing is kept until the person confirms the key.
  useConfirmLeave()

  const confirm = (event: Event) => {
    event.preventDefault()
    if (task.busy.value) return
    const wrong = fields.filter((field) => !field.check(recoveryKey))
    if (wrong.length === 0) onConfirmed()
    else wrong[0]?.box.current?.focus()
  }

  return (
    <>
      <div class="key" ref={shown} tabIndex={-1}>
        {covered.value ? <Covered /> : <Letters text={recoveryKey} label={words('recovery.newKey.label')} />}
      </div>
      <div class="actions">
        <CopyButton text={recoveryKey} content="secret" label={words('recovery.newKey.copy')} />
        <Button onClick={() => sheets.forEach(saveSheet)}>{words('recovery.newKey.save')}</Button>
        <Button onClick={() => printer.print()}>{words('recovery.newKey.print')}</Button>
      </div>
      <p class="hint">{words('recovery.newKey.keep')}</p>
      <form class="confirm" onSubmit={confirm} noValidate>
        <h2>{words('recovery.newKey.check')}</h2>
        <p>{words('recovery.newKey.type')}</p>
        <div class="pair">
          {fields.map((field) => (
            <TextField
              key={field.group}
              label={words('recovery.newKey.group', { group: field.group })}
              box={field.box}
              busy={task.busy.value}
              error={field.error.value}
              onFocus={() => {
                covered.value = true
              }}
              onInput={() => {
                field.error.value = null
              }}
            />
          ))}
        </div>
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button kind="main" submits busy={task.busy.value}>
            {words('recovery.newKey.confirm')}
          </Button>
          {covered.value ? (
            <Button
              kind="quiet"
              onClick={() => {
                covered.value = false
                shown.current?.focus()
              }}
            >
              {words('recovery.newKey.show')}
            </Button>
          ) : null}
          <Progress busy={task.busy.value} label={taskLabel} />
        </div>
      </form>
    </>
  )
}

class Group {
  readonly box = createRef<HTMLInputElement>()
  readonly error: Signal<string | null> = signal(null)
  readonly group: number

  constructor(group: number) {
    this.group = group
  }

  check(recoveryKey: string): boolean {
    const { group } = this
    const typed = this.box.current?.value ?? ''
    const isRight = isGroup(recoveryKey, group, typed)
    if (isRight) this.error.value = null
    else if (typed.trim() === '') this.error.value = words('recovery.newKey.emptyGroup', { group })
    else this.error.value = words('recovery.newKey.wrongGroup', { group })
    return isRight
  }
}

function Covered() {
  return (
    <p class="letters covered" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => (
        <span class="group" key={name}>
          ••••
        </span>
      ))}
    </p>
  )
}
