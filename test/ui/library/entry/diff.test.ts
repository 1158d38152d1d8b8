// What was changed between two texts: nothing of either is lost, and what is the same is not said to be changed.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DiffBlock, diffTexts } from '../../../../src/ui/library/entry/diff.ts'

const words = fc.stringMatching(/^[abc \n]{0,60}$/)

function side(blocks: readonly DiffBlock[], which: 'removed' | 'added'): string {
  return blocks
    .map((block) =>
      block.kind === 'changed'
        ? block.spans.map(({ kind, text }) => (kind === 'same' || kind === which ? text : '')).join('')
        : block.text,
    )
    .join('')
}

describe('comparing', () => {
  it('tells both texts whole', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const blocks = diffTexts(before, after)
        if (before === after) expect(blocks).toEqual([])
        else {
          expect(blocks && side(blocks, 'removed')).toBe(before)
          expect(blocks && side(blocks, 'added')).toBe(after)
        }
      }),
    )
  })

  it('says which words were changed within a line', () => {
    expect(diffTexts('Dear Ada,\nsee you on Monday\nYours', 'Dear Ada,\nsee you on Friday\nYours')).toEqual([
      { kind: 'same', text: 'Dear Ada,\n' },
      {
        kind: 'changed',
        spans: [
          { kind: 'same', text: 'see you on ' },
          { kind: 'removed', text: 'Monday' },
          { kind: 'added', text: 'Friday' },
          { kind: 'same', text: '\n' },
        ],
      },
      { kind: 'same', text: 'Yours' },
    ])
  })

  it('folds long stretches that are the same, and keeps the lines beside a change', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`)
    const blocks = diffTexts(lines.join(''), lines.toSpliced(20, 1, 'another\n').join(''))
    expect(blocks?.map((block) => (block.kind === 'folded' ? block.lines : block.kind))).toEqual([
      18,
      'same',
      'changed',
      'same',
      17,
    ])
    expect(blocks?.[1]).toEqual({ kind: 'same', text: 'line 18\nline 19\n' })
  })

  it('gives up on two long texts that have nothing in common', () => {
    const text = (word: string) => Array.from({ length: 5_000 }, (_, index) => `${word} ${index}\n`).join('')
    expect(diffTexts(text('one'), text('other'))).toBe(null)
  })
})
