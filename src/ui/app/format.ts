// Formats numbers, dates and lists for the language of the sentences.

import { msPerDay } from '../../time.ts'
import { locale } from '../../words.ts'

/** Makes one formatter for each language: a browser takes longer to make one than to format a row of a list. */
function cachePerLanguage<Formatter>(make: (language: string) => Formatter): () => Formatter {
  let cached: { readonly language: string; readonly formatter: Formatter } | undefined
  return () => {
    const language = locale()
    if (cached?.language !== language) cached = { language, formatter: make(language) }
    return cached.formatter
  }
}

const number = cachePerLanguage((language) => new Intl.NumberFormat(language))
const twoDigits = cachePerLanguage((language) => new Intl.NumberFormat(language, { minimumIntegerDigits: 2 }))
const list = cachePerLanguage((language) => new Intl.ListFormat(language))
const enumeration = cachePerLanguage((language) => new Intl.ListFormat(language, { type: 'unit', style: 'short' }))
const longTime = cachePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }),
)
const mediumTime = cachePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
)
const longDay = cachePerLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }))
const mediumDay = cachePerLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }))
const timeOfDay = cachePerLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }))
const timeToTheSecond = cachePerLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }))
const dayOfThisYear = cachePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }),
)
const dayAndYear = cachePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }),
)
const relative = cachePerLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))

const minutes = cachePerLanguage(
  (language) => new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
)
const hours = cachePerLanguage(
  (language) => new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', unitDisplay: 'long' }),
)

export const formatNumber = (value: number): string => number().format(value)

/** “5 minutes”; whole hours as “1 hour”. */
export const formatMinutes = (value: number): string =>
  value % 60 === 0 ? hours().format(value / 60) : minutes().format(value)

/** “a, b, and c”. */
export const formatList = (items: readonly string[]): string => list().format(items)

/** “a, b, c”. */
export const formatEnumeration = (items: readonly string[]): string => enumeration().format(items)

/** Day and time, the month in full. Moments are in milliseconds since 1970, or dates. */
export const formatLongTime = (moment: number | Date): string => longTime().format(moment)

/** Day and time, the month cut short. */
export const formatMediumTime = (moment: number | Date): string => mediumTime().format(moment)

/** A day, the month in full. */
export const formatLongDay = (moment: number | Date): string => longDay().format(moment)

/** A day, the month cut short. */
export const formatMediumDay = (moment: number | Date): string => mediumDay().format(moment)

/** A time of the day, to the second. */
export const formatTimeToTheSecond = (moment: number | Date): string => timeToTheSecond().format(moment)

/** The time for a moment of today, else the day: for a row of a list. */
export function formatBriefly(moment: number, now = new Date()): string {
  const date = new Date(moment)
  if (date.toDateString() === now.toDateString()) return timeOfDay().format(date)
  return (date.getFullYear() === now.getFullYear() ? dayOfThisYear() : dayAndYear()).format(date)
}

/** “today”, “yesterday”, “3 days ago”. A moment to come is today. */
export function formatAge(moment: number, now = Date.now()): string {
  return relative().format(-Math.max(0, Math.floor((now - moment) / msPerDay)), 'day')
}

/** Minutes and seconds, as on a clock: “1:05”. A second that has begun counts whole; never below zero. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.ceil(Math.max(leftMs, 0) / 1000)
  return `${formatNumber(Math.floor(seconds / 60))}:${twoDigits().format(seconds % 60)}`
}
