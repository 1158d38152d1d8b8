// A new recovery key: shown, to copy, save or print, and two of its groups typed back before it is used. While they are
// typed the key is covered, so that what is typed comes from the copy. Used when a vault is made and when a key is replaced.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Deed } from './deed.ts'
import { drawGroups, groupsOf, isGroup } from './groups.ts'
import { Button, Progress } from './parts/button.tsx'
import { CopyButton } from './parts/copy.tsx'
import { TextField } from './parts/field.tsx'
import { TroubleNotice } from './parts/notice.tsx'
import { RecoverySheet, saveSheet } from './recoverySheet.tsx'

interface Props {
  readonly recoveryKey: string
  readonly deed: Deed
  /** What happens while the deed is under way, e.g. "Creating your vault". */
  readonly doing: string
  readonly onConfirmed: () => void
}

export function RecoveryKey({ recoveryKey, deed, doing, onConfirmed }: Props) {
  const covered = useSignal(false)
  const asked = useSignal(drawGroups()).value
  const fields = useSignal(asked.map((group) => new Group(group))).value
  const shown = useRef<HTMLDivElement>(null)
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
        {covered.value ? <Covered /> : <Key recoveryKey={recoveryKey} />}
      </div>
      <div class="actions">
        <CopyButton text={recoveryKey} label="Copy" />
        <Button onClick={() => saveSheet(recoveryKey, new Date())}>Save as file</Button>
        <Button onClick={() => print()}>Print</Button>
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
      <RecoverySheet recoveryKey={recoveryKey} at={new Date()} />
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

function Key({ recoveryKey }: { recoveryKey: string }) {
  return (
    <output class="letters" aria-label="Recovery key">
      {groupsOf(recoveryKey).map((group, index) => (
        <span class="group" key={group}>
          {index === 0 ? null : <span class="dash">-</span>}
          {group}
        </span>
      ))}
    </output>
  )
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

/** Until the key is confirmed nothing is kept, so the browser asks before the tab is closed. */
function useLeavingWarning(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
}
