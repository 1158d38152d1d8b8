// What stands in a field of a page, how much it takes, and what to call it.

import { inkling } from '../texts/inkling.ts'
import { copied } from './copying.ts'
import { readLines } from './lines.ts'
import { drawnIn, type Field, isControl } from './which.ts'

/** What stands in a field, as text. Of an editor that shows a part of its document: that part, or what is about the caret. */
export function readField(field: Field): string {
  if (isControl(field)) return field.value
  const drawn = drawnIn(field)
  // What such an element is given to edit need not be what stands in the document.
  return drawn === null ? readLines(field).text : (copied(field) ?? drawn.text)
}

/** The letters of what stands in a field, in order but without its lines: cheap enough to be asked at each key. */
export function glance(field: Field): string {
  return isControl(field) ? field.value : (drawnIn(field)?.text ?? field.textContent)
}

/** Whether there may be a sealed text in the field. */
export function mayHoldSealed(field: Field): boolean {
  return glance(field).includes(inkling)
}

/** How many UTF-16 units a field takes by the browser's own rule, or null where it has none. */
export function maxChars(field: Field): number | null {
  return isControl(field) && field.maxLength >= 0 ? field.maxLength : null
}

/** What to call a field when speaking to its person. */
export function labelOf(field: Field): string {
  const labelled = field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const root = field.getRootNode() as Document | ShadowRoot
  const words = [
    field.getAttribute('aria-label'),
    labelled.map((id) => root.getElementById(id)?.textContent ?? '').join(' '),
    isControl(field) ? field.labels?.[0]?.textContent : null,
    field.getAttribute('placeholder'),
    field.getAttribute('title'),
    field.getAttribute('name'),
  ]
  const found = words.map((word) => (word ?? '').replace(/\s+/g, ' ').trim()).find((word) => word !== '')
  return (found ?? '').slice(0, 80)
}
