// A fast check whether a sealed text may begin in a text. The scanner runs it on all the text of a page. FORMAT.md §4.

import { marker } from './armor.ts'

/** The beginning of every marker, of any version. */
export const markerPrefix = marker.slice(0, -1)
/** The invisible characters that sites insert most often. FORMAT.md §4. */
const unseen = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff']
const anyUnseen = new RegExp(`[${unseen.join('')}]+`, 'g')
/** Characters at the end of one text to check together with the next, so that a marker across both is not missed. */
export const overlapChars = 64

/** Whether a sealed text may begin in `text`. False positives cost time only; it never misses a marker. FORMAT.md §4. */
export function mayHoldSealed(text: string): boolean {
  if (text.includes(markerPrefix)) return true
  return unseen.some((character) => text.includes(character)) && text.replaceAll(anyUnseen, '').includes(markerPrefix)
}
