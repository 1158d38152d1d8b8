// Padding that lets a length reveal only its order of magnitude: a marker byte, then zeros up to a Padmé length.
// Knows neither keys nor what the bytes mean. FORMAT.md §3.2.

import type { Bytes } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { minPaddedBytes, padme } from './armor.ts'

export { padme } from './armor.ts'

const padMark = 0x80

/** head ‖ bytes ‖ 0x80 ‖ zeros, Padmé(max(32, n + 1)) bytes in all. The head is `headBytes` zeros, for the caller to fill. */
export function pad(headBytes: number, bytes: Uint8Array): Bytes {
  const end = headBytes + bytes.length
  const padded = new Uint8Array(padme(Math.max(minPaddedBytes, end + 1)))
  padded.set(bytes, headBytes)
  padded[end] = padMark
  return padded
}

/**
 * The offset of the 0x80 after the padded bytes, at least `headBytes`. Failure `damaged`: a length that Padmé does not give,
 * no 0x80, or one within the head. FORMAT.md §3.2.
 */
export function findPadding(padded: Uint8Array, headBytes: number): number {
  let end = padded.length - 1
  while (end >= 0 && padded[end] === 0) end--
  const possible = padded.length >= minPaddedBytes && padme(padded.length) === padded.length
  if (!possible || end < headBytes || padded[end] !== padMark) throw new Failure('damaged')
  return end
}
