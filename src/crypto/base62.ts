// Base62 in blocks of 32 bytes, both ways. A block is one integer in two spellings: letters of base 62, four of which are
// handled as one digit, and bytes, three of which are one limb. Both have 24 bits or less, so that a whole column of products
// fits the 53 bits of a number, and no carry needs to be seen to before a column is summed. Knows no key, and what it works
// on is public: its time depends on it. It is bundled into the content script. FORMAT.md §2.

import type { Bytes } from '../bytes.ts'
import { Failure } from '../failure.ts'

export const blockBytes = 32
export const blockLetters = 43

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digitLetters = 4
const digitBase = 62 ** digitLetters
const limbBytes = 3
const limbBase = 256 ** limbBytes
/** The digits of a whole block, and its limbs: there are as many of the one as of the other. */
const places = 11
/** Not the value of a letter, nor to be had by joining such values with `|`. */
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
/** The two letters of every number below 62², one after the other: four letters cost one division. */
const pairBase = 62 ** 2
const pairCodes = /* @__PURE__ */ Uint8Array.from({ length: 2 * pairBase }, (_, at) => {
  const value = at >> 1
  return codeOf[at % 2 === 0 ? Math.floor(value / 62) : value % 62] ?? 0
})
/** What the place of each digit comes to in limbs, and that of each limb in digits. */
const digitsInLimbs = /* @__PURE__ */ weights(digitBase, limbBase)
const limbsInDigits = /* @__PURE__ */ weights(limbBase, digitBase)

// Rewritten with every block.
const digits = new Float64Array(places)
const limbs = new Float64Array(places)

/** How many letters so many bytes make. */
export function lettersFor(bytes: number): number {
  return Math.floor(bytes / blockBytes) * blockLetters + (lettersOf[bytes % blockBytes] ?? 0)
}

/** How many bytes so many letters make; null where no bytes make so many. */
export function bytesFor(letters: number): number | null {
  const rest = lettersOf.indexOf(letters % blockLetters)
  return rest < 0 ? null : Math.floor(letters / blockLetters) * blockBytes + rest
}

/** Base62 of the bytes from `from` on: 32 bytes to 43 letters, the last block shorter. Any length, also 0. */
export function encodeBlocks(bytes: Uint8Array, from = 0): string {
  const codes = new Uint8Array(lettersFor(bytes.length - from))
  for (let at = from, to = 0; at < bytes.length; at += blockBytes, to += blockLetters)
    encodeBlock(bytes, at, Math.min(blockBytes, bytes.length - at), codes, to)
  return decoder.decode(codes)
}

/** The inverse of encodeBlocks. Failure `damaged`: foreign characters, impossible lengths, values too high. */
export function decodeBlocks(text: string): Bytes {
  const length = bytesFor(text.length)
  const bytes = length === null ? null : new Uint8Array(length)
  if (bytes === null || !decodeInto(text, 0, bytes, 0)) throw new Failure('damaged')
  return bytes
}

/**
 * Decodes from `from` in `text` so many letters as make the bytes from `at` on to the end of `bytes`, which begin with a whole
 * block. False: there are fewer letters, foreign characters or values too high; then what is in `bytes` means nothing.
 */
export function decodeInto(text: string, from: number, bytes: Uint8Array, at: number): boolean {
  for (let to = at, read = from; to < bytes.length; to += blockBytes, read += blockLetters)
    if (!decodeBlock(text, read, bytes, to, Math.min(blockBytes, bytes.length - to))) return false
  return true
}

function decodeBlock(text: string, from: number, bytes: Uint8Array, at: number, length: number): boolean {
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
  const tooHigh = recast(digits, count, digitsInLimbs, limbs, width, limbBase)
  let rest = tooHigh
  for (let i = 0, end = at + length; i < width; i++, end -= limbBytes) {
    let limb = (limbs[i] ?? 0) | 0
    for (let left = end; left > at && left > end - limbBytes; limb >>= 8) bytes[--left] = limb
    rest |= limb
  }
  return rest === 0
}

function encodeBlock(bytes: Uint8Array, at: number, length: number, codes: Uint8Array, to: number): void {
  let count = 0
  for (let end = at + length; end > at; end -= limbBytes) {
    let limb = 0
    for (let i = Math.max(at, end - limbBytes); i < end; i++) limb = (limb << 8) | (bytes[i] ?? 0)
    limbs[count++] = limb
  }
  const letters = lettersOf[length] ?? 0
  const width = Math.ceil(letters / digitLetters)
  recast(limbs, count, limbsInDigits, digits, width, digitBase)
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
 * Writes a number of `count` places, the lowest first, in `width` places of another base; gives what did not fit. The place i
 * of either base has no part in the places above i of the other.
 */
function recast(
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

/** At [place * places + i]: the digit at `place`, in base `to`, of base `from` to the power of i. */
function weights(from: number, to: number): Float64Array {
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
