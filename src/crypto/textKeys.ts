// A key for each sealed text, derived by the platform of a circle's key and the text's salt. Those of texts that were opened
// are kept with the circle keys they come of, in a `TextKeys`: whoever unlocks a vault holds one, and lets go of it when the
// vault is locked or its keys change. Nothing is kept here beside it. FORMAT.md §3.1.

import { type Bytes, type CircleKey, equalBytes, utf8 } from '../bytes.ts'
import { attempt, Failure } from '../failure.ts'
import { contentKey, type PlatformKey } from './aead.ts'
import { type Parsed, parseFirst } from './armor.ts'

const contentKeyBytes = 32
const keyTagBytes = 16
const info = utf8('fieldseal/v1/text')
const keptAtMost = 4_000
/** In characters. The key of a longer text is as soon derived as the text is read. */
const longestKept = 2_000

/** A text and the key that opens it. */
export interface Keyed {
  readonly text: Parsed
  readonly key: PlatformKey
}

export class TextKeys {
  readonly #keys: readonly CircleKey[]
  /** Of the circle keys, once they were needed. */
  #imported: Promise<PlatformKey[]> | null = null
  /**
   * By the sealed text as it was given, every letter of it: nothing but that text finds the key. It is public, key tag and
   * all, so it may be looked up in a time that depends on it. The one used longest ago comes first.
   */
  readonly #kept = new Map<string, Keyed>()

  /** Texts are opened with whichever of these keys they were sealed under. */
  constructor(keys: readonly CircleKey[]) {
    this.#keys = keys
  }

  /**
   * Each text taken apart, with its key, in their order. The tags of all circle keys are derived and compared before a key is
   * given. Failure, for each alone, `not-for-us` where none of the circle keys fits, or as `parseFirst`.
   */
  async find(sealed: readonly string[]): Promise<(Keyed | Failure)[]> {
    const looked = sealed.map((one) => this.#recall(one) ?? attempt(() => parseFirst(one)))
    const fresh = looked.filter((one) => 'salt' in one)
    const keyed = fresh.length === 0 ? [] : await keyedBy(await this.#bases(), fresh)
    let next = 0
    return looked.map((one, at) => {
      if (!('salt' in one)) return one
      const found = keyed[next++] ?? new Failure('not-for-us')
      this.#keep(sealed[at] ?? '', found)
      return found
    })
  }

  #bases(): Promise<PlatformKey[]> {
    if (this.#imported !== null) return this.#imported
    const importing = Promise.all(this.#keys.map(baseKey))
    this.#imported = importing
    // One that failed is tried anew.
    importing.catch(() => {
      this.#imported = null
    })
    return importing
  }

  #recall(sealed: string): Keyed | null {
    const kept = this.#kept.get(sealed)
    if (kept === undefined) return null
    this.#kept.delete(sealed)
    this.#kept.set(sealed, kept)
    return kept
  }

  #keep(sealed: string, found: Keyed | Failure): void {
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
export function baseKey(key: CircleKey): Promise<PlatformKey> {
  return crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
}

/** contentKey:32 ‖ keyTag:16 of the text with this salt of 16 bytes. */
export function derivedOf(base: PlatformKey, salt: Bytes): Promise<ArrayBuffer> {
  const bits = 8 * (contentKeyBytes + keyTagBytes)
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, bits)
}

/** The two parts of what was derived, as views of it. */
export function keysIn(derived: ArrayBuffer): { contentKey: Bytes; keyTag: Bytes } {
  return { contentKey: new Uint8Array(derived, 0, contentKeyBytes), keyTag: new Uint8Array(derived, contentKeyBytes) }
}

/** In their order; null for a text that none of the circle keys fits. */
async function keyedBy(bases: readonly PlatformKey[], texts: readonly Parsed[]): Promise<(Keyed | null)[]> {
  const deriving: Promise<ArrayBuffer>[] = []
  for (const { salt } of texts) for (const base of bases) deriving.push(derivedOf(base, salt))
  const derived = await Promise.all(deriving)
  const importing = texts.map((text, at) => {
    let own: Bytes | null = null
    for (let nth = at * bases.length; nth < (at + 1) * bases.length; nth++) {
      const { contentKey, keyTag } = keysIn(derived[nth] ?? new ArrayBuffer(0))
      if (equalBytes(keyTag, text.keyTag)) own = contentKey
    }
    return own && contentKey(own, 'decrypt')
  })
  const keys = await Promise.all(importing)
  return texts.map((text, at) => {
    const key = keys[at] ?? null
    return key && { text, key }
  })
}
