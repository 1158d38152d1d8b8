// One half of what the unlocked vault needs to outlive the background: a non-extractable key in IndexedDB. The other half is in
// `storage.session` (sessionEntry.ts). Neither half is of use alone.

import { withDatabase } from './database.ts'

export function readSessionKey(): Promise<CryptoKey | null> {
  return withDatabase(async (db) => (await db.get('session', 'key')) ?? null)
}

export async function writeSessionKey(key: CryptoKey): Promise<void> {
  await withDatabase((db) => db.put('session', key, 'key'))
}

export async function deleteSessionKey(): Promise<void> {
  await withDatabase((db) => db.delete('session', 'key'))
}
