// Sealing what stands in a field, and putting an opened text back. Whatever the page does meanwhile, the person's text
// is in the field or has been sealed and is offered; it is never in neither.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { isSandboxed } from '../sandbox.ts'
import { glance, maxChars, mayHoldSealed, readField } from './field.ts'
import { readLines } from './lines.ts'
import {
  isWhole,
  isWindow,
  type Part,
  readUnseen,
  takeAll,
  takeAllAsText,
  takeEnd,
  takeRun,
  takeSelected,
} from './part.ts'
import { type Put, putText, undo } from './putting.ts'
import { collapse } from './selecting.ts'
import { withSealed } from './splice.ts'
import { drawnIn, type Field, isControl, isReadOnly } from './which.ts'

/** What became of it, for words to be made of. */
export type Outcome =
  | { kind: 'opened'; old: boolean }
  | { kind: 'sealed' | 'empty' | 'changed' | 'busy' | 'sandboxed' | 'swapped' | 'read-only' }
  | { kind: 'too-long'; needs: number; takes: number }
  | { kind: 'altered' | 'gone'; sealed: string }
  | { kind: 'unreadable'; sealed: string }
  | { kind: 'failed'; code: Failure['code'] }

/** What became of a sealed text from elsewhere. */
export type Placed = Exclude<Put, 'interrupted'>

/** What is under way in a field: two at once would each take the other for the page's doing. */
const underWay = new WeakMap<Field, Promise<unknown>>()

/** The sealed text whose opened text was put back into a field: what all of the field is sealed into next comes in its place. */
const putBack = new WeakMap<Field, string>()

/** Seals what is selected in a field, or else its whole text, in place. */
export function sealField(field: Field): Promise<Outcome> {
  return exclusively(field, async () => {
    const part = await takeSelected(field)
    if (part === null) return { kind: 'changed' }
    if (part.text.trim() === '') return { kind: 'empty' }
    const replaces = isWhole(part) ? (putBack.get(field) ?? null) : null
    const { sealed } = await call('seal', { text: part.text, replaces })
    // What was typed while it was being sealed is in the field and not in the sealed text: then nothing is done.
    if (!part.holds(part.text)) return { kind: 'changed' }
    const put = await putText(part, sealed)
    const takes = maxChars(field)
    if (put === 'placed') {
      putBack.delete(field)
      return { kind: 'sealed' }
    }
    if (put === 'interrupted') return { kind: 'changed' }
    if (put === 'too-long' && takes !== null) return { kind: 'too-long', needs: sealed.length, takes }
    return { kind: put === 'gone' ? 'gone' : 'altered', sealed }
  })
}

/** Puts the opened texts in the place of the sealed ones. Only at a command that the browser vouches for. */
export function unsealField(field: Field): Promise<Outcome> {
  return exclusively(field, async () => {
    const part = await takeAll(field)
    if (part === null) return { kind: 'changed' }
    const before = textOf(part)
    const found = findSealed(before).filter(({ fault }) => fault === null)
    const [first] = found
    if (first === undefined) return { kind: 'failed', code: 'damaged' }
    const { texts, old } = await call('unseal', { sealed: found.map(({ sealed }) => sealed) })
    if (!part.holds(part.text)) return { kind: 'changed' }
    const opened = found.map(({ start, end }, i) => ({ start, end, text: texts[i] ?? before.slice(start, end) }))
    const put = inOnePiece(part) ? await putText(part, spliced(before, opened)) : await putEach(field, before, opened)
    if (put === 'interrupted') return { kind: 'changed' }
    if (put !== 'placed') return { kind: 'unreadable', sealed: first.sealed }
    if (found.length === 1) putBack.set(field, first.sealed)
    else putBack.delete(field)
    return { kind: 'opened', old }
  })
}

/** Puts a sealed text from elsewhere into a field: in the place of `replaces` if that stands there, else after what does. */
export async function placeSealed(field: Field, sealed: string, replaces: string | null): Promise<Placed> {
  while (underWay.has(field)) await underWay.get(field)?.catch(() => undefined)
  const put = await begin(field, () => place(field, sealed, replaces))
  return put === 'interrupted' ? 'altered' : put
}

