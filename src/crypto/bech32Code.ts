// Secrets as written on paper: words of 5 bits, or bytes, with the checksum of bech32m, in groups of 4 letters. Diagnoses
// typing errors without saying what the secret should have been. Knows nothing of what is written. FORMAT.md §5.

import { bech32m } from '@scure/base'
import type { Bytes } from '../bytes.ts'

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const checksumLetters = 6
const groupLetters = 4

/**
 * What is wrong with a secret typed from paper. Groups count from 1. `letter`: a character outside the alphabet;
 * `length`: a wrong number of letters; `group`: one wrong letter, or two exchanged neighbours, explain it, and the (first)
 * letter is in that group; `somewhere`: any other error. FORMAT.md §5.
 */
export type Diagnosis =
  | { kind: 'fine' }
  | { kind: 'length'; letters: number }
  | { kind: 'letter'; group: number }
  | { kind: 'group'; group: number }
  | { kind: 'somewhere' }

/** A code of `words` words of 5 bits, with a human-readable part that enters the checksum but is not written. */
export class Bech32Words {
  readonly letters: number
  readonly #prefix: string
  readonly #words: number

  /** With a prefix of 6 characters at most 77 words: the checksum is designed for 90 characters in total. */
  constructor(prefix: string, words: number) {
    this.#prefix = prefix
    this.#words = words
    this.letters = words + checksumLetters
  }

  /** Capitals in groups of 4, joined by `-`; the last group may be shorter. RangeError for another number of words. */
  formatWords(words: Uint8Array): string {
    if (words.length !== this.#words) throw new RangeError(`expected ${this.#words} words, got ${words.length}`)
    const letters = bech32m.encode(this.#prefix, [...words]).slice(this.#prefix.length + 1)
    return (letters.toUpperCase().match(/.{1,4}/g) ?? []).join('-')
  }

  /** The words, each from 0 to 31, from any case and spacing; null for a typing error. */
  readWords(text: string): Bytes | null {
    return this.#readLetters(lettersOf(text))
  }

  /** Never says what the secret should have been: at most which group to check. */
  diagnose(text: string): Diagnosis {
    const letters = lettersOf(text)
    const foreign = Array.from(letters).findIndex((letter) => !alphabet.includes(letter))
    if (foreign >= 0) return { kind: 'letter', group: groupOf(foreign) }
    if (letters.length !== this.letters) return { kind: 'length', letters: letters.length }
    if (this.#readLetters(letters)) return { kind: 'fine' }
    const groups = new Set<number>()
    for (let index = 0; index < this.letters; index++)
      if (typosAt(letters, index).some((slip) => this.#readLetters(slip))) groups.add(groupOf(index))
    const [only, ...more] = groups
    return only === undefined || more.length > 0 ? { kind: 'somewhere' } : { kind: 'group', group: only }
  }

  /** Whether words with a valid checksum are a valid value. */
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

/** A code of `bytes` bytes; unused bits of the last word are zero. */
export class Bech32Code extends Bech32Words {
  /** At most 45 bytes. */
  constructor(prefix: string, bytes: number) {
    super(prefix, Math.ceil((bytes * 8) / 5))
  }

  /** Capitals in groups of 4, joined by `-`; the last group may be shorter. RangeError for another number of bytes. */
  format(bytes: Uint8Array): string {
    return this.formatWords(new Uint8Array(bech32m.toWords(bytes)))
  }

  /** The bytes, from any case and spacing; null for a typing error. */
  read(text: string): Bytes | null {
    const words = this.readWords(text)
    return words && new Uint8Array(bech32m.fromWords([...words]))
  }

  protected override isValid(words: readonly number[]): boolean {
    return bech32m.fromWordsUnsafe([...words]) !== undefined
  }
}

/** Every typing error at this index: each other letter there, and this letter exchanged with the next. */
function typosAt(letters: string, index: number): string[] {
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
