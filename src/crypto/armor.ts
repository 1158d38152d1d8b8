// The text form of what is sealed: base62 in blocks, the frame of a sealed text, and finding sealed texts among
// other text. Pure text and bytes: knows no key and no cipher, and imports nothing but common ground, because it is
// the one file of this room that is bundled into the content script. FORMAT.md §2, §3 and §4.

import { type Bytes, concat, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'

export const marker = 'sealed1'
/** The fewest bytes that anything is padded to. */
export const leastPadded = 32

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const blockBytes = 32
const blockLetters = 43
const saltBytes = 16
const keyTagBytes = 16
const frameBytes = 3 + saltBytes + keyTagBytes // what stands before the ciphertext
const gcmTagBytes = 16
const textHeadBytes = 9 // flags, minutes, site tag
const maxLen = 1024 * 1024 // bytes of ciphertext, tag included
const leastGlued = 8 // letters in one piece after a marker, below which it is taken for a mere word

const limbDigits = 8 // base62 digits that fit a double without loss
const limbBase = 62n ** 8n
const digitOf = new Map(Array.from(alphabet, (letter, value) => [letter, value]))
/** Letters for a block of r bytes, by r: the least number for which 62^letters ≥ 256^r. */
const lettersOf = Array.from({ length: blockBytes + 1 }, (_, r) => {
  let letters = 0
  while (62n ** BigInt(letters) < 256n ** BigInt(r)) letters++
  return letters
})
/** The highest block of r bytes as letters, by r. ASCII order is the order of the digits, so `>` compares values. */
const highest = lettersOf.map((letters, r) => writeNumber(256n ** BigInt(r) - 1n, letters))

/** The padded length in bytes that Padmé gives to n ≥ 2 bytes. FORMAT.md §3.2. */
export function padme(n: number): number {
  const exponent = 31 - Math.clz32(n)
  const step = 1 << (exponent - (32 - Math.clz32(exponent)))
  return Math.ceil(n / step) * step
}

/** The most UTF-8 bytes of text that one sealed text can hold. */
export const maxPlainBytes = greatestPadded() - textHeadBytes - 1
/** The most characters of one sealed text, in canonical form. */
export const maxSealedLength = sealedLength(maxPlainBytes)

/** The characters of the sealed text for a text of so many UTF-8 bytes. Failure `too-long`. FORMAT.md §3. */
export function sealedLength(plainBytes: number): number {
  const padded = padme(Math.max(leastPadded, textHeadBytes + plainBytes + 1))
  if (padded + gcmTagBytes > maxLen) throw new Failure('too-long')
  return marker.length + lettersFor(frameBytes + padded + gcmTagBytes)
}

/** Base62: 32 bytes to 43 letters, the last block shorter. Any length, also 0. FORMAT.md §2. */
export function encodeBlocks(bytes: Uint8Array): string {
  const block = new DataView(new ArrayBuffer(blockBytes))
  const room = new Uint8Array(block.buffer)
  const written: string[] = []
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const part = bytes.subarray(at, at + blockBytes)
    room.fill(0)
    room.set(part, blockBytes - part.length)
    let value = 0n
    for (let word = 0; word < blockBytes; word += 8) value = (value << 64n) | block.getBigUint64(word)
    written.push(writeNumber(value, lettersOf[part.length] ?? 0))
  }
  return written.join('')
}