async function place(field: Field, sealed: string, replaces: string | null): Promise<Put> {
  const part = await takeAll(field)
  if (part === null) return 'interrupted'
  const whole = () => withSealed(textOf(part), sealed, replaces, maxChars(field))
  if (inOnePiece(part)) return putText(part, whole())
  return await placeInPage(part, sealed, replaces).then(orAsText(field, whole))
}

/**
 * What could not be put in its place is put with all that stands around it, where that is text alone: some editors follow no
 * selection while our own window is in front, and some come to show a window only when there is more to show (CodeMirror).
 */
function orAsText(field: Field, whole: () => string): (put: Put) => Promise<Put> {
  return async (put) => {
    const asText = put === 'altered' ? await takeAllAsText(field) : null
    return asText === null ? put : putText(asText, whole())
  }
}

async function placeInPage(all: Part, sealed: string, replaces: string | null): Promise<Put> {
  const { field } = all
  const { text } = readLines(field)
  const old = replaces === null ? undefined : findSealed(text).find((one) => one.sealed === replaces)
  if (old !== undefined) return putRun(field, old, sealed)
  return text.trim() === '' ? putText(all, sealed) : putText(takeEnd(field), `\n${sealed}`)
}

interface Run {
  readonly start: number
  readonly end: number
}

/** Whether what is in the field is text alone, so that replacing all of it loses nothing. */
function inOnePiece({ field, text }: Part): boolean {
  return isControl(field) || isWindow(field, text)
}

const textOf = (part: Part) => (inOnePiece(part) ? part.text : readLines(part.field).text)

function spliced(text: string, runs: readonly (Run & { readonly text: string })[]): string {
  return runs.reduceRight((whole, run) => whole.slice(0, run.start) + run.text + whole.slice(run.end), text)
}

async function putRun(field: Field, { start, end }: Run, text: string): Promise<Put> {
  const part = takeRun(field, readLines(field), start, end)
  return part === null ? 'altered' : putText(part, text)
}

/** Each text where it stands, the last one first: what is before it keeps its place. All of them, or none. */
async function putEach(
  field: Field,
  before: string,
  opened: readonly (Run & { readonly text: string })[],
): Promise<Put> {
  for (const [done, run] of [...opened].reverse().entries()) {
    const put = await putRun(field, run, run.text)
    if (put === 'placed') continue
    for (let left = done; left > 0 && readField(field) !== before; left--) await undo(field)
    return put
  }
  collapse(field)
  return 'placed'
}

export function holdsSealed(field: Field): boolean {
  return mayHoldSealed(field) && findSealed(drawnIn(field) === null ? glance(field) : readField(field)).length > 0
}

/** The same at a person's command, when there is time to ask an editor for what it does not show. */
export async function holdsSealedUnseen(field: Field): Promise<boolean> {
  if (holdsSealed(field)) return true
  const text = underWay.has(field) ? null : await readUnseen(field)
  return text !== null && findSealed(text).length > 0
}

/** The one sealed text that is all a field holds, or the first in it; null when there is none. */
export function firstSealed(field: Field): string | null {
  return allSealed(field)[0] ?? null
}

/** The sealed texts that stand in a field, in order. */
export function allSealed(field: Field): string[] {
  return findSealed(readField(field)).map(({ sealed }) => sealed)
}

async function exclusively(field: Field, work: () => Promise<Outcome>): Promise<Outcome> {
  if (isSandboxed()) return { kind: 'sandboxed' }
  if (isReadOnly(field)) return { kind: 'read-only' }
  if (underWay.has(field)) return { kind: 'busy' }
  try {
    return await begin(field, work)
  } catch (thrown) {
    if (thrown instanceof Failure) return { kind: 'failed', code: thrown.code }
    throw thrown
  }
}

async function begin<T>(field: Field, work: () => Promise<T>): Promise<T> {
  const begun = work()
  underWay.set(field, begun)
  try {
    return await begun
  } finally {
    underWay.delete(field)
  }
}
