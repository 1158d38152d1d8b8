// Which master key a vault is sealed under, counted; and which it was sealed under before. All of it may be missing from
// a body: then its master key is the first. FORMAT.md §6.5.

import { isPlainObject, type VaultBody } from './body.ts'

/** A master key that another has taken the place of. */
export interface PastMasterKey {
  /** base64url of 32 bytes. */
  readonly key: string
  /** Until when it was in use, as an ISO date. */
  readonly until: string
  readonly [more: string]: unknown
}

/** From 1; one more with every new master key. */
export function masterEpochOf({ masterEpoch }: VaultBody): number {
  return typeof masterEpoch === 'number' ? masterEpoch : 1
}

/** When the master key was made, as an ISO date; the empty string for a first one. */
export function masterRotatedAtOf({ masterRotatedAt }: VaultBody): string {
  return typeof masterRotatedAt === 'string' ? masterRotatedAt : ''
}

/** The earlier master keys; none where there is no list of them; null for something else in its place. */
export function pastMasterKeysOf({ pastMasterKeys = [] }: VaultBody): readonly PastMasterKey[] | null {
  if (!Array.isArray(pastMasterKeys) || !pastMasterKeys.every(isPast)) return null
  return pastMasterKeys
}

function isPast(value: unknown): value is PastMasterKey {
  return isPlainObject(value) && typeof value.key === 'string' && typeof value.until === 'string'
}
