// Seals the text of a field, and puts texts from our windows into it. Whatever the page does meanwhile, the person's text is never lost: it is
// in the field, or sealed and offered. Nothing here opens a text.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { type Field, isReadOnly } from '../script/fieldOf.ts'
import { isSandboxed } from '../script/sandbox.ts'
import type { PlaceResult } from '../script/scriptApis.ts'
import { selectAllAsText } from './kinds/editable.ts'
import { maxChars, mayHoldSealed, readField } from './kinds/field.ts'
import type { EditTarget } from './kinds/kind.ts'
import { kindOf, kindToEdit } from './kinds/kindOf.ts'
import { type ReplaceResult, replaceText } from './kinds/replace.ts'
import { withSealed } from './splice.ts'
import { type NeedsWindow, needsWindow, targetToSeal } from './toSeal.ts'

/** Lengths in UTF-16 units. `altered` and `gone` carry the sealed text, to offer it to the person. */
export type SealOutcome =
  | { kind: 'sealed' | 'empty' | 'changed' | 'busy' | 'sandboxed' | 'read-only' }
  | { kind: 'too-long'; needs: number; takes: number }
  | { kind: 'altered' | 'gone'; sealed: string }
  | { kind: 'failed'; code: Failure['code'] }

/** Current work on each field. Two at once would each mistake the other's changes for the page's. */
const underWay = new WeakMap<Field, Promise<unknown>>()

/** The sealed text that was a field's only content before its opened text was put back. The field's next sealed text replaces it. */
const putBack = new WeakMap<Field, string>()

/** Seals the part of a field that a command applies to (toSeal.ts), or returns what our own window should open with instead. */
export function sealField(field: Field): Promise<SealOutcome | NeedsWindow> {
  return exclusively<NeedsWindow>(field, async () => {
    const target = await targetToSeal(field)
    if (target === null) return { kind: 'changed' }
    if (needsWindow(target)) return target
    if (target.text.trim() === '') return { kind: 'empty' }
    const replaces = target.with('')?.trim() === '' ? (putBack.get(field) ?? null) : null
    const { sealed } = await call('seal', { text: target.text, replaces })
    // The sealed text would lack what the person typed meanwhile, so the field stays as it is.
    if (!target.holds(target.text)) return { kind: 'changed' }
    const result = await replaceText(target, sealed)
    const takes = maxChars(field)
    if (result === 'placed') {
      putBack.delete(field)
      return { kind: 'sealed' }
    }
    if (result === 'interrupted') return { kind: 'changed' }
    if (result === 'too-long' && takes !== null) return { kind: 'too-long', needs: sealed.length, takes }
    return { kind: result === 'gone' ? 'gone' : 'altered', sealed }
  })
}

/** Puts a sealed text into a field: in the place of `replaces`, or at the end if `replaces` is null or absent. */
export function placeSealed(field: Field, sealed: string, replaces: string | null): Promise<PlaceResult> {
  return onceFree(field, (all) => place(all, sealed, replaces))
}

/** Replaces a sealed text with its opened text. `changed`: the sealed text is not in the field, which stays as it is. */
export function placeOpened(field: Field, text: string, sealed: string): Promise<PlaceResult | 'changed'> {
  return onceFree<ReplaceResult | 'changed'>(field, async (all) => {
    const found = findSealed(all.text).find((item) => item.sealed === sealed)
    if (found === undefined) return 'changed'
    const result = await place(all, text, sealed)
    const isAlone = all.text.trim().length === found.end - found.start
    if (result === 'placed' && isAlone) putBack.set(field, sealed)
    return result
  })
}

async function place(all: EditTarget, text: string, replaces: string | null): Promise<ReplaceResult> {
  const { kind, field } = all
  const whole = withSealed(all.text, text, replaces, maxChars(field))
  if (kind.isPlain) return replaceText(all, whole)
  const result = await placeInPage(all, text, replaces)
  // If the text alone could not be placed, replace the whole content, if it is only text. Some editors follow no selection while our
  // own window is in front, and some become windowed only when their text grows (CodeMirror).
  const asText = result === 'altered' ? await selectAllAsText(field) : null
  return asText === null ? result : replaceText(asText, whole)
}

/** Places a text without touching the rest of the field. */
async function placeInPage(all: EditTarget, sealed: string, replaces: string | null): Promise<ReplaceResult> {
  const { kind, field, text } = all
  const old = replaces === null ? undefined : findSealed(text).find((item) => item.sealed === replaces)
  if (old === undefined && text.trim() === '') return replaceText(all, sealed)
  const target = await kind.select(field, old ?? 'end')
  if (target === null) return 'altered'
  return replaceText(target, old === undefined ? `\n${sealed}` : sealed)
}

/** Runs `work` on all of a field, after the current work on it. */
async function onceFree<T>(
  field: Field,
  work: (all: EditTarget) => Promise<T>,
): Promise<Exclude<T, 'interrupted'> | 'altered'> {
  while (underWay.has(field)) await underWay.get(field)?.catch(() => undefined)
  const result = await begin(field, async () => {
    const all = await kindToEdit(field).select(field, 'all')
    return all === null ? null : work(all)
  })
  return result === null || result === 'interrupted' ? 'altered' : (result as Exclude<T, 'interrupted'>)
}

export function holdsSealed(field: Field): boolean {
  return mayHoldSealed(field) && kindOf(field).holdsSealed(field)
}

/** The sealed texts in a field, in order. */
export function allSealed(field: Field): string[] {
  return findSealed(readField(field)).map(({ sealed }) => sealed)
}

/** Whether a field holds only sealed texts and white space. */
export function isAllSealed(field: Field): boolean {
  const text = readField(field)
  const found = findSealed(text)
  const rest = found.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  return found.length > 0 && rest.trim() === ''
}

async function exclusively<T>(field: Field, work: () => Promise<T | SealOutcome>): Promise<T | SealOutcome> {
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
  const result = work()
  underWay.set(field, result)
  try {
    return await result
  } finally {
    underWay.delete(field)
  }
}
