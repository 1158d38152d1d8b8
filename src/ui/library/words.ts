// Small things said in the library: dates, counts, names.

import type { Answer } from '../../messages/protocol.ts'

export type FoundOnPage = Answer<'findOnPage'>['found']
export type Placing = Answer<'placeEntry'>['placing']

export function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`
}

export const texts = (count: number) => counted(count, 'text', 'texts')

// Made once: a browser takes longer to make one than to write the rest of a row.
const timeOfDay = new Intl.DateTimeFormat([], { timeStyle: 'short' })
const dayOfThisYear = new Intl.DateTimeFormat([], { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat([], { day: 'numeric', month: 'short', year: 'numeric' })

/** The time of today, else the day: short, for a row. */
export function shortDate(at: number, now = new Date()): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) return timeOfDay.format(date)
  return (date.getFullYear() === now.getFullYear() ? dayOfThisYear : dayAndYear).format(date)
}

export function longDate(at: number): string {
  return new Date(at).toLocaleString([], { dateStyle: 'long', timeStyle: 'short' })
}

const dayMs = 86_400_000

export function age(at: number, now = Date.now()): string {
  const days = Math.floor((now - at) / dayMs)
  if (days <= 0) return 'today'
  return days === 1 ? 'yesterday' : `${days.toLocaleString('en')} days ago`
}

/** How many there are, and of what. */
export function countSentence(of: 'texts' | 'drafts', total: number, search: string): string {
  if (search !== '') return total === 0 ? 'Nothing found.' : `${counted(total, 'text', 'texts')} found.`
  if (of === 'drafts')
    return total === 0 ? 'No unfinished texts.' : `${counted(total, 'unfinished text', 'unfinished texts')}.`
  return total === 0 ? 'No texts yet.' : `${texts(total)}.`
}

export function readingSentence({ done, of }: { done: number; of: number }): string {
  return `Reading ${done.toLocaleString('en')} of ${of.toLocaleString('en')}…`
}

const found: Readonly<Record<FoundOnPage, string>> = {
  there: 'It is on the page. The page is open in its tab, with the text opened where it stands.',
  missing:
    'The page is open in its tab, but the sealed text is not on it. It may stand further down, on another page of the site, ' +
    'or the site may have taken it away. Your text is safe here.',
  off: 'Fieldseal is off at this site, so it can’t look for the text. Switch it on there: in the toolbar, on that page.',
  unreachable: 'The page can’t be opened right now. Try again later, or follow the link above. Your text is safe here.',
}

export function foundSentence(what: FoundOnPage): string {
  return found[what]
}

const placing: Readonly<Record<Placing, string>> = {
  waiting: 'Go to the page and click the field that is to hold the sealed text.',
  off: found.off,
  unreachable: found.unreachable,
}

export function placingSentence(what: Placing): string {
  return placing[what]
}
