// Editable elements, whose text is in the page's DOM. An editor that turns out to have more text than it shows counts as windowed from
// then on.

import { findSealed } from '../../../crypto/armor.ts'
import type { Field } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { command, input, paste } from './insert.ts'
import type { EditTarget, FieldKind } from './kind.ts'
import { isSameText, type Lines, offsetIn, rangeOf, readLines } from './lines.ts'
import type { Span } from './runs.ts'
import {
  caretIn,
  collapse,
  focusOn,
  noticed,
  noticeMs,
  pressCommandKey,
  rangeFrom,
  release,
  select,
  selectedRange,
  wholeRange,
} from './selection.ts'
import { type Asking, windowed, windowTarget } from './windowed.ts'

/** What plain text cannot say. */
const formatted =
  'a,b,strong,i,em,u,s,del,code,sub,sup,mark,font,img,video,ul,ol,table,blockquote,hr,h1,h2,h3,h4,h5,h6,[contenteditable=false]'

/** How often to select anew what an editor has not kept selected. */
const selectingTries = 3

const read = (field: Field): string => readLines(field).text
const asking: Asking = { kind: windowed, read, readAll: (field) => readAll(field, null), collapse }

export const editable: FieldKind = {
  isPlain: false,
  read,
  readQuickly: (field) => field.textContent,
  holdsSealed: (field) => findSealed(field.textContent).length > 0,
  locate(field) {
    const lines = readLines(field)
    return { caret: caretAmong(field, lines), quotes: quotesIn(field, lines) }
  },
  selected(field) {
    const lines = readLines(field)
    const caret = caretAmong(field, lines)
    // Where white space alone is selected, it is as if nothing were.
    return caret === null || lines.text.slice(caret.start, caret.end).trim() === '' ? null : caret
  },
  async select(field, part) {
    if (part === 'all') return selectAll(field)
    if (part === 'selected') return selectSelected(field)
    if (part === 'end') return target(field, () => endRange(field))
    const { start, end } = part
    if (rangeOf(readLines(field), start, end) === null) return null
    return target(field, () => rangeOf(readLines(field), start, end) ?? endRange(field))
  },
  replace: () => [paste, input, command],
  undo(field) {
    if (!pressCommandKey(field, 'z', 'editor')) field.ownerDocument.execCommand('undo')
  },
  keep(field) {
    const markup = [...field.childNodes].map((node) => node.cloneNode(true))
    return () => {
      field.replaceChildren(...markup)
      field.dispatchEvent(
        new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }),
      )
    }
  },
  commit: () => undefined,
}

async function selectAll(field: Field): Promise<EditTarget | null> {
  focusOn(field)
  const before = caretIn(field)
  const text = await readAll(field, before)
  if (text === null) return null
  release(field, before)
  if (!isSameText(text, read(field))) return windowTarget(asking, field, text, true)
  return target(field, () => wholeRange(field))
}

/** Everything in a field as text, where an editor answers for it. Null where that would lose more than text. */
export async function selectAllAsText(field: Field): Promise<EditTarget | null> {
  if (field.querySelector(formatted) !== null) return null
  focusOn(field)
  const before = caretIn(field)
  const text = await readAll(field, before)
  if (text === null) return null
  const answers = readByCopying(field) !== null
  release(field, before)
  return answers ? windowTarget(asking, field, text, true) : null
}

/** What the person has selected, or else everything. */
async function selectSelected(field: Field): Promise<EditTarget | null> {
  const copied = readByCopying(field)
  const range = selectedRange(field)
  if (range === null) return selectAll(field)
  const shown = readLines(field, range).text
  if (shown.trim() === '' && copied === null) return selectAll(field)
  if (copied !== null && !isSameText(copied, shown)) return windowTarget(asking, field, copied, false)
  return target(field, () => range, true)
}

