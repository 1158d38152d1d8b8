// The text form of what is sealed: the frame of a sealed text, and finding sealed texts among other text. Pure text and
// bytes: knows no key and no cipher, and imports nothing but base62 and common ground, because these two files of this room
// are bundled into the content script. FORMAT.md §3 and §4.

import { type Bytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { blockBytes, blockLetters, bytesFor, decodeInto, lettersFor } from './base62.ts'

export const marker = 'sealed1'
/** The fewest bytes that anything is padded to. */
export const leastPadded = 32

const saltBytes = 16
const keyTagBytes = 16
const frameBytes = 3 + saltBytes + keyTagBytes // what stands before the ciphertext
const headBytes = marker.length + frameBytes
const gcmTagBytes = 16
const textHeadBytes = 9 // flags, minutes, site tag
const maxLen = 1024 * 1024 // bytes of ciphertext, tag included
const leastGlued = 8 // letters in one piece after a marker, below which it is taken for a mere word

const markerBytes = /* @__PURE__ */ utf8(marker)
const firstBlock = new Uint8Array(blockBytes) // rewritten with every look at one

/** The padded length in bytes that Padmé gives to n ≥ 2 bytes. FORMAT.md §3.2. */
export function padme(n: number): number {
  const exponent = 31 - Math.clz32(n)
  const step = 1 << (exponent - (32 - Math.clz32(exponent)))
  return Math.ceil(n / step) * step
}

/** The most UTF-8 bytes of text that one sealed text can hold. */
export const maxPlainBytes = findLongestPadded() - textHeadBytes - 1
/** The most characters of one sealed text, in canonical form. */
export const maxSealedLength = sealedLength(maxPlainBytes)

/** The characters of the sealed text for a text of so many UTF-8 bytes. Failure `too-long`. FORMAT.md §3. */
export function sealedLength(plainBytes: number): number {
  const padded = padme(Math.max(leastPadded, textHeadBytes + plainBytes + 1))
  if (padded + gcmTagBytes > maxLen) throw new Failure('too-long')
  return marker.length + lettersFor(frameBytes + padded + gcmTagBytes)
}

export interface Parsed {
  /** Bytes of the ciphertext, tag included. */
  readonly len: number
  /** 16 bytes. */
  readonly salt: Bytes
  /** 16 bytes. */
  readonly keyTag: Bytes
  readonly ciphertext: Bytes
  /** The 42 bytes that are authenticated beside the ciphertext: marker ‖ len ‖ salt ‖ keyTag. */
  readonly head: Bytes
}

/**
 * Room for a sealed text, with a ciphertext of `len` bytes, tag included; and the 42 bytes of it, written already, that stand
 * before the ciphertext and are authenticated with it.
 */
export function frameOf(len: number, salt: Uint8Array, keyTag: Uint8Array): { bytes: Bytes; head: Bytes } {
  const bytes = new Uint8Array(headBytes + len)
  bytes.set(markerBytes)
  for (let offset = marker.length + 2, left = len; offset >= marker.length; offset--, left >>= 8) bytes[offset] = left
  bytes.set(salt, headBytes - keyTagBytes - saltBytes)
  bytes.set(keyTag, headBytes - keyTagBytes)
  return { bytes, head: bytes.subarray(0, headBytes) }
}

/** Takes a sealed text in canonical form apart. Failure `damaged` or `newer-version`. FORMAT.md §3. */
export function parseSealed(sealed: string): Parsed {
  if (/^sealed[2-9]/.test(sealed)) throw new Failure('newer-version')
  const parsed = takeApart(sealed)
  if (parsed === null) throw new Failure('damaged')
  return parsed
}

/**
 * `parseSealed`, after having looked for the first sealed text there is, as `findSealed` does, where what was given is not one
 * in canonical form already. Failure `damaged` or `newer-version`. FORMAT.md §4.
 */
export function parseFirst(text: string): Parsed {
  // No marker inside: then a finder finds this very text, and it first.
  const parsed = holdsMarker(text.slice(marker.length)) ? null : takeApart(text)
  if (parsed !== null) return parsed
  const [first] = findSealed(text)
  if (first?.fault) throw new Failure(first.fault)
  return parseSealed(first?.sealed ?? text.trim())
}

/** Null for what is no sealed text in canonical form. */
function takeApart(sealed: string): Parsed | null {
  const len = sealed.startsWith(marker) ? claimedLen(sealed, marker.length) : null
  if (len === null || sealed.length !== marker.length + lettersFor(frameBytes + len)) return null
  const bytes = new Uint8Array(headBytes + len)
  bytes.set(markerBytes)
  bytes.set(firstBlock, marker.length)
  if (!decodeInto(sealed, marker.length + blockLetters, bytes, marker.length + blockBytes)) return null
  const keyTagAt = headBytes - keyTagBytes
  return {
    len,
    salt: bytes.subarray(keyTagAt - saltBytes, keyTagAt),
    keyTag: bytes.subarray(keyTagAt, headBytes),
    ciphertext: bytes.subarray(headBytes),
    head: bytes.subarray(0, headBytes),
  }
}

export interface Found {
  /** Offset in UTF-16 units of the first character of the marker. */
  readonly start: number
  /** Offset after the last character; decoration inside is covered, decoration after is not. */
  readonly end: number
  /** Canonical form, decoration removed; for a fault, what there was of it in one piece. */
  readonly sealed: string
  /** `damaged`: cut off, or blocks or a length that cannot be. */
  readonly fault: null | 'damaged' | 'newer-version'
}

const invisible = '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff'
const between = `[${invisible}]*(?:[ \\t]*\\r?\\n[\\s>${invisible}]*)?`
const markers = new RegExp(`${[...'sealed'].join(between)}${between}([1-9])`, 'g')
/** Letters, and a multiplication sign that a typographer made of an `x` between digits, which is read as that `x`. */
const lettersHere = /(?:[0-9A-Za-z]|(?<=^|[0-9])\u00d7(?=[0-9]))+/y
const decorationHere = new RegExp(`[\\s>${invisible}]+`, 'y')
const visible = new RegExp(`[^${invisible}]`)

/**
 * All sealed texts in a text, in order, seen through white space, invisible characters and `>` marks. A marker ends
 * whatever stands before it, so no character is read for two finds and the time is linear. FORMAT.md §4.
 */
export function findSealed(text: string): Found[] {
  const found: Found[] = []
  markers.lastIndex = 0
  for (let match = markers.exec(text); match; ) {
    const from = markers.lastIndex
    const next = markers.exec(text)
    const read = readAfterMarker(text.slice(from, next?.index), match[1] === '1' ? claimedLen : null)
    if (read)
      found.push({
        start: match.index,
        end: from + read.end,
        sealed: `sealed${match[1]}${read.letters}`,
        fault: read.fault,
      })
    match = next
  }
  return found
}

/** Whether a text that was found `damaged` has fewer letters than its first block claims: it was cut off, or lost some. */
export function lacksLetters(sealed: string): boolean {
  const letters = sealed.slice(marker.length)
  const len = claimedLen(letters)
  return letters.length < blockLetters || (len !== null && letters.length < lettersFor(frameBytes + len))
}

/** Whether all letters of a sealed text are small: that comes of a site that makes them so, and of nothing else. */
export function lostCapitals(sealed: string): boolean {
  return sealed.length > marker.length + blockLetters && sealed === sealed.toLowerCase()
}

/** Whether letters hold what a finder would take for the beginning of another sealed text. FORMAT.md §3.4. */
export function holdsMarker(letters: string): boolean {
  return /sealed[1-9]/.test(letters)
}

type Read = { letters: string; end: number; fault: Found['fault'] }

/** Reads on in `text`, which ends where the next marker stands. Without `lenOf` the version is one not known here. */
function readAfterMarker(text: string, lenOf: typeof claimedLen | null): Read | null {
  let letters = ''
  let end = 0
  let len: number | null = null
  let need = lenOf ? blockLetters : Number.POSITIVE_INFINITY
  let glued: { letters: string; end: number } | null = null
  for (let offset = 0; letters.length < need; ) {
    const gap = matchFrom(decorationHere, text, offset)
    if (visible.test(gap)) glued ??= { letters, end }
    if (glued && need === Number.POSITIVE_INFINITY) break
    offset += gap.length
    const piece = matchFrom(lettersHere, text, offset)
    if (piece === '') break
    if (lenOf && len === null && letters.length + piece.length >= blockLetters) {
      len = lenOf(letters.slice(0, blockLetters) + piece.slice(0, blockLetters).replaceAll('\u00d7', 'x'))
      need = len === null ? Number.POSITIVE_INFINITY : lettersFor(frameBytes + len)
    }
    const taken = piece.slice(0, need - letters.length)
    letters += taken.replaceAll('\u00d7', 'x')
    offset += taken.length
    end = offset
  }
  glued ??= { letters, end }
  if (!lenOf) return glued.letters.length < blockLetters ? null : { ...glued, fault: 'newer-version' }
  const whole = letters.length === need && len !== null
  if (whole && areBlocksPossible(letters)) return { letters, end, fault: null }
  if (!looksCutOff(glued.letters)) return null
  return whole ? { letters, end, fault: 'damaged' } : { ...glued, fault: 'damaged' }
}

/** A whole first block in one piece, or enough of one to tell that the length it claims is one a text can have. */
function looksCutOff(glued: string): boolean {
  if (glued.length >= blockLetters) return true
  if (glued.length < leastGlued) return false
  return ['0', 'z'].some((digit) => claimedLen(glued.padEnd(blockLetters, digit)) !== null)
}

function matchFrom(sticky: RegExp, text: string, offset: number): string {
  sticky.lastIndex = offset
  return sticky.exec(text)?.[0] ?? ''
}

/** The length that a first block of 43 letters begins with, or null where there can be no such block or length. */
function claimedLen(text: string, from = 0): number | null {
  if (!decodeInto(text, from, firstBlock, 0)) return null
  const len = ((firstBlock[0] ?? 0) << 16) | ((firstBlock[1] ?? 0) << 8) | (firstBlock[2] ?? 0)
  return isPossibleLength(len) ? len : null
}

function isPossibleLength(len: number): boolean {
  const padded = len - gcmTagBytes
  return padded >= leastPadded && len <= maxLen && padme(padded) === padded
}

function findLongestPadded(): number {
  let padded = maxLen - gcmTagBytes
  while (padme(padded) !== padded) padded--
  return padded
}

function areBlocksPossible(letters: string): boolean {
  const bytes = bytesFor(letters.length)
  return bytes !== null && decodeInto(letters, 0, new Uint8Array(bytes), 0)
}
