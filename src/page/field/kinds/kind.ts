// The interface of a kind of field. Kinds differ in where the true text is: in a control's value (native.ts), in the page's DOM (editable.ts),
// in a document of which the page shows a window (windowed.ts), or in what the page draws itself (editContext.ts). A new kind needs a
// file, and a line in kindOf.ts. toSeal.ts, sealing.ts and replace.ts are the same for all kinds.

import type { Field } from '../../script/fieldOf.ts'
import type { InsertionMethod } from './insert.ts'
import type { Span } from './runs.ts'

/** The part of a field's content to replace, or all of it. */
export interface EditTarget {
  readonly kind: FieldKind
  readonly field: Field
  /** Its current content, as text. */
  readonly text: string
  /** The whole content of the field with `text` in this place; null if unknown. */
  with(text: string): string | null
  /** Whether the field appears to hold `text` in this place and to be otherwise unchanged. Changes nothing. */
  holds(text: string): boolean
  /** The same, by the editor's own answer if it gives one. Selects, and leaves the caret at the end. */
  surely(text: string): Promise<boolean>
  /** Selects it again. False if the person interrupts. */
  select(): Promise<boolean>
}

export interface Location {
  /** The caret or selection; null if it is outside the field or unknown. */
  readonly caret: Span | null
  /** Passages that the editor marks as quotes by an element. */
  readonly quotes: readonly Span[]
}

export interface FieldKind {
  /** Whether the field holds only text, so that replacing all of it loses nothing. */
  readonly isPlain: boolean
  /** The content of the field, as text. For an editor that shows part of its document: that part, or the text around the caret. */
  read(field: Field): string
  /** The characters of the field in order, without line breaks. Cheap enough to call at each key. */
  readQuickly(field: Field): string
  /** Whether the field holds a sealed text. Call it only if `readQuickly` contains the marker. */
  holdsSealed(field: Field): boolean
  /** The caret and the quotes, as offsets in the result of `read`. */
  locate(field: Field): Location
  /** The selection, as offsets in the result of `read`; the selected text if its place is unknown; null for none. */
  selected(field: Field): Span | string | null
  /**
   * Selects a part of the field: everything, the person's selection, the end, or the characters of a span. Null if the person
   * interrupts, or this kind has no such part.
   */
  select(field: Field, part: 'all' | 'selected' | 'end' | Span): Promise<EditTarget | null>
  /** Methods to replace the selection, in the order to try them. `whole` is the field's content after that; null if unknown. */
  replace(whole: string | null): readonly InsertionMethod[]
  /** Undoes the last change, as the person would. */
  undo(field: Field): void
  /** Saves what text cannot express. Returns a function that restores it, or null if there is nothing to save. */
  keep(field: Field): (() => void) | null
  /** Does what the browser does when a person has finished with the field. */
  commit(field: Field): void
}
