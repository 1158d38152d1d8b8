// New keys in the place of old ones: for the texts to come, or for the whole vault.

import { type Signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Notice, TroubleNotice, troubleId } from '../parts/notice.tsx'
import { type ProposedKey, proposeKey } from '../proposedKey.ts'
import { RecoveryKey } from '../recoveryKey.tsx'

export function Keys({ unlocked }: { unlocked: boolean }) {
  const replacing = useSignal(false)
  const done = useSignal(false)
  if (!unlocked && replacing.value) replacing.value = false
  const begin = () => {
    done.value = false
    replacing.value = true
  }
  return (
    <section class="card" aria-labelledby="new-keys">
      <h2 id="new-keys">New keys</h2>
      <NewTextKey unlocked={unlocked} />
      <h3>For the whole vault</h3>
      {replacing.value ? (
        <NewMasterKey
          onCancel={() => {
            replacing.value = false
          }}
          onDone={() => {
            replacing.value = false
            done.value = true
          }}
        />
      ) : (
        <>
          <p>
            If someone may have copied your vault while it was unlocked, give it a new master key, and new keys for all
            texts to come. Your password stays; the recovery key becomes a new one; every other way of unlocking, shares
            among them, is taken out and must be set up again. Sealed texts on websites stay readable to you – and to
            whoever copied the old keys: what was sealed before can’t be taken back.
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={begin}>
              Replace the master key
            </Button>
            <output>{unlocked ? null : 'Unlock the vault to replace it.'}</output>
          </p>
        </>
      )}
      {done.value ? (
        <Notice kind="done">
          <p>
            The vault has a new master key. The old recovery key, and shares handed out before, open nothing any more:
            destroy them. Save a new backup file, and delete old ones: they still open with the old keys.
          </p>
        </Notice>
      ) : null}
    </section>
  )
}

function NewTextKey({ unlocked }: { unlocked: boolean }) {
  const deed = useDeed()
  const told = useSignal('')
  const renew = async () => {
    told.value = ''
    const done = await deed.run('new-key', async () => void (await call('renewCircle', {})))
    if (done) told.value = 'New texts are sealed under a new key from now on. Older ones stay readable.'
  }
  return (
    <>
      <h3>For the texts to come</h3>
      <p>Texts that you seal from now on get a new key. Those you have sealed stay readable under theirs.</p>
      <p class="actions">
        <Button disabled={!unlocked} busy={deed.busy.value} onClick={() => void renew()}>
          Start a new text key
        </Button>
        <output>{unlocked ? told.value : 'Unlock the vault to start one.'}</output>
      </p>
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}

interface Props {
  readonly onCancel: () => void
  readonly onDone: () => void
}

/** First the new recovery key, written down; then the password, by which it is done. Until then nothing is changed. */
function NewMasterKey({ onCancel, onDone }: Props) {
  const proposed = useSignal<ProposedKey | null>(null)
  const confirmed = useSignal(false)
  const proposing = useDeed()
  const propose = () =>
    void proposing.run('new-master-key', async () => {
      proposed.value = await proposeKey()
    })
  useEffect(propose, [])
  const { recoveryKey = null, vaultName = '' } = proposed.value ?? {}
  return (
    <>
      <TroubleNotice trouble={proposing.trouble.value}>
        <p class="actions">
          <Button onClick={propose}>Try again</Button>
        </p>
      </TroubleNotice>
      {recoveryKey !== null && !confirmed.value ? (
        <>
          <p>First, the recovery key that will open the vault from then on. Until you finish, the old one works.</p>
          <RecoveryKey
            recoveryKey={recoveryKey}
            vaultName={vaultName}
            deed={proposing}
            doing="Checking"
            onConfirmed={() => {
              confirmed.value = true
            }}
          />
        </>
      ) : null}
      {recoveryKey !== null && confirmed.value ? <ByPassword recoveryKey={recoveryKey} onDone={onDone} /> : null}
      <p class="actions">
        <Button kind="quiet" onClick={onCancel}>
          Cancel, and change nothing
        </Button>
      </p>
    </>
  )
}

function ByPassword({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const empty: Signal<string | null> = useSignal<string | null>(null)
  const deed = useDeed()
  useEffect(
    () => () => {
      if (box.current) box.current.value = ''
    },
    [box],
  )
  const replace = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    empty.value = password === '' ? 'Type your password.' : null
    const done =
      password !== '' &&
      (await deed.run('new-master-key', async () => void (await call('renewMasterKey', { password, recoveryKey }))))
    if (done) {
      if (box.current) box.current.value = ''
      onDone()
    } else {
      box.current?.focus()
      box.current?.select()
    }
  }
  return (
    <form onSubmit={(event) => void replace(event)} noValidate>
      <PasswordField
        label="Your password"
        box={box}
        busy={deed.busy.value}
        takesFocus
        error={empty.value}
        describedBy={troubleId(deed.trouble.value)}
        onInput={() => {
          empty.value = null
        }}
      />
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Replace the master key
        </Button>
        <Progress busy={deed.busy.value} label="Replacing the master key" />
      </div>
    </form>
  )
}
