// Editors that draw their text themselves, and take input by the EditContext API. What that is given to edit need not be what stands in
// the document, so they are asked for it as windowed editors are.

import { findSealed } from '../../../crypto/armor.ts'
import { drawnIn } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { editable } from './editable.ts'
import { input, paste } from './insert.ts'
import type { FieldKind } from './kind.ts'
import { answering } from './windowed.ts'

export const editContext: FieldKind = {
  ...editable,
  isPlain: true,
  read: (field) => readByCopying(field) ?? editContext.readQuickly(field),
  readQuickly: (field) => drawnIn(field)?.text ?? '',
  holdsSealed: (field) => findSealed(editContext.read(field)).length > 0,
  ...answering(
    () => editContext,
    () => true,
  ),
  replace: () => [paste, input],
}
