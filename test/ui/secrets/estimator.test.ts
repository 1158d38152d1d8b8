// A password that is easy to guess is never called strong.

import { expect, test, vi } from 'vitest'
import { guessesFor, isStrong } from '../../../src/ui/secrets/estimator.ts'
import { leastGuesses } from '../../../src/ui/secrets/strength.ts'

const made = vi.hoisted(() => vi.fn())
vi.mock('@zxcvbn-ts/core', async (original) => {
  const core = await original<typeof import('@zxcvbn-ts/core')>()
  class Counted extends core.ZxcvbnFactory {
    constructor(...args: ConstructorParameters<typeof core.ZxcvbnFactory>) {
      super(...args)
      made()
    }
  }
  return { ...core, ZxcvbnFactory: Counted }
})

test('what people take for passwords needs few guesses', async () => {
  for (const password of ['password', 'qwertyuiop', 'fieldseal', 'Password1']) {
    expect(await guessesFor(password), password).toBeLessThan(leastGuesses)
    expect(await isStrong(password), password).toBe(false)
  }
})

test('six random words need many', async () => {
  const words = 'pulse orbit velvet cannon mirror sadness'
  expect(await guessesFor(words)).toBeGreaterThan(1e15)
  expect(await isStrong(words)).toBe(true)
})

test('the dictionaries are read once, however early and often they are wanted', async () => {
  vi.resetModules()
  made.mockClear()
  const estimator = await import('../../../src/ui/secrets/estimator.ts')
  estimator.preloadEstimator()
  await vi.waitFor(() => expect(made).toHaveBeenCalledOnce(), 10_000)
  await estimator.guessesFor('password')
  await estimator.guessesFor('another')
  expect(made).toHaveBeenCalledOnce()
})
