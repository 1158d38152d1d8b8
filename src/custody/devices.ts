// The entries of the protocol that are about other devices, answered.

import { withEvent } from '../keyring/accessNotices.ts'
import type { deviceEntries } from '../messages/devices.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { Synced } from '../sync/synced.ts'
import type { Custodian } from './custodian.ts'
import { foundVault, join } from './joining.ts'
import { checkProofBy } from './proof.ts'
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
    keepInStep: ({ now }) => done(now === 'on' ? turnOn(custodian, syncing) : syncing.switch(false)),
    syncNow: () => done(syncing.step('asked')),
    replaceSynced: () => done(syncing.replace()),
    clearSynced: () => done(syncing.clear()),
    takeIn: async ({ password }) => {
      await checkProofBy(custodian, password)
      return done(syncing.takeIn(password))
    },
    foundVault: async () => ({ found: await foundVault(synced) }),
    join: (ask) => settled(() => join(custodian, synced, ask)),
  }
}

/** From then on whoever runs the browser's sync, or gets into the account, has the sealed vault: that is told of. */
async function turnOn(custodian: Custodian, syncing: Syncing): Promise<void> {
  await custodian.checkProof()
  if (!(await syncing.devices()).on) await custodian.change((vault) => withEvent(vault, 'synced', new Date()))
  await syncing.switch(true)
}
