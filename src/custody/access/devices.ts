// The handlers of the entries about other devices.

import { addEvent } from '../../keyring/accessNotices.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { syncEntries } from '../../messages/vault/sync.ts'
import type { BrowserSync } from '../../sync/browserSync.ts'
import type { Syncing } from '../sync/syncing.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { findVaultToJoin, join } from './joining.ts'
import { checkProofBy } from './proof.ts'

export function syncHandlers(
  custodian: Custodian,
  syncing: Syncing,
  synced: BrowserSync,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof syncEntries> {
  const done = async (work: Promise<void>) => {
    await work
    return {}
  }
  return {
    getSyncStatus: () => syncing.status(),
    setSync: ({ on }) => done(on ? turnOn(custodian, syncing) : syncing.switch(false)),
    syncNow: () => done(syncing.step('requested')),
    replaceSyncedVault: () => done(syncing.replace()),
    clearSyncedVault: () => done(syncing.clear()),
    acceptSyncedVault: async ({ password }) => {
      await checkProofBy(custodian, password)
      return done(syncing.takeIn(password))
    },
    findVaultToJoin: async () => ({ found: await findVaultToJoin(synced) }),
    joinVault: (request) => withBroadcast(() => join(custodian, synced, request)),
  }
}

/** From then on whoever runs the browser's sync, or gets into the account, has the sealed vault: a notice says so. */
async function turnOn(custodian: Custodian, syncing: Syncing): Promise<void> {
  await custodian.checkProof()
  if (!(await syncing.status()).on) await custodian.change((vault) => addEvent(vault, 'synced', new Date()))
  await syncing.switch(true)
}
