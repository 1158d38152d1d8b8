// A new recovery key: shown, to copy, save or print, and two of its groups typed back before it is used. While they are
// typed the key is covered, so that what is typed comes from the copy. Used when a vault is made and when a key is replaced.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { Deed } from './deed.ts'
import { drawGroups, isGroup } from './groups.ts'
import { useLeavingWarning } from './leaving.ts'
import { saveSheet, usePaper } from './paper.tsx'
import { Button, Progress } from './parts/button.tsx'
import { CopyButton } from './parts/copy.tsx'
import { TextField } from './parts/field.tsx'
import { Letters } from './parts/letters.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { recoverySheet } from './recoverySheet.ts'

interface Props {
  readonly recoveryKey: string
  /** Of the vault it is for, to stand on the sheet. */
  readonly vaultName: string
  readonly deed: Deed
  /** What happens while the deed is under way, e.g. "Creating your vault". */
  readonly doing: string
  readonly onConfirmed: () => void
}

export function RecoveryKey({ recoveryKey, vaultName, deed, doing, onConfirmed }: Props) {
  const covered = useSignal(false)
  const asked = useSignal(drawGroups()).value
  const fields = useSignal(asked.map((group) => new Group(group))).value
  const shown = useRef<HTMLDivElement>(null)
  const sheets = useMemo(() => [recoverySheet(recoveryKey, vaultName, new Date())], [recoveryKey, vaultName])
  const paper = usePaper(sheets)
  // Until the key is confirmed nothing is kept.
  useLeavingWarning()

  const confirm = (event: Event) => {
    event.preventDefault()
    if (deed.busy.value) return
    const wrong = fields.filter((field) => !field.check(recoveryKey))
    if (wrong.length === 0) onConfirmed()
    else wrong[0]?.box.current?.focus()
  }

  return (
    <>
      <div class="key" ref={shown} tabIndex={-1}>
        {covered.value ? <Covered /> : <Letters text={recoveryKey} label="Recovery key" />}
      </div>
      <div class="actions">
        <CopyButton text={recoveryKey} content="secret" label="Copy" />
        <Button onClick={() => sheets.forEach(saveSheet)}>Save as file</Button>
        <Button onClick={() => paper.print()}>Print</Button>
      </div>
      <p class="hint">
        Keep it on paper, or somewhere else that is not this device. Whoever has it and this device can open your vault.
      </p>
      <form class="confirm" onSubmit={confirm} noValidate>
        <h2>Check your copy</h2>
        <p>Type these two groups from your copy. The key is covered while you type.</p>
        <div class="pair">
          {fields.map((field) => (
            <TextField
              key={field.group}
              label={`Group ${field.group}`}
              box={field.box}
              busy={deed.busy.value}
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
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button kind="main" submits busy={deed.busy.value}>
            Confirm
          </Button>
          {covered.value ? (
            <Button
              kind="quiet"
              onClick={() => {
                covered.value = false
                shown.current?.focus()
              }}
            >
              Show the key again
            </Button>
          ) : null}
          <Progress busy={deed.busy.value} label={doing} />
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
    const typed = this.box.current?.value ?? ''
    const right = isGroup(recoveryKey, this.group, typed)
    if (right) this.error.value = null
    else if (typed.trim() === '') this.error.value = `Type group ${this.group} from your copy.`
    else this.error.value = `This is not group ${this.group}. Compare it with your copy, or show the key again.`
    return right
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
