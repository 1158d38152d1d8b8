// Sealing texts under a circle's key, and opening them again. A text gets a key of its own, from a salt of its own. What is done
// to one text is what is done to many: all of them go through each step together, and none waits for another.
// Must never know what time it is, who asks, or where a text is shown. FORMAT.md §3.

import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, type CircleKey, concat, equalBytes, randomBytes, utf8 } from '../bytes.ts'
import { attempt, Failure, only } from '../failure.ts'
import { contentKey, openOnce, type PlatformKey, sealOnce } from './aead.ts'
import { headOf, holdsMarker, marker, maxPlainBytes, parseFirst } from './armor.ts'
import { encodeBlocks } from './base62.ts'
import { pad, unpad } from './padding.ts'
import { baseKey, type Keyed, TextKeys, textKeys } from './textKeys.ts'
import { readUtf8 } from './utf8.ts'

const headBytes = 9
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
  /** 4 bytes; zeros when it was sealed outside a page. */
  readonly siteTag: Bytes
}

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
  const tags = new Map(all.map(({ origin }) => [origin, noSite]))
  for (const origin of tags.keys()) tags.set(origin, siteTag(origin))
  const padded = all.map((what) => attempt(() => paddedOf(what, tags.get(what.origin) ?? noSite)))
  return sealedUnder(await base, padded)
}

/**
 * Opens the first sealed text in `sealed`, canonical or decorated, with whichever key it was sealed under.
 * Failure `not-for-us`: under none of these keys; `damaged`; `newer-version`.
 */
export async function openText(keys: readonly CircleKey[], sealed: string): Promise<Opened> {
  return only(await openTexts(new TextKeys(keys), [sealed]))
}

/** `openText` for many: in their order, for each what was sealed, or its failure. */
export async function openTexts(keys: TextKeys, sealed: readonly string[]): Promise<(Opened | Failure)[]> {
  const keyed = await keys.find(sealed.map((one) => attempt(() => parseFirst(one))))
  return Promise.all(keyed.map((one) => (one instanceof Failure ? one : openedWith(one))))
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

function paddedOf({ text, minutes }: Plain, tag: Bytes): Bytes {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > maxMinutes)
    throw new RangeError(`expected minutes from 0 to ${maxMinutes}, got ${minutes}`)
  const bytes = utf8(text)
  if (bytes.length > maxPlainBytes) throw new Failure('too-long')
  const head = new Uint8Array(headBytes)
  new DataView(head.buffer).setUint32(1, minutes)
  head.set(tag, 5)
  return pad(head, bytes)
}

async function sealedUnder(base: PlatformKey, padded: readonly (Bytes | Failure)[]): Promise<(string | Failure)[]> {
  const drawn = await Promise.all(padded.map((one) => (one instanceof Failure ? one : drawnFor(base, one))))
  const keyed = await Promise.all(drawn.map((one) => (one instanceof Failure ? one : keyedFor(one))))
  return Promise.all(
    keyed.map(async (one) => {
      if (one instanceof Failure) return one
      const letters = await lettersOf(one)
      // Hardly ever: then with another salt.
      return holdsMarker(letters) ? only(await sealedUnder(base, [one.padded])) : marker + letters
    }),
  )
}

/** With a salt of its own, and what is derived of it. */
async function drawnFor(base: PlatformKey, padded: Bytes) {
  const salt = randomBytes(16)
  const { contentKey, keyTag } = await textKeys(base, salt)
  return { padded, contentKey, head: headOf(padded.length + 16, salt, keyTag) }
}

async function keyedFor({ padded, head, contentKey: bytes }: Awaited<ReturnType<typeof drawnFor>>) {
  return { padded, head, key: await contentKey(bytes, 'encrypt') }
}

async function lettersOf({ padded, head, key }: Awaited<ReturnType<typeof keyedFor>>): Promise<string> {
  return encodeBlocks(concat(head.subarray(marker.length), await sealOnce(key, padded, head)))
}

async function openedWith({ text, key }: Keyed): Promise<Opened | Failure> {
  const padded = await openOnce(key, text.ciphertext, text.head)
  return padded === null ? new Failure('damaged') : attempt(() => openedOf(padded))
}

function openedOf(padded: Bytes): Opened {
  if (padded[0] !== 0) throw new Failure('newer-version')
  const plain = unpad(padded, headBytes)
  return {
    text: readUtf8(plain.subarray(headBytes)),
    minutes: new DataView(plain.buffer).getUint32(1),
    siteTag: plain.slice(5, headBytes),
  }
}
