// Binary values inside JSON: base64url without padding, in its one canonical spelling. FORMAT.md §1.

import { base64urlnopad } from '@scure/base'
import type { Bytes } from '../bytes.ts'
import { Failure } from '../failure.ts'

export function encodeBase64url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/** Failure `damaged`: foreign characters, padding, or bits left over that are not zero. */
export function decodeBase64url(text: string): Bytes {
  try {
    return new Uint8Array(base64urlnopad.decode(text))
  } catch (cause) {
    throw new Failure('damaged', { cause })
  }
}
