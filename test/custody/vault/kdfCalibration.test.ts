// How much work a new slot asks for, on devices of every speed and memory. The clock is the test's; nothing is derived.

import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { costOf, defaultCost, leastCost, mostCost, type PasswordCost, smallCost } from '../../../src/crypto/kdf.ts'
import { clock, KdfCalibration } from '../../../src/custody/vault/kdfCalibration.ts'
import { Failure } from '../../../src/failure.ts'

const real = clock.now
afterEach(() => {
  clock.now = real
})

/** A device that takes `floorMs` for 64 MiB × 3, and cannot give more than `memoryKiB`. Notes what it was asked to make. */
function device(floorMs: number, memoryKiB = Number.POSITIVE_INFINITY) {
  let now = 1_000
  clock.now = () => now
  const asked: PasswordCost[] = []
  const make = async (cost: PasswordCost) => {
    asked.push(cost)
    if (cost.memoryKiB > memoryKiB) throw new Failure('memory')
    now += (floorMs * costOf(cost)) / costOf(defaultCost)
    return cost
  }
  return { make, asked, elapsed: () => now - 1_000 }
}
const passes = (iterations: number, memoryKiB = defaultCost.memoryKiB) => ({ memoryKiB, iterations, parallelism: 4 })

describe('the work that a new slot asks for', () => {
  test.each([
    [5_000, [3]],
    [500, [3]],
    [280, [3]],
    [250, [3, 6]],
    [150, [3, 10]],
    [100, [3, 15]],
    [10, [3, 16]],
    [0, [3, 16]],
  ])('on a device that takes %i ms for the floor is %j passes', async (floorMs, expected) => {
    const { make, asked } = device(floorMs)
    const made = await new KdfCalibration().atBestCost(make)
    expect(asked).toEqual(expected.map((each) => passes(each)))
    expect(made).toEqual(asked.at(-1))
  })

  test('is measured once, and kept to from then on', async () => {
    const { make, asked } = device(150)
    const pace = new KdfCalibration()
    await pace.atBestCost(make)
    await pace.atBestCost(make)
    expect(asked.map(({ iterations }) => iterations)).toEqual([3, 10, 10])
  })

  test('is about half a second, or else the floor or the ceiling, and a slow device pays once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 20_000 }), async (floorMs) => {
        const { make, asked, elapsed } = device(floorMs)
        const made = await new KdfCalibration().atBestCost(make)
        const madeMs = (floorMs * costOf(made)) / costOf(defaultCost)
        if (made.iterations > 3 && made.iterations < mostCost.iterations) expect(madeMs).toBeGreaterThan(400)
        if (made.iterations > 3) expect(madeMs).toBeLessThan(600)
        if (floorMs > 272) expect([asked.length, elapsed()]).toEqual([1, floorMs])
      }),
    )
  })

  test('is asked for in 32 MiB where 64 cannot be had, with twice the passes', async () => {
    for (const [floorMs, expected] of [
      [500, 6],
      [200, 15],
      [100, 16],
    ] as const) {
      const { make } = device(floorMs, 40 * 1024)
      expect(await new KdfCalibration().atBestCost(make)).toEqual(passes(expected, smallCost.memoryKiB))
    }
  })

  test('is never less than what it replaces asks for, nor out of bounds, on any device', async () => {
    const cost = fc.record({
      memoryKiB: fc.integer({ min: leastCost.memoryKiB, max: mostCost.memoryKiB }),
      iterations: fc.integer({ min: leastCost.iterations, max: mostCost.iterations }),
      parallelism: fc.integer({ min: 1, max: 16 }),
    })
    const speeds = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 3 })
    const memory = fc.integer({ min: 16 * 1024, max: 2 * mostCost.memoryKiB })
    await fc.assert(
      fc.asyncProperty(cost, speeds, memory, async (replaced, floors, memoryKiB) => {
        const pace = new KdfCalibration()
        for (const floorMs of floors) {
          const { make } = device(floorMs, memoryKiB)
          const made = await pace.atBestCost(make, replaced).catch((thrown: Failure) => thrown.code)
          if (typeof made === 'string') {
            expect(made).toBe('memory')
            continue
          }
          expect(costOf(made)).toBeGreaterThanOrEqual(Math.max(costOf(replaced), costOf(defaultCost)))
          expect(made.memoryKiB).toBeGreaterThanOrEqual(smallCost.memoryKiB)
          expect(made.memoryKiB).toBeLessThanOrEqual(mostCost.memoryKiB)
          expect(made.iterations).toBeLessThanOrEqual(mostCost.iterations)
        }
      }),
    )
  })

  test('that was high before is asked for in less memory where it must be, and refused where even that is not to be had', async () => {
    const before = passes(10)
    expect(await new KdfCalibration().atBestCost(device(500, 48 * 1024).make, before)).toEqual(passes(16, 40 * 1024))
    await expect(new KdfCalibration().atBestCost(device(500, 36 * 1024).make, before)).rejects.toMatchObject({
      code: 'memory',
    })
  })

  test('is no answer to what fails otherwise', async () => {
    const { asked, make } = device(500)
    const failing = async (cost: PasswordCost) => {
      await make(cost)
      throw new Failure('weak-password')
    }
    await expect(new KdfCalibration().atBestCost(failing)).rejects.toMatchObject({ code: 'weak-password' })
    expect(asked.length).toBe(1)
  })
})
