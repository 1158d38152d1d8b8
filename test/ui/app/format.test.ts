// Numbers, lists and times as the language of the sentences writes them.

import { expect, test } from 'vitest'
import { formatAge, formatBriefly, formatCountdown } from '../../../src/ui/app/format.ts'

const noon = new Date(2026, 10, 26, 12)

test('what is left of a time is written as on a clock, a second that has begun as a whole one', () => {
  const leftMs = [299_001, 60_000, 59_999, 1, -5]
  expect(leftMs.map(formatCountdown)).toEqual(['5:00', '1:00', '1:00', '0:01', '0:00'])
})

test('a moment is written as briefly as it can be told: a time, a day, or a day with its year', () => {
  expect(formatBriefly(new Date(2026, 10, 26, 9, 5).getTime(), noon)).toMatch(/9:05/)
  expect(formatBriefly(new Date(2026, 1, 3).getTime(), noon)).not.toMatch(/2026/)
  expect(formatBriefly(new Date(2024, 1, 3).getTime(), noon)).toMatch(/2024/)
})

test('an age is written in days, and is never in the future', () => {
  const now = noon.getTime()
  const ages = [-3, 0, 1, 400].map((days) => formatAge(now - days * 86_400_000, now))
  expect(ages).toEqual(['today', 'today', 'yesterday', '400 days ago'])
})
