// What our windows were opened for, as far as it is bounded: a page can have windows asked for with ciphertexts of its choice.

import { beforeEach, expect, test } from 'vitest'
import { addErrand, endErrand, type ReadErrand, readErrand } from '../../src/custody/errands.ts'
import { emptyDevice } from './device.ts'

beforeEach(emptyDevice)

const reading = (chars: number, ...more: string[]): ReadErrand => ({
  purpose: 'read',
  origin: 'https://a.example',
  sealed: [`sealed1${'x'.repeat(chars)}`, ...more],
})

test('are bounded together: one too many is refused, and those that are there stay', async () => {
  const first = await addErrand(reading(2_400_000))
  const second = await addErrand(reading(2_400_000))
  await expect(addErrand(reading(400_000))).rejects.toMatchObject({ code: 'full' })
  expect(await readErrand(first)).toEqual(reading(2_400_000))
  await endErrand(second)
  expect(await readErrand(await addErrand(reading(400_000)))).toEqual(reading(400_000))
})

test('one alone is bounded by the same', async () => {
  const sealed = `sealed1${'x'.repeat(2_900_000)}`
  await expect(addErrand(reading(2_900_000, sealed))).rejects.toMatchObject({ code: 'full' })
})

test('beyond fifty, the oldest gives way', async () => {
  const first = await addErrand(reading(1))
  for (let count = 0; count < 50; count++) await addErrand(reading(1))
  await expect(readErrand(first)).rejects.toMatchObject({ code: 'gone' })
})
