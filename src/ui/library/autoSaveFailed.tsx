// The notice that the last text that was sealed could not be kept in the library.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onSessionChange } from '../../messages/lockSignal.ts'
import { type LibraryState, libraryKey } from '../../messages/vault/library.ts'
import { type WordsKey, words } from '../../words.ts'
import { formatMediumTime } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'

type FailedSave = NonNullable<LibraryState['unkept']>

const sentences = {
  full: 'library.autoSaveFailed.full',
  unavailable: 'library.autoSaveFailed.unavailable',
} as const satisfies Record<FailedSave['why'], WordsKey>

interface Props {
  readonly unkept: LibraryState['unkept']
  readonly onUnderstood: () => void
}

export function AutoSaveFailed({ unkept, onUnderstood }: Props) {
  const task = useTask()
  if (unkept === null) return null
  const understood = () =>
    void task.run('look-at-library', async () => {
      await call('dismissAutoSaveFailure', {})
      onUnderstood()
    })
  return (
    <Notice kind="warning">
      <p>{words(sentences[unkept.why], { date: formatMediumTime(unkept.at) })}</p>
      <p class="actions">
        <Button busy={task.busy.value} onClick={understood}>
          {words('library.understood')}
        </Button>
      </p>
      <ErrorNotice error={task.error.value} />
    </Notice>
  )
}

/** The same for a window that asks nothing else of the library. Shows nothing until the library answers, or when it can't be read. */
export function AutoSaveFailedNotice() {
  const unkept = useSignal<LibraryState['unkept']>(null)
  useEffect(() => {
    const look = () =>
      void call('getLibraryState', {}).then(
        (state) => {
          unkept.value = state.unkept
        },
        () => undefined,
      )
    look()
    return onSessionChange(libraryKey, look)
  }, [unkept])
  return (
    <AutoSaveFailed
      unkept={unkept.value}
      onUnderstood={() => {
        unkept.value = null
      }}
    />
  )
}
