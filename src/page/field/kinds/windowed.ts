// Editors whose page shows only a window of their document, or nothing. They are read through their copy handler. They take keys through a
// control that holds one line or none, or through an editable element, which is read, selected and written like any other (editable.ts).

import type { Control, Field } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { command, paste } from './insert.ts'
import type { EditTarget, FieldKind } from './kind.ts'
import { isSameText, squeeze } from './lines.ts'
import { native } from './native.ts'
import { focusOn, noticed, noticeMs, pressCommandKey, pressRight } from './selection.ts'

/** Characters at either end by which a window is recognised. */
const windowEndChars = 64

/** How to ask an editor for all of its text. */
export interface Asking {
  readonly kind: FieldKind
  /** The part that the page shows. */
  read(field: Field): string
  /** All of its document, which stays selected. Null if the person interrupts. */
  readAll(field: Field): Promise<string | null>
  /** Moves the caret behind the selection, so that the next key replaces nothing. */
  collapse(field: Field): void
}

export const windowed: FieldKind = {
  ...native,
  ...answering(
    () => windowed,
    (field) => (field as Control).selectionStart === (field as Control).selectionEnd,
  ),
  replace: () => [paste, command],
}

/** For editors that take keys but show no selection. `mayBeLine`: without a selection, the editor may copy the line of the caret. */
export function answering(
  kind: () => FieldKind,
  mayBeLine: (field: Field) => boolean,
): Pick<FieldKind, 'locate' | 'selected' | 'select'> {
  const selected = (field: Field) => {
    const copied = readByCopying(field)
    return copied === null || (copied.endsWith('\n') && mayBeLine(field)) ? null : copied
  }
  const selectAll = async (field: Field) => {
    const asking = byKeys(kind())
    focusOn(field)
    const text = await asking.readAll(field)
    if (text === null) return null
    asking.collapse(field)
    return windowTarget(asking, field, text, true)
  }
  return {
    locate: () => ({ caret: null, quotes: [] }),
    selected,
    async select(field, part) {
      const copied = part === 'selected' ? selected(field) : null
      if (copied !== null) return windowTarget(byKeys(kind()), field, copied, false)
      return part === 'all' || part === 'selected' ? selectAll(field) : null
    },
  }
}

function byKeys(kind: FieldKind): Asking {
  return {
    kind,
    read: kind.read,
    async readAll(field) {
      pressCommandKey(field, 'a', 'editor')
      if (!(await noticed(() => pressRight(field), noticeMs.listening))) return null
      return readByCopying(field) ?? kind.read(field)
    },
    collapse: pressRight,
  }
}

/** Part of an editor's document that the page may not show: all of it, or the selection. */
export function windowTarget(
  { kind, read, readAll, collapse }: Asking,
  field: Field,
  text: string,
  isWhole: boolean,
): EditTarget {
  const holds = (content: string) => {
    const [shown, meant] = [squeeze(read(field)), squeeze(content)]
    if (shown.includes(meant)) return true
    // Editors show long lines with gaps, so only both ends of the window are compared. `surely` compares the rest.
    const ends = [shown.slice(0, windowEndChars), shown.slice(-windowEndChars)]
    return isWhole && shown !== '' && ends.every((end) => meant.includes(end))
  }
  return {
    kind,
    field,
    text,
    with: (content) => (isWhole ? content : null),
    holds,
    async surely(content) {
      if (!isWhole) return holds(content)
      const all = await readAll(field)
      collapse(field)
      return all === null ? holds(content) : isSameText(all, content)
    },
    async select() {
      focusOn(field)
      if (!isWhole) return readByCopying(field) === text
      return (await readAll(field)) !== null
    },
  }
}
