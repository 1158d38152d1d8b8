// What in a field a command to seal is about. What is sealed already is left alone: where the place cannot be told for
// certain, our own window is to open instead.

import { findSealed } from '../../crypto/armor.ts'
import { inkling } from '../texts/inkling.ts'
import { copied } from './copying.ts'
import { glance, readField } from './field.ts'
import { type Lines, offsetIn, readLines } from './lines.ts'
import { isEditable, isLine, isWindow, type Part, takeAll, takePart, takeRun, takeSelected } from './part.ts'
import { runAt, type Span, sealedAt } from './runs.ts'
import { caretIn } from './selecting.ts'
import { type Field, isControl } from './which.ts'

/** Nothing is sealed in place: our window is to open, with this sealed text, or with none. */
export interface ForWindow {
  readonly forWindow: true
  readonly sealed: string | null
}

/** Of what came back from here, or from sealing. */
export const isForWindow = <T extends object>(target: T | ForWindow): target is ForWindow => 'forWindow' in target

/** Null when the person did something meanwhile. */
export async function whatToSeal(field: Field): Promise<Part | ForWindow | null> {
  const answer = copied(field)
  if (isControl(field) && answer === null) return inValue(field)
  if (!isEditable(field)) return answer === null || isLine(field, answer) ? allOf(field) : unseen(field, answer)
  const lines = readLines(field)
  const selected = caretAmong(field, lines)
  // Where white space alone is selected, it is as if nothing were.
  if (selected === null || lines.text.slice(selected.start, selected.end).trim() === '') return allOf(field)
  const [touched] = sealedAt(lines.text, selected)
  return touched === undefined ? takeSelected(field) : windowWith(touched.sealed)
}

const windowWith = (sealed: string | null): ForWindow => ({ forWindow: true, sealed })

/** The sealed text that the person is at in a field, or the one that is all it holds; null for none. */
export function sealedAtCaret(field: Field): string | null {
  if (!isEditable(field)) return forWindow(readField(field), isControl(field) ? caretInControl(field) : null).sealed
  const lines = readLines(field)
  return forWindow(lines.text, caretAmong(field, lines)).sealed
}

/** The caret or selection among the lines of an editable element; null where it is not in there. */
function caretAmong(field: Field, lines: Lines): Span | null {
  const range = caretIn(field)
  if (range === null) return null
  const { startContainer, startOffset, endContainer, endOffset } = range
  return { start: offsetIn(lines, startContainer, startOffset), end: offsetIn(lines, endContainer, endOffset) }
}

/** The caret or selection in a control; null where its kind has none. */
function caretInControl(field: Field): Span | null {
  const { selectionStart: start, selectionEnd: end } = field as HTMLInputElement
  return start === null || end === null ? null : { start, end }
}

async function inValue(field: Field): Promise<Part | ForWindow | null> {
  const text = readField(field)
  const caret = caretInControl(field)
  if (caret !== null && caret.start !== caret.end) {
    const [touched] = sealedAt(text, caret)
    return touched === undefined ? takePart(field, caret) : windowWith(touched.sealed)
  }
  if (findSealed(text).length === 0) return takeAll(field)
  const run = caret === null ? null : runAt(text, caret.start)
  return run === null ? forWindow(text, caret) : takePart(field, run)
}

/** What is selected of a document that the page does not show, where it cannot be told what stands on either side. */
function unseen(field: Field, selected: string): ForWindow | Promise<Part | null> {
  const held = selected.includes(inkling) || glance(field).includes(inkling)
  return held ? windowWith(findSealed(selected)[0]?.sealed ?? null) : takeSelected(field)
}

async function allOf(field: Field): Promise<Part | ForWindow | null> {
  const all = await takeAll(field)
  if (all === null || findSealed(all.text).length === 0) return all
  if (isWindow(field, all.text)) return forWindow(all.text, null)
  const lines = readLines(field)
  const caret = caretAmong(field, lines)
  const run = caret === null ? null : runAt(lines.text, caret.start, quotesIn(field, lines))
  const part = run === null ? null : takeRun(field, lines, run.start, run.end)
  return part ?? forWindow(lines.text, caret)
}

/** The sealed text at the caret, or the one that is all there is. */
function forWindow(text: string, caret: Span | null): ForWindow {
  const all = findSealed(text)
  const [touched] = caret === null ? [] : sealedAt(text, caret)
  const [only] = all.filter(({ start, end }) => end - start === text.trim().length)
  return windowWith((touched ?? only)?.sealed ?? null)
}

/** What editors quote by an element of its own. */
function quotesIn(field: Field, { pieces }: Lines): Span[] {
  return pieces
    .filter(({ node }) => {
      const quote = node.parentElement?.closest('blockquote') ?? null
      return quote !== null && quote !== field && field.contains(quote)
    })
    .map(({ at, length }) => ({ start: at, end: at + length }))
}
