// Which master key a vault is sealed under, counted; and which it was sealed under before. All of it may be missing from
// a body: then its master key is the first. FORMAT.md §6.8.

import type { MasterKey } from '../bytes.ts'
import { decodeBase64url } from '../crypto/base64url.ts'
import type { VaultBody } from './body.ts'

/** From 1; one more with every new master key. */
export function masterEpochOf({ masterEpoch }: VaultBody): number {
  return masterEpoch ?? 1
}

/** When the master key was made, as an ISO date; the empty string for a first one. */
export function masterRotatedAtOf({ masterRotatedAt }: VaultBody): string {
  return masterRotatedAt ?? ''
}

/** The master keys that this vault had before, 32 bytes each. */
export function pastMasterKeys(body: VaultBody): MasterKey[] {
  return (body.pastMasterKeys ?? []).map(({ key }) => decodeBase64url(key) as MasterKey)
}
