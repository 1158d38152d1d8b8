// Reads the text, the limit and the label of a field.

import { markerPrefix } from '../../../crypto/prefilter.ts'
import { type Field, isControl } from '../../script/fieldOf.ts'
import { kindOf } from './kindOf.ts'

export const readField = (field: Field): string => kindOf(field).read(field)
export const readQuickly = (field: Field): string => kindOf(field).readQuickly(field)

/** Whether the field may hold a sealed text. */
export function mayHoldSealed(field: Field): boolean {
  return readQuickly(field).includes(markerPrefix)
}

/** The field's own limit in UTF-16 units (`maxlength`); null if it has none. */
export function maxChars(field: Field): number | null {
  const { maxLength = -1 } = field as Partial<HTMLInputElement>
  return maxLength >= 0 ? maxLength : null
}

/** The field's name for a person, at most 80 characters; empty if it has none. */
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
