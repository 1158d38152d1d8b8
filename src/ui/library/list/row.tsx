// One row of the list: a text, an unfinished text, a damaged one, or one that is not loaded yet.

import type { ListedEntry } from '../../../messages/vault/library.ts'
import { words } from '../../../words.ts'
import { formatBriefly } from '../../app/format.ts'
import { Icon } from '../../parts/logo.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { Highlight } from './highlight.tsx'

export interface RowProps {
  readonly id: string
  readonly entry: ListedEntry | null
  readonly row: number
  readonly count: number
  readonly topPx: number
  readonly ticked: boolean
  /** The keyboard acts on it. */
  readonly active: boolean
  /** It is open beside the list. */
  readonly open: boolean
  readonly discarded: boolean
  /** The site whose texts begin here, where the list is by site. */
  readonly heading: string | null
  readonly bySite: boolean
}

export function Row({ id, entry, row, count, topPx, ticked, active, open, discarded, heading, bySite }: RowProps) {
  const kinds = [
    'row',
    active && 'row-active',
    open && 'row-open',
    ticked && 'row-ticked',
    discarded && 'row-going',
    heading !== null && 'row-first',
  ]
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      class={kinds.filter(Boolean).join(' ')}
      style={{ top: `${topPx}px` }}
      data-row={row}
      aria-selected={ticked}
      aria-current={open ? 'true' : undefined}
      aria-posinset={row + 1}
      aria-setsize={count}
      aria-busy={entry === null ? 'true' : undefined}
    >
      <span class="row-tick" data-tick="">
        <span class="row-box" aria-hidden="true">
          <Icon name="done" />
        </span>
      </span>
      <span class="row-words">
        {heading === null ? null : (
          <span class="row-heading">
            <UntrustedText>{heading}</UntrustedText>
          </span>
        )}
        {entry === null ? <Waiting /> : null}
        {entry?.kind === 'damaged' ? <Damaged changedAt={entry.changedAt} /> : null}
        {entry !== null && entry.kind !== 'damaged' ? (
          <>
            <span class="row-title">
              {discarded ? (
                say('library.list.discarded', {
                  title: <Title of={entry} />,
                  hidden: (text) => <span class="unseen">{text}</span>,
                })
              ) : (
                <Title of={entry} />
              )}
            </span>
            <span class="row-excerpt">
              <Highlight of={entry.excerpt} />
            </span>
            <span class="row-about">
              {bySite && entry.host !== null ? (
                <span class="unseen">
                  <UntrustedText>{entry.host}</UntrustedText>{' '}
                </span>
              ) : null}
              {!bySite && entry.host !== null ? <UntrustedText class="row-host">{entry.host}</UntrustedText> : null}
              <time>{formatBriefly(entry.changedAt)}</time>
            </span>
          </>
        ) : null}
      </span>
    </div>
  )
}

function Title({ of: { title } }: { of: Exclude<ListedEntry, { kind: 'damaged' }> }) {
  return title.text === '' ? <em>{words('library.untitled')}</em> : <Highlight of={title} />
}

function Waiting() {
  return (
    <>
      <span class="unseen">{words('library.list.loading')}</span>
      <span class="row-title bone" aria-hidden="true" />
      <span class="row-excerpt bone" aria-hidden="true" />
    </>
  )
}

function Damaged({ changedAt }: { changedAt: number | null }) {
  return (
    <>
      <span class="row-title row-damaged">
        <Icon name="warning" /> {words('library.list.damaged')}
      </span>
      <span class="row-excerpt">{words('library.list.cantOpen')}</span>
      {changedAt === null ? null : (
        <span class="row-about">
          <time>{formatBriefly(changedAt)}</time>
        </span>
      )}
    </>
  )
}
