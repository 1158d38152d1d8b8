// Joining a vault that was made on another device: the one in the browser's sync, or the one in a file. Only its own
// password or recovery key lets anybody join it.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { Found } from '../../messages/devices.ts'
import type { Ask } from '../../messages/protocol.ts'
import { useDeed } from '../deed.ts'
import { useFound } from '../found.ts'
import { Button, Progress } from '../parts/button.tsx'
import { CueChip } from '../parts/cue.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Notice, TroubleNotice, troubleId } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'
import type { Vault } from '../vault.ts'
import { closeThis, openTab } from '../windows.ts'

/** A record has about a million letters at most; what comes after it in a backup is not needed to join. */
const fileBytes = 1_900_000

const told: Readonly<Record<Found, string>> = {
  vault: 'A vault was found in the browser’s sync. If it is yours, its password opens it here.',
  nothing: 'There is no vault in the browser’s sync. You can join with a file from your other device.',
  arriving: 'A vault is arriving in the browser’s sync, but not all of it is here yet. Try again in a minute.',
  unreadable: 'What lies in the browser’s sync can’t be read. It was left as it is. You can join with a file.',
}

export function Join({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle('Join your vault')
  const found = useFound()
  const deed = useDeed()
  const byKey = useSignal(false)
  const joined = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const file = useSignal<File | null>(null)

  const secret = async () => {
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
    void deed.run('join', async () => {
      const by = await secret()
      if (by === null) return
      const text = file.value === null ? null : await file.value.slice(0, fileBytes).text()
      onBegin()
      await joinBy(vault, text, by)
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
      <Heading>Join your vault</Heading>
      {found === null ? <p>Looking in the browser’s sync…</p> : <p>{told[found]}</p>}
      <form onSubmit={submit} noValidate>
        {byKey.value ? (
          <TypedKeyField typedKey={typedKey} busy={deed.busy.value} />
        ) : (
          <PasswordField
            label="Password of the vault"
            box={box}
            takesFocus
            busy={deed.busy.value}
            describedBy={troubleId(deed.trouble.value)}
          />
        )}
        <details class="field" open={found !== null && found !== 'vault'}>
          <summary>Take it from a file</summary>
          <FileChoice
            onChosen={(chosen) => {
              file.value = chosen
            }}
          />
        </details>
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button
            kind="main"
            submits
            busy={deed.busy.value}
            disabled={file.value === null && found !== 'vault' && found !== 'arriving'}
          >
            Join
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              byKey.value = !byKey.value
            }}
          >
            {byKey.value ? 'Use the password' : 'Use the recovery key'}
          </Button>
          <Progress busy={deed.busy.value} label="Joining" />
        </div>
      </form>
      <Notice>
        <p>
          Whoever can write to your browser account could have put an older state of your vault there. When you have
          joined, see that what you did last on your other device is in it. A vault that is not yours does not open with
          your password.
        </p>
      </Notice>
      <p>
        <a href="#create">Create a new vault instead</a>
      </p>
      <p>
        <a href="#pair">Pair with another browser</a>
      </p>
    </Page>
  )
}

/** When the answer was lost on the way, the vault may be here all the same. */
async function joinBy(vault: Vault, file: string | null, by: Ask<'join'>['by']): Promise<void> {
  try {
    await call('join', { file, by })
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
      <label for={id}>File with a vault</label>
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
        {name.value === null ? (
          <>
            A vault record, sealed. For a backup file, <a href="#restore">restore it</a> instead: that brings the
            library and unfinished texts too.
          </>
        ) : (
          'The vault in this file is joined, not the one in the browser’s sync.'
        )}
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
      <Heading takesFocus>Your vault is on this device</Heading>
      <p>It is unlocked. This is its cue; it is the one you know from your other device:</p>
      {cue ? (
        <p class="centre">
          <CueChip cue={cue} large />
        </p>
      ) : null}
      {fromFile ? (
        <p>Changes made on one device reach the other only by the browser’s sync or by another file.</p>
      ) : (
        <p>This device is kept in step through the browser’s sync from now on. The options switch that off.</p>
      )}
      {byKey ? (
        <Notice>
          <p>
            You joined by the recovery key. If you don’t know the password, <a href="#recover">set a new one</a>.
          </p>
        </Notice>
      ) : null}
      <p class="actions">
        <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
          Open the options
        </Button>
      </p>
    </Page>
  )
}
