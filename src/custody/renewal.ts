// New keys for the vault at a person's wish: a new master key with new slots, a new key for new texts. Everything that was
// sealed stays readable.

import { parseRecovery } from '../crypto/recovery.ts'
import { personalId } from '../keyring/body.ts'
import { endsWithKey } from '../keyring/recoveryNotes.ts'
import { rotateCircle, rotateMasterKey } from '../keyring/rotation.ts'
import { newPasswordSlot, newRecoverySlot } from '../keyring/slots.ts'
import { recoveryFits, type Vault, withBody, withSettings } from '../keyring/vault.ts'
import type { Handlers } from '../messages/handlers.ts'
import { byPassword, type Custodian } from './custodian.ts'
import { atBestCost } from './policy.ts'
import type { Settled } from './settled.ts'

/** A new key for the texts that are sealed from now on. Failure 'locked' | 'conflict' | 'full'. */
export function renewCircle(custodian: Custodian): Promise<void> {
  const now = new Date()
  return custodian.change((vault) => withBody(vault, rotateCircle(vault.body, personalId, now), now))
}

/**
 * A new master key, opened by the same password and by this new recovery key alone, and new keys for every circle.
 * Asked twice, it does nothing the second time. Failure as Custodian.changePassword, and 'mistyped'.
 */
export async function renewMasterKey(custodian: Custodian, password: string, recoveryKey: string): Promise<void> {
  const recovery = parseRecovery(recoveryKey)
  await custodian.changeBy(byPassword(password), async (vault) => {
    if (recoveryFits(vault.record, recovery)) return vault
    const now = new Date()
    const rotated = await atBestCost(
      (cost) =>
        rotateMasterKey(
          vault,
          async (held) => [await newPasswordSlot(held, password, cost, now), newRecoverySlot(held, recovery, now)],
          now,
        ),
      vault.header,
    )
    return withSettings(withNewEpochs(rotated, now), endsWithKey, now)
  })
}

function withNewEpochs(vault: Vault, now: Date): Vault {
  const body = vault.body.circles.reduce((before, { id }) => rotateCircle(before, id, now), vault.body)
  return withBody(vault, body, now)
}

export function renewalAnswers(
  custodian: Custodian,
  settled: Settled,
): Pick<Handlers, 'renewCircle' | 'renewMasterKey'> {
  return {
    async renewCircle() {
      await renewCircle(custodian)
      return {}
    },
    renewMasterKey: ({ password, recoveryKey }) => settled(() => renewMasterKey(custodian, password, recoveryKey)),
  }
}
