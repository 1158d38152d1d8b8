// How long ago, in words.

import { expect, test } from 'vitest'
import { ageOf } from '../../src/frames/age.ts'

const now = new Date('2026-11-26T12:00:00Z')

test.each([
  ['2026-11-26T11:59:00Z', 'today'],
  ['2026-11-25T12:00:01Z', 'today'],
  // The sealer's clock was ahead.
  ['2027-03-01T00:00:00Z', 'today'],
  ['2026-11-25T12:00:00Z', '1 day ago'],
  ['2026-11-01T12:00:00Z', '25 days ago'],
  ['2026-10-26T00:00:00Z', '1 month ago'],
  ['2025-11-30T12:00:00Z', '11 months ago'],
  ['2025-11-25T12:00:00Z', '1 year ago'],
  ['2024-11-25T12:00:00Z', '2 years ago'],
  ['1970-01-01T00:00:00Z', '56 years ago'],
])('%s was %s', (sealed, words) => expect(ageOf(new Date(sealed), now)).toBe(words))
