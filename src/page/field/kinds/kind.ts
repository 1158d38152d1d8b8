// What differs between kinds of fields, by where the true text is: in a control's value (native.ts), in the page's DOM (editable.ts), in a
// document of which the page shows a window (windowed.ts), or in what the page draws itself (editContext.ts). A new kind is a new
// file, and a line in kindOf.ts. The rest is the same for all kinds: toSeal.ts, sealing.ts and replace.ts.

import type { Field } from '../../script/fieldOf.ts'
import type { InsertionMethod } from './insert.ts'
import type { Span } from './runs.ts'

/** A part of what stands in a field, or all of it, that is to be replaced. */
export interface EditTarget {
  readonly kind: FieldKind
  readonly field: Field
  /** What stands in it now, as text. */
  readonly text: string
  /** All that will stand in the field with `text` in this place; null where that cannot be told. */
  with(text: string): string | null
  /** Whether the field seems to hold `text` in this place and to be otherwise as it was. Disturbs nothing. */
  holds(text: string): boolean
  /** The same, asked of the editor where it answers: selects, and leaves the caret at the end. */
  surely(text: string): Promise<boolean>
  /** Selects it again. False when the person did something meanwhile. */
  select(): Promise<boolean>
}

export interface Location {
  /** The caret or selection; null where it is not in the field, or cannot be told. */
  readonly caret: Span | null
  /** What the editor quotes by an element of its own. */
  readonly quotes: readonly Span[]
}

export interface FieldKind {
  /** Whether the field holds text alone, so that to replace all of it loses nothing. */
  readonly isPlain: boolean
  /** What stands in the field, as text. Of an editor that shows a part of its document: that part, or what is about the caret. */
  read(field: Field): string
  /** The letters of what stands in the field, in order but without its lines: cheap enough to be asked at each key. */
  readQuickly(field: Field): string
  /** Whether there is a sealed text in the field, of which `readQuickly` shows a sign. */
  holdsSealed(field: Field): boolean
  /** Where the caret and the quotes are in what `read` gives. */
  locate(field: Field): Location
  /** Where the selection is in what `read` gives; the selected text itself where that cannot be told; null for none. */
  selected(field: Field): Span | string | null
  /**
   * A part of the field: everything, what the person has selected, the place after everything, or the characters of a span.
   * Null when the person did something meanwhile, or where this kind knows no such part.
   */
  select(field: Field, part: 'all' | 'selected' | 'end' | Span): Promise<EditTarget | null>
  /** The ways to replace what is selected, in the order in which to try them; `whole` is what the field will then hold. */
  replace(whole: string | null): readonly InsertionMethod[]
  /** Takes the last change back, as the person would. */
  undo(field: Field): void
  /** Keeps what text cannot say; returns how to put it back, or null where there is nothing to keep. */
  keep(field: Field): (() => void) | null
  /** Does what the browser does once a person has finished with the field. */
  commit(field: Field): void
}
