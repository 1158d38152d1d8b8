// Inputs and text areas, whose value is their text.

import { findSealed } from '../../../crypto/armor.ts'
import { type Control, type Field, isControl } from '../../script/fieldOf.ts'
import { command, setValue } from './insert.ts'
import type { EditTarget, FieldKind } from './kind.ts'
import type { Span } from './runs.ts'
import { focusOn } from './selection.ts'

const valueIn = (field: Field): string => (field as Control).value

export const native: FieldKind = {
  isPlain: true,
  read: valueIn,
  readQuickly: valueIn,
  holdsSealed: (field) => findSealed(valueIn(field)).length > 0,
  locate: (field) => ({ caret: caretIn(field), quotes: [] }),
  selected(field) {
    const caret = caretIn(field)
    return caret === null || caret.start === caret.end ? null : caret
  },
  async select(field, part) {
    const end = valueIn(field).length
    if (part === 'all' || part === 'end') return target(field, { start: part === 'all' ? 0 : end, end })
    const span = part === 'selected' ? caretIn(field) : part
    return span && target(field, span)
  },
  replace: (whole) => [command, ...(whole === null ? [] : [setValue(whole)])],
  undo: (field) => void field.ownerDocument.execCommand('undo'),
  keep: () => null,
  commit: (field) => void field.dispatchEvent(new Event('change', { bubbles: true })),
}

/** Null for input types that report no caret. */
function caretIn(field: Field): Span | null {
  const { selectionStart: start, selectionEnd: end } = field as Control
  return start === null || end === null ? null : { start, end }
}

function target(field: Field, { start, end }: Span): EditTarget {
  const value = valueIn(field)
  const isWhole = start === 0 && end === value.length
  const between = (text: string) => value.slice(0, start) + text + value.slice(end)
  const holds = (text: string) => valueIn(field) === between(text)
  return {
    kind: native,
    field,
    text: value.slice(start, end),
    with: between,
    holds,
    surely: async (text) => holds(text),
    async select() {
      focusOn(field)
      if (!isControl(field)) return false
      // Some input types can only select everything.
      if (isWhole) field.select()
      else field.setSelectionRange(start, end)
      return true
    },
  }
}
