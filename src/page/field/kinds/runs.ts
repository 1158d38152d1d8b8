// Finds a person's own words in a field, among sealed texts and quoted lines: what can be sealed without touching anything else. It works on
// strings alone, so it can be tested without a browser.

import { type Found, findSealed } from '../../../crypto/armor.ts'

/** Offsets in UTF-16 units; `end` is after the last character. */
export interface Span {
  readonly start: number
  readonly end: number
}

const quotedLine = /^[ \t]*>.*$/gm

/**
 * The run of words around the caret, up to the next sealed text or quoted line on either side, without white space at its ends. Null if
 * there is none. `quoted`: passages quoted by other means than a `>`.
 */
export function ownRunAt(text: string, caret: number, quoted: readonly Span[] = []): Span | null {
  const sealed = findSealed(text)
  const quotes = [...quotesIn(text), ...quoted]
  if (sealed.some(({ start, end }) => start < caret && caret < end)) return null
  if (quotes.some(({ start, end }) => start <= caret && caret <= end)) return null
  const bounds = [...sealed, ...quotes]
  const from = Math.max(0, ...bounds.map(({ end }) => end).filter((end) => end <= caret))
  const to = Math.min(text.length, ...bounds.map(({ start }) => start).filter((start) => start >= caret))
  const run = text.slice(from, to)
  const words = run.trim()
  if (words === '') return null
  const start = from + run.indexOf(words)
  return { start, end: start + words.length }
}

/** The sealed texts that a selection overlaps. A caret, whose ends are equal, also touches a text at its edge. */
export function sealedAt(text: string, { start, end }: Span): Found[] {
  const overlap = start === end ? 0 : 1
  return findSealed(text).filter((found) => found.start <= end - overlap && found.end >= start + overlap)
}

function quotesIn(text: string): Span[] {
  return [...text.matchAll(quotedLine)].map((line) => ({ start: line.index, end: line.index + line[0].length }))
}
