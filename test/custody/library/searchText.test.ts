// What the library's list shows of a text, and how texts are compared in a search.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findExcerpts, foldText, searchWords } from '../../../src/custody/library/searchText.ts'

const letters = fc.string({ unit: 'grapheme', maxLength: 900, size: 'max' })

describe('an excerpt', () => {
  test('holds the word that was searched for, marked, wherever it stands', () => {
    const words = fc.constantFrom('needle', 'ＮＥＥＤＬＥ', 'Nèédle', 'ﬁnd', '🎉')
    fc.assert(
      fc.property(letters, words, letters, (before, word, after) => {
        const text = `${before} ${word} ${after}`
        const [sought] = searchWords(word)
        for (const { text: shown, found } of Object.values(findExcerpts(`first\n${text}`, [sought ?? ''])).slice(1)) {
          expect(found).not.toBeNull()
          expect(foldText(shown.slice(...(found ?? [0, 0])))).toContain(sought)
        }
      }),
    )
  })

  test('cuts no letter in half, and is as short as a message takes', () => {
    const emoji = fc
      .array(fc.constantFrom('🎉', '👩‍👧', 'a', '\n', ' '), { maxLength: 800, size: 'max' })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(emoji, fc.constantFrom([], ['a']), (text, words) => {
        const { title, excerpt } = findExcerpts(text, words)
        for (const shown of [title.text, excerpt.text]) {
          expect(shown.isWellFormed()).toBe(true)
          expect(shown.length).toBeLessThan(1_000)
        }
      }),
    )
  })
})
