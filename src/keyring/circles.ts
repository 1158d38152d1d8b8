// The keys of circles, taken out of an open vault's body as bytes. FORMAT.md §6.3.

import type { CircleKey } from '../bytes.ts'
import { decodeBase64url } from '../crypto/base64url.ts'
import { Failure } from '../failure.ts'
import { type Circle, personalId, type VaultBody } from './body.ts'

/** The keys of the circle Personal, 32 bytes each, newest epoch first. */
export function personalKeys(body: VaultBody): CircleKey[] {
  return body.circles.filter(({ id }) => id === personalId).flatMap(keysOf)
}

/** The keys of every circle, for opening: Personal first, then as they stand, then deleted ones; each newest epoch first. */
export function allKeys(body: VaultBody): CircleKey[] {
  const others = body.circles.filter(({ id }) => id !== personalId)
  const deleted = Object.values(body.retired ?? {}).map((keys) => ({ keys }))
  return [...personalKeys(body), ...[...others, ...deleted].flatMap(keysOf)]
}

/** The key that a person's own texts are sealed under. Failure `damaged` for a body without one. */
export function newestPersonal(body: VaultBody): CircleKey {
  const [newest] = personalKeys(body)
  if (!newest) throw new Failure('damaged')
  return newest
}

function keysOf({ keys }: Pick<Circle, 'keys'>): CircleKey[] {
  const newestFirst = keys.toSorted((a, b) => b.epoch - a.epoch)
  return newestFirst.map(({ key }) => decodeBase64url(key) as CircleKey)
}
