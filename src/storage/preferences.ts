// Choices and small things of this device that are no secret of the disk's. Each has its shape (storedShape.ts), and is read and
// changed through it alone: what another version has written beside it stays.

import { stored, whole } from './database.ts'
import type { StoredShape } from './storedShape.ts'

/** Every preference there is. test/storage/stored.test.ts holds each to the rule of storedShape.ts. */
export const preferenceNames = [
  // The cue, so that a locked popup can show it too. It is no secret of the disk's, only of pages.
  'cue',
  // What was chosen for sites, and the fields that are always sealed (tabs/settings.ts).
  'sites',
  // Whether and how far this device keeps in step with others (custody/syncNotes.ts).
  'sync',
  // When a backup was last made on this device, and until when not to remind of it (custody/reminders.ts).
  'backup',
  // How far giving every document a new key has come (custody/rekeying.ts).
  'rekeying',
  // The key of the names by which a page's earlier content scripts are known (tabs/ownerToken.ts).
  'owner',
] as const
export type PreferenceName = (typeof preferenceNames)[number]

/** All of them as they are stored. */
export type Preferences = { readonly [Name in PreferenceName]?: unknown }

export function readPreferences(): Promise<Preferences> {
  return stored(async (db) => (await db.get('preferences', 'preferences')) ?? {})
}

export class Preference<Value> {
  readonly name: PreferenceName
  readonly #shape: StoredShape<Value>

  constructor(name: PreferenceName, shape: StoredShape<Value>) {
    this.name = name
    this.#shape = shape
  }

  async read(): Promise<Value> {
    return this.in(await readPreferences())
  }

  in(all: Preferences): Value {
    return this.#shape.read(all[this.name])
  }

  /** Changes it, with no other change between reading and writing. Failure 'full'. */
  async change(change: (before: Value) => Value): Promise<void> {
    await stored(async (db) => {
      const transaction = db.transaction('preferences', 'readwrite')
      await whole(transaction, async () => {
        const all = (await transaction.store.get('preferences')) ?? {}
        const now = all[this.name]
        const next = change(this.#shape.read(now))
        await transaction.store.put({ ...all, [this.name]: this.#shape.write(now, next) }, 'preferences')
      })
    })
  }
}
