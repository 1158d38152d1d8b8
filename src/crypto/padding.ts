// Padding that lets a length tell only its order of magnitude: a mark, then zeros up to a length that Padmé gives.
// Knows neither keys nor what the bytes mean. FORMAT.md §3.2.

import type { Bytes } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { leastPadded, padme } from './armor.ts'

export { padme } from './armor.ts'

const padMark = 0x80

/** bytes ‖ 0x80 ‖ zeros, Padmé(max(32, n + 1)) bytes in all, where the bytes are these parts joined. */
export function pad(...parts: readonly Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const padded = new Uint8Array(padme(Math.max(leastPadded, length + 1)))
  let at = 0
  for (const part of parts) {
    padded.set(part, at)
    at += part.length
  }
  padded[at] = padMark
  return padded
}

/**
 * What was padded, as a view of it; at least `headBytes`. Failure `damaged`: a length that Padmé does not give, no mark, or a mark
 * that lies within the head.
 */
export function unpad(padded: Bytes, headBytes: number): Bytes {
  let end = padded.length - 1
  while (end >= 0 && padded[end] === 0) end--
  const possible = padded.length >= leastPadded && padme(padded.length) === padded.length
  if (!possible || end < headBytes || padded[end] !== padMark) throw new Failure('damaged')
  return padded.subarray(0, end)
}
