// Choices and small things of this device that are no secret of the disk's. Each has its shape (storedShape.ts), and is read and
// changed through it alone: what another version has written beside it stays.

import { stored, whole } from './database.ts'
import type { PreferenceName, Preferences } from './preferenceNames.ts'
import type { StoredShape } from './storedShape.ts'

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
