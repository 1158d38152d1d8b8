// Chooses the kind of a field; nothing else does.

import { drawnIn, type Field, isControl } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { editable } from './editable.ts'
import { editContext } from './editContext.ts'
import type { FieldKind } from './kind.ts'
import { native } from './native.ts'
import { windowed } from './windowed.ts'

/** `answers`: an editor answers for this field (`readByCopying`), so a control's value is not its true text. */
export function kindOf(field: Field, answers = false): FieldKind {
  if (isControl(field)) return answers ? windowed : native
  return drawnIn(field) === null ? editable : editContext
}

/** The kind of a field that is about to change. Only this asks an editor. */
export function kindToEdit(field: Field): FieldKind {
  return kindOf(field, isControl(field) && readByCopying(field) !== null)
}
