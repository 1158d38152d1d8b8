// Sentences about the library's lists, and about looking for a text on its page.

import type { Response } from '../../../messages/protocol.ts'
import { counted, type WordsKey, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'

export type FoundOnPage = Response<'findOnPage'>['found']
export type Placing = Response<'placeEntry'>['placing']

/** How many entries a list or a search has. */
export function countSentence(kind: 'texts' | 'drafts', total: number, search: string): string {
  if (search !== '')
    return total === 0 ? words('library.search.nothing') : counted('library.search.found', { n: total })
  if (kind === 'drafts')
    return total === 0 ? words('library.list.noDrafts') : counted('library.list.draftCount', { n: total })
  return total === 0 ? words('library.list.noTexts') : counted('library.list.textCount', { n: total })
}

export function readingSentence({ done, of }: { done: number; of: number }): string {
  return words('library.search.readSoFar', { done: formatNumber(done), of: formatNumber(of) })
}

const foundSentences = {
  there: 'libraryEntry.onPage.there',
  missing: 'libraryEntry.onPage.missing',
  off: 'libraryEntry.onPage.off',
  unreachable: 'libraryEntry.onPage.unreachable',
} as const satisfies Record<FoundOnPage, WordsKey>

export const foundSentence = (found: FoundOnPage): string => words(foundSentences[found])

const placingSentences = {
  waiting: 'libraryEntry.onPage.waiting',
  off: foundSentences.off,
  unreachable: foundSentences.unreachable,
} as const satisfies Record<Placing, WordsKey>

export const placingSentence = (placing: Placing): string => words(placingSentences[placing])
