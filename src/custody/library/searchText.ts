// How texts are compared when one searches: without case, accents and width. And the part of a text that shows what was found.

import type { Excerpt } from '../../messages/vault/library.ts'

const excerptLetters = 160
/** Of those before what was found. */
const leadLetters = 40
/** Lines are looked through in pieces, each with the end of the one before it: a word is never longer than that. */
const pieceLetters = 600
const overlapLetters = 200

/** Letters as they are compared: no case, no accents, no compatibility forms. */
export function foldText(text: string): string {
  // Most texts need no more than this, which is ten times as fast.
  if (!/\P{ASCII}/u.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

/** The words of what is searched for. */
export function searchWords(search: string): string[] {
  return foldText(search)
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** The title of a text, and what comes after it or where one of these words stands, marked. */
export function findExcerpts(text: string, words: readonly string[]): { title: Excerpt; excerpt: Excerpt } {
  const { line, end } = firstLine(text)
  const title = unsplit(line.slice(0, excerptLetters))
  const rest = text.slice(end - (line.length - title.length))
  const excerpt = around(rest, words) ?? {
    text: unsplit(oneLine(rest.slice(0, 4 * excerptLetters)).slice(0, excerptLetters)),
    found: null,
  }
  return { title: { text: title, found: find(title, words) }, excerpt }
}

/** The part of a text in which the first of these words stands; null where none does. */
function around(text: string, words: readonly string[]): Excerpt | null {
  if (words.length === 0) return null
  for (let start = 0; start < text.length; start += pieceLetters - overlapLetters) {
    const piece = text.slice(start, start + pieceLetters)
    const found = find(piece, words)
    if (found === null) continue
    const from = Math.max(0, found[0] - leadLetters)
    const [before, word] = [unsplit(oneLine(piece.slice(from, found[0]))), piece.slice(...found)]
    const after = unsplit(oneLine(text.slice(start + found[1], start + found[1] + excerptLetters)))
    const lead = start + from > 0 ? `…${before}` : before
    return { text: `${lead}${word}${after}`, found: [lead.length, lead.length + word.length] }
  }
  return null
}

/** From where to where the first of these words stands, in UTF-16 units. */
function find(text: string, words: readonly string[]): [number, number] | null {
  const whole = foldText(text)
  const word = words.find((candidate) => whole.includes(candidate))
  if (word === undefined) return null
  // Plain letters fold to as many.
  if (!/\P{ASCII}/u.test(text)) {
    const start = whole.indexOf(word)
    return [start, start + word.length]
  }
  // Folding changes lengths: letter by letter it is known which one each folded letter came from.
  const from: number[] = []
  let joined = ''
  let offset = 0
  for (const letter of text) {
    const folded = foldText(letter)
    for (let index = 0; index < folded.length; index++) from.push(offset)
    joined += folded
    offset += letter.length
  }
  from.push(offset)
  const start = joined.indexOf(word)
  if (start < 0) return null
  const [first, after] = [from[start] ?? 0, from[start + word.length] ?? offset]
  const last = from[start + word.length - 1] ?? first
  return [first, after > last ? after : last + 1]
}

function firstLine(text: string): { line: string; end: number } {
  const start = text.search(/\S/)
  if (start < 0) return { line: '', end: text.length }
  const feed = text.indexOf('\n', start)
  const end = feed < 0 ? text.length : feed
  return { line: text.slice(start, end).trimEnd(), end }
}

/** Without the half of a letter that a cut has left at an end. */
function unsplit(text: string): string {
  return text.replace(/^\p{Surrogate}|\p{Surrogate}$/gu, '')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
