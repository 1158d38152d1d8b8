// What a command is about: a part of what stands in a field, or all of it, that is to be replaced. How that is read,
// and how it is told whether a text has come into its place, differs by where the truth is: in the control's value,
// in the page's DOM, or in a document of which the DOM shows a window (then the editor is asked what it would copy).

import { copied } from './copying.ts'
import { readField } from './field.ts'
import { type Lines, rangeOf, readLines } from './lines.ts'
import type { Span } from './runs.ts'
import {
  caretIn,
  collapse,
  focusOn,
  noted,
  noticeMs,
  pressCommandKey,
  rangeFrom,
  release,
  select,
  selectedRange,
  wholeRange,
} from './selecting.ts'
import { drawnIn, type Field, isControl } from './which.ts'

export interface Part {
  readonly field: Field
  /** What stands in it now, as text. */
  readonly text: string
  /** All that will stand in the field with `text` in this place; null where that cannot be told. */
  with(text: string): string | null
  /** Whether the field seems to hold `text` in this place and to be otherwise as it was. Disturbs nothing. */
  holds(text: string): boolean
  /** The same, asked of the editor where it answers: selects, and leaves the caret at the end. */
  surely(text: string): Promise<boolean>
  /** Selects it again. False when the person did something meanwhile. */
  select(): Promise<boolean>
}

/** What plain text cannot say. */
const formatted =
  'a,b,strong,i,em,u,s,del,code,sub,sup,mark,font,img,video,ul,ol,table,blockquote,hr,h1,h2,h3,h4,h5,h6,[contenteditable=false]'

/** By so many characters a window is known again. */
const windowEndChars = 64

/** How often to select anew what an editor has not kept selected. */
const selectingTries = 3

/** Editors keep white space in ways of their own. */
const squeezed = (text: string) => text.replaceAll(/[\s\u200b\u2060\ufeff]+/g, '')
const same = (one: string, other: string) => squeezed(one) === squeezed(other)

/** Everything in a field. Null when the person did something meanwhile. */
export async function takeAll(field: Field): Promise<Part | null> {
  if (isControl(field) && copied(field) === null) return inControl(field, 0, field.value.length)
  focusOn(field)
  const before = isEditable(field) ? caretIn(field) : null
  const text = await readAll(field, before)
  if (text === null) return null
  release(field, before)
  return isWindow(field, text) ? inWindow(field, text, true) : inPage(field, () => wholeRange(field))
}

/** Everything in a field as text, where an editor answers for it. Null where that would lose more than text. */
export async function takeAllAsText(field: Field): Promise<Part | null> {
  if (field.querySelector(formatted) !== null) return null
  focusOn(field)
  const before = caretIn(field)
  const text = await readAll(field, before)
  if (text === null) return null
  const answers = copied(field) !== null
  release(field, before)
  return answers ? inWindow(field, text, true) : null
}

/** A part of a control's value. */
export function takePart(field: Field, { start, end }: Span): Part | null {
  return isControl(field) ? inControl(field, start, end) : null
}

/** What the person has selected in an editor, or else everything. */
export async function takeSelected(field: Field): Promise<Part | null> {
  const answer = copied(field)
  if (!isEditable(field)) {
    return answer === null || isLine(field, answer) ? takeAll(field) : inWindow(field, answer, false)
  }
  const range = selectedRange(field)
  if (range === null) return takeAll(field)
  const shown = readLines(field, range).text
  if (shown.trim() === '' && answer === null) return takeAll(field)
  return answer === null || same(answer, shown) ? inPage(field, () => range, true) : inWindow(field, answer, false)
}

/** Whether an editor has answered with the line of the caret, as some do while nothing is selected. */
export function isLine(field: Field, answer: string): boolean {
  return answer.endsWith('\n') && (!isControl(field) || field.selectionStart === field.selectionEnd)
}

/** The characters from `start` to before `end` of an editable element, as `lines` has them. Null where they are not in the page. */
export function takeRun(field: Field, lines: Lines, start: number, end: number): Part | null {
  if (rangeOf(lines, start, end) === null) return null
  return inPage(field, () => rangeOf(readLines(field), start, end) ?? endRange(field))
}

