// Restores a backup on screen: the person chooses a file, opens it, sees what it would bring, and confirms.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField, TextField } from '../parts/field.tsx'
import { FileButton } from '../parts/fileButton.tsx'
import { ErrorNotice, errorId, Notice } from '../parts/notice.tsx'
import { type BackupSecret, Restoring } from './restoring.ts'
import { broughtSentences, stateSentences } from './words.ts'

interface Props {
  /** The label of the button that chooses a file. */
  readonly label: string
  /** Called before anything changes. */
  readonly onBegin?: () => void
  readonly onRestored: () => void
}

export function Restore({ label, onBegin, onRestored }: Props) {
  const restoring = useSignal(new Restoring()).value
  const step = restoring.step.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step.kind === 'closed' || step.kind === 'opened' || step.kind === 'done') heading.current?.focus()
  }, [step.kind])
  const restore = async () => {
    onBegin?.()
    if (await restoring.restore()) onRestored()
  }
  const title = (text: string) => (
    <h3 ref={heading} tabIndex={-1}>
      {text}
    </h3>
  )
  return (
    <div class="restore">
      {step.kind === 'choosing' ? <Choose label={label} restoring={restoring} /> : null}
      {step.kind === 'reading' ? (
        <div class="progress">
          <progress aria-label={words('backup.restore.readingLabel')} value={step.fraction} max={1} />
          <span aria-hidden="true">{words('backup.restore.reading')}</span>
        </div>
      ) : null}
      {step.kind === 'closed' ? (
        <>
          {title(words('backup.restore.closed'))}
          <p>{stateSentences(step.about)}</p>
          <OpenBackup restoring={restoring} />
        </>
      ) : null}
      {step.kind === 'opened' ? (
        <>
          {title(words('backup.restore.opened'))}
          <p>{stateSentences(step.about)}</p>
          <ul class="lines">
            {broughtSentences(step.about).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="actions">
            <Button kind="main" busy={restoring.task.busy.value} onClick={() => void restore()}>
              {words('backup.restore.restore')}
            </Button>
            <Button kind="quiet" onClick={() => restoring.restart()}>
              {words('backup.restore.cancel')}
            </Button>
            <Progress busy={restoring.task.busy.value} label={words('backup.restore.restoring')} />
          </p>
        </>
      ) : null}
      {step.kind === 'done' ? (
        <Notice kind="done">
          {title(words('backup.restore.restored'))}
          <p>{words('backup.restore.inVault')}</p>
        </Notice>
      ) : null}
      <ErrorNotice error={restoring.task.error.value} />
    </div>
  )
}

function Choose({ label, restoring }: { label: string; restoring: Restoring }) {
  return (
    <p class="actions">
      <FileButton
        label={words('backup.restore.file')}
        busy={restoring.task.busy.value}
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
  const { task } = restoring
  const open = async (event: Event) => {
    event.preventDefault()
    const typed = box.current?.value ?? ''
    if (typed === '' || task.busy.value) {
      box.current?.focus()
      return
    }
    const secret: Exclude<BackupSecret, null> = byKey.value
      ? { kind: 'recovery', recoveryKey: typed }
      : { kind: 'password', password: typed }
    if (!(await restoring.open(secret))) {
      box.current?.focus()
      box.current?.select()
    }
  }
  const field = { box, busy: task.busy.value, takesFocus: true, describedBy: errorId(task.error.value) }
  return (
    <form onSubmit={(event) => void open(event)} noValidate>
      {byKey.value ? (
        <TextField key="key" label={words('backup.restore.recoveryKey')} {...field} />
      ) : (
        <PasswordField
          key="password"
          label={words('backup.restore.password')}
          hint={words('backup.restore.passwordHint')}
          {...field}
        />
      )}
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('backup.restore.open')}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            byKey.value = !byKey.value
          }}
        >
          {byKey.value ? words('backup.restore.usePassword') : words('backup.restore.useRecoveryKey')}
        </Button>
        <Button kind="quiet" onClick={() => restoring.restart()}>
          {words('backup.restore.chooseAnother')}
        </Button>
        <Progress busy={task.busy.value} label={words('backup.restore.opening')} />
      </div>
    </form>
  )
}
