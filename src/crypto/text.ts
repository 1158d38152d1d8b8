// Sealing texts under a circle's key, and opening them again. A text gets a key of its own, from a salt of its own. What is done
// to one text is what is done to many: all of them go through each step together, and none waits for another.
// Must never know what time it is, who asks, or where a text is shown. FORMAT.md §3.

import { type Bytes, type CircleKey, equalBytes, randomEach, utf8 } from '../bytes.ts'
import { attempt, Failure, fine, only } from '../failure.ts'
import { contentKey, openEach, type PlatformKey, sealEach } from './aead.ts'
import { frameOf, holdsMarker, marker, maxPlainBytes } from './armor.ts'
import { encodeBlocks } from './base62.ts'
import { pad, paddingAt } from './padding.ts'
import { baseKey, derivedOf, type Keyed, keysIn, type OpenRequest, siteTag, TextKeys, wipe } from './textKeys.ts'
import { readUtf8 } from './utf8.ts'

// A byte of flags, four of minutes, four of the site's tag.
const headBytes = 9
const minutesEnd = 5
const maxMinutes = 2 ** 32 - 1
const noSite = new Uint8Array(4)

export interface Plain {
  readonly text: string
  /** Whole minutes since 1970. */
  readonly minutes: number
  /** Of the page that it is sealed on, e.g. `https://example.com`; null outside a page. */
  readonly origin: string | null
}

export interface Opened {
  readonly text: string
  /** When it was sealed, in whole minutes since 1970, as the sealer's clock had it. */
  readonly minutes: number
  readonly site: SealedSite
  /** Of the circle key that it was sealed under, among those it was opened with. */
  readonly keyIndex: number
}

/** Where a text was sealed, seen from the origin that it was opened for; `nowhere` is outside any page. */
export type SealedSite = 'here' | 'elsewhere' | 'nowhere'

/**
 * A sealed text in canonical form. Lone surrogates, which have no UTF-8 form, become U+FFFD; nothing else is changed.
 * Failure `too-long` beyond maxPlainBytes of UTF-8. RangeError for minutes that are not an unsigned 32-bit number.
 */
export async function sealText(key: CircleKey, what: Plain): Promise<string> {
  return only(await sealTexts(key, [what]))
}

/** `sealText` for many: in their order, for each the sealed text, or its failure. */
export async function sealTexts(key: CircleKey, all: readonly Plain[]): Promise<(string | Failure)[]> {
  const base = baseKey(key)
  const padded = all.map((what) => attempt(() => ({ bytes: paddedOf(what), origin: what.origin })))
  const sealed = await sealedUnder(
    await base,
    padded.filter((one) => fine(one)),
  )
  let next = 0
  return padded.map((one) => (one instanceof Failure ? one : nthOf(sealed, next++)))
}

/**
 * Opens the first sealed text in `sealed`, canonical or decorated, with whichever key it was sealed under, in a page with this
 * origin or outside one. Failure `not-for-us`: under none of these keys; `damaged`; `newer-version`.
 */
export async function openText(
  keys: readonly CircleKey[],
  sealed: string,
  origin: string | null = null,
): Promise<Opened> {
  return only(await openTexts(new TextKeys(keys), [{ sealed, origin }]))
}

/** `openText` for many: in their order, for each what was sealed, or its failure. */
export async function openTexts(keys: TextKeys, requests: readonly OpenRequest[]): Promise<(Opened | Failure)[]> {
  const found = await keys.find(requests)
  const keyed = found.filter((one) => fine(one))
  const padded = await openEach(keyed.map(({ key, text }) => ({ key, bytes: text.ciphertext, aad: text.head })))
  let next = 0
  return found.map((one) => (one instanceof Failure ? one : openedOf(nthOf(padded, next++), one)))
}

/** Without the site tag, whose key comes of the salt. */
function paddedOf({ text, minutes }: Plain): Bytes {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > maxMinutes)
    throw new RangeError(`expected minutes from 0 to ${maxMinutes}, got ${minutes}`)
  const bytes = utf8(text)
  if (bytes.length > maxPlainBytes) throw new Failure('too-long')
  const padded = pad(headBytes, bytes)
  for (let at = minutesEnd - 1, left = minutes; at > 0; at--, left >>>= 8) padded[at] = left
  return padded
}

interface Padded {
  readonly bytes: Bytes
  readonly origin: string | null
}

async function sealedUnder(base: PlatformKey, padded: readonly Padded[]): Promise<string[]> {
  const salts = randomEach(padded.length, 16)
  const derived = await Promise.all(salts.map((salt) => derivedOf(base, salt)))
  const own = derived.map(keysIn)
  const importing = own.map((one) => contentKey(one.contentKey, 'encrypt'))
  // While the platform imports on other threads.
  const frames = padded.map(({ bytes, origin }, nth) => {
    const { keyTag, siteKey } = nthOf(own, nth)
    bytes.set(origin === null ? noSite : siteTag(siteKey, origin), minutesEnd)
    return frameOf(bytes.length + 16, nthOf(salts, nth), keyTag)
  })
  wipe(derived)
  const keys = await Promise.all(importing)
  const sealed = await sealEach(
    frames.map(({ head }, nth) => ({ key: nthOf(keys, nth), bytes: nthOf(padded, nth).bytes, aad: head })),
  )
  const letters = frames.map(({ bytes, head }, nth) => {
    bytes.set(nthOf(sealed, nth), head.length)
    return encodeBlocks(bytes, marker.length)
  })
  // About one in 10¹⁰ texts needs another salt.
  const held = padded.filter((_, nth) => holdsMarker(nthOf(letters, nth)))
  const again = held.length === 0 ? [] : await sealedUnder(base, held)
  let next = 0
  return letters.map((each) => (holdsMarker(each) ? nthOf(again, next++) : marker + each))
}

function openedOf(padded: Bytes | null, { siteTag, keyIndex }: Keyed): Opened | Failure {
  if (padded === null) return new Failure('damaged')
  if (padded[0] !== 0) return new Failure('newer-version')
  return attempt(() => {
    const text = readUtf8(padded.subarray(headBytes, paddingAt(padded, headBytes)))
    let minutes = 0
    for (let at = 1; at < minutesEnd; at++) minutes = minutes * 256 + (padded[at] ?? 0)
    return { text, minutes, site: siteOf(padded.subarray(minutesEnd, headBytes), siteTag), keyIndex }
  })
}

function siteOf(tag: Bytes, tagHere: Bytes | null): SealedSite {
  if (equalBytes(tag, noSite)) return 'nowhere'
  return tagHere !== null && equalBytes(tag, tagHere) ? 'here' : 'elsewhere'
}

function nthOf<T>(all: readonly T[], nth: number): T {
  const one = all[nth]
  if (one === undefined) throw new RangeError(`expected more than ${nth}, got ${all.length}`)
  return one
}
