// Editors of which the page shows a window, or nothing: they are read by what they would copy. They take keys through a control that holds
// one line or none, or through an editable element, which is read, selected and written like any other (editable.ts).

import type { Control, Field } from '../../script/fieldOf.ts'
import { readByCopying } from './copy.ts'
import { command, paste } from './insert.ts'
import type { EditTarget, FieldKind } from './kind.ts'
import { isSameText, squeeze } from './lines.ts'
import { native } from './native.ts'
import { focusOn, noticed, noticeMs, pressCommandKey, pressRight } from './selection.ts'

/** By so many characters a window is known again. */
const windowEndChars = 64

/** How an editor is asked for all of its text. */
export interface Asking {
  readonly kind: FieldKind
  /** What the page shows of it. */
  read(field: Field): string
  /** All of its document, which is left selected. Null when the person did something meanwhile. */
  readAll(field: Field): Promise<string | null>
  /** Leaves the caret after what was selected, so that the next key replaces nothing. */
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

/** How editors are worked on that take keys but show no selection. `mayBeLine`: they may answer with the line of the caret. */
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

/** A part of an editor's document that the page need not show: all of it, or what is selected. */
export function windowTarget(
  { kind, read, readAll, collapse }: Asking,
  field: Field,
  text: string,
  isWhole: boolean,
): EditTarget {
  const holds = (now: string) => {
    const [shown, meant] = [squeeze(read(field)), squeeze(now)]
    if (shown.includes(meant)) return true
    // Long lines are shown with gaps: what begins and ends the window has to do, until the editor is asked.
    const ends = [shown.slice(0, windowEndChars), shown.slice(-windowEndChars)]
    return isWhole && shown !== '' && ends.every((end) => meant.includes(end))
  }
  return {
    kind,
    field,
    text,
    with: (now) => (isWhole ? now : null),
    holds,
    async surely(now) {
      if (!isWhole) return holds(now)
      const all = await readAll(field)
      collapse(field)
      return all === null ? holds(now) : isSameText(all, now)
    },
    async select() {
      focusOn(field)
      if (!isWhole) return readByCopying(field) === text
      return (await readAll(field)) !== null
    },
  }
}
