// The library's settings, and the re-encryption of all of it.

import { call } from '../../messages/call.ts'
import type { LibraryState } from '../../messages/vault/library.ts'
import { counted, words } from '../../words.ts'
import { formatNumber } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { ProgressBar } from '../parts/progressBar.tsx'
import { LibrarySettings } from './librarySettings.tsx'
import type { LibraryModel } from './model/libraryModel.ts'

export function Settings({ library }: { library: LibraryModel }) {
  const state = library.state.value
  return (
    <div class="settings">
      <ErrorNotice error={library.stateError.value}>
        <p class="actions">
          <Button onClick={() => void library.loadState()}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {state === null ? null : (
        <>
          <section class="card" aria-labelledby="keeping">
            <h2 id="keeping">{words('library.keep.heading')}</h2>
            <LibrarySettings
              state={state}
              onStored={(settings) => {
                library.state.value = { ...state, ...settings }
              }}
            />
          </section>
          <Reencryption library={library} state={state} />
        </>
      )}
    </div>
  )
}

function Reencryption({ library, state }: { library: LibraryModel; state: LibraryState }) {
  const task = useTask()
  const { reencryption } = state
  const act = (name: 'reencryptLibrary' | 'stopReencrypting') =>
    void task.run('rekey', async () => {
      await call(name, {})
      await library.loadState()
    })
  const isRunning = reencryption?.state === 'running'
  const isHalted = reencryption?.state === 'stopped' || reencryption?.state === 'full'
  return (
    <section class="card" aria-labelledby="new-keys">
      <h2 id="new-keys">{words('library.reencryption.heading')}</h2>
      <p>{words('library.reencryption.about')}</p>
      {reencryption !== null && reencryption.state !== 'done' ? (
        <ProgressBar
          done={reencryption.done}
          of={reencryption.of}
          label={words('library.reencryption.label')}
          words={progressWords(reencryption)}
        />
      ) : null}
      <output>{reencryption === null || isRunning ? null : <Outcome reencryption={reencryption} />}</output>
      <p class="actions">
        {isRunning ? (
          <Button busy={task.busy.value} onClick={() => act('stopReencrypting')}>
            {words('library.reencryption.stop')}
          </Button>
        ) : (
          <Button busy={task.busy.value} onClick={() => act('reencryptLibrary')}>
            {isHalted ? words('library.reencryption.resume') : words('library.reencryption.start')}
          </Button>
        )}
      </p>
      <ErrorNotice error={task.error.value} />
    </section>
  )
}

type ReencryptionState = NonNullable<LibraryState['reencryption']>

export function progressWords({ state, done, of }: ReencryptionState): string {
  const values = { done: formatNumber(done), of: formatNumber(of) }
  return state === 'running'
    ? words('library.reencryption.running', values)
    : words('library.reencryption.halted', values)
}

function Outcome({ reencryption }: { reencryption: ReencryptionState }) {
  const { state } = reencryption
  return (
    <Notice kind={state === 'done' ? 'done' : 'warning'}>
      {outcomeSentences(reencryption).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  )
}

export function outcomeSentences(reencryption: ReencryptionState): readonly string[] {
  const { damaged } = reencryption
  const outcome = outcomeSentence(reencryption)
  return damaged === 0 ? [outcome] : [outcome, counted('library.reencryption.damaged', { n: damaged })]
}

function outcomeSentence({ state, done, of, damaged }: ReencryptionState): string {
  if (state === 'full') return counted('library.reencryption.full', { done: formatNumber(done), n: of })
  if (state === 'stopped') return counted('library.reencryption.stopped', { done: formatNumber(done), n: of })
  return words('library.reencryption.done', { keys: formatNumber(done - damaged) })
}
