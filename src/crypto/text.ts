// Seals texts under a circle key, and opens them. Each text has a key of its own, from a salt of its own. One text is handled
// like many: all of them go through each step together, and none waits for another.
// Must never know what time it is, who asks, or where a text is shown. FORMAT.md §3.

import { type Bytes, type CircleKey, equalBytes, randomEach, utf8 } from '../bytes.ts'
import { captureFailureSync, Failure, isOk, type Result, requireSingle } from '../failure.ts'
import { contentKey, openEach, type PlatformKey, sealEach } from './aead.ts'
import { holdsMarker, marker, maxPlainBytes, newFrame } from './armor.ts'
import { encodeBlocks } from './base62.ts'
import { findPadding, pad } from './padding.ts'
import {
  deriveTextKeys,
  importCircleKey,
  type KeyedText,
  type OpenRequest,
  siteTag,
  splitTextKeys,
  TextKeys,
  wipe,
} from './textKeys.ts'
import { readUtf8 } from './utf8.ts'

// flags:1 ‖ minutes:4 ‖ siteTag:4. FORMAT.md §3.2.
const headBytes = 9
const minutesEnd = 5
const maxMinutes = 2 ** 32 - 1
const noSite = new Uint8Array(4)

/** A text to seal. */
export interface Plain {
  readonly text: string
  /** Whole minutes since 1970. */
  readonly minutes: number
  /** The origin of the page that it is sealed on, such as `https://example.com`; null outside a page. */
  readonly origin: string | null
}

/** An opened text. */
export interface Opened {
  readonly text: string
  /** When it was sealed, in whole minutes since 1970, by the sealer's clock. */
  readonly minutes: number
  readonly site: SealedSite
  /** The index of the circle key that it was sealed under, among those given. */
  readonly keyIndex: number
}

/** Where a text was sealed, relative to the origin that it is opened for; `nowhere`: outside any page. */
export type SealedSite = 'here' | 'elsewhere' | 'nowhere'

/**
 * Seals a text, in canonical form. Lone surrogates, which have no UTF-8 form, become U+FFFD; nothing else changes.
 * Failure `too-long` above maxPlainBytes of UTF-8. RangeError for minutes that are not an unsigned 32-bit number.
 * FORMAT.md §3.
 */
export async function sealText(key: CircleKey, what: Plain): Promise<string> {
  return requireSingle(await sealTexts(key, [what]))
}

/** `sealText` for many: the sealed text or the failure of each, in order. */
export async function sealTexts(key: CircleKey, all: readonly Plain[]): Promise<Result<string>[]> {
  const base = importCircleKey(key)
  const padded = all.map((what) => captureFailureSync(() => ({ bytes: padText(what), origin: what.origin })))
  const sealed = await sealUnder(
    await base,
    padded.filter((item) => isOk(item)),
  )
  let next = 0
  return padded.map((item) => (item instanceof Failure ? item : itemAt(sealed, next++)))
}

/**
 * Opens the first sealed text in `sealed`, canonical or decorated, with the key it was sealed under, in a page with this
 * origin or outside one (null). Failure `not-for-us`: under none of these keys; `damaged`; `newer-version`. FORMAT.md §3.5.
 */
export async function openText(
  keys: readonly CircleKey[],
  sealed: string,
  origin: string | null = null,
): Promise<Opened> {
  return requireSingle(await openTexts(new TextKeys(keys), [{ sealed, origin }]))
}

/** `openText` for many: the opened text or the failure of each, in order. */
export async function openTexts(keys: TextKeys, requests: readonly OpenRequest[]): Promise<Result<Opened>[]> {
  const found = await keys.find(requests)
  const keyed = found.filter((item) => isOk(item))
  const padded = await openEach(keyed.map(({ key, text }) => ({ key, bytes: text.ciphertext, aad: text.head })))
  let next = 0
  return found.map((item) => (item instanceof Failure ? item : readPadded(itemAt(padded, next++), item)))
}

/** The padded text, without the site tag, whose key depends on the salt. */
function padText({ text, minutes }: Plain): Bytes {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > maxMinutes)
    throw new RangeError(`expected minutes from 0 to ${maxMinutes}, got ${minutes}`)
  const bytes = utf8(text)
  if (bytes.length > maxPlainBytes) throw new Failure('too-long')
  const padded = pad(headBytes, bytes)
  for (let offset = minutesEnd - 1, left = minutes; offset > 0; offset--, left >>>= 8) padded[offset] = left
  return padded
}

interface Padded {
  readonly bytes: Bytes
  readonly origin: string | null
}

async function sealUnder(base: PlatformKey, padded: readonly Padded[]): Promise<string[]> {
  const salts = randomEach(padded.length, 16)
  const derived = await Promise.all(salts.map((salt) => deriveTextKeys(base, salt)))
  const own = derived.map(splitTextKeys)
  const importing = own.map((item) => contentKey(item.contentKey, 'encrypt'))
  // Meanwhile the platform imports the keys on other threads.
  const frames = padded.map(({ bytes, origin }, index) => {
    const { keyTag, siteKey } = itemAt(own, index)
    bytes.set(origin === null ? noSite : siteTag(siteKey, origin), minutesEnd)
    return newFrame(bytes.length + 16, itemAt(salts, index), keyTag)
  })
  wipe(derived)
  const keys = await Promise.all(importing)
  const sealed = await sealEach(
    frames.map(({ head }, index) => ({ key: itemAt(keys, index), bytes: itemAt(padded, index).bytes, aad: head })),
  )
  const letters = frames.map(({ bytes, head }, index) => {
    bytes.set(itemAt(sealed, index), head.length)
    return encodeBlocks(bytes, marker.length)
  })
  // A marker inside needs another salt: about one text in 10¹⁰. FORMAT.md §3.4.
  const rejected = padded.filter((_, index) => holdsMarker(itemAt(letters, index)))
  const resealed = rejected.length === 0 ? [] : await sealUnder(base, rejected)
  let next = 0
  return letters.map((item) => (holdsMarker(item) ? itemAt(resealed, next++) : marker + item))
}

function readPadded(padded: Bytes | null, { siteTag, keyIndex }: KeyedText): Result<Opened> {
  if (padded === null) return new Failure('damaged')
  if (padded[0] !== 0) return new Failure('newer-version')
  return captureFailureSync(() => {
    const text = readUtf8(padded.subarray(headBytes, findPadding(padded, headBytes)))
    let minutes = 0
    for (let offset = 1; offset < minutesEnd; offset++) minutes = minutes * 256 + (padded[offset] ?? 0)
    return { text, minutes, site: siteOf(padded.subarray(minutesEnd, headBytes), siteTag), keyIndex }
  })
}

function siteOf(tag: Bytes, tagHere: Bytes | null): SealedSite {
  if (equalBytes(tag, noSite)) return 'nowhere'
  return tagHere !== null && equalBytes(tag, tagHere) ? 'here' : 'elsewhere'
}

function itemAt<T>(all: readonly T[], index: number): T {
  const item = all[index]
  if (item === undefined) throw new RangeError(`expected more than ${index}, got ${all.length}`)
  return item
}
