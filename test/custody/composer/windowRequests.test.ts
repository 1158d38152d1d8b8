// What our windows were opened for, as far as it is bounded: a page can have windows asked for with ciphertexts of its choice.

import { beforeEach, expect, test } from 'vitest'
import { addRequest, endRequest, type ReadRequest, readRequest } from '../../../src/custody/composer/windowRequests.ts'
import { emptyDevice } from '../device.ts'

beforeEach(emptyDevice)

const reading = (chars: number, ...more: string[]): ReadRequest => ({
  purpose: 'read',
  origin: 'https://a.example',
  sealed: [`sealed1${'x'.repeat(chars)}`, ...more],
})

test('are bounded together: one too many is refused, and those that are there stay', async () => {
  const first = await addRequest(reading(2_400_000))
  const second = await addRequest(reading(2_400_000))
  await expect(addRequest(reading(400_000))).rejects.toMatchObject({ code: 'full' })
  expect(await readRequest(first)).toEqual(reading(2_400_000))
  await endRequest(second)
  expect(await readRequest(await addRequest(reading(400_000)))).toEqual(reading(400_000))
})

test('one alone is bounded by the same', async () => {
  const sealed = `sealed1${'x'.repeat(2_900_000)}`
  await expect(addRequest(reading(2_900_000, sealed))).rejects.toMatchObject({ code: 'full' })
})

test('beyond fifty, the oldest gives way', async () => {
  const first = await addRequest(reading(1))
  for (let count = 0; count < 50; count++) await addRequest(reading(1))
  await expect(readRequest(first)).rejects.toMatchObject({ code: 'gone' })
})
