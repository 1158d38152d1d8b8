// The keys of circles, taken out of an open vault's body as bytes. FORMAT.md §6.3.

import type { CircleKey } from '../bytes.ts'
import { decodeBase64url } from '../crypto/base64url.ts'
import { Failure } from '../failure.ts'
import { type Circle, type EpochKey, personalId, type VaultBody } from './body.ts'

/** The keys of the circle Personal, 32 bytes each: the newest first, those that only open last. */
export function personalKeys(body: VaultBody): CircleKey[] {
  return body.circles.filter(({ id }) => id === personalId).flatMap(keysOf)
}

/** The keys of every circle, for opening: Personal first, then as they stand, then deleted ones; each as `personalKeys`. */
export function allKeys(body: VaultBody): CircleKey[] {
  const others = body.circles.filter(({ id }) => id !== personalId)
  const deleted = Object.values(body.retired ?? {}).map((keys) => ({ keys }))
  return [...personalKeys(body), ...[...others, ...deleted].flatMap(keysOf)]
}

/** The key that a person's own texts are sealed under. Failure `damaged` for a body without one. */
export function newestPersonal(body: VaultBody): CircleKey {
  const newest = body.circles.filter(({ id }) => id === personalId).map(newestKey)[0]
  if (!newest) throw new Failure('damaged')
  return decodeBase64url(newest.key) as CircleKey
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
  return compare(a.createdAt, b.createdAt) || compare(a.key, b.key)
}

function keysOf({ keys }: Pick<Circle, 'keys'>): CircleKey[] {
  const rank = ({ opens }: EpochKey) => (opens === undefined ? 0 : 1)
  const newestFirst = keys.toSorted((a, b) => rank(a) - rank(b) || byDate(b, a))
  return newestFirst.map(({ key }) => decodeBase64url(key) as CircleKey)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