/** The place after everything in an editable element. */
export const takeEnd = (field: Field): Part => inPage(field, () => endRange(field))

/** Whether the page shows only a window of what is in the field. */
export function isWindow(field: Field, all: string): boolean {
  return !isEditable(field) || !same(all, readField(field))
}

/** Whether the document shows what is edited, and the person's selection lies in it. */
export function isEditable(field: Field): boolean {
  return !isControl(field) && drawnIn(field) === null
}

/** All of an editor's document, which is left selected. Null when the person did something meanwhile. */
async function readAll(field: Field, before: Range | null): Promise<string | null> {
  if (!isEditable(field)) {
    pressCommandKey(field, 'a', 'editor')
    return (await noted(field, null, noticeMs.listening)) ? (copied(field) ?? readField(field)) : null
  }
  select(field, wholeRange(field))
  if (!(await noted(field, before, noticeMs.listening))) return null
  const bySelection = copied(field)
  if (bySelection === null) return readField(field)
  // An editor that answers may know of more than it has drawn.
  if (!pressCommandKey(field, 'a', 'field')) return bySelection
  if (!(await noted(field, before, noticeMs.listening))) return null
  const byKey = copied(field) ?? ''
  if (byKey.length >= bySelection.length) return byKey
  select(field, wholeRange(field))
  return (await noted(field, before, noticeMs.listening)) ? bySelection : null
}

function inControl(field: Field & { value: string }, start: number, end: number): Part {
  const { value } = field
  const whole = start === 0 && end === value.length
  const between = (text: string) => value.slice(0, start) + text + value.slice(end)
  return {
    field,
    text: value.slice(start, end),
    with: between,
    holds: (text) => field.value === between(text),
    surely: async (text) => field.value === between(text),
    async select() {
      focusOn(field)
      if (!isControl(field)) return false
      // Some kinds of input have no selection but "everything".
      if (whole) field.select()
      else field.setSelectionRange(start, end)
      return true
    },
  }
}

/** `locate` is asked anew each time: an editor may draw itself anew. `chosen`: the person has selected it, and it is noted. */
function inPage(field: Field, locate: () => Range, chosen = false): Part {
  const range = locate()
  const { text } = readLines(field, range)
  const before = textBefore(field, range)
  const after = textAfter(field, range)
  const holds = (now: string) => same(readField(field), before + now + after)
  return {
    field,
    text,
    with: (now) => before + now + after,
    holds,
    async surely(now) {
      const all = await readAll(field, null)
      collapse(field)
      // The person goes on: what the page shows has to do.
      return all === null ? holds(now) : same(all, before + now + after)
    },
    async select() {
      focusOn(field)
      for (let tries = 0; tries < selectingTries; tries++) {
        const current = caretIn(field)
        if (chosen && current !== null && isSame(field, current, locate())) return true
        select(field, locate())
        if (!(await noted(field, current, noticeMs.looking))) return false
        // An editor that was drawing itself when it was selected in may have put its own selection back.
        const now = caretIn(field)
        if (now !== null && isSame(field, now, locate())) return true
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
function isSame(field: Field, one: Range, other: Range): boolean {
  return same(textBefore(field, one), textBefore(field, other)) && same(textAfter(field, one), textAfter(field, other))
}

function inWindow(field: Field, text: string, whole: boolean): Part {
  const holds = (now: string) => {
    const [shown, meant] = [squeezed(readField(field)), squeezed(now)]
    if (shown.includes(meant)) return true
    // Long lines are shown with gaps: what begins and ends the window has to do, until the editor is asked.
    const ends = [shown.slice(0, windowEndChars), shown.slice(-windowEndChars)]
    return whole && shown !== '' && ends.every((end) => meant.includes(end))
  }
  return {
    field,
    text,
    with: (now) => (whole ? now : null),
    holds,
    async surely(now) {
      if (!whole) return holds(now)
      const all = await readAll(field, null)
      collapse(field)
      return all === null ? holds(now) : same(all, now)
    },
    async select() {
      focusOn(field)
      if (!whole) return copied(field) === text
      return (await readAll(field, null)) !== null
    },
  }
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
