import { expect, test } from 'vitest'
import { randomEach } from '../src/bytes.ts'

test.each([
  [0, 16],
  [1, 16],
  [4_097, 16],
  [3, 65_536],
])('%i times %i random bytes are as many, and no two alike', (count, length) => {
  const all = randomEach(count, length)
  expect(all.length).toBe(count)
  expect(all.every((each) => each.length === length)).toBe(true)
  expect(new Set(all.map((each) => Buffer.from(each).toString('hex'))).size).toBe(count)
})

test.each([0, -1, 65_537, Number.NaN])('%d random bytes at once are not to be had', (length) => {
  expect(() => randomEach(2, length)).toThrow(RangeError)
})
