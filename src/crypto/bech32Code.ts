// Secrets as they are written on paper: words of 5 bits, or bytes, with the checksum of bech32m, in groups of 4 letters, and
// what can be said about mistyped ones without saying what they should have been. Knows nothing of what is written.
// FORMAT.md §5.

import { bech32m } from '@scure/base'
import type { Bytes } from '../bytes.ts'

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const checksumLetters = 6
const groupLetters = 4

/**
 * What is wrong with something that was typed from paper. Groups are counted from 1. `letter`: a character that is never
 * written; `length`: another number of letters than there must be; `group`: one changed letter, or two neighbours the
 * other way round, would explain it, and (the first of) them would be in that group; `somewhere`: more than that.
 */
export type Diagnosis =
  | { kind: 'fine' }
  | { kind: 'length'; letters: number }
  | { kind: 'letter'; group: number }
  | { kind: 'group'; group: number }
  | { kind: 'somewhere' }

/** One way of writing: so many words of 5 bits, under a prefix that goes into the checksum and is not written. */
export class Bech32Words {
  readonly letters: number
  readonly #prefix: string
  readonly #words: number

  /** At most 77 words with a prefix of 6: the checksum is made for 90 characters in all. */
  constructor(prefix: string, words: number) {
    this.#prefix = prefix
    this.#words = words
    this.letters = words + checksumLetters
  }

  /** In capitals, in groups of 4 joined by `-`; the last group may be shorter. RangeError for another number of words. */
  formatWords(words: Uint8Array): string {
    if (words.length !== this.#words) throw new RangeError(`expected ${this.#words} words, got ${words.length}`)
    const letters = bech32m.encode(this.#prefix, [...words]).slice(this.#prefix.length + 1)
    return (letters.toUpperCase().match(/.{1,4}/g) ?? []).join('-')
  }

  /** The words, each from 0 to 31, from any case and any spacing; null when there is a typing error in it. */
  readWords(text: string): Bytes | null {
    return this.#readLetters(lettersOf(text))
  }

  /** Never says what it should have been: at most where to look. */
  diagnose(text: string): Diagnosis {
    const letters = lettersOf(text)
    const foreign = Array.from(letters).findIndex((letter) => !alphabet.includes(letter))
    if (foreign >= 0) return { kind: 'letter', group: groupOf(foreign) }
    if (letters.length !== this.letters) return { kind: 'length', letters: letters.length }
    if (this.#readLetters(letters)) return { kind: 'fine' }
    const groups = new Set<number>()
    for (let index = 0; index < this.letters; index++)
      if (slips(letters, index).some((slip) => this.#readLetters(slip))) groups.add(groupOf(index))
    const [only, ...more] = groups
    return only === undefined || more.length > 0 ? { kind: 'somewhere' } : { kind: 'group', group: only }
  }

  /** Whether these words, whose checksum is right, can stand for something. */
  protected isValid(_words: readonly number[]): boolean {
    return true
  }

  #readLetters(letters: string): Bytes | null {
    if (letters.length !== this.letters) return null
    const read = bech32m.decodeUnsafe(`${this.#prefix}1${letters}`)
    if (!read || read.prefix !== this.#prefix || !this.isValid(read.words)) return null
    return new Uint8Array(read.words)
  }
}

/** The same for so many bytes, the bits left over in the last word being zero. */
export class Bech32Code extends Bech32Words {
  /** At most 45 bytes. */
  constructor(prefix: string, bytes: number) {
    super(prefix, Math.ceil((bytes * 8) / 5))
  }

  /** In capitals, in groups of 4 joined by `-`; the last group may be shorter. RangeError for another number of bytes. */
  format(bytes: Uint8Array): string {
    return this.formatWords(new Uint8Array(bech32m.toWords(bytes)))
  }

  /** The bytes, from any case and any spacing; null when there is a typing error in it. */
  read(text: string): Bytes | null {
    const words = this.readWords(text)
    return words && new Uint8Array(bech32m.fromWords([...words]))
  }

  protected override isValid(words: readonly number[]): boolean {
    return bech32m.fromWordsUnsafe([...words]) !== undefined
  }
}

/** Every other letter in this place, and this letter changed over with the next. */
function slips(letters: string, index: number): string[] {
  const before = letters.slice(0, index)
  const others = Array.from(alphabet, (letter) => before + letter + letters.slice(index + 1))
  return [...others, before + letters.charAt(index + 1) + letters.charAt(index) + letters.slice(index + 2)]
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}\u2212]+/gu, '')
    .toLowerCase()
}

function groupOf(position: number): number {
  return Math.floor(position / groupLetters) + 1
}
