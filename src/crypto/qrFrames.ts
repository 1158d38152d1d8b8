// Bytes as short pieces of text that can be shown as QR codes, pasted or kept in a file, in any order, and put together
// again. Each piece says which bytes it is of, and has a sum by which a wrong letter is found. The sums guard against
// nobody: what is in the bytes is sealed, or it is not. FORMAT.md §10.3.

import { sha256 } from '@noble/hashes/sha2.js'
import { base32nopad } from '@scure/base'
import { type Bytes, concat, equalBytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'

/** One piece of some bytes. `index` counts from 0. */
export interface QrFrame {
  /** Names the bytes it is of: 12 hexadecimal digits, the beginning of their SHA-256. */
  readonly transfer: string
  readonly index: number
  readonly count: number
  readonly bytes: Bytes
  /** Its text, as it was made. */
  readonly text: string
}

export interface FoundFrames {
  readonly parts: readonly QrFrame[]
  /** How many more begin like a part and are none: letters are missing or wrong. */
  readonly damaged: number
  /** How many were made by a newer version. */
  readonly newer: number
}

/** So much that a QR code of the tenth size holds its text. */
const bytesInPart = 224
export const maxFrames = 8192
const idBytes = 6
const sumBytes = 4
const frameBytes = idBytes + 2 + 2 + sumBytes
const marker = 'FSPAIR1:'
/** A marker ends whatever stands before it, and stands in no part's letters. White space and `>` are what mail puts in. */
const finder = /FSPAIR([1-9]):((?:(?!FSPAIR[1-9]:)[A-Z2-7\s>])*)(\.?)/g

/** The parts of these bytes, in order. RangeError for none, or for more than 8192 parts hold. */
export function splitIntoFrames(bytes: Bytes): string[] {
  const count = Math.ceil(bytes.length / bytesInPart)
  if (count === 0 || count > maxFrames) throw new RangeError(`expected 1 to ${maxFrames} parts, got ${count}`)
  const id = idOf(bytes)
  return Array.from({ length: count }, (_, index) => {
    const numbers = new DataView(new ArrayBuffer(4))
    numbers.setUint16(0, index)
    numbers.setUint16(2, count)
    const piece = bytes.subarray(index * bytesInPart, (index + 1) * bytesInPart)
    const summed = concat(id, new Uint8Array(numbers.buffer), piece)
    return `${marker}${base32nopad.encode(concat(summed, sumOf(summed)))}.`
  })
}

/** The parts that stand in a text, whatever stands around them, in any case. Never throws. */
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

/** The bytes of all parts of one transfer, given in any order. Failure `damaged` where one is missing or does not belong. */
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
  if (read === null || read.length <= frameBytes || read.length > frameBytes + bytesInPart) return null
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
