// The list. However long it is, only the rows that are seen, and a few around them, are made. It is one stop for the Tab key:
// arrows, Home, End, PageUp and PageDown go through it, Enter opens, Space ticks.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ListedEntry } from '../../messages/library.ts'
import type { Listing } from './listing.ts'
import { noSite, Row } from './row.tsx'
import { firstSeen, type Shelf as Rows, rangeAt, rowAfterKey, rowPx, scrollBy, scrollTo, tallPx } from './rows.ts'
import type { Shelf } from './shelf.ts'

interface Props {
  readonly shelf: Shelf
  readonly listing: Listing
  readonly label: string
  /** A row was opened; `byKey` when by the keyboard, which then goes on in what was opened. */
  readonly onOpen: (entry: ListedEntry, byKey: boolean) => void
}

export function List({ shelf, listing, label, onOpen }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const viewPx = useSignal(0)
  const scrollPx = useSignal(0)
  const active = useSignal(0)
  const count = useComputed(() => listing.shown.value?.total ?? 0)
  const rows = useComputed<Rows>(() => ({ count: count.value, viewPx: viewPx.value }))
  const range = useComputed(() => rangeAt(rows.value, scrollPx.value))
  useViewHeight(box, (px) => {
    viewPx.value = px
  })
  useSignalEffect(() => {
    const { first, end } = range.value
    listing.see(first, end)
  })
  useAnchor(listing, box, rows, scrollPx, active)

  const goTo = (row: number) => {
    active.value = row
    const at = scrollTo(rows.peek(), scrollPx.peek(), row)
    if (box.current && at !== scrollPx.peek()) box.current.scrollTop = at
  }
  const { ticks } = shelf
  const keyed = (event: KeyboardEvent) => {
    const row = Math.min(active.peek(), count.peek() - 1)
    const entry = listing.rowAt(row)
    const ctrl = event.ctrlKey || event.metaKey
    if (event.altKey) return
    const to = ctrl ? null : rowAfterKey(event.key, row, rows.peek())
    if (to !== null) {
      if (event.shiftKey) {
        ticks.beginAt(row)
        void shelf.choosing.run('list-library', () => ticks.range(listing, to))
      }
      goTo(to)
    } else if (event.key === 'Enter' && entry !== null) onOpen(entry, true)
    else if (event.key === ' ' && entry !== null) {
      if (event.shiftKey) void shelf.choosing.run('list-library', () => ticks.range(listing, row))
      else ticks.toggle(entry.id, row)
    } else if (event.key === 'a' && ctrl) void shelf.tickAll()
    else if (event.key === 'Escape' && ticks.ids.peek().size > 0) ticks.clear()
    else if (event.key === 'Delete') {
      const ids = [...ticks.ids.peek()]
      if (ids.length > 0) void shelf.remove(ids)
      else if (entry !== null) void shelf.remove([entry.id])
    } else return
    event.preventDefault()
  }
  const clicked = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const row = Number(target?.closest<HTMLElement>('[data-row]')?.dataset.row ?? Number.NaN)
    if (!Number.isInteger(row)) return
    const entry = listing.rowAt(row)
    active.value = row
    if (entry === null) return
    if (event.shiftKey) void shelf.choosing.run('list-library', () => ticks.range(listing, row))
    else if (event.ctrlKey || event.metaKey || target?.closest('[data-tick]')) ticks.toggle(entry.id, row)
    else onOpen(entry, false)
  }

  const { first, end, topPx } = range.value
  const bySite = listing.shown.value?.order === 'site'
  const at = Math.min(active.value, Math.max(0, count.value - 1))
  const openId = shelf.opened.value?.id ?? shelf.draft.value?.id
  const made = Array.from({ length: end - first }, (_, nth) => first + nth)
  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={at >= first && at < end ? `${id}-${at}` : undefined}
      onScroll={(event) => {
        scrollPx.value = event.currentTarget.scrollTop
      }}
      onKeyDown={keyed}
      onClick={clicked}
    >
      <div role="presentation" class="list-all" style={{ height: `${tallPx(count.value)}px` }}>
        {made.map((row) => {
          const entry = listing.rowAt(row)
          return (
            <Row
              key={row}
              id={`${id}-${row}`}
              entry={entry}
              row={row}
              count={count.value}
              topPx={topPx + (row - first) * rowPx}
              ticked={entry !== null && ticks.ids.value.has(entry.id)}
              active={row === at}
              open={entry !== null && entry.id === openId}
              going={entry !== null && shelf.undo.going.value.has(entry.id)}
              heading={bySite ? headingAt(listing, row) : null}
              bySite={bySite}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The site of a row where the one before it is of another; null else, and while that is not known. */
function headingAt(listing: Listing, row: number): string | null {
  const entry = listing.rowAt(row)
  if (entry === null) return null
  if (row === 0) return siteOf(entry)
  const before = listing.rowAt(row - 1)
  return before === null || siteOf(before) === siteOf(entry) ? null : siteOf(entry)
}

function siteOf(entry: ListedEntry): string {
  return entry.kind === 'damaged' ? 'Damaged' : (entry.host ?? noSite)
}

function useViewHeight(box: { readonly current: HTMLDivElement | null }, told: (px: number) => void): void {
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const look = () => told(element.clientHeight)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}

interface Held {
  value: number
  peek(): number
}

interface Place {
  readonly id: string
  readonly row: number
}

/** When rows come and go above it, what is seen stays where it is; another search begins at its first row. */
function useAnchor(
  listing: Listing,
  box: { readonly current: HTMLDivElement | null },
  rows: { peek(): Rows },
  scrollPx: Held,
  active: Held,
): void {
  const seen = useRef<Place | null>(null)
  const chosen = useRef<Place | null>(null)
  const query = useRef('')
  const shown = listing.shown.value
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || shown === null) return
    const now = JSON.stringify([shown.search, shown.order])
    if (query.current !== now) {
      if (query.current !== '') element.scrollTop = 0
      query.current = now
      active.value = 0
    } else {
      const moved = movedBy(listing, seen.current)
      if (moved !== 0 && element.scrollTop > 0) element.scrollTop = scrollBy(rows.peek(), element.scrollTop, moved)
      active.value += movedBy(listing, chosen.current)
    }
    scrollPx.value = element.scrollTop
  }, [shown])
  // At once, not after painting: by then the rows may be others.
  useLayoutEffect(() => {
    seen.current = placeOf(listing, firstSeen(rows.peek(), scrollPx.value))
    chosen.current = placeOf(listing, active.value)
  })
}

function placeOf(listing: Listing, row: number): Place | null {
  const entry = listing.rowAt(row)
  return entry === null ? null : { id: entry.id, row }
}

function movedBy(listing: Listing, place: Place | null): number {
  const now = place === null ? null : listing.rowOf(place.id)
  return now === null || place === null ? 0 : now - place.row
}
