// Says what was deleted, and has the button that brings it back. It stays until something else is deleted; Ctrl+Z presses it.

import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { formatNumber } from '../app/format.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { ProgressBar } from '../parts/progressBar.tsx'
import { focusList } from './model/focus.ts'
import type { LibraryModel } from './model/libraryModel.ts'

export function UndoBar({ library }: { library: LibraryModel }) {
  const { deletion } = library
  const box = useRef<HTMLDivElement>(null)
  const offer = deletion.offer.value
  const progress = deletion.progress.value
  useEffect(() => {
    // What had the focus may have been deleted.
    if (offer !== null && document.activeElement === document.body) box.current?.querySelector('button')?.focus()
  }, [offer])
  useEffect(() => {
    const undoOnKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.matches('input, textarea')
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return
      if (deletion.offer.peek() === null) return
      event.preventDefault()
      void library.undoDelete().then(focusList)
    }
    addEventListener('keydown', undoOnKey)
    return () => removeEventListener('keydown', undoOnKey)
  }, [library])
  return (
    <div class="undo" ref={box}>
      {progress === null ? null : (
        <div class="undo-bar">
          <ProgressBar
            {...progress}
            label={words('library.deletion.label')}
            words={words('library.deletion.progress', {
              done: formatNumber(progress.done),
              of: formatNumber(progress.of),
            })}
          />
        </div>
      )}
      <output class={offer === null ? 'unseen' : 'undo-words'}>{offer?.words ?? deletion.announcement.value}</output>
      {offer === null ? null : (
        <span class="undo-buttons">
          <Button busy={deletion.task.busy.value} onClick={() => void library.undoDelete().then(focusList)}>
            {words('library.deletion.undo')}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              deletion.dismiss()
              focusList()
            }}
          >
            {words('library.deletion.close')}
          </Button>
        </span>
      )}
      <ErrorNotice error={deletion.task.error.value ?? deletion.dropTask.error.value} />
    </div>
  )
}
