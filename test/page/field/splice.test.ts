// Where a sealed text from our own window goes in what stands in a field.

import { expect, test } from 'vitest'
import { withSealed } from '../../../src/page/field/splice.ts'
import { vectors } from '../../crypto/vectors.ts'

const [sealed = '', other = ''] = vectors.text.map((vector) => vector.sealed)

test('it is all that stands in a field that was empty', () => {
  expect(withSealed('', sealed, null, null)).toBe(sealed)
  expect(withSealed(' \n', sealed, null, null)).toBe(sealed)
})

test('it takes the place of the one that was edited, and leaves all else as it is', () => {
  expect(withSealed(`before ${other} after`, sealed, other, null)).toBe(`before ${sealed} after`)
})

test('it comes after other words, on a line of its own', () => {
  expect(withSealed('words', sealed, null, null)).toBe(`words\n${sealed}`)
  expect(withSealed('words\n', sealed, null, null)).toBe(`words\n${sealed}`)
})

test('it comes after them too where the one that was edited is gone', () => {
  expect(withSealed('words', sealed, other, null)).toBe(`words\n${sealed}`)
})

test('it stays on their line where the field would take no more', () => {
  const length = 'words '.length + sealed.length
  expect(withSealed('words', sealed, null, length)).toBe(`words\n${sealed}`)
  expect(withSealed('words', sealed, null, length - 1)).toBe(`words ${sealed}`)
})
