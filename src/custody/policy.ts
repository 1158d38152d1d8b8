// The rules about secrets that are a matter of choice, not of format: how long a password is at least, what a new
// password slot costs, and which stored records are not to be believed on this device.

import { type PasswordCost, work } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { isPasswordSlot, type VaultHeader } from '../keyring/record.ts'
import type { SeenRow } from '../storage/database.ts'
import { floorCost, Pace } from './pace.ts'

const passwordCharsAtLeast = 8

/** Failure 'weak-password' for a new password that is too short to be one. Its strength is judged where it is typed. */
export function checkNewPassword(password: string): void {
  if ([...password.normalize('NFKC')].length < passwordCharsAtLeast) throw new Failure('weak-password')
}

/** Failure 'rollback' when an older record lies in the place of one this device has already seen. */
export function checkRevision(revision: number, seen: SeenRow | null): void {
  if (seen !== null && revision < seen.revision) throw new Failure('rollback')
}

const pace = new Pace()

/**
 * Makes a password slot at the cost that suits this device (pace.ts), and for no less work than any of those it replaces.
 * Failure 'memory' when the memory for that cannot be had.
 */
export function atBestCost<T>(
  make: (cost: PasswordCost) => Promise<T>,
  replaced: Pick<VaultHeader, 'slots'> | null,
): Promise<T> {
  const costs = replaced === null ? [] : replaced.slots.filter(isPasswordSlot).map(({ kdf }) => kdf)
  return pace.atBestCost(make, costs.sort((a, b) => work(b) - work(a))[0] ?? null)
}

/** Whether a password slot is due to be made stronger: only below the floor, so that no wobble of the measure rewrites a vault. */
export function outdated(cost: PasswordCost | null): boolean {
  return cost !== null && work(cost) < work(floorCost)
}
