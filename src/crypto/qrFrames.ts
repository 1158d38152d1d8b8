// Bytes as short pieces of text, to be shown as QR codes, pasted or saved to a file, in any order, and joined again. FORMAT.md
// calls a piece a part. Each names the bytes it belongs to, and has a checksum that finds a wrong letter. The checksums
// protect against nobody: whoever needs secrecy seals the bytes first. FORMAT.md §10.3.

import { sha256 } from '@noble/hashes/sha2.js'
import { base32nopad } from '@scure/base'
import { type Bytes, concat, equalBytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'

/** One piece of the bytes. `index` counts from 0, below `count`, which is at most 8192. */
export interface QrFrame {
  /** Identifies the bytes it belongs to: the first 6 bytes of their SHA-256, as 12 hexadecimal digits. */
  readonly transfer: string
  readonly index: number
  readonly count: number
  /** 1 to 224 bytes. */
  readonly bytes: Bytes
  /** Its text in canonical form. */
  readonly text: string
}

/** The frames of a text, and the number of those that cannot be used. */
export interface FoundFrames {
  readonly parts: readonly QrFrame[]
  /** The number of frames with missing or wrong letters. */
  readonly damaged: number
  /** The number of frames of a newer version. */
  readonly newer: number
}

/** The longest frame fits a QR code of version 10. */
const maxPieceBytes = 224
/** The most frames of one transfer. FORMAT.md §10.3. */
export const maxFrames = 8192
const idBytes = 6
const sumBytes = 4
const frameBytes = idBytes + 2 + 2 + sumBytes
const marker = 'FSPAIR1:'
/** A marker ends the frame before it, and never occurs in the letters of one. Mail programs add white space and `>`. */
const finder = /FSPAIR([1-9]):((?:(?!FSPAIR[1-9]:)[A-Z2-7\s>])*)(\.?)/g

/** The frames of these bytes, as text, in order. RangeError for no bytes, or for more than 8192 frames hold. */
export function splitIntoFrames(bytes: Bytes): string[] {
  const count = Math.ceil(bytes.length / maxPieceBytes)
  if (count === 0 || count > maxFrames) throw new RangeError(`expected 1 to ${maxFrames} parts, got ${count}`)
  const id = idOf(bytes)
  return Array.from({ length: count }, (_, index) => {
    const numbers = new DataView(new ArrayBuffer(4))
    numbers.setUint16(0, index)
    numbers.setUint16(2, count)
    const piece = bytes.subarray(index * maxPieceBytes, (index + 1) * maxPieceBytes)
    const summed = concat(id, new Uint8Array(numbers.buffer), piece)
    return `${marker}${base32nopad.encode(concat(summed, sumOf(summed)))}.`
  })
}

/** All frames in a text, in any case, whatever surrounds them. Never throws. */
export function findFrames(text: string): FoundFrames {
  const parts: QrFrame[] = []
  let [damaged, newer] = [0, 0]
  for (const [, version, spaced = '', end] of text.toUpperCase().matchAll(finder)) {
    const part = version === '1' && end === '.' ? readFrame(spaced.replaceAll(/[\s>]/g, '')) : null
    if (version !== '1') newer++
    else if (part === null) damaged++
    else parts.push(part)
  }
  return { parts, damaged, newer }
}

/** The bytes of all frames of one transfer, in any order. Failure `damaged` if one is missing or does not belong. */
export function joinFrames(parts: readonly QrFrame[]): Bytes {
  const sorted = parts.toSorted((a, b) => a.index - b.index)
  const whole = sorted.every((part, index) => part.index === index && part.count === sorted.length)
  const bytes = concat(...sorted.map((part) => part.bytes))
  const id = hexOf(idOf(bytes))
  if (!whole || sorted.length === 0 || sorted.some(({ transfer }) => transfer !== id)) throw new Failure('damaged')
  return bytes
}

function readFrame(letters: string): QrFrame | null {
  const read = decodeLetters(letters)
  if (read === null || read.length <= frameBytes || read.length > frameBytes + maxPieceBytes) return null
  const summed = read.slice(0, -sumBytes)
  if (!equalBytes(sumOf(summed), read.slice(-sumBytes))) return null
  const numbers = new DataView(summed.buffer, idBytes)
  const [index, count] = [numbers.getUint16(0), numbers.getUint16(2)]
  if (count > maxFrames || index >= count) return null
  const transfer = hexOf(summed.subarray(0, idBytes))
  return { transfer, index, count, bytes: summed.slice(idBytes + 4), text: `${marker}${letters}.` }
}

function decodeLetters(letters: string): Bytes | null {
  try {
    return new Uint8Array(base32nopad.decode(letters))
  } catch {
    return null
  }
}

function idOf(bytes: Uint8Array): Bytes {
  return new Uint8Array(sha256(bytes).subarray(0, idBytes))
}

function sumOf(summed: Uint8Array): Bytes {
  return new Uint8Array(sha256(concat(utf8(marker), summed)).subarray(0, sumBytes))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
