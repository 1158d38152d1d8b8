// New keys in the place of old ones: for the texts to come, or for the whole vault.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { NewMasterKey, type Renewed } from './newMasterKey.tsx'

interface Props {
  readonly unlocked: boolean
  readonly onMakeShares: () => void
}

export function Keys({ unlocked, onMakeShares }: Props) {
  const replacing = useSignal(false)
  const done = useSignal<Renewed | null>(null)
  if (!unlocked && replacing.value) replacing.value = false
  const begin = () => {
    done.value = null
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
          onDone={(renewed) => {
            replacing.value = false
            done.value = renewed
          }}
        />
      ) : (
        <>
          <p>
            If someone may have copied your vault while it was unlocked, give it a new master key, and new keys for all
            texts to come. Your password stays, and so do the recovery key and the passkeys that you have at hand;
            shares end, and can be made anew. Sealed texts on websites stay readable to you – and to whoever copied the
            old keys: what was sealed before can’t be taken back.
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={begin}>
              Replace the master key
            </Button>
            <output>{unlocked ? null : 'Unlock the vault to replace it.'}</output>
          </p>
        </>
      )}
      {done.value === null ? null : <Done renewed={done.value} unlocked={unlocked} onMakeShares={onMakeShares} />}
    </section>
  )
}

interface DoneProps extends Props {
  readonly renewed: Renewed
}

function Done({ renewed: { newRecovery, shares }, unlocked, onMakeShares }: DoneProps) {
  return (
    <Notice kind="done">
      <p role="status">
        The vault has a new master key.{' '}
        {newRecovery ? 'The old recovery key opens nothing any more: destroy it. ' : null}
        Save a new backup file, and delete old ones: they still open with the old keys.
      </p>
      {shares ? (
        <>
          <p>
            The shares you handed out open nothing any more. Ask for them to be destroyed, and make new ones for the
            same people.
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={onMakeShares}>
              Make new shares
            </Button>
          </p>
        </>
      ) : null}
    </Notice>
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
