// A key for each sealed text, derived by the platform of a circle's key and the text's salt. Those of texts that were opened
// are kept with the circle keys they come of, in a `TextKeys`: whoever unlocks a vault holds one, and lets go of it when the
// vault is locked or its keys change. Nothing is kept here beside it. FORMAT.md §3.1.

import { type Bytes, type CircleKey, equalBytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { contentKey, type PlatformKey } from './aead.ts'
import type { Parsed } from './armor.ts'

const contentKeyBytes = 32
const keyTagBytes = 16
const info = utf8('fieldseal/v1/text')
const keptAtMost = 4_000

/** A text and the key that opens it. */
export interface Keyed {
  readonly text: Parsed
  readonly key: PlatformKey
}

interface Derived {
  readonly text: Parsed
  /** What each circle key gives for its salt. */
  readonly each: readonly DerivedKeys[]
}

interface DerivedKeys {
  /** 32 bytes. */
  readonly contentKey: Bytes
  /** 16 bytes. */
  readonly keyTag: Bytes
}

interface Kept {
  readonly keyTag: Bytes
  readonly key: PlatformKey
}

export class TextKeys {
  readonly #bases: Promise<PlatformKey[]>
  /** By the salt of the text, the one used longest ago first. */
  readonly #kept = new Map<string, Kept>()

  /** Texts are opened with whichever of these keys they were sealed under. */
  constructor(keys: readonly CircleKey[]) {
    this.#bases = Promise.all(keys.map(baseKey))
  }

  /**
   * The key of each text, in their order; what is a failure stays one. The tags of all keys are derived and compared before
   * any key is given. Failure `not-for-us` for a text that none of the keys is for.
   */
  async find(texts: readonly (Parsed | Failure)[]): Promise<(Keyed | Failure)[]> {
    const bases = await this.#bases
    const derived = await Promise.all(
      texts.map((text) => (text instanceof Failure ? text : (this.#recall(text) ?? derivedOf(bases, text)))),
    )
    return Promise.all(derived.map((one) => ('each' in one ? this.#chosen(one) : one)))
  }

  #recall(text: Parsed): Keyed | null {
    const name = nameOf(text.salt)
    const kept = this.#kept.get(name)
    if (kept === undefined || !equalBytes(kept.keyTag, text.keyTag)) return null
    this.#keep(name, kept)
    return { text, key: kept.key }
  }

  async #chosen({ text, each }: Derived): Promise<Keyed | Failure> {
    let own: DerivedKeys | null = null
    for (const one of each) if (equalBytes(one.keyTag, text.keyTag)) own = one
    if (own === null) return new Failure('not-for-us')
    const key = await contentKey(own.contentKey, 'decrypt')
    this.#keep(nameOf(text.salt), { keyTag: own.keyTag.slice(), key })
    return { text, key }
  }

  #keep(name: string, kept: Kept): void {
    this.#kept.delete(name)
    this.#kept.set(name, kept)
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

/** The content key and the key tag of the text with this salt of 16 bytes. */
export async function textKeys(base: PlatformKey, salt: Bytes): Promise<DerivedKeys> {
  const bits = 8 * (contentKeyBytes + keyTagBytes)
  const both = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, bits)
  return { contentKey: new Uint8Array(both, 0, contentKeyBytes), keyTag: new Uint8Array(both, contentKeyBytes) }
}

async function derivedOf(bases: readonly PlatformKey[], text: Parsed): Promise<Derived> {
  return { text, each: await Promise.all(bases.map((base) => textKeys(base, text.salt))) }
}

/** 16 bytes as text, two in each character. */
function nameOf(salt: Bytes): string {
  let name = ''
  for (let at = 0; at < salt.length; at += 2) name += String.fromCharCode(((salt[at] ?? 0) << 8) | (salt[at + 1] ?? 0))
  return name
}
