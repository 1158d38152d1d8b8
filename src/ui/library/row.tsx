// One row of the list: a text, an unfinished text, one that is damaged, or one that is still on its way.

import type { ListedEntry } from '../../messages/library.ts'
import { Foreign } from '../parts/foreign.tsx'
import { Icon } from '../parts/mark.tsx'
import { Marked } from './marked.tsx'
import { shortDate } from './words.ts'

export interface RowProps {
  readonly id: string
  readonly entry: ListedEntry | null
  readonly row: number
  readonly count: number
  readonly topPx: number
  readonly ticked: boolean
  /** The keys act on it. */
  readonly active: boolean
  /** It is open beside the list. */
  readonly open: boolean
  readonly going: boolean
  /** The site whose texts begin here, where the list is by site. */
  readonly heading: string | null
  readonly bySite: boolean
}

export const noSite = 'No site'

export function Row({ id, entry, row, count, topPx, ticked, active, open, going, heading, bySite }: RowProps) {
  const kinds = [
    'row',
    active && 'row-active',
    open && 'row-open',
    ticked && 'row-ticked',
    going && 'row-going',
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
            <Foreign>{heading}</Foreign>
          </span>
        )}
        {entry === null ? <Waiting /> : null}
        {entry?.kind === 'damaged' ? <Damaged changedAt={entry.changedAt} /> : null}
        {entry !== null && entry.kind !== 'damaged' ? (
          <>
            <span class="row-title">
              {entry.title.text === '' ? <em>Untitled</em> : <Marked of={entry.title} />}
              {going ? <span class="unseen">, discarded</span> : null}
            </span>
            <span class="row-excerpt">
              <Marked of={entry.excerpt} />
            </span>
            <span class="row-about">
              {bySite && entry.host !== null ? (
                <span class="unseen">
                  <Foreign>{entry.host}</Foreign>{' '}
                </span>
              ) : null}
              {!bySite && entry.host !== null ? <Foreign class="row-host">{entry.host}</Foreign> : null}
              <time>{shortDate(entry.changedAt)}</time>
            </span>
          </>
        ) : null}
      </span>
    </div>
  )
}

function Waiting() {
  return (
    <>
      <span class="unseen">Loading</span>
      <span class="row-title bone" aria-hidden="true" />
      <span class="row-excerpt bone" aria-hidden="true" />
    </>
  )
}

function Damaged({ changedAt }: { changedAt: number | null }) {
  return (
    <>
      <span class="row-title row-damaged">
        <Icon name="warning" /> A damaged text
      </span>
      <span class="row-excerpt">It can’t be opened.</span>
      {changedAt === null ? null : (
        <span class="row-about">
          <time>{shortDate(changedAt)}</time>
        </span>
      )}
    </>
  )
}
