// A secret of 16 bytes split into shares for several people, by Shamir's scheme: any `threshold` of them reconstruct it, fewer
// reveal nothing. Also a share as written on paper. The package does the arithmetic. Derives and stores nothing.
// FORMAT.md §5.1.

import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, concat, equalBytes, randomBytes, type SharesSecret } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { Bech32Code, type Diagnosis } from './bech32Code.ts'

/** One share of a secret. FORMAT.md §5.1. */
export interface Share {
  /** How many are needed, from 2 to `count`. */
  readonly threshold: number
  /** How many were made, from 2 to 16. */
  readonly count: number
  /** 4 random bytes, the same in all shares that were made together. */
  readonly set: Bytes
  /** Its number within the set, from 1 to `count`. */
  readonly index: number
  /** 17 bytes: an ordinate for each byte of the secret, then their common abscissa, which is not 0. */
  readonly point: Bytes
}

/** The most shares of one set. */
export const maxShares = 16
/** Bytes of the random id that all shares of one set have. */
export const setBytes = 4
const secretBytes = 16
const pointBytes = secretBytes + 1
const shareText = new Bech32Code('fsshare', 1 + setBytes + 1 + pointBytes)

/** A new secret to split: 16 random bytes, independent of the recovery key. FORMAT.md §5.1. */
export function newSharesSecret(): SharesSecret {
  return randomBytes(secretBytes) as SharesSecret
}

/** Splits this secret into a new set of shares. RangeError unless 2 ≤ threshold ≤ count ≤ 16. FORMAT.md §5.1. */
export async function makeShares(secret: SharesSecret, threshold: number, count: number): Promise<Share[]> {
  if (!areValidNumbers(threshold, count)) throw new RangeError(`expected 2 ≤ k ≤ n ≤ 16, got ${threshold} and ${count}`)
  const set = randomBytes(setBytes)
  const points = await split(secret, count, threshold)
  return points.map((point, offset) => ({ threshold, count, set, index: offset + 1, point: new Uint8Array(point) }))
}

/**
 * The secret that these shares reconstruct, 16 bytes. Too few shares, or a forged one, give another value: only a slot shows
 * which it is. Null if they cannot belong together: different sets, fewer than two, or one twice. FORMAT.md §5.1.
 */
export async function combineShares(shares: readonly Share[]): Promise<SharesSecret | null> {
  const [first] = shares
  if (first === undefined || shares.length < 2) return null
  const abscissas = new Set(shares.map(({ point }) => point[secretBytes]))
  if (abscissas.size < shares.length || !shares.every((share) => areOfOneSet(share, first))) return null
  return new Uint8Array(await combine(shares.map(({ point }) => point))) as SharesSecret
}

/** Whether two shares claim to be of one set. */
export function areOfOneSet(a: Share, b: Share): boolean {
  return a.threshold === b.threshold && a.count === b.count && equalBytes(a.set, b.set)
}

/** 11 groups of capital letters and digits, joined by `-`: ten of 4 and one of 3. FORMAT.md §5.1. */
export function formatShare({ threshold, count, set, index, point }: Share): string {
  const numbers = ((threshold - 1) << 4) | (count - 1)
  return shareText.format(concat(Uint8Array.of(numbers), set, Uint8Array.of(index), point))
}

/** The share, from any case and spacing. Failure `mistyped`; `newer-version` for values out of bounds. FORMAT.md §5.1. */
export function parseShare(text: string): Share {
  const bytes = shareText.read(text)
  if (!bytes) throw new Failure('mistyped')
  const [numbers = 0] = bytes
  const [threshold, count] = [(numbers >> 4) + 1, (numbers & 15) + 1]
  const index = bytes[1 + setBytes] ?? 0
  const point = bytes.slice(2 + setBytes)
  if (!areValidNumbers(threshold, count) || index < 1 || index > count || point[secretBytes] === 0)
    throw new Failure('newer-version')
  return { threshold, count, set: bytes.slice(1, 1 + setBytes), index, point }
}

/** Never says what the share should have been: at most which group to check. */
export function diagnoseShare(text: string): Diagnosis {
  return shareText.diagnose(text)
}

function areValidNumbers(threshold: number, count: number): boolean {
  const whole = Number.isInteger(threshold) && Number.isInteger(count)
  return whole && 2 <= threshold && threshold <= count && count <= maxShares
}
