// The number of the vault's master key, and the master keys before it. All of it may be missing from a body: then its master key
// is the first. FORMAT.md §6.6 and §6.8.

import { decodeBase64url, encodeBase64url, type MasterKey } from '../bytes.ts'
import { compareText } from '../text.ts'
import type { PastMasterKey, VaultBody } from './body.ts'

/** The number of the master key, from 1. */
export function masterEpochOf({ masterEpoch }: VaultBody): number {
  return masterEpoch ?? 1
}

/** The master key of a vault, as base64url and as 32 bytes, and what its body says of it. */
export interface MasterKeyRecord {
  readonly key: string
  readonly bytes: MasterKey
  readonly epoch: number
  /** ISO date; the empty string for a first key. */
  readonly rotatedAt: string
}

/** Past master keys by their base64url. */
export type PastKeys = ReadonlyMap<string, PastMasterKey>

/** The current master key of a vault. */
export function masterKeyOf({
  masterKey,
  body,
}: {
  readonly masterKey: MasterKey
  readonly body: VaultBody
}): MasterKeyRecord {
  return {
    key: encodeBase64url(masterKey),
    bytes: masterKey,
    epoch: masterEpochOf(body),
    rotatedAt: body.masterRotatedAt ?? '',
  }
}

/** The past master keys of a vault. */
export function pastKeysOf({ pastMasterKeys = [] }: VaultBody): PastKeys {
  return new Map(pastMasterKeys.map((past) => [past.key, past]))
}

interface Side {
  readonly master: MasterKeyRecord
  readonly past: PastKeys
}

/**
 * Whether the master key of `a` is later than that of `b`; they must differ. A key that the other side has replaced is never
 * later, whatever its state says: someone may have stolen it. Otherwise the key made last is later. FORMAT.md §6.6.
 */
export function isLater(a: Side, b: Side): boolean {
  const [aReplaced, bReplaced] = [b.past.has(a.master.key), a.past.has(b.master.key)]
  if (aReplaced !== bReplaced) return bReplaced
  const byDate = compareText(createdAtOf(a.master, b.past), createdAtOf(b.master, a.past))
  return (byDate || a.master.epoch - b.master.epoch || compareText(a.master.key, b.master.key)) >= 0
}

/** When a master key was made: the earlier of its own date and the one that another state noted. */
export function createdAtOf({ key, rotatedAt }: MasterKeyRecord, past: PastKeys): string {
  const pastKey = past.get(key)
  const date = pastKey === undefined ? rotatedAt : (pastKey.madeAt ?? '')
  return date < rotatedAt ? date : rotatedAt
}

/** The past master keys, 32 bytes each. */
export function pastMasterKeys(body: VaultBody): MasterKey[] {
  return (body.pastMasterKeys ?? []).map(({ key }) => decodeBase64url(key) as MasterKey)
}
