// What a field of a page contains, how much it takes, and what to call it.

import { markerPrefix } from '../../../crypto/prefilter.ts'
import { type Field, isControl } from '../../script/fieldOf.ts'
import { kindOf } from './kindOf.ts'

export const readField = (field: Field): string => kindOf(field).read(field)
export const readQuickly = (field: Field): string => kindOf(field).readQuickly(field)

/** Whether there may be a sealed text in the field. */
export function mayHoldSealed(field: Field): boolean {
  return readQuickly(field).includes(markerPrefix)
}

/** How many UTF-16 units a field takes by the browser's own rule, or null where it has none. */
export function maxChars(field: Field): number | null {
  const { maxLength = -1 } = field as Partial<HTMLInputElement>
  return maxLength >= 0 ? maxLength : null
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
