// Settings and small state of this device that need not be secret from its disk. Each has a shape (storedShape.ts) and is read and
// changed only through it, so that fields of another version stay.

import { inTransaction, withDatabase } from './database.ts'
import type { PreferenceName, Preferences } from './preferenceNames.ts'
import type { StoredShape } from './storedShape.ts'

export function readPreferences(): Promise<Preferences> {
  return withDatabase(async (db) => (await db.get('preferences', 'preferences')) ?? {})
}

/** One preference, by its name and shape. */
export class Preference<Value> {
  readonly name: PreferenceName
  readonly #shape: StoredShape<Value>

  constructor(name: PreferenceName, shape: StoredShape<Value>) {
    this.name = name
    this.#shape = shape
  }

  async read(): Promise<Value> {
    return this.readFrom(await readPreferences())
  }

  /** Its value among all preferences, as stored. */
  readFrom(all: Preferences): Value {
    return this.#shape.read(all[this.name])
  }

  /** Reads, changes and writes in one transaction. Failure `full`. */
  async change(change: (before: Value) => Value): Promise<void> {
    await withDatabase(async (db) => {
      const transaction = db.transaction('preferences', 'readwrite')
      await inTransaction(transaction, async () => {
        const all = (await transaction.store.get('preferences')) ?? {}
        const stored = all[this.name]
        const next = change(this.#shape.read(stored))
        await transaction.store.put({ ...all, [this.name]: this.#shape.write(stored, next) }, 'preferences')
      })
    })
  }
}
