// A secret of 16 bytes split into shares for several people, by Shamir's scheme: any `threshold` of them give it back,
// fewer say nothing about it. And a share as it is written on paper. The arithmetic is that of the package. Derives and
// stores nothing. FORMAT.md §5.1.

import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, concat, equalBytes, randomBytes, type SharesSecret } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { Bech32Code, type Diagnosis } from './bech32Code.ts'

export interface Share {
  /** How many are needed, from 2 to `count`. */
  readonly threshold: number
  /** How many were made, from 2 to 16. */
  readonly count: number
  /** 4 random bytes that name the set it was made with. */
  readonly set: Bytes
  /** Which of the set it is, from 1 to `count`. */
  readonly index: number
  /** 16 bytes of ordinates, one for each byte of the secret, then their common abscissa, which is not 0. */
  readonly point: Bytes
}

/** The most shares of one set. */
export const maxShares = 16
/** Bytes of the random name that the shares of one set have in common. */
export const setBytes = 4
const secretBytes = 16
const pointBytes = secretBytes + 1
const shareText = new Bech32Code('fsshare', 1 + setBytes + 1 + pointBytes)

/** 16 random bytes, independent of the recovery key. FORMAT.md §5.1. */
export function newSharesSecret(): SharesSecret {
  return randomBytes(secretBytes) as SharesSecret
}

/** A new set of shares of this secret. RangeError when not 2 ≤ threshold ≤ count ≤ 16. */
export async function makeShares(secret: SharesSecret, threshold: number, count: number): Promise<Share[]> {
  if (!isPossible(threshold, count)) throw new RangeError(`expected 2 ≤ k ≤ n ≤ 16, got ${threshold} and ${count}`)
  const set = randomBytes(setBytes)
  const points = await split(secret, count, threshold)
  return points.map((point, offset) => ({ threshold, count, set, index: offset + 1, point: new Uint8Array(point) }))
}

/**
 * What these shares give together. Too few of them, or one that was forged, give another 16 bytes: only a slot can tell.
 * Null when they can't belong together: of different sets, fewer than two, or one twice.
 */
export async function combineShares(shares: readonly Share[]): Promise<SharesSecret | null> {
  const [first] = shares
  if (first === undefined || shares.length < 2) return null
  const abscissas = new Set(shares.map(({ point }) => point[secretBytes]))
  if (abscissas.size < shares.length || !shares.every((share) => areOfOneSet(share, first))) return null
  return new Uint8Array(await combine(shares.map(({ point }) => point))) as SharesSecret
}

/** Whether two shares say of themselves that they were made together. */
export function areOfOneSet(a: Share, b: Share): boolean {
  return a.threshold === b.threshold && a.count === b.count && equalBytes(a.set, b.set)
}

/** 11 groups of capital letters and digits, joined by `-`: ten of 4 and one of 3. */
export function formatShare({ threshold, count, set, index, point }: Share): string {
  const numbers = ((threshold - 1) << 4) | (count - 1)
  return shareText.format(concat(Uint8Array.of(numbers), set, Uint8Array.of(index), point))
}

/** The share, from any case and any spacing. Failure `mistyped`; `newer-version` for a kind of share not known here. */
export function parseShare(text: string): Share {
  const bytes = shareText.read(text)
  if (!bytes) throw new Failure('mistyped')
  const [numbers = 0] = bytes
  const [threshold, count] = [(numbers >> 4) + 1, (numbers & 15) + 1]
  const index = bytes[1 + setBytes] ?? 0
  const point = bytes.slice(2 + setBytes)
  if (!isPossible(threshold, count) || index < 1 || index > count || point[secretBytes] === 0)
    throw new Failure('newer-version')
  return { threshold, count, set: bytes.slice(1, 1 + setBytes), index, point }
}

/** Never says what the share should have been: at most where to look. */
export function diagnoseShare(text: string): Diagnosis {
  return shareText.diagnose(text)
}

function isPossible(threshold: number, count: number): boolean {
  const whole = Number.isInteger(threshold) && Number.isInteger(count)
  return whole && 2 <= threshold && threshold <= count && count <= maxShares
}
