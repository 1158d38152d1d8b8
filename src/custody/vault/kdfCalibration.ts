// How much work a new password slot requires: about half a second of this device's, and never less than the floor. The first
// slot that is made is the measurement, so that a slow device pays once. What was measured lives as long as the background and
// is written nowhere. FORMAT.md §6.2.

import {
  costOf,
  defaultCost,
  inLessMemory,
  leastCost,
  mostCost,
  type PasswordCost,
  strongerCost,
} from '../../crypto/kdf.ts'
import { Failure } from '../../failure.ts'
import { highestPasswordCost, type VaultHeader } from '../../keyring/record.ts'

/**
 * The least that a new password slot requires, and how long it may take. In the build that browser tests run in (`wxt build
 * --mode e2e`) passwords cost the least that the format allows: it ships nowhere, and test/bundle sees that what ships has none of it.
 */
const floorCost = import.meta.env.MODE === 'e2e' ? leastCost : defaultCost
const aimMs = import.meta.env.MODE === 'e2e' ? 0 : 500
/** Less than this much more work than was just done is not worth doing it all again. */
const worthAgain = 2

/** Milliseconds since some moment. The tests set it. */
export const clock = { now: () => performance.now() }

export class KdfCalibration {
  /** KiB × passes in a millisecond; null until something was made. */
  #workPerMs: number | null = null

  /**
   * Makes something at the cost that suits this device: with less memory where that cannot be had, and in no case for less work
   * than what it replaces requires. `make` may be called more than once. Failure 'memory' when even that cannot be had.
   */
  async atBestCost<T>(make: (cost: PasswordCost) => Promise<T>, replaced: PasswordCost | null = null): Promise<T> {
    try {
      return await this.#make(make, floorCost, replaced)
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== 'memory') throw thrown
      return this.#make(make, inLessMemory(replaced), null)
    }
  }

  /** `floor` is the least to require, and in which memory. */
  async #make<T>(make: (cost: PasswordCost) => Promise<T>, floor: PasswordCost, replaced: PasswordCost | null) {
    if (this.#workPerMs !== null) return make(best(this.#workPerMs, floor, replaced))
    const first = strongerCost(floor, replaced)
    const start = clock.now()
    const made = await make(first)
    this.#workPerMs = costOf(first) / Math.max(1, clock.now() - start)
    const cost = best(this.#workPerMs, floor, replaced)
    return costOf(cost) < worthAgain * costOf(first) ? made : make(cost)
  }
}

/** As many passes over the floor's memory as the aim allows. */
function best(workPerMs: number, floor: PasswordCost, replaced: PasswordCost | null): PasswordCost {
  const passes = Math.round((workPerMs * aimMs) / floor.memoryKiB)
  const iterations = Math.min(Math.max(passes, floor.iterations), mostCost.iterations)
  return strongerCost({ ...floor, iterations }, replaced)
}

const calibration = new KdfCalibration()

/**
 * Makes a password slot at the cost that suits this device, and for no less work than any of those it replaces. Failure 'memory' when
 * the memory for that cannot be had.
 */
export function atBestCost<T>(
  make: (cost: PasswordCost) => Promise<T>,
  replaced: Pick<VaultHeader, 'slots'> | null,
): Promise<T> {
  return calibration.atBestCost(make, replaced && highestPasswordCost(replaced))
}

/** Whether a password slot is due to be made stronger: only below the floor, so that no wobble of the measure rewrites a vault. */
export function isOutdated(cost: PasswordCost | null): boolean {
  return cost !== null && costOf(cost) < costOf(floorCost)
}
