// The list of unfinished texts, to take one up again or discard it.

import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../messages/shapes.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import type { Desk } from './desk.ts'

export function Unfinished({ desk }: { desk: Desk }) {
  const drafts = desk.drafts.offered.value
  const id = useId()
  const trouble = desk.restoring.trouble.value
  // The list does not push the box about when its last line goes: it closes only when the window does.
  const had = useSignal(false)
  if (drafts.length > 0) had.value = true
  if (!had.value) return null
  return (
    <section class="unfinished" aria-labelledby={id}>
      <h2 id={id}>Unfinished texts</h2>
      {drafts.length === 0 ? <p class="hint">None left.</p> : null}
      <ul>
        {drafts.map((draft) => (
          <Line key={draft.id} desk={desk} draft={draft} />
        ))}
      </ul>
      <TroubleNotice trouble={trouble} />
    </section>
  )
}

function Line({ desk, draft }: { desk: Desk; draft: Draft }) {
  const id = useId()
  const going = desk.drafts.discarded.value.has(draft.id)
  const line = useRef<HTMLLIElement>(null)
  const pressed = useRef(false)
  useLayoutEffect(() => {
    // The button that was pressed made place for another, which has the focus now.
    if (pressed.current) line.current?.querySelector('button')?.focus()
    pressed.current = going
  }, [going])
  useLayoutEffect(() => {
    const element = line.current
    return () => {
      if (element?.contains(document.activeElement)) desk.box.current?.focus()
    }
  }, [desk])
  return (
    <li ref={line}>
      <span class="draft" id={id}>
        <span class={going ? 'draft-title draft-going' : 'draft-title'}>
          <Foreign>{draft.title || 'Untitled'}</Foreign>
        </span>
        <span class="hint">
          {draft.host === null ? null : (
            <>
              <Foreign>{draft.host}</Foreign> ·{' '}
            </>
          )}
          {whenOf(draft.savedAt)}
        </span>
      </span>
      {going ? (
        <>
          <output>Discarded</output>
          <Button describedBy={id} onClick={() => desk.drafts.undo(draft.id)}>
            Undo
          </Button>
        </>
      ) : (
        <>
          <Button describedBy={id} onClick={() => void desk.restore(draft.id)}>
            Restore
          </Button>
          <Button
            kind="quiet"
            describedBy={id}
            onClick={() => {
              pressed.current = true
              desk.drafts.discard(draft.id)
            }}
          >
            Discard
          </Button>
        </>
      )}
    </li>
  )
}

function whenOf(savedAt: number): string {
  return new Date(savedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}
