// The text form of a sealed text: its frame, and finding sealed texts among other text. Pure text and bytes: knows no key
// and no cipher. Imports nothing but base62 and shared basics, because both files are bundled into the content script.
// FORMAT.md §3 and §4.

import { type Bytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { blockBytes, blockLetters, bytesFor, decodeInto, lettersFor } from './base62.ts'

/** The marker that a sealed text of this version begins with. FORMAT.md §3.1. */
export const marker = 'sealed1'
/** The shortest padded text, in bytes. FORMAT.md §3.2. */
export const minPaddedBytes = 32

const saltBytes = 16
const keyTagBytes = 16
const frameBytes = 3 + saltBytes + keyTagBytes // len, salt and key tag, before the ciphertext
const headBytes = marker.length + frameBytes
const gcmTagBytes = 16
const textHeadBytes = 9 // flags, minutes, site tag
const maxLen = 1024 * 1024 // bytes of ciphertext, tag included
const minCutOffLetters = 8 // with fewer letters in one piece after a marker, it is a plain word

const markerBytes = /* @__PURE__ */ utf8(marker)
const firstBlock = new Uint8Array(blockBytes) // scratch space, overwritten by every readLen

/** Padmé(n) for n ≥ 2: the padded length in bytes. FORMAT.md §3.2. */
export function padme(n: number): number {
  const exponent = 31 - Math.clz32(n)
  const step = 1 << (exponent - (32 - Math.clz32(exponent)))
  return Math.ceil(n / step) * step
}

/** The longest text that one sealed text can hold, in UTF-8 bytes. FORMAT.md §3.2. */
export const maxPlainBytes = findLongestPadded() - textHeadBytes - 1
/** The longest sealed text in canonical form, in characters. */
export const maxSealedLength = sealedLength(maxPlainBytes)

/** The length, in characters, of the sealed text for `plainBytes` UTF-8 bytes of text. Failure `too-long`. FORMAT.md §3. */
export function sealedLength(plainBytes: number): number {
  const padded = padme(Math.max(minPaddedBytes, textHeadBytes + plainBytes + 1))
  if (padded + gcmTagBytes > maxLen) throw new Failure('too-long')
  return marker.length + lettersFor(frameBytes + padded + gcmTagBytes)
}

/** The parts of a sealed text. FORMAT.md §3.1. */
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
 * A buffer for a sealed text whose ciphertext has `len` bytes, tag included. `head` is its first 42 bytes, already written,
 * which are authenticated with the ciphertext.
 */
export function newFrame(len: number, salt: Uint8Array, keyTag: Uint8Array): { bytes: Bytes; head: Bytes } {
  const bytes = new Uint8Array(headBytes + len)
  bytes.set(markerBytes)
  for (let offset = marker.length + 2, left = len; offset >= marker.length; offset--, left >>= 8) bytes[offset] = left
  bytes.set(salt, headBytes - keyTagBytes - saltBytes)
  bytes.set(keyTag, headBytes - keyTagBytes)
  return { bytes, head: bytes.subarray(0, headBytes) }
}

/** Parses a sealed text in canonical form. Failure `damaged` or `newer-version`. FORMAT.md §3.5. */
export function parseSealed(sealed: string): Parsed {
  if (/^sealed[2-9]/.test(sealed)) throw new Failure('newer-version')
  const parsed = tryParse(sealed)
  if (parsed === null) throw new Failure('damaged')
  return parsed
}

/** Parses the first sealed text in `text`, canonical or decorated. Failure `damaged` or `newer-version`. FORMAT.md §4. */
export function parseFirst(text: string): Parsed {
  // The fast path: in canonical form and without a marker inside, this is what findSealed would find first.
  const parsed = holdsMarker(text.slice(marker.length)) ? null : tryParse(text)
  if (parsed !== null) return parsed
  const [first] = findSealed(text)
  if (first?.fault) throw new Failure(first.fault)
  return parseSealed(first?.sealed ?? text.trim())
}

/** Null if this is not a sealed text in canonical form. */
function tryParse(sealed: string): Parsed | null {
  const len = sealed.startsWith(marker) ? readLen(sealed, marker.length) : null
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

/** A sealed text, or a damaged or newer one, found in another text. FORMAT.md §4. */
export interface Found {
  /** Offset in UTF-16 units of the first character of the marker. */
  readonly start: number
  /** Offset after the last character; includes decoration inside, not decoration after. */
  readonly end: number
  /** Canonical form, decoration removed; with a fault, the part of it that was in one piece. */
  readonly sealed: string
  /** `damaged`: cut off, or an impossible block or length. */
  readonly fault: null | 'damaged' | 'newer-version'
}

const invisible = '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff'
const markerGap = `[${invisible}]*(?:[ \\t]*\\r?\\n[\\s>${invisible}]*)?`
const markers = new RegExp(`${[...'sealed'].join(markerGap)}${markerGap}([1-9])`, 'g')
/** Letters, and a multiplication sign between digits, which typographic software makes of an `x`. FORMAT.md §4. */
const letterRun = /(?:[0-9A-Za-z]|(?<=^|[0-9])\u00d7(?=[0-9]))+/y
const decorationRun = new RegExp(`[\\s>${invisible}]+`, 'y')
const visible = new RegExp(`[^${invisible}]`)

/**
 * All sealed texts in a text, in order, ignoring white space, invisible characters and `>` inside them. A marker ends the
 * text before it, so no character belongs to two finds and the time is linear. FORMAT.md §4.
 */
export function findSealed(text: string): Found[] {
  const found: Found[] = []
  markers.lastIndex = 0
  for (let match = markers.exec(text); match; ) {
    const from = markers.lastIndex
    const next = markers.exec(text)
    const read = readAfterMarker(text.slice(from, next?.index), match[1] === '1' ? readLen : null)
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

/** Whether a `damaged` text has fewer letters than its first block claims: it was cut off, or lost some inside. */
export function lacksLetters(sealed: string): boolean {
  const letters = sealed.slice(marker.length)
  const len = readLen(letters)
  return letters.length < blockLetters || (len !== null && letters.length < lettersFor(frameBytes + len))
}

/** Whether a sealed text has no capitals, which happens only if a site changes text to lower case. */
export function lostCapitals(sealed: string): boolean {
  return sealed.length > marker.length + blockLetters && sealed === sealed.toLowerCase()
}

/** Whether letters contain what a finder would take for the marker of another sealed text. FORMAT.md §3.4. */
export function holdsMarker(letters: string): boolean {
  return /sealed[1-9]/.test(letters)
}

type Read = { letters: string; end: number; fault: Found['fault'] }

/** Reads a sealed text from `text`, which ends at the next marker. Without `lenOf`, its version is unknown. */
function readAfterMarker(text: string, lenOf: typeof readLen | null): Read | null {
  let letters = ''
  let end = 0
  let len: number | null = null
  let need = lenOf ? blockLetters : Number.POSITIVE_INFINITY
  let firstPiece: { letters: string; end: number } | null = null
  for (let offset = 0; letters.length < need; ) {
    const gap = matchFrom(decorationRun, text, offset)
    if (visible.test(gap)) firstPiece ??= { letters, end }
    if (firstPiece && need === Number.POSITIVE_INFINITY) break
    offset += gap.length
    const piece = matchFrom(letterRun, text, offset)
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
  firstPiece ??= { letters, end }
  if (!lenOf) return firstPiece.letters.length < blockLetters ? null : { ...firstPiece, fault: 'newer-version' }
  const whole = letters.length === need && len !== null
  if (whole && areBlocksValid(letters)) return { letters, end, fault: null }
  if (!looksCutOff(firstPiece.letters)) return null
  return whole ? { letters, end, fault: 'damaged' } : { ...firstPiece, fault: 'damaged' }
}

/** Whether one piece has a whole first block, or enough of one to show that its length is possible. */
function looksCutOff(firstPiece: string): boolean {
  if (firstPiece.length >= blockLetters) return true
  if (firstPiece.length < minCutOffLetters) return false
  return ['0', 'z'].some((digit) => readLen(firstPiece.padEnd(blockLetters, digit)) !== null)
}

function matchFrom(sticky: RegExp, text: string, offset: number): string {
  sticky.lastIndex = offset
  return sticky.exec(text)?.[0] ?? ''
}

/** Reads `len` from a first block of 43 letters at `from`; null for an impossible block or length. Fills `firstBlock`. */
function readLen(text: string, from = 0): number | null {
  if (!decodeInto(text, from, firstBlock, 0)) return null
  const len = ((firstBlock[0] ?? 0) << 16) | ((firstBlock[1] ?? 0) << 8) | (firstBlock[2] ?? 0)
  return isValidLen(len) ? len : null
}

function isValidLen(len: number): boolean {
  const padded = len - gcmTagBytes
  return padded >= minPaddedBytes && len <= maxLen && padme(padded) === padded
}

function findLongestPadded(): number {
  let padded = maxLen - gcmTagBytes
  while (padme(padded) !== padded) padded--
  return padded
}

function areBlocksValid(letters: string): boolean {
  const bytes = bytesFor(letters.length)
  return bytes !== null && decodeInto(letters, 0, new Uint8Array(bytes), 0)
}
