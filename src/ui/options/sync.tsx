// The vault's copies on other devices, through the browser's own sync: whether sync is on here, its status, and what it means.
// And in other browsers, by pairing.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onSessionChange } from '../../messages/lockSignal.ts'
import { type Status, type SyncStatus, syncStatusKey } from '../../messages/vault/sync.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { formatMediumTime, formatTimeToTheSecond } from '../app/format.ts'
import { Task, type UserError, userErrorOf, useTask } from '../app/task.ts'
import { Pairing } from '../pairing/section.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { ErrorNotice, errorId, Notice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { callWithProof } from '../secrets/proof.tsx'
import { WeakPassword } from '../secrets/weakPassword.tsx'
import { refusalSentence, statusSentence } from './syncMessages.ts'

class Devices {
  readonly sync: Signal<SyncStatus | null> = signal(null)
  readonly error: Signal<UserError | null> = signal(null)
  readonly task = new Task()

  async look(): Promise<void> {
    try {
      this.sync.value = await call('getSyncStatus', {})
      this.error.value = null
    } catch (thrown) {
      this.error.value = userErrorOf(thrown, 'sync')
    }
  }

  /** Runs `work`, then asks for the status again. */
  async act(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.task.run('sync', async () => {
      await work()
    })
    await this.look()
    return done
  }
}

export function SyncCard({ seen }: { seen: VaultState }) {
  const unlocked = seen.vault === 'unlocked'
  const devices = useMemo(() => new Devices(), [])
  useEffect(() => {
    void devices.look()
    return onSessionChange(syncStatusKey, () => void devices.look())
  }, [devices])
  const sync = devices.sync.value
  const busy = devices.task.busy.value
  return (
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">{words('sync.heading')}</h2>
      <ErrorNotice error={devices.error.value ?? devices.task.error.value} />
      {sync === null ? null : (
        <>
          <Switch
            label={words('sync.on')}
            on={sync.on}
            hint={words('sync.onHint')}
            onFlip={() => void devices.act(() => callWithProof('setSync', { on: !sync.on }))}
          />
          <Progress busy={busy} label={words('sync.looking')} />
          {sync.on ? <SyncState devices={devices} sync={sync} /> : null}
        </>
      )}
      <WeakPassword seen={seen} to="sync" link={(text) => <a href="#password">{text}</a>} />
      <SyncMeaning devices={devices} on={sync?.on === true} />
      <Pairing unlocked={unlocked} />
    </section>
  )
}

function SyncState({ devices, sync }: { devices: Devices; sync: SyncStatus }) {
  const { status, refused } = sync
  const syncedAt = useSignal<number | null>(null)
  const syncNow = async () => {
    if (await devices.act(() => call('syncNow', {}))) syncedAt.value = Date.now()
  }
  return (
    <>
      <Notice kind={noticeKind(status)}>
        <p role="status">{statusSentence(status)}</p>
      </Notice>
      {status?.kind === 'pending' ? <AcceptSyncedVault devices={devices} /> : null}
      {refused !== null && status?.kind !== 'refused' ? (
        <p class="hint refused">
          {words('sync.refusedAt', { time: formatMediumTime(refused.at), why: refusalSentence(refused.why) })}
        </p>
      ) : null}
      <p class="actions">
        <Button onClick={() => void syncNow()} busy={devices.task.busy.value}>
          {words('sync.look')}
        </Button>
        <output>
          {syncedAt.value === null ? null : words('sync.looked', { time: formatTimeToTheSecond(syncedAt.value) })}
        </output>
      </p>
      {status?.kind === 'pending' || status?.kind === 'refused' ? <Replace devices={devices} /> : null}
    </>
  )
}

function noticeKind(status: Status | null): 'done' | 'warning' | 'about' {
  if (status?.kind === 'refused' || status?.kind === 'too-large') return 'warning'
  return status?.kind === 'in-step' ? 'done' : 'about'
}

/** Takes the password of the new master key. The background tries it on what the browser's sync holds. */
function AcceptSyncedVault({ devices }: { devices: Devices }) {
  const task = useTask()
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    if (password === '') {
      box.current?.focus()
      return
    }
    const done = await task.run('accept-synced-vault', async () => {
      await callWithProof('acceptSyncedVault', { password })
    })
    if (done && box.current) box.current.value = ''
    else box.current?.select()
    await devices.look()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <PasswordField
        label={words('sync.accept.password')}
        box={box}
        busy={task.busy.value}
        describedBy={errorId(task.error.value)}
      />
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('sync.accept.take')}
        </Button>
        <Progress busy={task.busy.value} label={words('sync.accept.taking')} />
      </div>
    </form>
  )
}

/** Replaces what the browser's sync holds by this device's vault. Asks once more: a vault that no other device has is lost then. */
function Replace({ devices }: { devices: Devices }) {
  const confirming = useSignal(false)
  if (!confirming.value) {
    return (
      <p class="actions">
        <Button
          kind="quiet"
          onClick={() => {
            confirming.value = true
          }}
        >
          {words('sync.replace.ask')}
        </Button>
      </p>
    )
  }
  return (
    <Notice kind="warning">
      <p>{words('sync.replace.means')}</p>
      <p class="actions">
        <Button onClick={() => void devices.act(() => call('replaceSyncedVault', {}))}>
          {words('sync.replace.replace')}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            confirming.value = false
          }}
        >
          {words('sync.replace.leave')}
        </Button>
      </p>
    </Notice>
  )
}

function SyncMeaning({ devices, on }: { devices: Devices; on: boolean }) {
  const cleared = useSignal(false)
  const clear = async () => {
    cleared.value = await devices.act(() => call('clearSyncedVault', {}))
  }
  return (
    <details>
      <summary>{words('sync.means.summary')}</summary>
      <ul class="lines">
        <li>{words('sync.means.sealed')}</li>
        <li>{words('sync.means.learn')}</li>
        <li>{words('sync.means.guess')}</li>
        <li>{words('sync.means.older')}</li>
        <li>{words('sync.means.vaultOnly')}</li>
        <li>{words('sync.means.off')}</li>
      </ul>
      {on ? null : (
        <p class="actions">
          <Button kind="quiet" onClick={() => void clear()}>
            {words('sync.means.clear')}
          </Button>
          <output>{cleared.value ? words('sync.means.cleared') : null}</output>
        </p>
      )}
    </details>
  )
}
