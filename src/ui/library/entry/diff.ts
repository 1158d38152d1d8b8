// What was changed between two texts, for a person to see: lines first, and words within the changed lines. Folds long stretches
// that are the same. Bounds the work: two long texts that have little in common are not compared.

import { diffLines, diffWordsWithSpace } from 'diff'

export interface DiffSpan {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

export type DiffBlock =
  | { readonly kind: 'same'; readonly text: string }
  /** The same too, but far from any change. */
  | { readonly kind: 'folded'; readonly lines: number; readonly text: string }
  | { readonly kind: 'changed'; readonly spans: readonly DiffSpan[] }

/** Above so many different lines, or words, two texts are too different to compare. */
const maxChangedLines = 600
const maxChangedWords = 400
/** Longer changed stretches are shown whole, not word by word. */
const maxWordDiffChars = 20_000
/** Lines that are the same, shown on each side of a change. */
const linesAround = 2

/** The changes that lead from one text to the other; empty when they are the same, null when they are too different to compare. */
export function diffTexts(before: string, after: string): readonly DiffBlock[] | null {
  if (before === after) return []
  const changes = diffLines(before, after, { maxEditLength: maxChangedLines })
  if (changes === undefined) return null
  const blocks: DiffBlock[] = []
  for (let index = 0; index < changes.length; ) {
    let removed = ''
    let added = ''
    const first = index
    for (let change = changes[index]; change?.removed || change?.added; change = changes[++index]) {
      if (change.removed) removed += change.value
      else added += change.value
    }
    if (index > first) blocks.push({ kind: 'changed', spans: spansOf(removed, added) })
    const same = changes[index]
    if (same !== undefined) {
      blocks.push(...fold(same.value, index > 0, index < changes.length - 1))
      index++
    }
  }
  return blocks
}

function spansOf(removed: string, added: string): readonly DiffSpan[] {
  const wholeSpans = [
    { kind: 'removed' as const, text: removed },
    { kind: 'added' as const, text: added },
  ].filter(({ text }) => text !== '')
  if (wholeSpans.length < 2 || removed.length + added.length > maxWordDiffChars) return wholeSpans
  const words = diffWordsWithSpace(removed, added, { maxEditLength: maxChangedWords })
  if (words === undefined) return wholeSpans
  return words.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function fold(text: string, afterChange: boolean, beforeChange: boolean): readonly DiffBlock[] {
  const lines = text.split(/(?<=\n)/)
  const head = afterChange ? linesAround : 0
  const tail = beforeChange ? linesAround : 0
  const hidden = lines.length - head - tail
  if (hidden < 2) return [{ kind: 'same', text }]
  const same = (lines: readonly string[]): readonly DiffBlock[] =>
    lines.length === 0 ? [] : [{ kind: 'same', text: lines.join('') }]
  return [
    ...same(lines.slice(0, head)),
    { kind: 'folded', lines: hidden, text: lines.slice(head, head + hidden).join('') },
    ...same(lines.slice(head + hidden)),
  ]
}
