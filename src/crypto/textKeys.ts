// The keys of each sealed text, derived by the platform of a circle's key and the text's salt. Content keys of texts that were
// opened are kept, in the platform's hands, with the circle keys they come of, in a `TextKeys`: whoever unlocks a vault holds
// one, and lets go of it when the vault is locked or its keys change. Nothing is kept here beside it. FORMAT.md §3.1, §3.3.

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, type CircleKey, equalBytes, utf8 } from '../bytes.ts'
import { attempt, Failure } from '../failure.ts'
import { contentKey, type PlatformKey } from './aead.ts'
import { type Parsed, parseFirst } from './armor.ts'

const contentKeyBytes = 32
const keyTagBytes = 16
const siteKeyBytes = 16
const siteTagBytes = 4
const info = utf8('fieldseal/v1/text')
const keptAtMost = 4_000
/** In characters. The key of a longer text is as soon derived as the text is read. */
const longestKept = 2_000

/** A sealed text, and the site it is opened on. */
export interface OpenRequest {
  /** Canonical or decorated. */
  readonly sealed: string
  /** Of the page that the text stands in, such as `https://example.com`; null outside a page. */
  readonly origin: string | null
}

/** A text and the key that opens it. */
export interface KeyedText {
  readonly text: Parsed
  readonly key: PlatformKey
  /** Of the circle key among those that were given: the first that fits. */
  readonly keyIndex: number
  /** The origin that was asked about, and the 4 bytes that the text's site tag is if it was sealed there. */
  readonly origin: string | null
  readonly siteTag: Bytes | null
}

export class TextKeys {
  readonly #keys: readonly CircleKey[]
  #wiped = false
  /** Of the circle keys, once they were needed. */
  #imported: Promise<PlatformKey[]> | null = null
  /**
   * By the sealed text as it was given, every letter of it: nothing but that text finds the key. It is public, key tag and
   * all, so it may be looked up in a time that depends on it. The one used longest ago comes first. The site key is not kept:
   * for another origin than the last the keys are derived anew.
   */
  readonly #kept = new Map<string, KeyedText>()

  /** Texts are opened with whichever of these keys they were sealed under. */
  constructor(keys: readonly CircleKey[]) {
    this.#keys = keys
  }

  /**
   * Each text taken apart, with its key, in their order. The tags of all circle keys are derived and compared before a key is
   * given. Failure, for each alone, `not-for-us` where none of the circle keys fits, or as `parseFirst`. Failure `locked` for
   * all of them once the keys were wiped.
   */
  async find(requests: readonly OpenRequest[]): Promise<(KeyedText | Failure)[]> {
    if (this.#wiped) throw new Failure('locked')
    const found = requests.map((request) => this.#recall(request) ?? attempt(() => parseRequest(request)))
    const fresh = found.filter((item) => 'sealed' in item)
    const keyed = fresh.length === 0 ? [] : await findKeys(await this.#bases(), fresh)
    let next = 0
    return found.map((item) => {
      if (!('sealed' in item)) return item
      const result = keyed[next++] ?? new Failure('not-for-us')
      this.#keep(item.sealed, result)
      return result
    })
  }

  /** Overwrites the circle keys and forgets the keys of texts. What the platform keeps of them is out of reach. */
  wipe(): void {
    this.#wiped = true
    for (const key of this.#keys) key.fill(0)
    this.#kept.clear()
    this.#imported = null
  }

  #bases(): Promise<PlatformKey[]> {
    if (this.#imported !== null) return this.#imported
    const importing = Promise.all(this.#keys.map(importCircleKey))
    this.#imported = importing
    // One that failed is tried anew.
    importing.catch(() => {
      this.#imported = null
    })
    return importing
  }

  #recall({ sealed, origin }: OpenRequest): KeyedText | null {
    const kept = this.#kept.get(sealed)
    if (kept === undefined || (origin !== null && origin !== kept.origin)) return null
    this.#kept.delete(sealed)
    this.#kept.set(sealed, kept)
    return origin === null ? { ...kept, origin, siteTag: null } : kept
  }

  #keep(sealed: string, found: KeyedText | Failure): void {
    if (found instanceof Failure || sealed.length > longestKept) return
    this.#kept.set(sealed, found)
    if (this.#kept.size <= keptAtMost) return
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest)
      return
    }
  }
}

/** A circle's key, to derive with. */
export function importCircleKey(key: CircleKey): Promise<PlatformKey> {
  return crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
}

/** contentKey:32 ‖ keyTag:16 ‖ siteKey:16 of the text with this salt of 16 bytes. */
export function deriveTextKeys(base: PlatformKey, salt: Bytes): Promise<ArrayBuffer> {
  const bits = 8 * (contentKeyBytes + keyTagBytes + siteKeyBytes)
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, bits)
}

interface TextKeyBytes {
  readonly contentKey: Bytes
  readonly keyTag: Bytes
  readonly siteKey: Bytes
}

/** The three parts of what was derived, as views of it. */
export function splitTextKeys(derived: ArrayBuffer): TextKeyBytes {
  return {
    contentKey: new Uint8Array(derived, 0, contentKeyBytes),
    keyTag: new Uint8Array(derived, contentKeyBytes, keyTagBytes),
    siteKey: new Uint8Array(derived, contentKeyBytes + keyTagBytes, siteKeyBytes),
  }
}

/** Overwrites what was derived. The platform keeps a copy of its own of the keys that it was given. */
export function wipe(derived: readonly ArrayBuffer[]): void {
  for (const buffer of derived) new Uint8Array(buffer).fill(0)
}

/** 4 bytes: what the holder of a text's site key of 16 bytes writes for an origin. FORMAT.md §3.3. */
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

/** In their order; null for a text that none of the circle keys fits. */
async function findKeys(
  bases: readonly PlatformKey[],
  requests: readonly ParsedRequest[],
): Promise<(KeyedText | null)[]> {
  const deriving: Promise<ArrayBuffer>[] = []
  for (const { text } of requests) for (const base of bases) deriving.push(deriveTextKeys(base, text.salt))
  const derived = await Promise.all(deriving)
  const own = requests.map(({ text }, index) => {
    let found: (TextKeyBytes & { keyIndex: number }) | null = null
    // From the last to the first: every tag is compared, and of keys that are the same the first counts.
    for (let keyIndex = bases.length - 1; keyIndex >= 0; keyIndex--) {
      const keys = splitTextKeys(derived[index * bases.length + keyIndex] ?? new ArrayBuffer(64))
      if (equalBytes(keys.keyTag, text.keyTag)) found = { ...keys, keyIndex }
    }
    return found
  })
  const importing = own.map((keys) => keys && contentKey(keys.contentKey, 'decrypt'))
  // While the platform imports on other threads.
  const tags = requests.map(({ origin }, index) => siteTagOf(own[index]?.siteKey ?? null, origin))
  wipe(derived)
  const keys = await Promise.all(importing)
  return requests.map(({ text, origin }, index) => {
    const [key, found] = [keys[index] ?? null, own[index] ?? null]
    return key && found && { text, key, keyIndex: found.keyIndex, origin, siteTag: tags[index] ?? null }
  })
}
