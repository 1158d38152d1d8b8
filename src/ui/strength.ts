// How long a password would hold, in words. The guesser has stolen the vault and spends on Argon2id with 64 MiB what
// a determined attacker can: ten thousand guesses a second. Knows numbers of guesses, never the password.

export const guessesPerSecond = 1e4
const leastCharacters = 8
export const leastGuesses = 1e6

const minute = 60
const hour = 60 * minute
const day = 24 * hour
const month = 30 * day
const year = 365 * day

/** 0 is refused; 4 is as much as is useful. */
export type Level = 0 | 1 | 2 | 3 | 4
/** What is called strong. */
export const strongest: Level = 4

export interface Strength {
  readonly level: Level
  readonly name: string
  /** One sentence: how long it would hold. */
  readonly words: string
}

const names = ['Too weak', 'Weak', 'Fair', 'Good', 'Strong'] as const

export function levelOf(guesses: number): Level {
  if (guesses < leastGuesses) return 0
  const seconds = guesses / guessesPerSecond
  if (seconds < 30 * day) return 1
  if (seconds < 10 * year) return 2
  return seconds < 1000 * year ? 3 : 4
}

export function strengthOf(guesses: number): Strength {
  const level = levelOf(guesses)
  const time = duration(guesses / guessesPerSecond)
  return { level, name: names[level], words: `Someone who stole your vault would guess it ${time}.` }
}

/** "within a minute", "in about 3 days", … */
export function duration(seconds: number): string {
  if (seconds < minute) return 'within a minute'
  if (seconds < hour) return about(seconds / minute, 'minute')
  if (seconds < day) return about(seconds / hour, 'hour')
  if (seconds < month) return about(seconds / day, 'day')
  if (seconds < year) return about(seconds / month, 'month')
  if (seconds < 1000 * year) return about(seconds / year, 'year')
  return seconds < 1e6 * year ? 'only after thousands of years' : 'only after millions of years'
}

function about(amount: number, unit: string): string {
  const whole = Math.max(1, Math.floor(amount))
  return `in about ${whole} ${unit}${whole === 1 ? '' : 's'}`
}

/** Why a password is refused, or null. `guesses` is null while it is not known. */
export function refusal(characters: number, guesses: number | null): string | null {
  if (characters === 0) return 'Choose a password.'
  if (characters < leastCharacters)
    return `This password has ${characters} character${characters === 1 ? '' : 's'}. Use at least ${leastCharacters}.`
  if (guesses !== null && guesses < leastGuesses)
    return 'This password is too easy to guess. Make it longer, or use words that don’t belong together.'
  return null
}
