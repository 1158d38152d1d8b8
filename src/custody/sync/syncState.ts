// What this device keeps about the browser's sync: whether it was chosen here, how far it went, and what was last seen
// there. No secret, and no part of the vault: each device chooses for itself.

import * as v from 'valibot'
import { refusal, status } from '../../messages/vault/sync.ts'
import { Preference } from '../../storage/preferences.ts'
import { storedMap, storedObject, storedValue } from '../../storage/storedShape.ts'
import type { Strays } from '../../sync/browserSync.ts'

const strays = storedMap(v.string(), storedValue(v.number(), { missing: 0 }))

/** What does not make sense counts as what it is where sync was never turned on: then nothing is sent. */
export const syncStatePreference = new Preference(
  'sync',
  storedObject({
    on: storedValue(v.boolean(), { missing: false }),
    status: storedValue(v.nullable(status), { missing: null }),
    refused: storedValue(v.nullable(v.object({ why: refusal, at: v.number() })), { missing: null }),
    /** The write that was last accepted or sent, and its revision. */
    seen: storedValue(v.nullable(v.object({ write: v.string(), revision: v.number() })), { missing: null }),
    /** How often it was tried again, so far. */
    attempts: storedValue(v.number(), { missing: 0 }),
    strays: {
      read: (stored: unknown): Strays => Object.fromEntries(strays.read(stored)),
      write: (stored: unknown, next: Strays) => strays.write(stored, new Map(Object.entries(next))),
    },
  }),
)
export type SyncState = Awaited<ReturnType<typeof syncStatePreference.read>>

export interface SyncStateStore {
  read(): Promise<SyncState>
  change(change: (before: SyncState) => SyncState): Promise<void>
}

export const emptySyncState: SyncState = { on: false, status: null, refused: null, seen: null, attempts: 0, strays: {} }

export const syncStateStore: SyncStateStore = {
  read: () => syncStatePreference.read(),
  change: (change) => syncStatePreference.change(change),
}
