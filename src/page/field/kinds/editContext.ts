// Editors that draw their text themselves, and take input through the EditContext API. Its buffer may differ from the document, so they are
// read like windowed editors.

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
