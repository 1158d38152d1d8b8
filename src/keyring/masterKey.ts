// Overwriting the master key when the vault is locked. Nothing is ever sealed under what is left of it: whatever is still at
// work then fails as if it had come too late.

import type { MasterKey } from '../bytes.ts'
import { Failure } from '../failure.ts'

/**
 * Overwrites a master key with zeros. JavaScript promises no more than this: the engine may have copied the bytes, and what
 * was written out of them as text can't be overwritten.
 */
export function wipe(masterKey: MasterKey): void {
  masterKey.fill(0)
}

/** The same key. Failure `locked` for one that was wiped: 32 zeros are no key. */
export function requireUnwiped(masterKey: MasterKey): MasterKey {
  if (masterKey.every((byte) => byte === 0)) throw new Failure('locked')
  return masterKey
}
