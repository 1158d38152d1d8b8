// The age of a sealed text, in words.

import { msPerDay } from '../time.ts'
import { locale } from '../words.ts'

const units = [
  ['year', 365.25],
  ['month', 30.44],
  ['day', 1],
] as const

/** "2 years ago", rounded down; "today" within a day, and if the sealer's clock was ahead. */
export function ageOf(sealed: Date, now: Date): string {
  const days = (now.getTime() - sealed.getTime()) / msPerDay
  const fitting = units.find(([, long]) => days >= long)
  if (fitting === undefined) return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(0, 'day')
  const [unit, long] = fitting
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'always' }).format(-Math.floor(days / long), unit)
}
