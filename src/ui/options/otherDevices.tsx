// The vault on other devices, through the browser's own sync: whether that is on here, how it stands, and what it means.
// And the vault in other browsers, with which this one is paired.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onNews } from '../../messages/changes.ts'
import { type Devices, devicesKey, type Status } from '../../messages/devices.ts'
import type { State } from '../../messages/shapes.ts'
import { Deed, type Trouble, troubleOf, useDeed } from '../deed.ts'
import { refusalSentence, statusSentence, when } from '../deviceSentences.ts'
import { Pairing } from '../pairing/section.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Notice, TroubleNotice, troubleId } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { callProved } from '../proof.tsx'
import { WeakPassword } from '../weakPassword.tsx'

class Others {
  readonly seen: Signal<Devices | null> = signal(null)
  readonly trouble: Signal<Trouble | null> = signal(null)
  readonly deed = new Deed()

  async look(): Promise<void> {
    try {
      this.seen.value = await call('devices', {})
      this.trouble.value = null
    } catch (thrown) {
      this.trouble.value = troubleOf(thrown, 'sync')
    }
  }

  /** Does something about it, and looks how it stands then. */
  async act(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.deed.run('sync', async () => {
      await work()
    })
    await this.look()
    return done
  }
}

export function OtherDevices({ seen: state }: { seen: State }) {
  const unlocked = state.vault === 'unlocked'
  const others = useMemo(() => new Others(), [])
  useEffect(() => {
    void others.look()
    return onNews(devicesKey, () => void others.look())
  }, [others])
  const seen = others.seen.value
  const busy = others.deed.busy.value
  return (
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">Other devices</h2>
      <TroubleNotice trouble={others.trouble.value ?? others.deed.trouble.value} />
      {seen === null ? null : (
        <>
          <Switch
            label="Keep in step through the browser’s sync"
            on={seen.on}
            hint="Your vault, sealed, goes to the browsers where you are signed in with the same account. Each device chooses for itself."
            onFlip={() => void others.act(() => callProved('keepInStep', { now: seen.on ? 'off' : 'on' }))}
          />
          <Progress busy={busy} label="Looking" />
          {seen.on ? <Standing others={others} seen={seen} /> : null}
        </>
      )}
      <WeakPassword seen={state} who="Whoever gets into your browser account, or has a pairing and its code,">
        <a href="#password">Choose a stronger one</a> before the vault leaves this device.
      </WeakPassword>
      <Meaning others={others} on={seen?.on === true} />
      <Pairing unlocked={unlocked} />
    </section>
  )
}

function Standing({ others, seen }: { others: Others; seen: Devices }) {
  const { status, refused } = seen
  const looked = useSignal(0)
  const kind = status?.kind === 'refused' || status?.kind === 'too-large' ? 'warning' : kindOf(status)
  const lookNow = async () => {
    if (await others.act(() => call('syncNow', {}))) looked.value++
  }
  return (
    <>
      <Notice kind={kind}>
        <p role="status">{statusSentence(status)}</p>
      </Notice>
      {status?.kind === 'pending' ? <TakeIn others={others} /> : null}
      {refused !== null && status?.kind !== 'refused' ? (
        <p class="hint refused">
          {when(refused.at)}: {refusalSentence(refused.why)}
        </p>
      ) : null}
      <p class="actions">
        <Button onClick={() => void lookNow()} busy={others.deed.busy.value}>
          Look now
        </Button>
        <output>{looked.value > 0 ? `Looked at ${new Date().toLocaleTimeString()}.` : null}</output>
      </p>
      {status?.kind === 'pending' || status?.kind === 'refused' ? <Replace others={others} /> : null}
    </>
  )
}

function kindOf(status: Status | null): 'done' | 'about' {
  return status?.kind === 'in-step' ? 'done' : 'about'
}

/** The password of the new master key. It goes to the background, which tries it on what lies in the browser's sync. */
function TakeIn({ others }: { others: Others }) {
  const deed = useDeed()
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    if (password === '') {
      box.current?.focus()
      return
    }
    const done = await deed.run('take-in', async () => {
      await callProved('takeIn', { password })
    })
    if (done && box.current) box.current.value = ''
    else box.current?.select()
    await others.look()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <PasswordField
        label="Password on the other device"
        box={box}
        busy={deed.busy.value}
        describedBy={troubleId(deed.trouble.value)}
      />
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Take it in
        </Button>
        <Progress busy={deed.busy.value} label="Trying the password" />
      </div>
    </form>
  )
}

/** The way out where what lies there is not wanted. Asks once more: a device that has no copy of its own loses it. */
function Replace({ others }: { others: Others }) {
  const sure = useSignal(false)
  if (!sure.value) {
    return (
      <p class="actions">
        <Button
          kind="quiet"
          onClick={() => {
            sure.value = true
          }}
        >
          Put this device’s vault in its place…
        </Button>
      </p>
    )
  }
  return (
    <Notice kind="warning">
      <p>
        What lies in the browser’s sync is replaced by the vault of this device. Devices that have it keep their own
        copy. If no device has it, it is lost.
      </p>
      <p class="actions">
        <Button onClick={() => void others.act(() => call('replaceSynced', {}))}>Replace it</Button>
        <Button
          kind="quiet"
          onClick={() => {
            sure.value = false
          }}
        >
          Leave it
        </Button>
      </p>
    </Notice>
  )
}

function Meaning({ others, on }: { others: Others; on: boolean }) {
  const cleared = useSignal(false)
  const clear = async () => {
    cleared.value = await others.act(() => call('clearSynced', {}))
  }
  return (
    <details>
      <summary>What it means</summary>
      <ul class="lines">
        <li>
          The vault is carried as it lies on this device: sealed. Whoever runs the browser’s sync, such as Google or
          Mozilla, can’t read it, and can’t change it unnoticed.
        </li>
        <li>They learn that you use Fieldseal, how large your vault is, and when it changes.</li>
        <li>
          Whoever gets at your browser account can take the sealed vault away and guess at its password for as long as
          they like. Choose a strong one.
        </li>
        <li>
          They can hold changes back or put an older state in place of a newer one. A device notices that by what it has
          seen itself; one that is new can’t.
        </li>
        <li>
          Only the vault is carried: its keys and settings, not the library, your unfinished texts or your list of
          sites. In the browser’s own settings, sync has to be on for extensions. Chrome and Firefox don’t sync with
          each other: they are paired, below.
        </li>
        <li>Switching it off here leaves what lies there, and the other devices, as they are.</li>
      </ul>
      {on ? null : (
        <p class="actions">
          <Button kind="quiet" onClick={() => void clear()}>
            Remove the vault from the browser’s sync
          </Button>
          <output>{cleared.value ? 'Removed. A device where this is on puts its own there again.' : null}</output>
        </p>
      )}
    </details>
  )
}
