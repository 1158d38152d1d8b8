// Sealing a text under a circle's key, and opening it again. A text gets a key of its own, from a salt of its own.
// Must never know what time it is, who asks, or where a text is shown. FORMAT.md §3.

import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, type CircleKey, concat, equalBytes, randomBytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { openOnce, sealOnce } from './aead.ts'
import { encodeBlocks, findSealed, holdsMarker, marker, maxPlainBytes, parseSealed } from './armor.ts'
import { derive } from './kdf.ts'
import { pad, unpad } from './padding.ts'
import { readUtf8 } from './utf8.ts'

const headBytes = 9
const maxMinutes = 2 ** 32 - 1
const noSite = new Uint8Array(4)

export interface Opened {
  readonly text: string
  /** When it was sealed, in whole minutes since 1970, as the sealer's clock had it. */
  readonly minutes: number
  /** 4 bytes; zeros when it was sealed outside a page. */
  readonly siteTag: Bytes
}

/**
 * A sealed text in canonical form. Lone surrogates, which have no UTF-8 form, become U+FFFD; nothing else is changed.
 * Failure `too-long` beyond maxPlainBytes of UTF-8. RangeError for minutes that are not an unsigned 32-bit number.
 */
export async function sealText(
  key: CircleKey,
  what: { readonly text: string; readonly minutes: number; readonly origin: string | null },
): Promise<string> {
  const { minutes } = what
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > maxMinutes)
    throw new RangeError(`expected minutes from 0 to ${maxMinutes}, got ${minutes}`)
  const text = utf8(what.text)
  if (text.length > maxPlainBytes) throw new Failure('too-long')
  const padded = pad(concat(Uint8Array.of(0), bigEndian(minutes, 4), siteTag(what.origin), text))
  const len = bigEndian(padded.length + 16, 3)
  for (;;) {
    const salt = randomBytes(16)
    const { contentKey, keyTag } = textKeys(key, salt)
    const frame = concat(len, salt, keyTag)
    const letters = encodeBlocks(concat(frame, await sealOnce(contentKey, padded, concat(utf8(marker), frame))))
    if (!holdsMarker(letters)) return marker + letters
  }
}

/**
 * Opens the first sealed text in `sealed`, canonical or decorated, with whichever key it was sealed under.
 * Failure `not-for-us`: under none of these keys; `damaged`; `newer-version`.
 */
export async function openText(keys: readonly CircleKey[], sealed: string): Promise<Opened> {
  const parsed = parseSealed(canonical(sealed))
  let contentKey: Bytes | null = null
  for (const key of keys) {
    const its = textKeys(key, parsed.salt)
    if (equalBytes(its.keyTag, parsed.keyTag)) contentKey = its.contentKey
  }
  if (!contentKey) throw new Failure('not-for-us')
  const padded = await openOnce(contentKey, parsed.ciphertext, parsed.head)
  if (!padded) throw new Failure('damaged')
  if (padded[0] !== 0) throw new Failure('newer-version')
  const plain = unpad(padded, headBytes)
  return {
    text: readUtf8(plain.subarray(headBytes)),
    minutes: new DataView(plain.buffer).getUint32(1),
    siteTag: plain.slice(5, headBytes),
  }
}

/** 4 bytes of SHA-256 of an origin such as `https://example.com`; zeros for null. FORMAT.md §3.3. */
export function siteTag(origin: string | null): Bytes {
  return origin === null ? noSite.slice() : new Uint8Array(sha256(utf8(origin))).slice(0, 4)
}

/** Where a text was sealed, seen from an origin; `nowhere` is outside any page. */
export function siteOf(tag: Uint8Array, origin: string): 'here' | 'elsewhere' | 'nowhere' {
  if (equalBytes(tag, noSite)) return 'nowhere'
  return equalBytes(tag, siteTag(origin)) ? 'here' : 'elsewhere'
}

function canonical(sealed: string): string {
  const [first] = findSealed(sealed)
  if (!first) return sealed.trim()
  if (first.fault) throw new Failure(first.fault)
  return first.sealed
}

function textKeys(key: CircleKey, salt: Bytes): { contentKey: Bytes; keyTag: Bytes } {
  const both = derive(key, salt, 'fieldseal/v1/text', 48)
  return { contentKey: both.slice(0, 32), keyTag: both.slice(32) }
}

function bigEndian(value: number, bytes: number): Bytes {
  return Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256)
}
