// Which rows of a long list are visible, and where. All rows are equally high, so that a hundred thousand of them need no measuring;
// and no element is higher than a browser can make one. Numbers only: knows no page.

export const rowPx = 76
/** Firefox makes nothing higher than some 17 million pixels, Chromium 33; this leaves room for a zoomed page. */
export const tallestPx = 4_000_000
/** Rows made above the visible ones, and as many below. */
const spareRows = 6

export interface RowLayout {
  /** Rows in all. */
  readonly count: number
  /** The height of the visible part, in pixels. */
  readonly viewPx: number
}

export interface Range {
  readonly first: number
  /** The first that is not made. */
  readonly end: number
  /** The top of the first row, in pixels from the top of the element that scrolls. */
  readonly topPx: number
}

/** How high the element that scrolls is. Above `tallestPx` one pixel of it stands for more than one of the rows. */
export function listHeightPx(count: number): number {
  return Math.min(count * rowPx, tallestPx)
}

/** Pixels of rows above the visible part. */
function toAbovePx({ count, viewPx }: RowLayout, scrollPx: number): number {
  const maxScrollPx = Math.max(0, listHeightPx(count) - viewPx)
  const scrolled = Math.min(Math.max(0, scrollPx), maxScrollPx)
  return maxScrollPx === 0 ? 0 : (scrolled / maxScrollPx) * Math.max(0, count * rowPx - viewPx)
}

/** The scroll position with `abovePx` pixels of rows above the visible part. */
function toScrollPx({ count, viewPx }: RowLayout, abovePx: number): number {
  const maxAbovePx = Math.max(0, count * rowPx - viewPx)
  const above = Math.min(Math.max(0, abovePx), maxAbovePx)
  return maxAbovePx === 0 ? 0 : (above / maxAbovePx) * Math.max(0, listHeightPx(count) - viewPx)
}

/** The rows to make at a scroll position. */
export function rangeAt(layout: RowLayout, scrollPx: number): Range {
  const abovePx = toAbovePx(layout, scrollPx)
  const first = Math.max(0, Math.floor(abovePx / rowPx) - spareRows)
  const end = Math.min(layout.count, Math.ceil((abovePx + layout.viewPx) / rowPx) + spareRows)
  return { first: Math.min(first, end), end, topPx: Math.max(0, scrollPx) - abovePx + first * rowPx }
}

/** The first row that is at least partly visible. */
export function firstVisible(layout: RowLayout, scrollPx: number): number {
  return Math.floor(toAbovePx(layout, scrollPx) / rowPx)
}

/** The scroll position at which a row is wholly visible: the same one when it already is. */
export function scrollTo(layout: RowLayout, scrollPx: number, row: number): number {
  const abovePx = toAbovePx(layout, scrollPx)
  const rowTop = row * rowPx
  if (rowTop < abovePx) return toScrollPx(layout, rowTop)
  if (rowTop + rowPx > abovePx + layout.viewPx) return toScrollPx(layout, rowTop + rowPx - layout.viewPx)
  return scrollPx
}

/** The scroll position that keeps the visible rows in place after `rows` rows came above them; negative when they went. */
export function scrollBy(layout: RowLayout, scrollPx: number, rows: number): number {
  return toScrollPx(layout, toAbovePx(layout, scrollPx) + rows * rowPx)
}

/** Where a key leads from a row; null for a key that leads nowhere. */
export function rowAfterKey(key: string, row: number, { count, viewPx }: RowLayout): number | null {
  const pageRows = Math.max(1, Math.floor(viewPx / rowPx) - 1)
  const nextRow = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + pageRows,
    PageUp: row - pageRows,
    Home: 0,
    End: count - 1,
  }[key]
  return nextRow === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, nextRow))
}
