import { expect, test } from 'vitest'
import { limitInWords } from '../../../../src/page/field/button/limits.ts'

test.each([
  ['12/280', 12, 280],
  ['12 / 280', 12, 280],
  ['Characters: 12 of 280', 12, 280],
  ['1,200/2,000 characters', 1200, 2000],
  ['268 characters left', 12, 280],
  ['268 remaining', 12, 280],
  ['0/280', 0, 280],
])('“%s” beside a field of %i characters is a limit', (words, length, limit) => {
  expect(limitInWords(words, [length])).toBe(limit)
})

test.each([
  ['12/280 of another field', 13],
  ['24/12/2026', 24],
  ['Page 1 of 9', 12],
  ['Comment', 0],
  ['', 0],
  [`12/280 ${'and more '.repeat(10)}`, 12],
])('“%s” beside a field of %i characters is none', (words, length) => {
  expect(limitInWords(words, [length])).toBe(null)
})

test('a page may count letters where the browser counts units', () => {
  expect(limitInWords('1/280', [2, 1])).toBe(280)
})
