// The first look at a text: whether a sealed text may begin in it at all. Asked of all the text of a page, so it is quick.

import { marker } from './armor.ts'

/** The beginning of every marker, of whichever version. */
export const markerPrefix = marker.slice(0, -1)
/** What sites put between letters and nobody sees; see FORMAT.md §4. Most texts hold none of it. */
const unseen = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff']
const anyUnseen = new RegExp(`[${unseen.join('')}]+`, 'g')
/** How many characters of one text must be looked at with the next, so that nothing between the two is missed. */
export const overlapChars = 64

/** Whether a sealed text may begin in `text`. False positives cost time only; it never misses a marker. FORMAT.md §4. */
export function mayHoldSealed(text: string): boolean {
  if (text.includes(markerPrefix)) return true
  return unseen.some((character) => text.includes(character)) && text.replaceAll(anyUnseen, '').includes(markerPrefix)
}
