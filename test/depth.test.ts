import { describe, expect, test } from 'vitest'
import { shareOf } from './depth.ts'

const days = (stride: number) => Array.from({ length: stride }, (_, day) => shareOf(1 / stride, 20_000 + day))
const upTo = (most: number, positions: Iterable<number>) => {
  const taken: number[] = []
  for (const position of positions) {
    if (position > most) break
    taken.push(position)
  }
  return taken
}
const strides = [1, 2, 4, 10, 20]
const lengths = [1, 2, 7, 10, 11, 99, 100]

describe('a share of what is long', () => {
  test('comes to the whole over as many days as it is a part of, whatever day is the first', () => {
    for (const stride of strides)
      for (const length of lengths) {
        const all = Array.from({ length }, (_, index) => index + 1)
        const positions = days(stride).flatMap((day) => upTo(length, day.positions()))
        expect([...new Set(positions)].sort((a, b) => a - b)).toEqual(all)
        const some = days(stride).flatMap((day) => day.someOf(all))
        expect([...new Set(some)].sort((a, b) => a - b)).toEqual(all)
      }
  })

  test('is that part of it on each day, and never nothing', () => {
    for (const stride of strides)
      for (const day of days(stride)) {
        const positions = upTo(100, day.positions()).length
        expect(Math.abs(positions - 1 - 99 / stride)).toBeLessThan(1)
        for (const length of lengths) {
          const some = day.someOf(Array(length).fill(0)).length
          expect(some).toBeGreaterThan(0)
          expect(Math.abs(some - length / stride)).toBeLessThan(1)
        }
        expect(day.casesOf(1)).toBe(1)
        expect(day.casesOf(200)).toBe(Math.max(200 / stride, 50))
        expect(day.casesOf(100_000)).toBe(100_000 / stride)
      }
  })

  test('is all of it in order at the depth 1, on any day', () => {
    for (const seed of [0, 1, 20_001]) {
      const { positions, someOf, casesOf } = shareOf(1, seed)
      expect(upTo(5, positions())).toEqual([1, 2, 3, 4, 5])
      expect(someOf(['a', 'b', 'c'])).toEqual(['a', 'b', 'c'])
      expect(casesOf(7)).toBe(7)
    }
  })

  test('begins with the first position on any day, and is the same for the same day', () => {
    for (const day of days(10)) {
      const { seed, positions } = day
      expect(upTo(1, positions())).toEqual([1])
      expect(upTo(50, shareOf(0.1, seed).positions())).toEqual(upTo(50, positions()))
    }
  })

  test.each([0, -1, 1.5, Number.NaN])('is not %s of it', (depth) => expect(() => shareOf(depth, 1)).toThrow(RangeError))

  test.each([-1, 1.5, Number.NaN])('is not that of day %s', (seed) =>
    expect(() => shareOf(1, seed)).toThrow(RangeError),
  )
})
