import { expect, test } from 'vitest'
import { titleOf } from '../src/text.ts'

test('a title is the first line that says anything', () => {
  expect(titleOf('\n Dear Ada,\nhello')).toBe('Dear Ada,')
  expect(titleOf(' \n\t')).toBe('')
})

test.each(['a', '😀', '𝔄é'])('a title is cut after 79 letters, and never inside of one: %s', (letters) => {
  const line = letters.repeat(200)
  expect(titleOf(line)).toBe(`${[...line].slice(0, 79).join('')}…`)
  const fits = [...line].slice(0, 80).join('')
  expect(titleOf(fits)).toBe(fits)
})
