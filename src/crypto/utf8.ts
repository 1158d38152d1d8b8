// Reading UTF-8 strictly: what is not UTF-8 is refused, and a byte order mark is a character. FORMAT.md §1 and §3.3.

import { Failure } from '../failure.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Failure `damaged` when it is not UTF-8. */
export function readUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new Failure('damaged', { cause })
  }
}
