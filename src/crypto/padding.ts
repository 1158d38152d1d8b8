// Padding that lets a length tell only its order of magnitude: a mark, then zeros up to a length that Padmé gives.
// Knows neither keys nor what the bytes mean. FORMAT.md §3.2.

import { type Bytes, concat } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { leastPadded, padme } from './armor.ts'

export { padme } from './armor.ts'

const padMark = 0x80

/** bytes ‖ 0x80 ‖ zeros, Padmé(max(32, n + 1)) bytes in all. */
export function pad(bytes: Uint8Array): Bytes {
  const zeros = padme(Math.max(leastPadded, bytes.length + 1)) - bytes.length - 1
  return concat(bytes, Uint8Array.of(padMark), new Uint8Array(zeros))
}

/**
 * What was padded; at least `headBytes` of it. Failure `damaged`: a length that Padmé does not give, no mark, or a mark
 * that lies within the head.
 */
export function unpad(padded: Uint8Array, headBytes: number): Bytes {
  const end = padded.findLastIndex((byte) => byte !== 0)
  const possible = padded.length >= leastPadded && padme(padded.length) === padded.length
  if (!possible || end < headBytes || padded[end] !== padMark) throw new Failure('damaged')
  return padded.slice(0, end) as Bytes
}
