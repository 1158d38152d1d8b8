// Sealing what stands in a field, and putting there what comes from our windows. Whatever the page does meanwhile, the person's text
// is in the field or has been sealed and is offered; it is never in neither. Nothing here has a text opened.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { isSandboxed } from '../sandbox.ts'
import { glance, maxChars, mayHoldSealed, readField } from './field.ts'
import { readLines } from './lines.ts'
import { isWindow, type Part, takeAll, takeAllAsText, takeEnd, takeRun } from './part.ts'
import { type Put, putText } from './putting.ts'
import type { Span } from './runs.ts'
import { withSealed } from './splice.ts'
import { type ForWindow, isForWindow, whatToSeal } from './toSeal.ts'
import { drawnIn, type Field, isControl, isReadOnly } from './which.ts'

/** What became of it, for words to be made of. */
export type Outcome =
  | { kind: 'sealed' | 'empty' | 'changed' | 'busy' | 'sandboxed' | 'read-only' }
  | { kind: 'too-long'; needs: number; takes: number }
  | { kind: 'altered' | 'gone'; sealed: string }
  | { kind: 'failed'; code: Failure['code'] }

/** What became of a sealed text from elsewhere. */
export type Placed = Exclude<Put, 'interrupted'>

/** What is under way in a field: two at once would each take the other for the page's doing. */
const underWay = new WeakMap<Field, Promise<unknown>>()

/** The sealed text that a field held alone before its opened text was put back: what the field is sealed into next replaces it. */
const putBack = new WeakMap<Field, string>()

/** Seals in place what a command to seal means of a field (toSeal.ts); or tells what our own window is to open with instead. */
export function sealField(field: Field): Promise<Outcome | ForWindow> {
  return exclusively<ForWindow>(field, async () => {
    const part = await whatToSeal(field)
    if (part === null) return { kind: 'changed' }
    if (isForWindow(part)) return part
    if (part.text.trim() === '') return { kind: 'empty' }
    const replaces = part.with('')?.trim() === '' ? (putBack.get(field) ?? null) : null
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

/** Puts a sealed text from elsewhere into a field: in the place of `replaces` if that stands there, else after what does. */
export function placeSealed(field: Field, sealed: string, replaces: string | null): Promise<Placed> {
  return onceFree(field, (all) => place(all, sealed, replaces))
}

/** Puts an opened text in the place of its sealed text; where that is not in the field, nothing is done. */
export function placeOpened(field: Field, text: string, sealed: string): Promise<Placed | 'changed'> {
  return onceFree<Put | 'changed'>(field, async (all) => {
    const before = textOf(all)
    const stands = findSealed(before).find((one) => one.sealed === sealed)
    if (stands === undefined) return 'changed'
    const put = await place(all, text, sealed)
    const alone = before.trim().length === stands.end - stands.start
    if (put === 'placed' && alone) putBack.set(field, sealed)
    return put
  })
}

async function place(all: Part, text: string, replaces: string | null): Promise<Put> {
  const { field } = all
  const whole = () => withSealed(textOf(all), text, replaces, maxChars(field))
  if (inOnePiece(all)) return putText(all, whole())
  return await placeInPage(all, text, replaces).then(orAsText(field, whole))
}

/** Works on all of a field, after what is under way in it. */
async function onceFree<T>(
  field: Field,
  work: (all: Part) => Promise<T>,
): Promise<Exclude<T, 'interrupted'> | 'altered'> {
  while (underWay.has(field)) await underWay.get(field)?.catch(() => undefined)
  const done = await begin(field, async () => {
    const all = await takeAll(field)
    return all === null ? null : work(all)
  })
  return done === null || done === 'interrupted' ? 'altered' : (done as Exclude<T, 'interrupted'>)
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

/** Whether what is in the field is text alone, so that replacing all of it loses nothing. */
function inOnePiece({ field, text }: Part): boolean {
  return isControl(field) || isWindow(field, text)
}

const textOf = (part: Part) => (inOnePiece(part) ? part.text : readLines(part.field).text)

async function putRun(field: Field, { start, end }: Span, text: string): Promise<Put> {
  const part = takeRun(field, readLines(field), start, end)
  return part === null ? 'altered' : putText(part, text)
}

export function holdsSealed(field: Field): boolean {
  return mayHoldSealed(field) && findSealed(drawnIn(field) === null ? glance(field) : readField(field)).length > 0
}

/** The sealed texts that stand in a field, in order. */
export function allSealed(field: Field): string[] {
  return findSealed(readField(field)).map(({ sealed }) => sealed)
}

/** Whether all that a field holds is sealed. */
export function isAllSealed(field: Field): boolean {
  const text = readField(field)
  const found = findSealed(text)
  const rest = found.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  return found.length > 0 && rest.trim() === ''
}

async function exclusively<T>(field: Field, work: () => Promise<T | Outcome>): Promise<T | Outcome> {
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
