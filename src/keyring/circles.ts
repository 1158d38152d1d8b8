// The keys of circles, taken out of an open vault's body as bytes. FORMAT.md §6.3.

import { type CircleKey, decodeBase64url } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { compareText } from '../text.ts'
import { type Circle, type EpochKey, importedPersonalName, type KeyOrigin, personalId, type VaultBody } from './body.ts'

const maxShownLetters = 40

/** The keys of the circle Personal, 32 bytes each: the newest first, those that only open last. */
export function personalKeys(body: VaultBody): CircleKey[] {
  return body.circles.filter(({ id }) => id === personalId).flatMap(keysOf)
}

/** The keys of every circle, for opening, in the order of `openingKeys`. */
export function allKeys(body: VaultBody): CircleKey[] {
  return openingKeys(body).map(({ key }) => key)
}

/** Whose key it is that a text was sealed under. */
export interface SealedUnder {
  /**
   * `personal`: one's own, the newest or one before it; `circle`: of another circle of this vault; `removed-circle`: of one
   * that was deleted here; otherwise a key that only opens, by where it is from.
   */
  readonly owner: 'personal' | 'circle' | 'removed-circle' | KeyOrigin
  /** The name of a circle that is not Personal, fit to be shown. Whoever made another vault wrote the names in it. */
  readonly circle: string | null
  /** The key had been replaced before the date of the text. That date is by the clock of whoever sealed it. */
  readonly earlier: boolean
}

/** A key that texts are opened with. */
export interface OpeningKey extends Omit<SealedUnder, 'earlier'> {
  readonly key: CircleKey
  /** When the key came after which it was no longer sealed under, milliseconds since 1970; null for the newest. */
  readonly replacedAt: number | null
}

/**
 * The keys of every circle: Personal first, then the other circles as they stand, then deleted ones; of each the newest
 * first, and those that only open last.
 */
export function openingKeys(body: VaultBody): OpeningKey[] {
  const personal = body.circles.filter(({ id }) => id === personalId)
  const others = body.circles.filter(({ id }) => id !== personalId)
  const removed = Object.values(body.retired ?? {})
  return [
    ...personal.flatMap(({ keys }) => openingKeysOf(keys, 'personal', null)),
    ...others.flatMap(({ keys, name }) => openingKeysOf(keys, 'circle', shownName(name))),
    ...removed.flatMap((keys) => openingKeysOf(keys, 'removed-circle', null)),
  ]
}

/** Whose key a text of this date, in milliseconds since 1970, was sealed under. */
export function sealedUnder({ owner, circle, replacedAt }: Omit<OpeningKey, 'key'>, sealedAt: number): SealedUnder {
  return { owner, circle, earlier: replacedAt !== null && sealedAt > replacedAt }
}

/** The key that a person's own texts are sealed under. Failure `damaged` for a body without one. */
export function newestPersonal(body: VaultBody): CircleKey {
  const newest = body.circles.filter(({ id }) => id === personalId).map(newestKey)[0]
  if (!newest) throw new Failure('damaged')
  return bytesOf(newest)
}

/** The key that texts for a circle are sealed under: of those that seal the one made last. Undefined where all only open. */
export function newestKey({ keys }: Pick<Circle, 'keys'>): EpochKey | undefined {
  return keys
    .filter(({ opens }) => opens === undefined)
    .sort(byDate)
    .at(-1)
}

/** The order in which keys were made. Their numbers follow from it, and count for nothing by themselves. */
export function byDate(a: EpochKey, b: EpochKey): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.key, b.key)
}

function keysOf({ keys }: Pick<Circle, 'keys'>): CircleKey[] {
  return inOpeningOrder(keys).map(bytesOf)
}

function inOpeningOrder(keys: readonly EpochKey[]): EpochKey[] {
  const rank = ({ opens }: EpochKey) => (opens === undefined ? 0 : 1)
  return keys.toSorted((a, b) => rank(a) - rank(b) || byDate(b, a))
}

function bytesOf({ key }: EpochKey): CircleKey {
  return decodeBase64url(key) as CircleKey
}

function openingKeysOf(keys: readonly EpochKey[], own: SealedUnder['owner'], circle: string | null): OpeningKey[] {
  const ordered = inOpeningOrder(keys)
  return ordered.map((one, index) => {
    const next = ordered[index - 1]
    const replaced = next !== undefined && next.opens === one.opens && next.from === one.from
    const owner = one.opens === undefined ? own : (one.from ?? 'removed-circle')
    return { key: bytesOf(one), owner, circle, replacedAt: replaced ? Date.parse(next.createdAt) : null }
  })
}

/** A name on one line, without characters that hide or turn others, of 40 at most. Null for one of nothing that is seen. */
function shownName(name: string): string | null {
  if (name === importedPersonalName) return null
  const visible = name.toWellFormed().replaceAll(/(?![\u200c\u200d])\p{C}/gu, '')
  const letters = Array.from(visible.replaceAll(/\s+/gu, ' ').trim())
  if (!letters.some((letter) => /[^\s\u200c\u200d]/u.test(letter))) return null
  return letters.length > maxShownLetters ? `${letters.slice(0, maxShownLetters - 1).join('')}…` : letters.join('')
}
