// What was deleted, and the button that has it back. It stays until something else is deleted, and Ctrl+Z presses it.

import { useEffect, useRef } from 'preact/hooks'
import { ProgressBar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { focusList } from './focus.ts'
import type { Shelf } from './shelf.ts'

export function UndoBar({ shelf }: { shelf: Shelf }) {
  const { undo } = shelf
  const box = useRef<HTMLDivElement>(null)
  const offer = undo.offer.value
  const done = undo.done.value
  useEffect(() => {
    // What had the focus may have been deleted.
    if (offer !== null && document.activeElement === document.body) box.current?.querySelector('button')?.focus()
  }, [offer])
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.matches('input, textarea')
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return
      if (undo.offer.peek() === null) return
      event.preventDefault()
      void shelf.bringBack().then(focusList)
    }
    addEventListener('keydown', heard)
    return () => removeEventListener('keydown', heard)
  }, [shelf])
  return (
    <div class="undo" ref={box}>
      {done === null ? null : (
        <div class="undo-bar">
          <ProgressBar
            {...done}
            label="Deleting"
            words={`Deleting ${done.done.toLocaleString('en')} of ${done.of.toLocaleString('en')}…`}
          />
        </div>
      )}
      <output class={offer === null ? 'unseen' : 'undo-words'}>{offer?.words ?? undo.told.value}</output>
      {offer === null ? null : (
        <span class="undo-buttons">
          <Button busy={undo.deed.busy.value} onClick={() => void shelf.bringBack().then(focusList)}>
            Undo
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              undo.dismiss()
              focusList()
            }}
          >
            Close
          </Button>
        </span>
      )}
      <TroubleNotice trouble={undo.deed.trouble.value ?? undo.dropping.trouble.value} />
    </div>
  )
}
