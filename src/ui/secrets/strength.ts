// How long a password would hold. The guesser has stolen the vault and spends on Argon2id with 64 MiB what
// a determined attacker can: ten thousand guesses a second. Knows numbers of guesses, never the password.

import { minPasswordChars } from '../../policy.ts'
import { type CountedKey, counted, words } from '../../words.ts'

export const guessesPerSecond = 1e4
export const leastGuesses = 1e6

const minute = 60
const hour = 60 * minute
const day = 24 * hour
const month = 30 * day
const year = 365 * day

/** 0 is refused; 4 is as much as is useful. */
export type Level = 0 | 1 | 2 | 3 | 4
const strongest: Level = 4

export interface Strength {
  readonly level: Level
  readonly name: string
  /** How long it would hold. */
  readonly sentence: string
}

const names = [
  'secrets.strength.tooWeak',
  'secrets.strength.weak',
  'secrets.strength.fair',
  'secrets.strength.good',
  'secrets.strength.strong',
] as const

export function levelOf(guesses: number): Level {
  if (guesses < leastGuesses) return 0
  const seconds = guesses / guessesPerSecond
  if (seconds < 30 * day) return 1
  if (seconds < 10 * year) return 2
  return seconds < 1000 * year ? 3 : 4
}

/** Whether it is called strong: no level is above its own. */
export function isStrongest(guesses: number): boolean {
  return levelOf(guesses) === strongest
}

export function strengthOf(guesses: number): Strength {
  const level = levelOf(guesses)
  return { level, name: words(names[level]), sentence: durationSentence(guesses / guessesPerSecond) }
}

/** In the largest unit of which it is at least one. */
export function durationSentence(seconds: number): string {
  const about = (key: CountedKey & `secrets.holds.${string}`, unit: number) =>
    counted(key, { n: Math.max(1, Math.floor(seconds / unit)) })
  if (seconds < minute) return words('secrets.holds.withinMinute')
  if (seconds < hour) return about('secrets.holds.minutes', minute)
  if (seconds < day) return about('secrets.holds.hours', hour)
  if (seconds < month) return about('secrets.holds.days', day)
  if (seconds < year) return about('secrets.holds.months', month)
  if (seconds < 1000 * year) return about('secrets.holds.years', year)
  return seconds < 1e6 * year ? words('secrets.holds.thousandsOfYears') : words('secrets.holds.millionsOfYears')
}

/** Why a password is refused, or null. `guesses` is null while it is not known. */
export function refusal(characters: number, guesses: number | null): string | null {
  if (characters === 0) return words('secrets.refusal.none')
  if (characters < minPasswordChars) return counted('secrets.refusal.short', { n: characters, least: minPasswordChars })
  return guesses !== null && guesses < leastGuesses ? words('secrets.refusal.easy') : null
}
