// Decides which field a person's command applies to, and reports what the background needs to find the frame with that field.

import type { CommandTarget, Reached } from '../script/chosenField.ts'
import { type Field, focusedField } from '../script/fieldOf.ts'
import { chosenField } from '../script/scriptApis.ts'

/** The field that the person is in, and how they chose it; null if they are in none. */
export function fieldOfCommand(): { field: Field; how: Reached } | null {
  const { field, how = 'unwatched' } = chosenField() ?? {}
  const last = field?.deref()
  if (last?.isConnected && last.checkVisibility()) return { field: last, how }
  const focused = how === 'unwatched' ? focusedField() : null
  return focused === null ? null : { field: focused, how }
}

export function commandTarget(): CommandTarget {
  const field = fieldOfCommand()?.field ?? null
  const focused = document.hasFocus() ? focusedField() : null
  return {
    actedAt: chosenField()?.actedAt ?? 0,
    chosen: field !== null,
    focused: focused !== null && (field === null || field === focused),
  }
}
