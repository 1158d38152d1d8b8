// Choices and small things of this device that are no secret of the disk's.

import { type Preferences, stored, whole } from './database.ts'

export function readPreferences(): Promise<Preferences> {
  return stored(async (db) => (await db.get('preferences', 'preferences')) ?? {})
}

/** Changes some of them, with no other change between reading and writing. */
export async function changePreferences(change: (before: Preferences) => Partial<Preferences>): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction('preferences', 'readwrite')
    await whole(transaction, async () => {
      const before = (await transaction.store.get('preferences')) ?? {}
      await transaction.store.put({ ...before, ...change(before) }, 'preferences')
    })
  })
}
