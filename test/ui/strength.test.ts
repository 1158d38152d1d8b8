// How long a password would hold, said in words.

import { describe, expect, it } from 'vitest'
import { duration, guessesPerSecond, leastGuesses, levelOf, refusal, strengthOf } from '../../src/ui/strength.ts'

const day = 86_400

describe('strength', () => {
  it('says times in the largest unit that is at least one', () => {
    expect(duration(0)).toBe('within a minute')
    expect(duration(60)).toBe('in about 1 minute')
    expect(duration(59.9 * 60)).toBe('in about 59 minutes')
    expect(duration(25 * 3600)).toBe('in about 1 day')
    expect(duration(70 * day)).toBe('in about 2 months')
    expect(duration(365 * day)).toBe('in about 1 year')
    expect(duration(999 * 365 * day)).toBe('in about 999 years')
    expect(duration(5e3 * 365 * day)).toBe('only after thousands of years')
    expect(duration(Number.POSITIVE_INFINITY)).toBe('only after millions of years')
  })

  it('never claims more for fewer guesses', () => {
    let last = 0
    for (let power = 0; power < 40; power += 0.25) {
      const level = levelOf(10 ** power)
      expect(level).toBeGreaterThanOrEqual(last)
      last = level
    }
    expect(last).toBe(4)
  })

  it('counts with a guesser of ten thousand guesses a second', () => {
    expect(strengthOf(guessesPerSecond * 3 * 3600).words).toContain('in about 3 hours')
  })

  it('refuses what is short or easy to guess, and nothing else', () => {
    expect(refusal(0, null)).toBe('Choose a password.')
    expect(refusal(1, null)).toContain('1 character.')
    expect(refusal(7, 1e30)).toContain('at least 8')
    expect(refusal(8, leastGuesses - 1)).toContain('easy to guess')
    expect(refusal(8, leastGuesses)).toBeNull()
    expect(refusal(8, null)).toBeNull()
  })
})
