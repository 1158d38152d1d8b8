// Sealed texts in a window of ours: those that a person asked to have opened here, and those that open nowhere else.

import { useId } from 'preact/hooks'
import type { ClosedReason, View } from '../../messages/shapes.ts'
import type { WindowContext } from '../../messages/vault/composer.ts'
import { msPerMinute } from '../../time.ts'
import { words } from '../../words.ts'
import { errorSentence } from '../app/errors.ts'
import { formatMediumTime } from '../app/format.ts'
import { CopyButton } from '../copying/copy.tsx'
import { KeyOwner } from '../parts/keyOwner.tsx'
import { Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'

export function Read({ opening }: { opening: Extract<WindowContext, { purpose: 'read' }> }) {
  const title = opening.texts.length === 1 ? words('composer.read.openedText') : words('composer.read.openedTexts')
  useTitle(title)
  return (
    <Page cue={opening.cue}>
      <Heading>{title}</Heading>
      {opening.texts.length === 0 ? <p>{words('composer.read.nothing')}</p> : null}
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
  const time = formatMediumTime(view.minutes * msPerMinute)
  return (
    <article class="card" aria-labelledby={id}>
      {view.site === 'here' ? null : (
        <Notice>
          <Origin view={view} />
        </Notice>
      )}
      <KeyOwner under={view.under} />
      <section class="opened-text" aria-label={words('composer.read.openedText')} dir="auto">
        {view.text}
      </section>
      <div class="actions spread">
        <span class="hint" id={id}>
          {view.site === 'here'
            ? say('composer.read.sealedOn', { host: <UntrustedText>{view.host}</UntrustedText>, time })
            : words('composer.read.sealed', { time })}
        </span>
        <CopyButton text={view.text} content="secret" label={words('app.copy')} />
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
  const found = <UntrustedText>{host}</UntrustedText>
  if (site === 'nowhere') return <p>{say('composer.read.noSite', { host: found })}</p>
  if (sealedOn === null) return <p>{say('composer.read.differentSite', { host: found })}</p>
  const sealed = <UntrustedText>{sealedOn}</UntrustedText>
  return <p>{say('composer.read.otherSite', { sealedOn: sealed, host: found })}</p>
}

function closedSentence(why: ClosedReason): string {
  switch (why) {
    case 'elsewhere':
    case 'nowhere':
      return words('composer.closed.elsewhere')
    case 'other-key':
      return words('composer.closed.otherKey')
    case 'cut-off':
      return words('composer.closed.cutOff')
    case 'not-for-us':
      return words('composer.closed.notForUs')
    default:
      return errorSentence(why, 'begin')
  }
}
