// The list of unfinished texts, to restore or discard one.

import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../messages/vault/composer.ts'
import { words } from '../../words.ts'
import { formatMediumTime } from '../app/format.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'
import type { Composer } from './composer.ts'

export function Unfinished({ composer }: { composer: Composer }) {
  const drafts = composer.drafts.offered.value
  const id = useId()
  // The list does not push the box about when its last line goes: it closes only when the window does.
  const had = useSignal(false)
  if (drafts.length > 0) had.value = true
  if (!had.value) return null
  return (
    <section class="unfinished" aria-labelledby={id}>
      <h2 id={id}>{words('composer.unfinished.heading')}</h2>
      {drafts.length === 0 ? <p class="hint">{words('composer.unfinished.noneLeft')}</p> : null}
      <ul>
        {drafts.map((draft) => (
          <Line key={draft.id} composer={composer} draft={draft} />
        ))}
      </ul>
      <ErrorNotice error={composer.restoring.error.value} />
    </section>
  )
}

function Line({ composer, draft }: { composer: Composer; draft: Draft }) {
  const id = useId()
  const going = composer.drafts.discarded.value.has(draft.id)
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
      if (element?.contains(document.activeElement)) composer.box.current?.focus()
    }
  }, [composer])
  return (
    <li ref={line}>
      <span class="draft" id={id}>
        <span class={going ? 'draft-title draft-going' : 'draft-title'}>
          <UntrustedText>{draft.title || words('composer.unfinished.untitled')}</UntrustedText>
        </span>
        <span class="hint">
          {draft.host === null
            ? formatMediumTime(draft.savedAt)
            : say('composer.unfinished.where', {
                host: <UntrustedText>{draft.host}</UntrustedText>,
                time: formatMediumTime(draft.savedAt),
              })}
        </span>
      </span>
      {going ? (
        <>
          <output>{words('composer.unfinished.discarded')}</output>
          <Button describedBy={id} onClick={() => composer.drafts.undo(draft.id)}>
            {words('composer.unfinished.undo')}
          </Button>
        </>
      ) : (
        <>
          <Button describedBy={id} onClick={() => void composer.restore(draft.id)}>
            {words('composer.unfinished.restore')}
          </Button>
          <Button
            kind="quiet"
            describedBy={id}
            onClick={() => {
              pressed.current = true
              composer.drafts.discard(draft.id)
            }}
          >
            {words('composer.unfinished.discard')}
          </Button>
        </>
      )}
    </li>
  )
}
