// What is refused as a matter of choice, not of format: a new password that is too short, and a stored record that is older than
// one this device has seen.

import { Failure } from '../../failure.ts'
import { minPasswordChars } from '../../policy.ts'
import type { SeenRow } from '../../storage/database.ts'

/** Failure 'weak-password' for a new password that is too short to be one. Its strength is judged where it is typed. */
export function checkNewPassword(password: string): void {
  if ([...password.normalize('NFKC')].length < minPasswordChars) throw new Failure('weak-password')
}

/** Failure 'rollback' for a record older than one this device has already seen. */
export function checkRevision(revision: number, seen: SeenRow | null): void {
  if (seen !== null && revision < seen.revision) throw new Failure('rollback')
}
