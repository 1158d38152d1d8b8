// From a secret to a key: Argon2id for passwords, HKDF-SHA256 for random secrets. The bounds on the work that a stranger's
// record may require are here, beside the derivation. Stores nothing. FORMAT.md §1 and §6.2.

import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { argon2id } from 'hash-wasm'
import { type Bytes, type KeyEncryptionKey, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'

/** The cost of one password guess. FORMAT.md §6.2. */
export interface PasswordCost {
  readonly memoryKiB: number
  /** Passes over the memory. */
  readonly iterations: number
  /** Lanes. */
  readonly parallelism: number
}

/** 64 MiB, 3 passes, 4 lanes. */
export const defaultCost: PasswordCost = { memoryKiB: 65536, iterations: 3, parallelism: 4 }
/** 32 MiB, 6 passes, 4 lanes: the same work in half the memory, for devices without 64 MiB to spare. */
export const smallCost: PasswordCost = { memoryKiB: 32768, iterations: 6, parallelism: 4 }
/** The bounds of a stored record: 19 MiB and 2 passes, up to 1 GiB, 16 passes and 16 lanes. FORMAT.md §6.2. */
export const leastCost: PasswordCost = { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 }
export const mostCost: PasswordCost = { memoryKiB: 1024 * 1024, iterations: 16, parallelism: 16 }

const parts = ['memoryKiB', 'iterations', 'parallelism'] as const

/** Whether each part is a whole number from leastCost to mostCost. */
export function isCostAllowed(cost: PasswordCost): boolean {
  return parts.every(
    (part) => Number.isInteger(cost[part]) && cost[part] >= leastCost[part] && cost[part] <= mostCost[part],
  )
}

/** memoryKiB × iterations: the measure by which one cost is weaker than another. */
export function costOf(cost: PasswordCost): number {
  return cost.memoryKiB * cost.iterations
}

/** This cost, or, if `replaced` requires more work, a cost with at least the work and memory of `replaced`. */
export function strongerCost(cost: PasswordCost, replaced: PasswordCost | null): PasswordCost {
  if (replaced === null || costOf(cost) >= costOf(replaced)) return cost
  const { memoryKiB, iterations, parallelism } = replaced
  if (memoryKiB > cost.memoryKiB) return { memoryKiB, iterations, parallelism }
  return { ...cost, iterations: Math.ceil(costOf(replaced) / cost.memoryKiB) }
}

/** smallCost; or, if `replaced` requires more work, the same work in the least memory that the bounds allow. */
export function inLessMemory(replaced: PasswordCost | null): PasswordCost {
  if (replaced === null || costOf(replaced) <= costOf(smallCost)) return smallCost
  const mebibytes = Math.ceil(costOf(replaced) / mostCost.iterations / 1024)
  const memoryKiB = Math.max(smallCost.memoryKiB, mebibytes * 1024)
  return { memoryKiB, iterations: Math.ceil(costOf(replaced) / memoryKiB), parallelism: smallCost.parallelism }
}

/**
 * Argon2id of the password (NFKC, then UTF-8) with a salt of 16 bytes: 32 bytes. FORMAT.md §6.2.
 * Failure `memory` if the memory is not available. RangeError for an empty password or a cost out of bounds.
 */
export async function passwordKey(password: string, salt: Bytes, cost: PasswordCost): Promise<KeyEncryptionKey> {
  if (!isCostAllowed(cost)) throw new RangeError(`expected an allowed cost, got ${JSON.stringify(cost)}`)
  if (password === '') throw new RangeError('expected a password, got an empty one')
  try {
    const key = await argon2id({
      password: utf8(password.normalize('NFKC')),
      salt,
      memorySize: cost.memoryKiB,
      iterations: cost.iterations,
      parallelism: cost.parallelism,
      hashLength: 32,
      outputType: 'binary',
    })
    return new Uint8Array(key) as KeyEncryptionKey
  } catch (cause) {
    throw isOutOfMemory(cause) ? new Failure('memory', { cause }) : cause
  }
}

/** HKDF-SHA256 with `info` as UTF-8: `length` bytes. FORMAT.md §1. */
export function derive(ikm: Uint8Array, salt: Uint8Array, info: string, length: number): Bytes {
  return new Uint8Array(hkdf(sha256, ikm, salt, utf8(info), length))
}

/**
 * hash-wasm does not check whether `memory.grow` succeeded; it then creates a view beyond the memory, which is a RangeError.
 * Chromium also throws RangeErrors if it cannot create an instance; Firefox an InternalError, or the bare string.
 */
function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof RangeError || /out of memory|allocation size overflow/i.test(String(thrown))
}
