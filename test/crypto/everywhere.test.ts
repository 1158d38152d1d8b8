import { expect, test } from 'vitest'
import { unlockWithPassword } from '../../src/keyring/vault.ts'
import { argon2idRuns, selfTest } from './everywhere.ts'
import { vectors } from './vectors.ts'

test('every vector holds in Node', { timeout: 60_000 }, async () => {
  const { passed, failures } = await selfTest(vectors)
  expect(failures).toEqual([])
  expect(passed).toBeGreaterThan(90)
})

test('a vector that does not hold is reported', { timeout: 60_000 }, async () => {
  const [first, ...others] = vectors.base62
  const wrong = { ...vectors, base62: [{ hex: first?.hex ?? '', text: '1n' }, ...others] }
  expect((await selfTest(wrong)).failures).toEqual(['base62 1n'])
})

test('Argon2id is seen to run where it may', async () => {
  const { count } = await argon2idRuns(() => unlockWithPassword(vectors.vault.record, vectors.vault.password))
  expect(count).toBeGreaterThan(0)
})
