// The keys of each sealed text, which the platform derives from a circle key and the text's salt. A `TextKeys` caches the content
// keys of opened texts, as platform keys, beside their circle keys. Whoever unlocks a vault holds one, and wipes it when the
// vault locks or its keys change. Nothing else is stored here. FORMAT.md §3.1 and §3.3.

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, type CircleKey, equalBytes, utf8 } from '../bytes.ts'
import { captureFailureSync, Failure, type Result } from '../failure.ts'
import { contentKey, type PlatformKey } from './aead.ts'
import { type Parsed, parseFirst } from './armor.ts'

const contentKeyBytes = 32
const keyTagBytes = 16
const siteKeyBytes = 16
const siteTagBytes = 4
const info = utf8('fieldseal/v1/text')
const maxCached = 4_000
/** In characters. Deriving the key of a longer text costs little beside decoding it. */
const maxCachedChars = 2_000

/** A sealed text, and the site it is opened on. */
export interface OpenRequest {
  /** Canonical or decorated. */
  readonly sealed: string
  /** The origin of the page that contains the text, such as `https://example.com`; null outside a page. */
  readonly origin: string | null
}

/** A text and the key that opens it. */
export interface KeyedText {
  readonly text: Parsed
  readonly key: PlatformKey
  /** The index of the circle key among those given: the first whose key tag matches. */
  readonly keyIndex: number
  /** The origin in question, and the site tag, 4 bytes, that the text has if it was sealed there. */
  readonly origin: string | null
  readonly siteTag: Bytes | null
}

/** Circle keys, and the cached keys of the texts that they opened. */
export class TextKeys {
  readonly #keys: readonly CircleKey[]
  #wiped = false
  /** The circle keys as platform keys, imported on first use. */
  #imported: Promise<PlatformKey[]> | null = null
  /**
   * By the exact sealed text, so that only the same text finds its key. The text is public, so the time of a lookup may depend
   * on it. The least recently used comes first. The site key is not cached: for another origin the keys are derived again.
   */
  readonly #cache = new Map<string, KeyedText>()

  /** Each text is opened with the one of these keys that it was sealed under. */
  constructor(keys: readonly CircleKey[]) {
    this.#keys = keys
  }

