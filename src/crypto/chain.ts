// A running hash over pieces: its last value is equal only if every piece before it is, in the same order. The value is the
// whole state, so hashing can stop and continue. FORMAT.md §8.2.

import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, concat } from '../bytes.ts'

/** Bytes of a chain value. */
export const chainBytes = 32

/** The value before the first piece: 32 zero bytes. */
export function newChain(): Bytes {
  return new Uint8Array(chainBytes)
}

/** SHA-256(chain ‖ piece), 32 bytes. */
export function extendChain(chain: Bytes, piece: Uint8Array): Bytes {
  return new Uint8Array(sha256(concat(chain, piece)))
}
