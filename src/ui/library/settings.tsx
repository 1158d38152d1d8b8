// The library's settings, and giving everything in it new keys.

import { call } from '../../messages/call.ts'
import type { LibraryState } from '../../messages/library.ts'
import { useDeed } from '../deed.ts'
import { LibrarySettings } from '../librarySettings.tsx'
import { ProgressBar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import type { Shelf } from './shelf.ts'
import { counted, texts } from './words.ts'

export function Settings({ shelf }: { shelf: Shelf }) {
  const state = shelf.state.value
  return (
    <div class="settings">
      <TroubleNotice trouble={shelf.stateTrouble.value}>
        <p class="actions">
          <Button onClick={() => void shelf.lookAtState()}>Try again</Button>
        </p>
      </TroubleNotice>
      {state === null ? null : (
        <>
          <section class="card" aria-labelledby="keeping">
            <h2 id="keeping">Keeping</h2>
            <LibrarySettings
              state={state}
              onStored={(settings) => {
                shelf.state.value = { ...state, ...settings }
              }}
            />
          </section>
          <Rekeying shelf={shelf} state={state} />
        </>
      )}
    </div>
  )
}

function Rekeying({ shelf, state }: { shelf: Shelf; state: LibraryState }) {
  const deed = useDeed()
  const { rekeying } = state
  const act = (name: 'rekeyLibrary' | 'stopRekeying') =>
    void deed.run('rekey', async () => {
      await call(name, {})
      await shelf.lookAtState()
    })
  const running = rekeying?.state === 'running'
  const halfway = rekeying?.state === 'stopped' || rekeying?.state === 'full'
  return (
    <section class="card" aria-labelledby="new-keys">
      <h2 id="new-keys">New keys</h2>
      <p>
        Every text here has a key of its own. You can give all of them new keys at once, for instance after someone may
        have had a copy of this device. It goes on in the background, and you can go on working.
      </p>
      {rekeying !== null && rekeying.state !== 'done' ? (
        <ProgressBar done={rekeying.done} of={rekeying.of} label="Giving new keys" words={progressWords(rekeying)} />
      ) : null}
      <output>{rekeying === null || running ? null : <Outcome rekeying={rekeying} />}</output>
      <p class="actions">
        {running ? (
          <Button busy={deed.busy.value} onClick={() => act('stopRekeying')}>
            Stop
          </Button>
        ) : (
          <Button busy={deed.busy.value} onClick={() => act('rekeyLibrary')}>
            {halfway ? 'Go on' : 'Give everything new keys now'}
          </Button>
        )}
      </p>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}

type Rekeyed = NonNullable<LibraryState['rekeying']>

export function progressWords({ state, done, of }: Rekeyed): string {
  const far = `${done.toLocaleString('en')} of ${of.toLocaleString('en')}`
  return state === 'running' ? `${far}…` : far
}

function Outcome({ rekeying }: { rekeying: Rekeyed }) {
  const { state } = rekeying
  return (
    <Notice kind={state === 'done' ? 'done' : 'warning'}>
      {outcomeSentences(rekeying).map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Notice>
  )
}

export function outcomeSentences({ state, done, of, damaged }: Rekeyed): readonly string[] {
  const far = `${done.toLocaleString('en')} of ${texts(of)}`
  const lines = [
    state === 'full'
      ? `The disk is full: ${far} have new keys. Nothing was lost. Free some space, then go on.`
      : state === 'stopped'
        ? `Stopped: ${far} have new keys. The others keep the keys they have.`
        : `All done. New keys: ${(done - damaged).toLocaleString('en')}, with earlier versions and unfinished texts.`,
  ]
  if (damaged > 0)
    lines.push(
      `${counted(damaged, 'text is', 'texts are')} damaged and can’t be opened; ${damaged === 1 ? 'it was' : 'they were'} left as ${damaged === 1 ? 'it is' : 'they are'}.`,
    )
  return lines
}
