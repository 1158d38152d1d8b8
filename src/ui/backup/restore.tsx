// What a person sees of restoring a backup: a file to choose, what opens it, what it would bring, and the button that does it.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField, TextField } from '../parts/field.tsx'
import { FileButton } from '../parts/fileButton.tsx'
import { Notice, TroubleNotice, troubleId } from '../parts/notice.tsx'
import { Restoring, type Secret } from './restoring.ts'
import { broughtSentences, stateSentence } from './words.ts'

interface Props {
  /** The label of the button with which it begins. */
  readonly label: string
  /** Before anything is changed. */
  readonly onBegin?: () => void
  readonly onRestored: () => void
}

export function Restore({ label, onBegin, onRestored }: Props) {
  const restoring = useSignal(new Restoring()).value
  const scene = restoring.scene.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (scene.at === 'closed' || scene.at === 'opened' || scene.at === 'done') heading.current?.focus()
  }, [scene.at])
  const restore = async () => {
    onBegin?.()
    if (await restoring.restore()) onRestored()
  }
  const title = (words: string) => (
    <h3 ref={heading} tabIndex={-1}>
      {words}
    </h3>
  )
  return (
    <div class="restore">
      {scene.at === 'choosing' ? <Choose label={label} restoring={restoring} /> : null}
      {scene.at === 'reading' ? (
        <div class="progress">
          <progress aria-label="Reading the file" value={scene.part} max={1} />
          <span aria-hidden="true">Reading the file…</span>
        </div>
      ) : null}
      {scene.at === 'closed' ? (
        <>
          {title('What opens this backup?')}
          <p>{stateSentence(scene.about)}</p>
          <OpenBackup restoring={restoring} />
        </>
      ) : null}
      {scene.at === 'opened' ? (
        <>
          {title('What this backup brings')}
          <p>{stateSentence(scene.about)}</p>
          <ul class="lines">
            {broughtSentences(scene.about).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="actions">
            <Button kind="main" busy={restoring.deed.busy.value} onClick={() => void restore()}>
              Restore
            </Button>
            <Button kind="quiet" onClick={() => restoring.again()}>
              Cancel
            </Button>
            <Progress busy={restoring.deed.busy.value} label="Restoring" />
          </p>
        </>
      ) : null}
      {scene.at === 'done' ? (
        <Notice kind="done">
          {title('Restored')}
          <p>What the backup had is in your vault now. Texts sealed with its keys open again.</p>
        </Notice>
      ) : null}
      <TroubleNotice trouble={restoring.deed.trouble.value} />
    </div>
  )
}

function Choose({ label, restoring }: { label: string; restoring: Restoring }) {
  return (
    <p class="actions">
      <FileButton
        label="Backup file"
        busy={restoring.deed.busy.value}
        onChosen={([file]) => void restoring.choose(file)}
      >
        {label}
      </FileButton>
    </p>
  )
}

function OpenBackup({ restoring }: { restoring: Restoring }) {
  const byKey = useSignal(false)
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const { deed } = restoring
  const open = async (event: Event) => {
    event.preventDefault()
    const typed = box.current?.value ?? ''
    if (typed === '' || deed.busy.value) {
      box.current?.focus()
      return
    }
    const secret: Exclude<Secret, null> = byKey.value
      ? { kind: 'recovery', recoveryKey: typed }
      : { kind: 'password', password: typed }
    if (!(await restoring.open(secret))) {
      box.current?.focus()
      box.current?.select()
    }
  }
  const field = { box, busy: deed.busy.value, takesFocus: true, describedBy: troubleId(deed.trouble.value) }
  return (
    <form onSubmit={(event) => void open(event)} noValidate>
      {byKey.value ? (
        <TextField key="key" label="Recovery key of the backup" {...field} />
      ) : (
        <PasswordField
          key="password"
          label="Password of the backup"
          hint="The one that opened the vault when the backup was made."
          {...field}
        />
      )}
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Open the backup
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            byKey.value = !byKey.value
          }}
        >
          {byKey.value ? 'Use its password' : 'Use its recovery key'}
        </Button>
        <Button kind="quiet" onClick={() => restoring.again()}>
          Choose another file
        </Button>
        <Progress busy={deed.busy.value} label="Opening the backup" />
      </div>
    </form>
  )
}
