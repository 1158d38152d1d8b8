// The options' section on the library: what is kept, and the way there.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onNews } from '../../messages/changes.ts'
import { type LibraryState, libraryKey } from '../../messages/library.ts'
import { useDeed } from '../deed.ts'
import { LibrarySettings } from '../librarySettings.tsx'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Unkept } from '../unkept.tsx'
import { openTab } from '../windows.ts'

export function LibraryCard({ unlocked }: { unlocked: boolean }) {
  return (
    <section class="card" aria-labelledby="library">
      <h2 id="library">Library</h2>
      <p>The texts you sealed, kept on this device, encrypted: to be found, read and changed again.</p>
      <p class="actions">
        <Button onClick={() => void openTab('/library.html')}>Open the library</Button>
      </p>
      {unlocked ? <Settings /> : <p>Unlock the vault to see and change what is kept.</p>}
    </section>
  )
}

function Settings() {
  const deed = useDeed()
  const state = useSignal<LibraryState | null>(null)
  useEffect(() => {
    const look = () =>
      void deed.run('look-at-library', async () => {
        state.value = await call('library', {})
      })
    look()
    return onNews(libraryKey, look)
  }, [])
  const now = state.value
  if (now === null) return <TroubleNotice trouble={deed.trouble.value} />
  return (
    <>
      <Unkept
        unkept={now.unkept}
        onUnderstood={() => {
          state.value = { ...now, unkept: null }
        }}
      />
      <LibrarySettings
        state={now}
        onStored={(settings) => {
          state.value = { ...now, ...settings }
        }}
      />
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}
