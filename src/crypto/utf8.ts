// Strict UTF-8: invalid bytes are refused, and a byte order mark is a character. FORMAT.md §1 and §3.3.

import { Failure } from '../failure.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes UTF-8. Failure `damaged` for invalid bytes. */
export function readUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new Failure('damaged', { cause })
  }
}
