// The keys of circles, from an open vault's body, as bytes. FORMAT.md §6.3.

import { type CircleKey, decodeBase64url } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { compareText } from '../text.ts'
import { type Circle, type EpochKey, importedPersonalName, type KeyOrigin, personalId, type VaultBody } from './body.ts'

const maxNameLetters = 40

/** The keys of the circle Personal, 32 bytes each: the newest first, keys that only open last. */
export function personalKeys(body: VaultBody): CircleKey[] {
  return body.circles.filter(({ id }) => id === personalId).flatMap(keysOf)
}

/** The keys of every circle, 32 bytes each, in the order of `openingKeys`. */
export function allKeys(body: VaultBody): CircleKey[] {
  return openingKeys(body).map(({ key }) => key)
}

/** Whose key a text was sealed under. */
export interface SealedUnder {
  /**
   * `personal`: a key of Personal; `circle`: of another circle of this vault; `removed-circle`: of a circle that was deleted
   * here; otherwise the origin of a key that only opens.
   */
  readonly owner: 'personal' | 'circle' | 'removed-circle' | KeyOrigin
  /** The name of a circle other than Personal, safe to show: a stranger may have written it. */
  readonly circle: string | null
  /** The key had been replaced before the date of the text, which is by the sealer's clock. */
  readonly earlier: boolean
}

/** A circle key of 32 bytes that opens texts. */
export interface OpeningKey extends Omit<SealedUnder, 'earlier'> {
  readonly key: CircleKey
  /** When a newer key replaced it, in milliseconds since 1970; null for the newest. */
  readonly replacedAt: number | null
}

/**
 * The keys of every circle: Personal first, then the other circles in their order, then deleted ones. Within each circle the
 * newest come first, and keys that only open last.
 */
export function openingKeys(body: VaultBody): OpeningKey[] {
  const personal = body.circles.filter(({ id }) => id === personalId)
  const others = body.circles.filter(({ id }) => id !== personalId)
  const removed = Object.values(body.retired ?? {})
  return [
    ...personal.flatMap(({ keys }) => openingKeysOf(keys, 'personal', null)),
    ...others.flatMap(({ keys, name }) => openingKeysOf(keys, 'circle', displayName(name))),
    ...removed.flatMap((keys) => openingKeysOf(keys, 'removed-circle', null)),
  ]
}

/** Whose key a text was sealed under at `sealedAt`, in milliseconds since 1970. */
export function sealedUnder({ owner, circle, replacedAt }: Omit<OpeningKey, 'key'>, sealedAt: number): SealedUnder {
  return { owner, circle, earlier: replacedAt !== null && sealedAt > replacedAt }
}

/** The key, 32 bytes, that seals the person's own texts. Failure `damaged` for a body without one. */
export function newestPersonal(body: VaultBody): CircleKey {
  const newest = body.circles.filter(({ id }) => id === personalId).map(newestKey)[0]
  if (!newest) throw new Failure('damaged')
  return bytesOf(newest)
}

/** The key that seals texts for a circle: the newest without `opens`. Undefined if all only open. */
export function newestKey({ keys }: Pick<Circle, 'keys'>): EpochKey | undefined {
  return keys
    .filter(({ opens }) => opens === undefined)
    .sort(byDate)
    .at(-1)
}

/** Orders keys by date; their epochs follow from this order. FORMAT.md §6.6. */
export function byDate(a: EpochKey, b: EpochKey): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.key, b.key)
}

function keysOf({ keys }: Pick<Circle, 'keys'>): CircleKey[] {
  return sortForOpening(keys).map(bytesOf)
}

function sortForOpening(keys: readonly EpochKey[]): EpochKey[] {
  const rank = ({ opens }: EpochKey) => (opens === undefined ? 0 : 1)
  return keys.toSorted((a, b) => rank(a) - rank(b) || byDate(b, a))
}

function bytesOf({ key }: EpochKey): CircleKey {
  return decodeBase64url(key) as CircleKey
}

function openingKeysOf(keys: readonly EpochKey[], own: SealedUnder['owner'], circle: string | null): OpeningKey[] {
  const ordered = sortForOpening(keys)
  return ordered.map((key, index) => {
    const next = ordered[index - 1]
    const replaced = next !== undefined && next.opens === key.opens && next.from === key.from
    const owner = key.opens === undefined ? own : (key.from ?? 'removed-circle')
    return { key: bytesOf(key), owner, circle, replacedAt: replaced ? Date.parse(next.createdAt) : null }
  })
}

/** A name on one line, at most 40 characters, without control and format characters. Null if nothing visible is left. */
function displayName(name: string): string | null {
  if (name === importedPersonalName) return null
  const visible = name.toWellFormed().replaceAll(/(?![\u200c\u200d])\p{C}/gu, '')
  const letters = Array.from(visible.replaceAll(/\s+/gu, ' ').trim())
  if (!letters.some((letter) => /[^\s\u200c\u200d]/u.test(letter))) return null
  return letters.length > maxNameLetters ? `${letters.slice(0, maxNameLetters - 1).join('')}…` : letters.join('')
}
