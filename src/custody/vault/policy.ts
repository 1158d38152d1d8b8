// The rules about secrets that are a matter of choice, not of format: how long a password is at least, what a new
// password slot costs, and which stored records are not to be believed on this device.

import { costOf, type PasswordCost } from '../../crypto/kdf.ts'
import { Failure } from '../../failure.ts'
import { highestPasswordCost, type VaultHeader } from '../../keyring/record.ts'
import { minPasswordChars } from '../../policy.ts'
import type { SeenRow } from '../../storage/database.ts'
import { floorCost, KdfCalibration } from './kdfCalibration.ts'

/** Failure 'weak-password' for a new password that is too short to be one. Its strength is judged where it is typed. */
export function checkNewPassword(password: string): void {
  if ([...password.normalize('NFKC')].length < minPasswordChars) throw new Failure('weak-password')
}

/** Failure 'rollback' for a record older than one this device has already seen. */
export function checkRevision(revision: number, seen: SeenRow | null): void {
  if (seen !== null && revision < seen.revision) throw new Failure('rollback')
}

const pace = new KdfCalibration()

/**
 * Makes a password slot at the cost that suits this device (kdfCalibration.ts), and for no less work than any of those it replaces.
 * Failure 'memory' when the memory for that cannot be had.
 */
export function atBestCost<T>(
  make: (cost: PasswordCost) => Promise<T>,
  replaced: Pick<VaultHeader, 'slots'> | null,
): Promise<T> {
  return pace.atBestCost(make, replaced && highestPasswordCost(replaced))
}

/** Whether a password slot is due to be made stronger: only below the floor, so that no wobble of the measure rewrites a vault. */
export function isOutdated(cost: PasswordCost | null): boolean {
  return cost !== null && costOf(cost) < costOf(floorCost)
}
