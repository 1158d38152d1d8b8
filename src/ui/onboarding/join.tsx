// Joins a vault that was created on another device: the one in the browser's sync, or the one in a file. Only the vault's own
// password or recovery key opens it.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { Request } from '../../messages/protocol.ts'
import type { Found } from '../../messages/vault/sync.ts'
import { type WordsKey, words } from '../../words.ts'
import { useFoundVault } from '../app/foundVault.ts'
import { useTask } from '../app/task.ts'
import type { Vault } from '../app/vault.ts'
import { closeThis, openTab } from '../app/windows.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { ErrorNotice, errorId, Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { TypedKey, TypedKeyField } from '../recovery/typedKey.tsx'
import { CueChip } from '../window/cue.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'

/** A record has about a million letters at most; what comes after it in a backup is not needed to join. */
const fileBytes = 1_900_000

const foundKeys = {
  vault: 'onboarding.join.found.vault',
  nothing: 'onboarding.join.found.nothing',
  arriving: 'onboarding.join.found.arriving',
  unreadable: 'onboarding.join.found.unreadable',
} as const satisfies Record<Found, WordsKey>

export function Join({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle(words('onboarding.join.title'))
  const found = useFoundVault()
  const task = useTask()
  const byKey = useSignal(false)
  const joined = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const file = useSignal<File | null>(null)

  const takeSecret = async () => {
    if (byKey.value) {
      const recoveryKey = await typedKey.take()
      return recoveryKey === null ? null : ({ kind: 'recovery', recoveryKey } as const)
    }
    const password = box.current?.value ?? ''
    if (password !== '') return { kind: 'password', password } as const
    box.current?.focus()
    return null
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void task.run('join', async () => {
      const secret = await takeSecret()
      if (secret === null) return
      const text = file.value === null ? null : await file.value.slice(0, fileBytes).text()
      onBegin()
      await joinBy(vault, text, secret)
      typedKey.wipe()
      if (box.current) box.current.value = ''
      joined.value = true
      await vault.look()
    })
  }

  const seen = vault.seen.value
  if (joined.value && seen !== null) return <Joined cue={seen.cue} byKey={byKey.value} fromFile={file.value !== null} />
  return (
    <Page>
      <Heading>{words('onboarding.join.title')}</Heading>
      <p>{words(found === null ? 'onboarding.join.looking' : foundKeys[found])}</p>
      <form onSubmit={submit} noValidate>
        {byKey.value ? (
          <TypedKeyField typedKey={typedKey} busy={task.busy.value} />
        ) : (
          <PasswordField
            label={words('onboarding.join.password')}
            box={box}
            takesFocus
            busy={task.busy.value}
            describedBy={errorId(task.error.value)}
          />
        )}
        <details class="field" open={found !== null && found !== 'vault'}>
          <summary>{words('onboarding.join.fromFile')}</summary>
          <FileChoice
            onChosen={(chosen) => {
              file.value = chosen
            }}
          />
        </details>
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button
            kind="main"
            submits
            busy={task.busy.value}
            disabled={file.value === null && found !== 'vault' && found !== 'arriving'}
          >
            {words('onboarding.join.join')}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              byKey.value = !byKey.value
            }}
          >
            {byKey.value ? words('onboarding.join.usePassword') : words('onboarding.join.useRecoveryKey')}
          </Button>
          <Progress busy={task.busy.value} label={words('onboarding.join.joining')} />
        </div>
      </form>
      <Notice>
        <p>{words('onboarding.join.olderState')}</p>
      </Notice>
      <p>
        <a href="#create">{words('onboarding.join.createNew')}</a>
      </p>
      <p>
        <a href="#pair">{words('onboarding.join.pair')}</a>
      </p>
    </Page>
  )
}

/** When the answer got lost, the vault may have been joined all the same. */
async function joinBy(vault: Vault, file: string | null, secret: Request<'joinVault'>['by']): Promise<void> {
  try {
    await call('joinVault', { file, by: secret })
  } catch (thrown) {
    await vault.look()
    if (!(codeOf(thrown) === 'unavailable' && vault.seen.peek()?.vault === 'unlocked')) throw thrown
  }
}

function FileChoice({ onChosen }: { onChosen: (file: File | null) => void }) {
  const id = useId()
  const name = useSignal<string | null>(null)
  return (
    <div class="field">
      <label for={id}>{words('onboarding.join.file')}</label>
      <input
        id={id}
        type="file"
        class="file"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const [chosen = null] = event.currentTarget.files ?? []
          name.value = chosen?.name ?? null
          onChosen(chosen)
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        {name.value === null
          ? say('onboarding.join.fileHint', { restore: (text) => <a href="#restore">{text}</a> })
          : words('onboarding.join.fileChosen')}
      </p>
    </div>
  )
}

function Joined({
  cue,
  byKey,
  fromFile,
}: {
  cue: Parameters<typeof Page>[0]['cue']
  byKey: boolean
  fromFile: boolean
}) {
  return (
    <Page cue={cue}>
      <Heading takesFocus>{words('onboarding.joined.heading')}</Heading>
      <p>{words('onboarding.joined.cue')}</p>
      {cue ? (
        <p class="centre">
          <CueChip cue={cue} large />
        </p>
      ) : null}
      {fromFile ? <p>{words('onboarding.joined.fromFile')}</p> : <p>{words('onboarding.joined.bySync')}</p>}
      {byKey ? (
        <Notice>
          <p>{say('onboarding.joined.byRecoveryKey', { recover: (text) => <a href="#recover">{text}</a> })}</p>
        </Notice>
      ) : null}
      <p class="actions">
        <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
          {words('onboarding.joined.openOptions')}
        </Button>
      </p>
    </Page>
  )
}
