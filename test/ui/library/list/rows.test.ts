// The long list's arithmetic: every row can be reached and is seen whole, however many there are.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstVisible,
  listHeightPx,
  rangeAt,
  rowAfterKey,
  rowPx,
  scrollBy,
  scrollTo,
  tallestPx,
} from '../../../../src/ui/library/list/rows.ts'

const counts = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2_000_000 }))
const views = fc.integer({ min: 1, max: 4_000 })

/** Where a row is on screen, in pixels from the top of what is seen. */
function placeOf(row: number, layout: { count: number; viewPx: number }, scrollPx: number): number {
  const { first, topPx } = rangeAt(layout, scrollPx)
  return topPx + (row - first) * rowPx - scrollPx
}

describe('rows', () => {
  it('are never in an element that is higher than browsers make one', () => {
    expect(listHeightPx(100_000_000)).toBe(tallestPx)
    expect(listHeightPx(3)).toBe(3 * rowPx)
    // Firefox makes none higher than 17,895,697 pixels; a page is zoomed to 500 % at most, Chromium goes to 33,554,428.
    expect(tallestPx * 4).toBeLessThan(17_895_697)
  })

  it('cover what is seen at every scroll position, and are few', () => {
    fc.assert(
      fc.property(counts, views, fc.double({ min: 0, max: 1, noNaN: true }), (count, viewPx, part) => {
        const layout = { count, viewPx }
        const scrollPx = part * Math.max(0, listHeightPx(count) - viewPx)
        const { first, end } = rangeAt(layout, scrollPx)
        expect(first).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(count)
        expect(end - first).toBeLessThanOrEqual(Math.ceil(viewPx / rowPx) + 14)
        const top = placeOf(first, layout, scrollPx)
        const bottom = placeOf(end, layout, scrollPx)
        expect(first === 0 || top <= 0).toBe(true)
        expect(end === count || bottom >= viewPx - 0.001).toBe(true)
      }),
    )
  })

  it('are all reached: the first at the top, the last at the bottom', () => {
    fc.assert(
      fc.property(counts, views, (count, viewPx) => {
        const layout = { count, viewPx }
        expect(firstVisible(layout, 0)).toBe(0)
        const bottom = Math.max(0, listHeightPx(count) - viewPx)
        const end = rangeAt(layout, bottom).end
        expect(end).toBe(count)
        if (count * rowPx > viewPx)
          expect(Math.abs(placeOf(count - 1, layout, bottom) + rowPx - viewPx)).toBeLessThan(0.01)
      }),
    )
  })

  it('are scrolled to so that all of a row is seen, and not at all when it is', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: rowPx, max: 3_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, viewPx, part, which) => {
          const layout = { count, viewPx }
          const row = Math.min(count - 1, Math.floor(which * count))
          const to = scrollTo(layout, part * Math.max(0, listHeightPx(count) - viewPx), row)
          const { first, end } = rangeAt(layout, to)
          expect(row >= first && row < end).toBe(true)
          const top = placeOf(row, layout, to)
          expect(top).toBeGreaterThan(-0.01)
          expect(top + rowPx).toBeLessThan(viewPx + 0.01)
          expect(Math.abs(scrollTo(layout, to, row) - to)).toBeLessThan(0.01)
        },
      ),
    )
  })

  it('stay where they are seen when others come above them', () => {
    const layout = { count: 1_000_000, viewPx: 600 }
    const before = 1_000_000
    const row = firstVisible(layout, before)
    expect(firstVisible(layout, scrollBy(layout, before, 3))).toBe(row + 3)
    expect(firstVisible({ count: 500, viewPx: 600 }, scrollBy({ count: 500, viewPx: 600 }, 760, -2))).toBe(8)
  })

  it('are gone through by the keys, and not beyond their ends', () => {
    const layout = { count: 100, viewPx: rowPx * 6 }
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x']
    expect(keys.map((key) => rowAfterKey(key, 50, layout))).toEqual([51, 49, 55, 45, 0, 99, null])
    expect(keys.map((key) => rowAfterKey(key, 99, layout))).toEqual([99, 98, 99, 94, 0, 99, null])
    expect(rowAfterKey('End', 0, { count: 0, viewPx: 100 })).toBe(null)
  })
})