  /**
   * Each text parsed, with its key, in order. Derives and compares the key tags of all circle keys before it returns a key.
   * The failure of each text is `not-for-us` if no circle key matches, or as `parseFirst`. Throws Failure `locked` once the
   * keys are wiped.
   */
  async find(requests: readonly OpenRequest[]): Promise<Result<KeyedText>[]> {
    if (this.#wiped) throw new Failure('locked')
    const found = requests.map((request) => this.#readCache(request) ?? captureFailureSync(() => parseRequest(request)))
    const fresh = found.filter((item) => 'sealed' in item)
    const keyed = fresh.length === 0 ? [] : await findKeys(await this.#importKeys(), fresh)
    let next = 0
    return found.map((item) => {
      if (!('sealed' in item)) return item
      const result = keyed[next++] ?? new Failure('not-for-us')
      this.#writeCache(item.sealed, result)
      return result
    })
  }

  /** Overwrites the circle keys and drops the keys of texts. The platform's own copies are out of reach. */
  wipe(): void {
    this.#wiped = true
    for (const key of this.#keys) key.fill(0)
    this.#cache.clear()
    this.#imported = null
  }

  #importKeys(): Promise<PlatformKey[]> {
    if (this.#imported !== null) return this.#imported
    const importing = Promise.all(this.#keys.map(importCircleKey))
    this.#imported = importing
    // A failed import is tried again.
    importing.catch(() => {
      this.#imported = null
    })
    return importing
  }

  #readCache({ sealed, origin }: OpenRequest): KeyedText | null {
    const kept = this.#cache.get(sealed)
    if (kept === undefined || (origin !== null && origin !== kept.origin)) return null
    this.#cache.delete(sealed)
    this.#cache.set(sealed, kept)
    return origin === null ? { ...kept, origin, siteTag: null } : kept
  }

  #writeCache(sealed: string, found: Result<KeyedText>): void {
    if (found instanceof Failure || sealed.length > maxCachedChars) return
    this.#cache.set(sealed, found)
    if (this.#cache.size <= maxCached) return
    for (const oldest of this.#cache.keys()) {
      this.#cache.delete(oldest)
      return
    }
  }
}

/** Imports a circle key of 32 bytes for HKDF. */
export function importCircleKey(key: CircleKey): Promise<PlatformKey> {
  return crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
}

/** contentKey:32 ‖ keyTag:16 ‖ siteKey:16 for a salt of 16 bytes. FORMAT.md §3.1. */
export function deriveTextKeys(base: PlatformKey, salt: Bytes): Promise<ArrayBuffer> {
  const bits = 8 * (contentKeyBytes + keyTagBytes + siteKeyBytes)
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, bits)
}

interface TextKeyBytes {
  readonly contentKey: Bytes
  readonly keyTag: Bytes
  readonly siteKey: Bytes
}

/** The three parts of the 64 derived bytes, as views of them. */
export function splitTextKeys(derived: ArrayBuffer): TextKeyBytes {
  return {
    contentKey: new Uint8Array(derived, 0, contentKeyBytes),
    keyTag: new Uint8Array(derived, contentKeyBytes, keyTagBytes),
    siteKey: new Uint8Array(derived, contentKeyBytes + keyTagBytes, siteKeyBytes),
  }
}

/** Overwrites derived bytes. Imported keys stay in the platform. */
export function wipe(derived: readonly ArrayBuffer[]): void {
  for (const buffer of derived) new Uint8Array(buffer).fill(0)
}

/** The site tag, 4 bytes, of an origin under a site key of 16 bytes. FORMAT.md §3.3. */
export function siteTag(siteKey: Bytes, origin: string): Bytes {
  return new Uint8Array(hmac(sha256, siteKey, utf8(origin)).subarray(0, siteTagBytes))
}

function siteTagOf(siteKey: Bytes | null, origin: string | null): Bytes | null {
  return siteKey === null || origin === null ? null : siteTag(siteKey, origin)
}

interface ParsedRequest extends OpenRequest {
  readonly text: Parsed
}

function parseRequest({ sealed, origin }: OpenRequest): ParsedRequest {
  return { sealed, origin, text: parseFirst(sealed) }
}

/** The key of each text, in order; null for a text that no circle key matches. */
async function findKeys(
  bases: readonly PlatformKey[],
  requests: readonly ParsedRequest[],
): Promise<(KeyedText | null)[]> {
  const deriving: Promise<ArrayBuffer>[] = []
  for (const { text } of requests) for (const base of bases) deriving.push(deriveTextKeys(base, text.salt))
  const derived = await Promise.all(deriving)
  const own = requests.map(({ text }, index) => {
    let found: (TextKeyBytes & { keyIndex: number }) | null = null
    // Compares every tag, from the last to the first, so that the first of equal keys counts.
    for (let keyIndex = bases.length - 1; keyIndex >= 0; keyIndex--) {
      const keys = splitTextKeys(derived[index * bases.length + keyIndex] ?? new ArrayBuffer(64))
      if (equalBytes(keys.keyTag, text.keyTag)) found = { ...keys, keyIndex }
    }
    return found
  })
  const importing = own.map((keys) => keys && contentKey(keys.contentKey, 'decrypt'))
  // Meanwhile the platform imports the keys on other threads.
  const tags = requests.map(({ origin }, index) => siteTagOf(own[index]?.siteKey ?? null, origin))
  wipe(derived)
  const keys = await Promise.all(importing)
  return requests.map(({ text, origin }, index) => {
    const [key, found] = [keys[index] ?? null, own[index] ?? null]
    return key && found && { text, key, keyIndex: found.keyIndex, origin, siteTag: tags[index] ?? null }
  })
}