/** All of an editor's document, which is left selected. Null when the person did something meanwhile. */
async function readAll(field: Field, before: Range | null): Promise<string | null> {
  const isNoticed = () => noticed(() => release(field, before), noticeMs.listening)
  select(field, wholeRange(field))
  if (!(await isNoticed())) return null
  const bySelection = readByCopying(field)
  if (bySelection === null) return read(field)
  // An editor that answers may know of more than it has drawn.
  if (!pressCommandKey(field, 'a', 'field')) return bySelection
  if (!(await isNoticed())) return null
  const byKey = readByCopying(field) ?? ''
  if (byKey.length >= bySelection.length) return byKey
  select(field, wholeRange(field))
  return (await isNoticed()) ? bySelection : null
}

/** `locate` is asked anew each time: an editor may draw itself anew. `isChosen`: the person has selected it, and the editor knows. */
function target(field: Field, locate: () => Range, isChosen = false): EditTarget {
  const range = locate()
  const before = textBefore(field, range)
  const after = textAfter(field, range)
  const holds = (now: string) => isSameText(read(field), before + now + after)
  return {
    kind: editable,
    field,
    text: readLines(field, range).text,
    with: (now) => before + now + after,
    holds,
    async surely(now) {
      const all = await readAll(field, null)
      collapse(field)
      // The person goes on: what the page shows has to do.
      return all === null ? holds(now) : isSameText(all, before + now + after)
    },
    async select() {
      focusOn(field)
      for (let tries = 0; tries < selectingTries; tries++) {
        const current = caretIn(field)
        if (isChosen && current !== null && isSamePlace(field, current, locate())) return true
        select(field, locate())
        if (!(await noticed(() => release(field, current), noticeMs.looking))) return false
        // An editor that was drawing itself when it was selected in may have put its own selection back.
        const now = caretIn(field)
        if (now !== null && isSamePlace(field, now, locate())) return true
      }
      return true
    },
  }
}

function textBefore(field: Field, { startContainer, startOffset }: Range): string {
  const whole = wholeRange(field)
  return readLines(field, rangeFrom(field, whole.startContainer, whole.startOffset, startContainer, startOffset)).text
}

function textAfter(field: Field, { endContainer, endOffset }: Range): string {
  const whole = wholeRange(field)
  return readLines(field, rangeFrom(field, endContainer, endOffset, whole.endContainer, whole.endOffset)).text
}

/** Whether two ranges are the same to a reader: editors have places of their own for the same place in the text. */
function isSamePlace(field: Field, a: Range, b: Range): boolean {
  return isSameText(textBefore(field, a), textBefore(field, b)) && isSameText(textAfter(field, a), textAfter(field, b))
}

function endRange(field: Field): Range {
  const last = lastPlace(field)
  const offset = last instanceof Text ? last.data.length : last.childNodes.length
  return rangeFrom(field, last, offset, last, offset)
}

function lastPlace(field: Field): Node {
  let last: Node = field
  // Into the last paragraph, but not into what ends it: a line break, or an element that nobody writes in.
  for (;;) {
    const next: Node | undefined = [...last.childNodes].findLast(
      (child) => child instanceof Text || (child instanceof HTMLElement && child.isContentEditable),
    )
    if (next === undefined || next instanceof HTMLBRElement) return last
    last = next
  }
}

/** The caret or selection among the lines of an editable element; null where it is not in there. */
function caretAmong(field: Field, lines: Lines): Span | null {
  const range = caretIn(field)
  if (range === null) return null
  const { startContainer, startOffset, endContainer, endOffset } = range
  return { start: offsetIn(lines, startContainer, startOffset), end: offsetIn(lines, endContainer, endOffset) }
}

function quotesIn(field: Field, { pieces }: Lines): Span[] {
  return pieces
    .filter(({ node }) => {
      const quote = node.parentElement?.closest('blockquote') ?? null
      return quote !== null && quote !== field && field.contains(quote)
    })
    .map(({ offset, length }) => ({ start: offset, end: offset + length }))
}
