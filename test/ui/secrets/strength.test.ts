// How long a password would hold, said in words.

import { describe, expect, it } from 'vitest'
import {
  durationSentence,
  guessesPerSecond,
  leastGuesses,
  levelOf,
  refusal,
  strengthOf,
} from '../../../src/ui/secrets/strength.ts'
import { counted, words } from '../../words.ts'

const day = 86_400

describe('strength', () => {
  it('says times in the largest unit that is at least one', () => {
    expect(durationSentence(0)).toBe(words('secrets.holds.withinMinute'))
    expect(durationSentence(60)).toBe(counted('secrets.holds.minutes', { n: 1 }))
    expect(durationSentence(59.9 * 60)).toBe(counted('secrets.holds.minutes', { n: 59 }))
    expect(durationSentence(25 * 3600)).toBe(counted('secrets.holds.days', { n: 1 }))
    expect(durationSentence(70 * day)).toBe(counted('secrets.holds.months', { n: 2 }))
    expect(durationSentence(365 * day)).toBe(counted('secrets.holds.years', { n: 1 }))
    expect(durationSentence(999 * 365 * day)).toBe(counted('secrets.holds.years', { n: 999 }))
    expect(durationSentence(5e3 * 365 * day)).toBe(words('secrets.holds.thousandsOfYears'))
    expect(durationSentence(Number.POSITIVE_INFINITY)).toBe(words('secrets.holds.millionsOfYears'))
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
    expect(strengthOf(guessesPerSecond * 3 * 3600).sentence).toBe(counted('secrets.holds.hours', { n: 3 }))
  })

  it('refuses what is short or easy to guess, and nothing else', () => {
    expect(refusal(0, null)).toBe(words('secrets.refusal.none'))
    expect(refusal(1, null)).toBe(counted('secrets.refusal.short', { n: 1, least: 8 }))
    expect(refusal(7, 1e30)).toBe(counted('secrets.refusal.short', { n: 7, least: 8 }))
    expect(refusal(8, leastGuesses - 1)).toBe(words('secrets.refusal.easy'))
    expect(refusal(8, leastGuesses)).toBeNull()
    expect(refusal(8, null)).toBeNull()
  })
})
