// The entries of the protocol that are about other devices, answered.

import type { deviceEntries } from '../messages/devices.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { Synced } from '../sync/synced.ts'
import type { Custodian } from './custodian.ts'
import { foundVault, join } from './joining.ts'
import type { Settled } from './settled.ts'
import type { Syncing } from './syncing.ts'

export function deviceAnswers(
  custodian: Custodian,
  syncing: Syncing,
  synced: Synced,
  settled: Settled,
): Pick<Handlers, keyof typeof deviceEntries> {
  const done = async (work: Promise<void>) => {
    await work
    return {}
  }
  return {
    devices: () => syncing.devices(),
    keepInStep: ({ now }) => done(syncing.switch(now === 'on')),
    syncNow: () => done(syncing.step('asked')),
    replaceSynced: () => done(syncing.replace()),
    clearSynced: () => done(syncing.clear()),
    takeIn: ({ password }) => done(syncing.takeIn(password)),
    foundVault: async () => ({ found: await foundVault(synced) }),
    join: (ask) => settled(() => join(custodian, synced, ask)),
  }
}
