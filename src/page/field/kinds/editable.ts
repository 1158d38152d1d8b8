// Editable elements, whose text is in the page's DOM. If an editor turns out to have more text than it shows, the target is a windowed one.

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

/** Elements that plain text cannot express. */
const formatted =
  'a,b,strong,i,em,u,s,del,code,sub,sup,mark,font,img,video,ul,ol,table,blockquote,hr,h1,h2,h3,h4,h5,h6,[contenteditable=false]'

/** How often to repeat a selection that an editor has changed. */
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
    // A selection of white space counts as none.
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

/** Selects everything in a field as text, if an editor answers for it. Null if replacing it would lose formatting. */
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

/** Selects the person's selection, or else everything. */
async function selectSelected(field: Field): Promise<EditTarget | null> {
  const copied = readByCopying(field)
  const range = selectedRange(field)
  if (range === null) return selectAll(field)
  const shown = readLines(field, range).text
  if (shown.trim() === '' && copied === null) return selectAll(field)
  if (copied !== null && !isSameText(copied, shown)) return windowTarget(asking, field, copied, false)
  return target(field, () => range, true)
}

/** All of an editor's document, which stays selected. Null if the person interrupts. */
async function readAll(field: Field, before: Range | null): Promise<string | null> {
  const isNoticed = () => noticed(() => release(field, before), noticeMs.listening)
  select(field, wholeRange(field))
  if (!(await isNoticed())) return null
  const bySelection = readByCopying(field)
  if (bySelection === null) return read(field)
  // An editor that answers may have more text than it has drawn.
  if (!pressCommandKey(field, 'a', 'field')) return bySelection
  if (!(await isNoticed())) return null
  const byKey = readByCopying(field) ?? ''
  if (byKey.length >= bySelection.length) return byKey
  select(field, wholeRange(field))
  return (await isNoticed()) ? bySelection : null
}

/** `locate` runs again each time, since an editor may redraw. `isChosen`: the person made this selection, so the editor knows it. */
function target(field: Field, locate: () => Range, isChosen = false): EditTarget {
  const range = locate()
  const before = textBefore(field, range)
  const after = textAfter(field, range)
  const holds = (content: string) => isSameText(read(field), before + content + after)
  return {
    kind: editable,
    field,
    text: readLines(field, range).text,
    with: (content) => before + content + after,
    holds,
    async surely(content) {
      const all = await readAll(field, null)
      collapse(field)
      // After an interruption, what the page shows must suffice.
      return all === null ? holds(content) : isSameText(all, before + content + after)
    },
    async select() {
      focusOn(field)
      for (let tries = 0; tries < selectingTries; tries++) {
        const current = caretIn(field)
        if (isChosen && current !== null && isSamePlace(field, current, locate())) return true
        select(field, locate())
        if (!(await noticed(() => release(field, current), noticeMs.looking))) return false
        // An editor that was redrawing may have restored its own selection.
        const selected = caretIn(field)
        if (selected !== null && isSamePlace(field, selected, locate())) return true
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

/** Whether two ranges cover the same text: the DOM has several positions for one place in the text. */
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
  // Descend into the last paragraph, but not into what ends it: a line break or a non-editable element.
  for (;;) {
    const next: Node | undefined = [...last.childNodes].findLast(
      (child) => child instanceof Text || (child instanceof HTMLElement && child.isContentEditable),
    )
    if (next === undefined || next instanceof HTMLBRElement) return last
    last = next
  }
}

/** The caret or selection as offsets in `lines`; null if it is outside the field. */
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
