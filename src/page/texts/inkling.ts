// The first look at a text: whether a sealed text may begin in it at all. Asked of all the text of a page, so it is quick.

import { marker } from '../../crypto/armor.ts'

/** The beginning of every marker, of whichever version. */
export const inkling = marker.slice(0, -1)
/** What sites put between letters and nobody sees; see FORMAT.md §4. Most texts hold none of it. */
const unseen = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff']
const anyUnseen = new RegExp(`[${unseen.join('')}]+`, 'g')
/** How many characters of one text must be looked at with the next, so that nothing between the two is missed. */
export const overlapChars = 64

export function hints(text: string): boolean {
  if (text.includes(inkling)) return true
  return unseen.some((one) => text.includes(one)) && text.replaceAll(anyUnseen, '').includes(inkling)
}
