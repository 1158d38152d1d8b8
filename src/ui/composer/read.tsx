// Sealed texts in a window of ours: those that a person asked to have opened here, and those that open nowhere else.

import { useId } from 'preact/hooks'
import type { ClosedReason, Opening, View } from '../../messages/shapes.ts'
import { CopyButton } from '../parts/copy.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { KeyOwner } from '../parts/keyOwner.tsx'
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
      {Array.from(opening.texts.entries(), ([index, { sealed, view }]) => (
        <Viewed key={index} view={view} sealed={sealed} />
      ))}
    </Page>
  )
}

/** One text: open, or why it is not. */
export function Viewed({ view, sealed }: { view: View; sealed: string }) {
  return view.kind === 'opened' ? <Opened view={view} /> : <Closed why={view.why} sealed={sealed} />
}

function Opened({ view }: { view: Extract<View, { kind: 'opened' }> }) {
  const id = useId()
  return (
    <article class="card" aria-labelledby={id}>
      {view.site === 'here' ? null : (
        <Notice>
          <Origin view={view} />
        </Notice>
      )}
      <KeyOwner under={view.under} />
      <section class="opened-text" aria-label="Opened text" dir="auto">
        {view.text}
      </section>
      <div class="actions spread">
        <span class="hint" id={id}>
          {view.site === 'here' ? (
            <>
              Sealed on <Foreign>{view.host}</Foreign> ·{' '}
            </>
          ) : (
            'Sealed '
          )}
          {dateOf(view.minutes)}
        </span>
        <CopyButton text={view.text} content="secret" label="Copy" />
      </div>
    </article>
  )
}

function Closed({ why, sealed }: { why: ClosedReason; sealed: string }) {
  return (
    <Notice kind={why === 'locked' ? 'lock' : 'warning'}>
      <p>{closedSentence(why)}</p>
      <p class="sealed-text">{sealed}</p>
    </Notice>
  )
}

/** Of a text that was not sealed on the site where it was found. That site is named where the library knows it. */
function Origin({ view: { site, host, sealedOn } }: { view: Extract<View, { kind: 'opened' }> }) {
  return (
    <p>
      {site === 'nowhere' ? 'This was not sealed on any site' : 'This was sealed on a different site'}
      {site === 'nowhere' || sealedOn === null ? null : (
        <>
          : <Foreign>{sealedOn}</Foreign>
        </>
      )}
      . You found it on <Foreign>{host}</Foreign>.
    </p>
  )
}

function closedSentence(why: ClosedReason): string {
  switch (why) {
    case 'elsewhere':
    case 'nowhere':
      return 'This was sealed on a different site, so it is not shown here.'
    case 'other-key':
      return 'This was sealed with another key, so it is not shown here.'
    case 'cut-off':
      return 'A part of this sealed text is missing, so it can’t be opened. Go back to the page and look for all of it.'
    case 'not-for-us':
      return 'This was sealed with a key you don’t have, or it was changed since. It can’t be opened with your vault.'
    default:
      return sentence(why, 'begin')
  }
}

function dateOf(minutes: number): string {
  return new Date(minutes * 60_000).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}
