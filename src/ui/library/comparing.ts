// What was changed between two texts, for a person to see: lines first, and words within the lines that were changed. Long
// stretches that are the same are folded. Work is bounded: two long texts that have little in common are not compared.

import { diffLines, diffWordsWithSpace } from 'diff'

export interface Piece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

export type Block =
  | { readonly kind: 'same'; readonly text: string }
  /** The same too, and not needed to see what is around a change. */
  | { readonly kind: 'folded'; readonly lines: number; readonly text: string }
  | { readonly kind: 'changed'; readonly pieces: readonly Piece[] }

/** Lines, and words, that may be different before the two are called too different. */
const changedLinesAtMost = 600
const changedWordsAtMost = 400
/** Longer changed stretches are shown whole, not word by word. */
const wordsCharsAtMost = 20_000
/** As many of the same lines are shown beside a change. */
const linesAround = 2

/** What leads from one text to the other; empty when they are the same, null when they are too different to tell. */
export function compare(before: string, after: string): readonly Block[] | null {
  if (before === after) return []
  const changes = diffLines(before, after, { maxEditLength: changedLinesAtMost })
  if (changes === undefined) return null
  const blocks: Block[] = []
  for (let at = 0; at < changes.length; ) {
    let removed = ''
    let added = ''
    const from = at
    for (let change = changes[at]; change?.removed || change?.added; change = changes[++at]) {
      if (change.removed) removed += change.value
      else added += change.value
    }
    if (at > from) blocks.push({ kind: 'changed', pieces: piecesOf(removed, added) })
    const same = changes[at]
    if (same !== undefined) {
      blocks.push(...folded(same.value, from < at || at > 0, at < changes.length - 1))
      at++
    }
  }
  return blocks
}

function piecesOf(removed: string, added: string): readonly Piece[] {
  const whole = [
    { kind: 'removed' as const, text: removed },
    { kind: 'added' as const, text: added },
  ].filter(({ text }) => text !== '')
  if (whole.length < 2 || removed.length + added.length > wordsCharsAtMost) return whole
  const words = diffWordsWithSpace(removed, added, { maxEditLength: changedWordsAtMost })
  if (words === undefined) return whole
  return words.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function folded(text: string, afterChange: boolean, beforeChange: boolean): readonly Block[] {
  const lines = text.split(/(?<=\n)/)
  const head = afterChange ? linesAround : 0
  const tail = beforeChange ? linesAround : 0
  const hidden = lines.length - head - tail
  if (hidden < 2) return [{ kind: 'same', text }]
  const same = (part: readonly string[]): readonly Block[] =>
    part.length === 0 ? [] : [{ kind: 'same', text: part.join('') }]
  return [
    ...same(lines.slice(0, head)),
    { kind: 'folded', lines: hidden, text: lines.slice(head, head + hidden).join('') },
    ...same(lines.slice(head + hidden)),
  ]
}
