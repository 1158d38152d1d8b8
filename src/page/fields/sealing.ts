// Sealing what stands in a field, and putting an opened text back. Whatever the page does meanwhile, the person's text
// is in the field or has been sealed and is offered; it is never in neither.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import { isSandboxed } from '../texts/frame.ts'
import { type Field, maxChars, type Put, putText, readField } from './field.ts'
import { withSealed } from './splice.ts'

/** What became of it, for words to be made of. */
export type Outcome =
  | { kind: 'sealed' | 'opened' | 'empty' | 'changed' | 'busy' | 'sandboxed' | 'swapped' }
  | { kind: 'too-long'; needs: number; takes: number }
  | { kind: 'altered' | 'gone'; sealed: string }
  | { kind: 'unreadable'; sealed: string }
  | { kind: 'failed'; code: Failure['code'] }

/** What is under way in a field: two at once would each take the other for the page's doing. */
const underWay = new WeakMap<Field, Promise<unknown>>()

/** Seals the whole text of a field in place. */
export function sealField(field: Field): Promise<Outcome> {
  return exclusively(field, async () => {
    const text = readField(field)
    if (text.trim() === '') return { kind: 'empty' }
    const { sealed } = await call('seal', { text })
    // What was typed while it was being sealed is in the field and not in the sealed text: then nothing is done.
    if (readField(field) !== text) return { kind: 'changed' }
    return outcomeOf(await putText(field, sealed), field, sealed)
  })
}

/** Puts the opened texts in the place of the sealed ones. Only at a command that the browser vouches for. */
export function unsealField(field: Field): Promise<Outcome> {
  return exclusively(field, async () => {
    const before = readField(field)
    const found = findSealed(before).filter(({ fault }) => fault === null)
    if (found.length === 0) return { kind: 'failed', code: 'damaged' }
    const { texts } = await call('unseal', { sealed: found.map(({ sealed }) => sealed) })
    if (readField(field) !== before) return { kind: 'changed' }
    let opened = ''
    let at = 0
    found.forEach(({ start, end }, i) => {
      opened += before.slice(at, start) + (texts[i] ?? before.slice(start, end))
      at = end
    })
    const put = await putText(field, opened + before.slice(at))
    return put === 'placed' ? { kind: 'opened' } : { kind: 'unreadable', sealed: found[0]?.sealed ?? before }
  })
}

/** Puts a sealed text from elsewhere into a field: in the place of `replaces` if that stands there, else after what does. */
export async function placeSealed(field: Field, sealed: string, replaces: string | null): Promise<Put> {
  while (underWay.has(field)) await underWay.get(field)?.catch(() => undefined)
  return begin(field, () => putText(field, withSealed(readField(field), sealed, replaces, maxChars(field))))
}

export function holdsSealed(field: Field): boolean {
  const text = readField(field)
  return text.includes('sealed') && findSealed(text).length > 0
}

/** The one sealed text that is all a field holds, or the first in it; null when there is none. */
export function firstSealed(field: Field): string | null {
  return findSealed(readField(field))[0]?.sealed ?? null
}

function outcomeOf(put: Put, field: Field, sealed: string): Outcome {
  if (put === 'placed') return { kind: 'sealed' }
  const takes = maxChars(field)
  if (put === 'too-long' && takes !== null) return { kind: 'too-long', needs: sealed.length, takes }
  return { kind: put === 'gone' ? 'gone' : 'altered', sealed }
}

async function exclusively(field: Field, work: () => Promise<Outcome>): Promise<Outcome> {
  if (isSandboxed()) return { kind: 'sandboxed' }
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
