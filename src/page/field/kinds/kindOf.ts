// Chooses the kind of a field; nothing else does.

import { drawnIn, type Field, isControl } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { editable } from './editable.ts'
import { editContext } from './editContext.ts'
import type { FieldKind } from './kind.ts'
import { native } from './native.ts'
import { windowed } from './windowed.ts'

/** `answers`: an editor says what it would copy of the field, so that a control's value is not the truth. */
export function kindOf(field: Field, answers = false): FieldKind {
  if (isControl(field)) return answers ? windowed : native
  return drawnIn(field) === null ? editable : editContext
}

/** The kind of a field that is about to be changed: only then is an editor asked. */
export function kindToEdit(field: Field): FieldKind {
  return kindOf(field, isControl(field) && readByCopying(field) !== null)
}
