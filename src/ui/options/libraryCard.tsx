// The options' section on the library: its settings, and a button that opens it.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onSessionChange } from '../../messages/lockSignal.ts'
import { type LibraryState, libraryKey } from '../../messages/vault/library.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { openTab } from '../app/windows.ts'
import { AutoSaveFailed } from '../library/autoSaveFailed.tsx'
import { LibrarySettings } from '../library/librarySettings.tsx'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'

export function LibraryCard({ unlocked }: { unlocked: boolean }) {
  return (
    <section class="card" aria-labelledby="library">
      <h2 id="library">{words('options.library.heading')}</h2>
      <p>{words('options.library.what')}</p>
      <p class="actions">
        <Button onClick={() => void openTab('/library.html')}>{words('options.library.open')}</Button>
      </p>
      {unlocked ? <Settings /> : <p>{words('options.library.unlockFirst')}</p>}
    </section>
  )
}

function Settings() {
  const task = useTask()
  const state = useSignal<LibraryState | null>(null)
  useEffect(() => {
    const look = () =>
      void task.run('look-at-library', async () => {
        state.value = await call('getLibraryState', {})
      })
    look()
    return onSessionChange(libraryKey, look)
  }, [])
  const current = state.value
  if (current === null) return <ErrorNotice error={task.error.value} />
  return (
    <>
      <AutoSaveFailed
        unkept={current.unkept}
        onUnderstood={() => {
          state.value = { ...current, unkept: null }
        }}
      />
      <LibrarySettings
        state={current}
        onStored={(settings) => {
          state.value = { ...current, ...settings }
        }}
      />
      <ErrorNotice error={task.error.value} />
    </>
  )
}
