// How long ago a text was sealed, in words.

const millisecondsPerDay = 86_400_000
const units = [
  ['year', 365.25],
  ['month', 30.44],
  ['day', 1],
] as const
const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** "2 years ago", as whole ones; "today" within a day, and where the sealer's clock was ahead. */
export function ageOf(sealed: Date, now: Date): string {
  const days = (now.getTime() - sealed.getTime()) / millisecondsPerDay
  const fitting = units.find(([, long]) => days >= long)
  return fitting === undefined ? 'today' : words.format(-Math.floor(days / fitting[1]), fitting[0])
}