/** The inverse of encodeBlocks. Failure `damaged`: foreign characters, impossible lengths, values too high. */
export function decodeBlocks(text: string): Bytes {
  if (!blocksPossible(text)) throw new Failure('damaged')
  const rest = lettersOf.indexOf(text.length % blockLetters)
  const bytes = new Uint8Array(Math.floor(text.length / blockLetters) * blockBytes + rest)
  const block = new DataView(new ArrayBuffer(blockBytes))
  for (let at = 0, from = 0; at < bytes.length; at += blockBytes, from += blockLetters) {
    let value = readNumber(text.slice(from, from + blockLetters))
    for (let word = blockBytes - 8; word >= 0; word -= 8) {
      block.setBigUint64(word, BigInt.asUintN(64, value))
      value >>= 64n
    }
    bytes.set(new Uint8Array(block.buffer, Math.max(0, at + blockBytes - bytes.length)), at)
  }
  return bytes
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

/** Takes a sealed text in canonical form apart. Failure `damaged` or `newer-version`. FORMAT.md §3. */
export function parseSealed(sealed: string): Parsed {
  if (/^sealed[2-9]/.test(sealed)) throw new Failure('newer-version')
  const letters = sealed.slice(marker.length)
  const len = claimedLen(letters.slice(0, blockLetters))
  if (!sealed.startsWith(marker) || len === null || letters.length !== lettersFor(frameBytes + len))
    throw new Failure('damaged')
  const bytes = decodeBlocks(letters)
  return {
    len,
    salt: bytes.slice(3, 3 + saltBytes),
    keyTag: bytes.slice(3 + saltBytes, frameBytes),
    ciphertext: bytes.slice(frameBytes),
    head: concat(utf8(marker), bytes.subarray(0, frameBytes)),
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
  for (let mark = markers.exec(text); mark; ) {
    const from = markers.lastIndex
    const next = markers.exec(text)
    const one = readAfterMarker(text.slice(from, next?.index), mark[1] === '1' ? claimedLen : null)
    if (one)
      found.push({
        start: mark.index,
        end: from + one.end,
        sealed: `sealed${mark[1]}${one.letters}`,
        fault: one.fault,
      })
    mark = next
  }
  return found
}

/** Whether a text that was found `damaged` has fewer letters than its first block claims: it was cut off, or lost some. */
export function lacksLetters(sealed: string): boolean {
  const letters = sealed.slice(marker.length)
  const len = claimedLen(letters.slice(0, blockLetters))
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
  for (let at = 0; letters.length < need; ) {
    const gap = matchAt(decorationHere, text, at)
    if (visible.test(gap)) glued ??= { letters, end }
    if (glued && need === Number.POSITIVE_INFINITY) break
    at += gap.length
    const piece = matchAt(lettersHere, text, at)
    if (piece === '') break
    if (lenOf && len === null && letters.length + piece.length >= blockLetters) {
      len = lenOf((letters + piece.replaceAll('\u00d7', 'x')).slice(0, blockLetters))
      need = len === null ? Number.POSITIVE_INFINITY : lettersFor(frameBytes + len)
    }
    const taken = piece.slice(0, need - letters.length)
    letters += taken.replaceAll('\u00d7', 'x')
    at += taken.length
    end = at
  }
  glued ??= { letters, end }
  if (!lenOf) return glued.letters.length < blockLetters ? null : { ...glued, fault: 'newer-version' }
  const whole = letters.length === need && len !== null
  if (whole && blocksPossible(letters)) return { letters, end, fault: null }
  if (!looksCutOff(glued.letters)) return null
  return whole ? { letters, end, fault: 'damaged' } : { ...glued, fault: 'damaged' }
}

/** A whole first block in one piece, or enough of one to tell that the length it claims is one a text can have. */
function looksCutOff(glued: string): boolean {
  if (glued.length >= blockLetters) return true
  if (glued.length < leastGlued) return false
  return ['0', 'z'].some((digit) => lenPossible(Number(readNumber(glued.padEnd(blockLetters, digit)) >> 232n)))
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at
  return sticky.exec(text)?.[0] ?? ''
}

/** The length that a first block of 43 letters begins with, or null where there can be no such block or length. */
function claimedLen(block: string): number | null {
  if (block.length !== blockLetters || !blocksPossible(block)) return null
  const len = Number(readNumber(block) >> 232n)
  return lenPossible(len) ? len : null
}

function lenPossible(len: number): boolean {
  const padded = len - gcmTagBytes
  return padded >= leastPadded && len <= maxLen && padme(padded) === padded
}

function greatestPadded(): number {
  let padded = maxLen - gcmTagBytes
  while (padme(padded) !== padded) padded--
  return padded
}

function lettersFor(bytes: number): number {
  return Math.floor(bytes / blockBytes) * blockLetters + (lettersOf[bytes % blockBytes] ?? 0)
}

function blocksPossible(text: string): boolean {
  const rest = lettersOf.indexOf(text.length % blockLetters)
  if (rest < 0 || !/^[0-9A-Za-z]*$/.test(text)) return false
  for (let from = 0; from < text.length; from += blockLetters) {
    const block = text.slice(from, from + blockLetters)
    if (block > (highest[block.length < blockLetters ? rest : blockBytes] ?? '')) return false
  }
  return true
}

function writeNumber(value: bigint, letters: number): string {
  let left = value
  let text = ''
  while (text.length < letters) {
    let limb = Number(left % limbBase)
    left /= limbBase
    for (let i = 0; i < limbDigits && text.length < letters; i++) {
      text = alphabet.charAt(limb % 62) + text
      limb = Math.floor(limb / 62)
    }
  }
  return text
}

function readNumber(letters: string): bigint {
  let value = 0n
  for (let at = 0; at < letters.length; at += limbDigits) {
    const part = letters.slice(at, at + limbDigits)
    let limb = 0
    for (const letter of part) limb = limb * 62 + (digitOf.get(letter) ?? 0)
    value = value * 62n ** BigInt(part.length) + BigInt(limb)
  }
  return value
}
