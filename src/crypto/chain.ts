// A running hash over pieces: the last value is the same only when every piece before it is, in this order. It needs no
// state but the value itself, so that what is long can be hashed across interruptions. FORMAT.md §8.

import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, concat } from '../bytes.ts'

export const chainBytes = 32

/** The value before the first piece: zeros. */
export function newChain(): Bytes {
  return new Uint8Array(chainBytes)
}

/** SHA-256(chain ‖ piece), 32 bytes. */
export function extendChain(chain: Bytes, piece: Uint8Array): Bytes {
  return new Uint8Array(sha256(concat(chain, piece)))
}
