// Overwrites the master key when the vault locks. Nothing is ever sealed under an overwritten key: work still in progress then
// fails as if it came too late.

import type { MasterKey } from '../bytes.ts'
import { Failure } from '../failure.ts'

/**
 * Overwrites the 32 bytes of a master key with zeros. JavaScript can do no more: the engine may have copied the bytes, and
 * strings made from them can't be overwritten.
 */
export function wipe(masterKey: MasterKey): void {
  masterKey.fill(0)
}

/** Returns the key. Failure `locked` if it was wiped, that is, 32 zeros. */
export function requireUnwiped(masterKey: MasterKey): MasterKey {
  if (masterKey.every((byte) => byte === 0)) throw new Failure('locked')
  return masterKey
}
