// Said where a person comes by: the last text that was sealed could not be kept in the library.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import { onNews } from '../messages/changes.ts'
import { type LibraryState, libraryKey } from '../messages/library.ts'
import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { Notice, TroubleNotice } from './parts/notice.tsx'

const why = {
  full: 'the disk is full. Free some space, then seal it again or write it into the library',
  unavailable: 'this browser did not let anything be stored. Restart it, then seal it again',
} as const

interface Props {
  readonly unkept: LibraryState['unkept']
  readonly onUnderstood: () => void
}

export function Unkept({ unkept, onUnderstood }: Props) {
  const deed = useDeed()
  if (unkept === null) return null
  const understood = () =>
    void deed.run('look-at-library', async () => {
      await call('forgetUnkept', {})
      onUnderstood()
    })
  return (
    <Notice kind="warning">
      <p>
        The text you sealed on {new Date(unkept.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })} was
        not kept in your library: {why[unkept.why]}. On the page it was sealed all the same.
      </p>
      <p class="actions">
        <Button busy={deed.busy.value} onClick={understood}>
          Understood
        </Button>
      </p>
      <TroubleNotice trouble={deed.trouble.value} />
    </Notice>
  )
}

/** The same where nothing else is asked of the library; it waits for nobody, and is silent while the library can't be read. */
export function UnkeptNews() {
  const unkept = useSignal<LibraryState['unkept']>(null)
  useEffect(() => {
    const look = () =>
      void call('library', {}).then(
        (state) => {
          unkept.value = state.unkept
        },
        () => undefined,
      )
    look()
    return onNews(libraryKey, look)
  }, [unkept])
  return (
    <Unkept
      unkept={unkept.value}
      onUnderstood={() => {
        unkept.value = null
      }}
    />
  )
}
