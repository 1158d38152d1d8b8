// The rules about secrets that are a matter of choice, not of format: how long a password is at least, what a new
// password slot costs, and which stored records are not to be believed on this device.

import { defaultCost, type PasswordCost, smallCost, work } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import type { SeenRow } from '../storage/database.ts'

const passwordCharsAtLeast = 8

/** Failure 'weak-password' for a new password that is too short to be one. Its strength is judged where it is typed. */
export function checkNewPassword(password: string): void {
  if ([...password.normalize('NFKC')].length < passwordCharsAtLeast) throw new Failure('weak-password')
}

/** Failure 'rollback' when an older record lies in the place of one this device has already seen. */
export function checkRevision(revision: number, seen: SeenRow | null): void {
  if (seen !== null && revision < seen.revision) throw new Failure('rollback')
}

/** Makes something at today's cost; where the memory for that cannot be had, at the small cost. */
export async function atBestCost<T>(make: (cost: PasswordCost) => Promise<T>): Promise<T> {
  try {
    return await make(defaultCost)
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'memory') return make(smallCost)
    throw thrown
  }
}

/** Whether a password slot is due to be made stronger. */
export function outdated(cost: PasswordCost | null): boolean {
  return cost !== null && work(cost) < work(defaultCost)
}
