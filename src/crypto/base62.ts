// Base62 in blocks of 32 bytes, both ways. A block is one integer with two representations: letters of base 62, which are
// handled four at a time as one digit, and bytes, which are handled three at a time as one limb. Digits and limbs have 24
// bits or less, so the sum of a whole column of products fits the 53 bits of a number before any carry.
// Knows no key, and its input is public: its time depends on it. Bundled into the content script. FORMAT.md §2.

import type { Bytes } from '../bytes.ts'
import { Failure } from '../failure.ts'

/** Bytes of a whole block. FORMAT.md §2. */
export const blockBytes = 32
/** Letters of a whole block. FORMAT.md §2. */
export const blockLetters = 43

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digitLetters = 4
const digitBase = 62 ** digitLetters
const limbBytes = 3
const limbBase = 256 ** limbBytes
/** Digits in a whole block, and limbs: both are 11. */
const places = 11
/** Marks a character that is no letter: greater than any combination of letter values by `|`. */
const foreign = 64

/** Letters for a block of r bytes, by r: the least number for which 62^letters ≥ 256^r. */
const lettersOf = Array.from({ length: blockBytes + 1 }, (_, r) => {
  let letters = 0
  while (62n ** BigInt(letters) < 256n ** BigInt(r)) letters++
  return letters
})
const valueOfCode = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code))
  return value < 0 ? foreign : value
})
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const codeOf = /* @__PURE__ */ new TextEncoder().encode(alphabet)
/** The two letters of every number below 62², in order, so that four letters cost one division. */
const pairBase = 62 ** 2
const pairCodes = /* @__PURE__ */ Uint8Array.from({ length: 2 * pairBase }, (_, index) => {
  const value = index >> 1
  return codeOf[index % 2 === 0 ? Math.floor(value / 62) : value % 62] ?? 0
})
/** Each power of the digit base in limbs, and each power of the limb base in digits. */
const digitsInLimbs = /* @__PURE__ */ powerTable(digitBase, limbBase)
const limbsInDigits = /* @__PURE__ */ powerTable(limbBase, digitBase)

// Scratch space, overwritten by every block.
const digits = new Float64Array(places)
const limbs = new Float64Array(places)

/** The number of letters for `bytes` bytes. FORMAT.md §2. */
export function lettersFor(bytes: number): number {
  return Math.floor(bytes / blockBytes) * blockLetters + (lettersOf[bytes % blockBytes] ?? 0)
}

/** The number of bytes for `letters` letters; null if no number of bytes gives that many. FORMAT.md §2. */
export function bytesFor(letters: number): number | null {
  const rest = lettersOf.indexOf(letters % blockLetters)
  return rest < 0 ? null : Math.floor(letters / blockLetters) * blockBytes + rest
}

/** Base62 of the bytes from offset `from`: 43 letters per 32 bytes, fewer for the last block. Any length, 0 included. */
export function encodeBlocks(bytes: Uint8Array, from = 0): string {
  const codes = new Uint8Array(lettersFor(bytes.length - from))
  for (let offset = from, to = 0; offset < bytes.length; offset += blockBytes, to += blockLetters)
    encodeBlock(bytes, offset, Math.min(blockBytes, bytes.length - offset), codes, to)
  return decoder.decode(codes)
}

/** The inverse of encodeBlocks. Failure `damaged`: foreign characters, impossible lengths, values too high. FORMAT.md §2. */
export function decodeBlocks(text: string): Bytes {
  const length = bytesFor(text.length)
  const bytes = length === null ? null : new Uint8Array(length)
  if (bytes === null || !decodeInto(text, 0, bytes, 0)) throw new Failure('damaged')
  return bytes
}

/**
 * Fills `bytes` from `offset`, the start of a block, to its end with the letters of `text` from `from`. False for too few
 * letters, foreign characters or values too high; then the contents of `bytes` are undefined.
 */
export function decodeInto(text: string, from: number, bytes: Uint8Array, offset: number): boolean {
  for (let to = offset, read = from; to < bytes.length; to += blockBytes, read += blockLetters)
    if (!decodeBlock(text, read, bytes, to, Math.min(blockBytes, bytes.length - to))) return false
  return true
}

function decodeBlock(text: string, from: number, bytes: Uint8Array, offset: number, length: number): boolean {
  const letters = lettersOf[length] ?? 0
  if (from + letters > text.length) return false
  let seen = 0
  let count = 0
  for (let end = from + letters; end > from; end -= digitLetters) {
    let digit = 0
    for (let i = Math.max(from, end - digitLetters); i < end; i++) {
      const code = text.charCodeAt(i)
      const value = code < 128 ? (valueOfCode[code] ?? foreign) : foreign
      seen |= value
      digit = digit * 62 + value
    }
    digits[count++] = digit
  }
  if (seen >= foreign) return false
  const width = Math.ceil(length / limbBytes)
  let overflow = convertBase(digits, count, digitsInLimbs, limbs, width, limbBase)
  for (let i = 0, end = offset + length; i < width; i++, end -= limbBytes) {
    let limb = (limbs[i] ?? 0) | 0
    for (let left = end; left > offset && left > end - limbBytes; limb >>= 8) bytes[--left] = limb
    overflow |= limb
  }
  return overflow === 0
}

function encodeBlock(bytes: Uint8Array, offset: number, length: number, codes: Uint8Array, to: number): void {
  let count = 0
  for (let end = offset + length; end > offset; end -= limbBytes) {
    let limb = 0
    for (let i = Math.max(offset, end - limbBytes); i < end; i++) limb = (limb << 8) | (bytes[i] ?? 0)
    limbs[count++] = limb
  }
  const letters = lettersOf[length] ?? 0
  const width = Math.ceil(letters / digitLetters)
  convertBase(limbs, count, limbsInDigits, digits, width, digitBase)
  for (let i = 0, end = to + letters; i < width; i++, end -= digitLetters) {
    let digit = (digits[i] ?? 0) | 0
    if (end - to >= digitLetters) {
      const higher = (digit / pairBase) | 0
      const lower = digit - pairBase * higher
      codes[end - 4] = pairCodes[2 * higher] ?? 0
      codes[end - 3] = pairCodes[2 * higher + 1] ?? 0
      codes[end - 2] = pairCodes[2 * lower] ?? 0
      codes[end - 1] = pairCodes[2 * lower + 1] ?? 0
      continue
    }
    for (let left = end; left > to; ) {
      const higher = (digit / 62) | 0
      codes[--left] = codeOf[digit - 62 * higher] ?? 0
      digit = higher
    }
  }
}

/**
 * Converts a number of `count` places, the lowest first, to `width` places of another base, and returns the overflow.
 * Place i of one base never contributes to places above i of the other.
 */
function convertBase(
  from: Float64Array,
  count: number,
  weight: Float64Array,
  to: Float64Array,
  width: number,
  base: number,
): number {
  let carry = 0
  for (let place = 0; place < width; place++) {
    let sum = carry
    for (let i = place; i < count; i++) sum += (from[i] ?? 0) * (weight[place * places + i] ?? 0)
    carry = Math.floor(sum / base)
    to[place] = sum - carry * base
  }
  return carry
}

/** At [place * places + i]: the digit at `place`, in base `to`, of `from` to the power of i. */
function powerTable(from: number, to: number): Float64Array {
  const table = new Float64Array(places * places)
  for (let i = 0; i < places; i++) {
    let rest = BigInt(from) ** BigInt(i)
    for (let place = 0; place < places; place++) {
      table[place * places + i] = Number(rest % BigInt(to))
      rest /= BigInt(to)
    }
  }
  return table
}
