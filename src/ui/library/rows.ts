// Which rows of a long list are to be seen, and where. Every row is as high as any other, so that a hundred thousand of them
// need no measuring; and no element is made higher than a browser can make one. Numbers only: knows no page.

export const rowPx = 76
/** Firefox makes nothing higher than some 17 million pixels, Chromium 33; this leaves room for a zoomed page. */
export const tallestPx = 4_000_000
/** As many rows are made above and below those that are seen. */
const spareRows = 6

export interface Shelf {
  /** Rows in all. */
  readonly count: number
  /** The height of what is seen of them, in pixels. */
  readonly viewPx: number
}

export interface Range {
  readonly first: number
  /** The first that is not made. */
  readonly end: number
  /** Where the first one is, in pixels from the top of the element that scrolls. */
  readonly topPx: number
}

/** How high the element that scrolls is. Above `tallestPx` one pixel of it stands for more than one of the rows. */
export function tallPx(count: number): number {
  return Math.min(count * rowPx, tallestPx)
}

/** How many pixels of rows lie above what is seen. */
function aboveAt({ count, viewPx }: Shelf, scrollPx: number): number {
  const most = Math.max(0, tallPx(count) - viewPx)
  const at = Math.min(Math.max(0, scrollPx), most)
  return most === 0 ? 0 : (at / most) * Math.max(0, count * rowPx - viewPx)
}

/** The scroll position that puts so many pixels of rows above what is seen. */
function scrollFor({ count, viewPx }: Shelf, abovePx: number): number {
  const most = Math.max(0, count * rowPx - viewPx)
  const above = Math.min(Math.max(0, abovePx), most)
  return most === 0 ? 0 : (above / most) * Math.max(0, tallPx(count) - viewPx)
}

/** The rows to make at a scroll position. */
export function rangeAt(shelf: Shelf, scrollPx: number): Range {
  const abovePx = aboveAt(shelf, scrollPx)
  const first = Math.max(0, Math.floor(abovePx / rowPx) - spareRows)
  const end = Math.min(shelf.count, Math.ceil((abovePx + shelf.viewPx) / rowPx) + spareRows)
  return { first: Math.min(first, end), end, topPx: Math.max(0, scrollPx) - abovePx + first * rowPx }
}

/** The first row of which something is seen. */
export function firstSeen(shelf: Shelf, scrollPx: number): number {
  return Math.floor(aboveAt(shelf, scrollPx) / rowPx)
}

/** The scroll position at which all of a row is seen: the same one when it is already. */
export function scrollTo(shelf: Shelf, scrollPx: number, row: number): number {
  const abovePx = aboveAt(shelf, scrollPx)
  const rowTop = row * rowPx
  if (rowTop < abovePx) return scrollFor(shelf, rowTop)
  if (rowTop + rowPx > abovePx + shelf.viewPx) return scrollFor(shelf, rowTop + rowPx - shelf.viewPx)
  return scrollPx
}

/** The scroll position after as many rows were put in above what is seen, or taken out when fewer than none. */
export function scrollBy(shelf: Shelf, scrollPx: number, rows: number): number {
  return scrollFor(shelf, aboveAt(shelf, scrollPx) + rows * rowPx)
}

/** Where a key leads from a row; null for a key that leads nowhere. */
export function rowAfterKey(key: string, row: number, { count, viewPx }: Shelf): number | null {
  const pageRows = Math.max(1, Math.floor(viewPx / rowPx) - 1)
  const to = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + pageRows,
    PageUp: row - pageRows,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to))
}
