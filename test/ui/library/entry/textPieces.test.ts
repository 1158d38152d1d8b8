// A long text in pieces: together they are the text, and none begins within a character.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxShownChars,
  removeLastBreak,
  splitText,
  takeBeginning,
} from '../../../../src/ui/library/entry/textPieces.ts'

describe('pieces', () => {
  it('are the text, each no longer than it may be, and cut between characters', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀', 'é', 'ש'), maxLength: 400 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 50 }), (text, atMost) => {
        const pieces = splitText(text, atMost)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(atMost)
          expect(piece).toSatisfy((each: string) => each.isWellFormed())
        }
      }),
    )
  })

  it('end where lines end, or words', () => {
    expect(splitText('one two\nthree four', 10)).toEqual(['one two\n', 'three four'])
    expect(splitText('one two three four', 10)).toEqual(['one two ', 'three four'])
    expect(removeLastBreak('a\n\n')).toBe('a\n')
  })

  it('begin with what is shown at once', () => {
    const text = 'word '.repeat(10_000)
    expect(text.startsWith(takeBeginning(text))).toBe(true)
    expect(takeBeginning(text).length).toBeGreaterThan(maxShownChars / 2)
    expect(takeBeginning('short')).toBe('short')
  })
})
