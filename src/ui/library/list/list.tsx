// The list. However long it is, it makes only the visible rows and a few around them. It is one stop for the Tab key:
// arrows, Home, End, PageUp and PageDown go through it, Enter opens, Space ticks.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ListedEntry } from '../../../messages/vault/library.ts'
import { words } from '../../../words.ts'
import type { LibraryModel } from '../model/libraryModel.ts'
import type { Listing } from '../model/listing.ts'
import { Row } from './row.tsx'
import { firstVisible, listHeightPx, type RowLayout, rangeAt, rowAfterKey, rowPx, scrollBy, scrollTo } from './rows.ts'

interface Props {
  readonly library: LibraryModel
  readonly listing: Listing
  readonly label: string
  /** A row was opened; `byKey` when by the keyboard, which then goes on in what was opened. */
  readonly onOpen: (entry: ListedEntry, byKey: boolean) => void
}

export function List({ library, listing, label, onOpen }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const viewPx = useSignal(0)
  const scrollPx = useSignal(0)
  const active = useSignal(0)
  const count = useComputed(() => listing.shown.value?.total ?? 0)
  const rows = useComputed<RowLayout>(() => ({ count: count.value, viewPx: viewPx.value }))
  const range = useComputed(() => rangeAt(rows.value, scrollPx.value))
  useViewHeight(box, (px) => {
    viewPx.value = px
  })
  useSignalEffect(() => {
    const { first, end } = range.value
    listing.setVisible(first, end)
  })
  useAnchor(listing, box, rows, scrollPx, active)

  const goTo = (row: number) => {
    active.value = row
    const toPx = scrollTo(rows.peek(), scrollPx.peek(), row)
    if (box.current && toPx !== scrollPx.peek()) box.current.scrollTop = toPx
  }
  const { selection: ticks } = library
  const onKeyDown = (event: KeyboardEvent) => {
    const row = Math.min(active.peek(), count.peek() - 1)
    const entry = listing.rowAt(row)
    const ctrl = event.ctrlKey || event.metaKey
    if (event.altKey) return
    const nextRow = ctrl ? null : rowAfterKey(event.key, row, rows.peek())
    if (nextRow !== null) {
      if (event.shiftKey) {
        ticks.startRange(row)
        void library.listTask.run('list-library', () => ticks.selectRange(listing, nextRow))
      }
      goTo(nextRow)
    } else if (event.key === 'Enter' && entry !== null) onOpen(entry, true)
    else if (event.key === ' ' && entry !== null) {
      if (event.shiftKey) void library.listTask.run('list-library', () => ticks.selectRange(listing, row))
      else ticks.toggle(entry.id, row)
    } else if (event.key === 'a' && ctrl) void library.selectAll()
    else if (event.key === 'Escape' && ticks.ids.peek().size > 0) ticks.clear()
    else if (event.key === 'Delete') {
      const ids = [...ticks.ids.peek()]
      if (ids.length > 0) void library.remove(ids)
      else if (entry !== null) void library.remove([entry.id])
    } else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const row = Number(target?.closest<HTMLElement>('[data-row]')?.dataset.row ?? Number.NaN)
    if (!Number.isInteger(row)) return
    const entry = listing.rowAt(row)
    active.value = row
    if (entry === null) return
    if (event.shiftKey) void library.listTask.run('list-library', () => ticks.selectRange(listing, row))
    else if (event.ctrlKey || event.metaKey || target?.closest('[data-tick]')) ticks.toggle(entry.id, row)
    else onOpen(entry, false)
  }

  const { first, end, topPx } = range.value
  const bySite = listing.shown.value?.order === 'site'
  const activeRow = Math.min(active.value, Math.max(0, count.value - 1))
  const openId = library.opened.value?.id ?? library.draft.value?.id
  const renderedRows = Array.from({ length: end - first }, (_, offset) => first + offset)
  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={activeRow >= first && activeRow < end ? `${id}-${activeRow}` : undefined}
      onScroll={(event) => {
        scrollPx.value = event.currentTarget.scrollTop
      }}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" class="list-all" style={{ height: `${listHeightPx(count.value)}px` }}>
        {renderedRows.map((row) => {
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
              active={row === activeRow}
              open={entry !== null && entry.id === openId}
              discarded={entry !== null && library.deletion.draftsToDrop.value.has(entry.id)}
              heading={bySite ? findHeading(listing, row) : null}
              bySite={bySite}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The site of a row when the row before it has another; null otherwise, and while the row before is not loaded. */
function findHeading(listing: Listing, row: number): string | null {
  const entry = listing.rowAt(row)
  if (entry === null) return null
  if (row === 0) return findSite(entry)
  const previous = listing.rowAt(row - 1)
  return previous === null || findSite(previous) === findSite(entry) ? null : findSite(entry)
}

function findSite(entry: ListedEntry): string {
  return entry.kind === 'damaged' ? words('library.list.damagedHeading') : (entry.host ?? words('library.noSite'))
}

function useViewHeight(box: { readonly current: HTMLDivElement | null }, onHeight: (px: number) => void): void {
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => onHeight(element.clientHeight)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}

interface NumberSignal {
  value: number
  peek(): number
}

interface Anchor {
  readonly id: string
  readonly row: number
}

/** Keeps what is visible in place when rows come and go above it; another search begins at its first row. */
function useAnchor(
  listing: Listing,
  box: { readonly current: HTMLDivElement | null },
  rows: { peek(): RowLayout },
  scrollPx: NumberSignal,
  active: NumberSignal,
): void {
  const topAnchor = useRef<Anchor | null>(null)
  const activeAnchor = useRef<Anchor | null>(null)
  const lastQuery = useRef('')
  const shown = listing.shown.value
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || shown === null) return
    const query = JSON.stringify([shown.search, shown.order])
    if (lastQuery.current !== query) {
      if (lastQuery.current !== '') element.scrollTop = 0
      lastQuery.current = query
      active.value = 0
    } else {
      const moved = rowsMoved(listing, topAnchor.current)
      if (moved !== 0 && element.scrollTop > 0) element.scrollTop = scrollBy(rows.peek(), element.scrollTop, moved)
      active.value += rowsMoved(listing, activeAnchor.current)
    }
    scrollPx.value = element.scrollTop
  }, [shown])
  // At once, not after painting: by then the rows may be others.
  useLayoutEffect(() => {
    topAnchor.current = anchorAt(listing, firstVisible(rows.peek(), scrollPx.value))
    activeAnchor.current = anchorAt(listing, active.value)
  })
}

function anchorAt(listing: Listing, row: number): Anchor | null {
  const entry = listing.rowAt(row)
  return entry === null ? null : { id: entry.id, row }
}

function rowsMoved(listing: Listing, anchor: Anchor | null): number {
  const row = anchor === null ? null : listing.rowOf(anchor.id)
  return row === null || anchor === null ? 0 : row - anchor.row
}
