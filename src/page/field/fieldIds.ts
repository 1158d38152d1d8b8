// The random ids by which this content script names its fields to the background. They mean nothing to anyone else.

import type { Box, Field as FieldName } from '../../messages/shapes.ts'
import type { Field } from '../script/fieldOf.ts'
import { limitOf } from './button/limits.ts'
import { labelOf } from './kinds/field.ts'

/** Larger limits are reported as this. */
const maxCharsAtMost = 100_000

const ids = new WeakMap<Field, string>()
const fields = new Map<string, WeakRef<Field>>()

export function idOfField(field: Field): FieldName {
  let id = ids.get(field)
  if (id === undefined) {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    id = btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    ids.set(field, id)
    fields.set(id, new WeakRef(field))
  }
  const limit = limitOf(field)
  return { id, label: labelOf(field), maxChars: limit === null ? null : Math.min(limit, maxCharsAtMost) }
}

/** The field with this id; null if it is no longer in the page. */
export function fieldWithId(id: string): Field | null {
  const field = fields.get(id)?.deref() ?? null
  return field?.isConnected ? field : null
}

/** The box of an element in screen px, as nearly as a content script can tell, for a window beside it. */
export function boxOnScreen(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect()
  const chromeHeight = Math.max(0, window.outerHeight - window.innerHeight)
  const bound = (value: number) => Math.max(-100_000, Math.min(100_000, value))
  return {
    left: bound(window.screenX + left),
    top: bound(window.screenY + (window.top === window ? chromeHeight : 0) + top),
    width: bound(width),
    height: bound(height),
  }
}
