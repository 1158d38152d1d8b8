// Which master key a vault is sealed under, counted; and which it was sealed under before. All of it may be missing from
// a body: then its master key is the first. FORMAT.md §6.8.

import { decodeBase64url, encodeBase64url, type MasterKey } from '../bytes.ts'
import { compareText } from '../text.ts'
import type { PastMasterKey, VaultBody } from './body.ts'

/** From 1; one more with every new master key. */
export function masterEpochOf({ masterEpoch }: VaultBody): number {
  return masterEpoch ?? 1
}

/** The master key of a vault, and what its body says of it. */
export interface MasterKeyRecord {
  readonly key: string
  readonly bytes: MasterKey
  readonly epoch: number
  /** An ISO date; the empty string for a first one. */
  readonly rotatedAt: string
}

/** By their base64url. */
export type PastKeys = ReadonlyMap<string, PastMasterKey>

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

export function pastKeysOf({ pastMasterKeys = [] }: VaultBody): PastKeys {
  return new Map(pastMasterKeys.map((past) => [past.key, past]))
}

interface Side {
  readonly master: MasterKeyRecord
  readonly past: PastKeys
}

/**
 * Whether the master key of `a` counts over that of `b`, where they differ. One that the other has replaced never does, whatever
 * is said of it: whoever stole it can say anything. Else it is the one made last, as far as either knows. FORMAT.md §6.6.
 */
export function isLater(a: Side, b: Side): boolean {
  const [aReplaced, bReplaced] = [b.past.has(a.master.key), a.past.has(b.master.key)]
  if (aReplaced !== bReplaced) return bReplaced
  const [one, other] = [a.master, b.master]
  const byDate = compareText(createdAtOf(one, b.past), createdAtOf(other, a.past))
  return (byDate || one.epoch - other.epoch || compareText(one.key, other.key)) >= 0
}

/** When a master key was made, by what it says itself and by what others have noted: the earlier of the two. */
export function createdAtOf({ key, rotatedAt }: MasterKeyRecord, past: PastKeys): string {
  const noted = past.get(key)
  const date = noted === undefined ? rotatedAt : (noted.madeAt ?? '')
  return date < rotatedAt ? date : rotatedAt
}

/** The master keys that this vault had before, 32 bytes each. */
export function pastMasterKeys(body: VaultBody): MasterKey[] {
  return (body.pastMasterKeys ?? []).map(({ key }) => decodeBase64url(key) as MasterKey)
}
