// Reading sealed texts whose own page could not show them.

import { useId } from 'preact/hooks'
import type { Opening, View } from '../../messages/shapes.ts'
import { CopyButton } from '../parts/copy.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { sentence } from '../sentences.ts'

export function Read({ opening }: { opening: Extract<Opening, { purpose: 'read' }> }) {
  const words = opening.texts.length === 1 ? 'Opened text' : 'Opened texts'
  useTitle(words)
  return (
    <Page cue={opening.cue}>
      <Heading>{words}</Heading>
      {opening.texts.length === 0 ? <p>There is nothing to read here.</p> : null}
      {Array.from(opening.texts.entries(), ([nth, view]) => (
        <One key={nth} view={view} />
      ))}
    </Page>
  )
}

function One({ view }: { view: View }) {
  const id = useId()
  switch (view.kind) {
    case 'opened':
      return (
        <article class="card" aria-labelledby={id}>
          <section class="opened-text" aria-label="Opened text" dir="auto">
            {view.text}
          </section>
          <div class="actions spread">
            <span class="hint" id={id}>
              {stood(view.site, view.host)} · {dateOf(view.minutes)}
            </span>
            <CopyButton text={view.text} label="Copy" />
          </div>
        </article>
      )
    case 'elsewhere':
      return (
        <Notice>
          <p>{stood(view.site, view.host)}. It was not opened by itself.</p>
          <p class="sealed-text">{view.sealed}</p>
        </Notice>
      )
    case 'fault':
      return (
        <Notice kind="warning">
          <p>
            {view.code === 'cut-off'
              ? 'Damaged: cut off. A part of this sealed text is missing.'
              : sentence(view.code, 'begin')}
          </p>
          <p class="sealed-text">{view.sealed}</p>
        </Notice>
      )
    case 'locked':
      return (
        <Notice kind="lock">
          <p>{sentence('locked', 'begin')}</p>
        </Notice>
      )
  }
}

/** What is known of where it was sealed: only whether it was this site. */
function stood(site: 'here' | 'elsewhere' | 'nowhere', host: string): string {
  if (site === 'here') return `Sealed on ${host}`
  return site === 'elsewhere' ? `Sealed on another site, found on ${host}` : `Sealed outside any site, found on ${host}`
}

function dateOf(minutes: number): string {
  return new Date(minutes * 60_000).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}
