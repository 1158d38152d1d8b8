// The first look at a text passes over no sealed text, whatever a site has put between its letters.

import { expect, test } from 'vitest'
import { markerPrefix, mayHoldSealed } from '../../src/crypto/prefilter.ts'
import { vectors } from './vectors.ts'

const [sealed = ''] = vectors.text.map((vector) => vector.sealed)

test('a text in which a sealed text stands may hold one', () => {
  expect(mayHoldSealed(`before ${sealed} after`)).toBe(true)
})

test('so may one between whose letters stands what nobody sees', () => {
  for (const unseen of ['\u00ad', '\u200b', '\u2060\u2060', '\ufeff'])
    expect(mayHoldSealed([...sealed].join(unseen)), JSON.stringify(unseen)).toBe(true)
})

test('any other text holds none', () => {
  expect(mayHoldSealed('')).toBe(false)
  expect(mayHoldSealed('words of the page\u200b')).toBe(false)
  expect(mayHoldSealed(`${markerPrefix.slice(0, -1)} ${markerPrefix.slice(-1)}`)).toBe(false)
})
