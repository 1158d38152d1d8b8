import { expect, test } from 'vitest'
import { unlockWithPassword } from '../../src/keyring/vault.ts'
import { argon2idRuns, selfTest } from './everywhere.ts'
import { vectors } from './vectors.ts'

test('every vector holds in Node, and one that does not is reported', async () => {
  const [first] = vectors.base62
  const wrong = { hex: first?.hex ?? '', text: '1n' }
  const { passed, failures } = await selfTest({ ...vectors, base62: [...vectors.base62, wrong] })
  expect(failures).toEqual(['base62 1n'])
  expect(passed).toBeGreaterThan(90)
})

test('Argon2id is seen to run where it may', async () => {
  const { count } = await argon2idRuns(() => unlockWithPassword(vectors.vault.record, vectors.vault.password))
  expect(count).toBeGreaterThan(0)
})
