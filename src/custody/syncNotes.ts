// What this device keeps about the browser's sync: whether it was chosen here, how far it went, and what was last seen
// there. No secret, and no part of the vault: each device chooses for itself.

import * as v from 'valibot'
import { refusal, status } from '../messages/devices.ts'
import { changePreferences, readPreferences } from '../storage/preferences.ts'

const notesShape = v.strictObject({
  on: v.boolean(),
  status: v.nullable(status),
  refused: v.nullable(v.strictObject({ why: refusal, at: v.number() })),
  /** The writing that was last taken in or sent, and its revision. */
  seen: v.nullable(v.strictObject({ write: v.string(), revision: v.number() })),
  /** How often it was tried again, so far. */
  attempts: v.number(),
  strays: v.record(v.string(), v.number()),
})
export type Notes = v.InferOutput<typeof notesShape>

export interface Notebook {
  read(): Promise<Notes>
  change(change: (before: Notes) => Notes): Promise<void>
}

export const blank: Notes = { on: false, status: null, refused: null, seen: null, attempts: 0, strays: {} }

/** The notes of this device. */
export const notebook: Notebook = {
  read: async () => notesIn(await readPreferences()),
  change: (change) => changePreferences((before) => ({ sync: change(notesIn(before)) })),
}

function notesIn({ sync }: { readonly sync?: unknown }): Notes {
  const parsed = v.safeParse(notesShape, sync)
  return parsed.success ? parsed.output : blank
}
