// Decides what part of a field a command to seal applies to. It leaves sealed texts alone: if the part is uncertain, our own window opens
// instead.

import { findSealed } from '../../crypto/armor.ts'
import { markerPrefix } from '../../crypto/prefilter.ts'
import type { Field } from '../script/fieldOf.ts'
import { mayHoldSealed } from './kinds/field.ts'
import type { EditTarget, FieldKind } from './kinds/kind.ts'
import { kindOf, kindToEdit } from './kinds/kindOf.ts'
import { ownRunAt, type Span, sealedAt } from './kinds/runs.ts'

/** Nothing can be sealed in place. Open our window instead, with this sealed text if not null. */
export interface NeedsWindow {
  readonly forWindow: true
  readonly sealed: string | null
}

export const needsWindow = <T extends object>(target: T | NeedsWindow): target is NeedsWindow => 'forWindow' in target

/** Selects the part of the field to seal. Null if the person interrupts. */
export async function targetToSeal(field: Field): Promise<EditTarget | NeedsWindow | null> {
  const kind = kindToEdit(field)
  const selected = kind.selected(field)
  if (selected === null) return allOrRun(kind, field)
  if (typeof selected === 'string') {
    // What is on either side of the selection is unknown.
    const isSealed = selected.includes(markerPrefix) || mayHoldSealed(field)
    return isSealed ? windowWith(findSealed(selected)[0]?.sealed ?? null) : kind.select(field, 'selected')
  }
  const [touched] = sealedAt(kind.read(field), selected)
  return touched === undefined ? kind.select(field, 'selected') : windowWith(touched.sealed)
}

const windowWith = (sealed: string | null): NeedsWindow => ({ forWindow: true, sealed })

/** The sealed text at the caret, or the only content of the field; null if neither exists. */
export function sealedAtCaret(field: Field): string | null {
  const kind = kindOf(field)
  return windowFor(kind.read(field), kind.locate(field).caret).sealed
}

/** Everything in the field; if some of it is sealed, the run of words around the caret. */
async function allOrRun(kind: FieldKind, field: Field): Promise<EditTarget | NeedsWindow | null> {
  const all = await kind.select(field, 'all')
  if (all === null || findSealed(all.text).length === 0) return all
  const { caret, quotes } = all.kind.locate(field)
  const run = caret && ownRunAt(all.text, caret.start, quotes)
  return (run && (await all.kind.select(field, run))) ?? windowFor(all.text, caret)
}

/** A window for the sealed text at the caret, or for the one that is the only content. */
function windowFor(text: string, caret: Span | null): NeedsWindow {
  const all = findSealed(text)
  const [touched] = caret === null ? [] : sealedAt(text, caret)
  const [only] = all.filter(({ start, end }) => end - start === text.trim().length)
  return windowWith((touched ?? only)?.sealed ?? null)
}
