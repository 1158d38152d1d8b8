// New keys for the vault at a person's wish: a new master key with the ways to unlock that they prove, a new key for new
// texts. Everything that was sealed stays readable.

import type { PrfOutput } from '../bytes.ts'
import { parseRecovery } from '../crypto/recovery.ts'
import { Failure } from '../failure.ts'
import { personalId } from '../keyring/body.ts'
import { masterEpochOf } from '../keyring/masterEpoch.ts'
import { type Proofs, renewVault, wasRenewed } from '../keyring/renewing.ts'
import { rotateCircle } from '../keyring/rotation.ts'
import { withBody } from '../keyring/vault.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { Ask } from '../messages/protocol.ts'
import type { renewing } from '../messages/renewing.ts'
import { byPassword, type Custodian } from './custodian.ts'
import { wiping } from './passkeys.ts'
import { atBestCost } from './policy.ts'
import type { Settled } from './settled.ts'

/** A new key for the texts that are sealed from now on. Failure 'locked' | 'conflict' | 'full'. */
export function renewCircle(custodian: Custodian): Promise<void> {
  const now = new Date()
  return custodian.change((vault) => withBody(vault, rotateCircle(vault.body, personalId, now), now))
}

/**
 * A new master key in the place of the `epoch`th, opened by the same password, this recovery key and these passkeys alone, and
 * new keys for every circle. Asked twice, it does nothing the second time. Failure as Custodian.changePassword, and
 * 'mistyped'; 'conflict' when another device has replaced it meanwhile, or taken out what was to be kept.
 */
export async function renewMasterKey(
  custodian: Custodian,
  { password, epoch, recovery, passkeys }: Ask<'renewMasterKey'>,
): Promise<void> {
  const secret = parseRecovery(recovery.recoveryKey)
  await wiping(
    passkeys.map(({ prf }) => prf),
    (outputs) => {
      const proved = passkeys.map(({ id }, at) => ({ id, prf: outputs[at] as PrfOutput }))
      const proofs: Proofs = { password, recovery: { kind: recovery.kind, secret }, passkeys: proved }
      return custodian.changeBy(byPassword(password), async (vault) => {
        if (wasRenewed(vault, epoch, proofs)) return vault
        if (masterEpochOf(vault.body) !== epoch) throw new Failure('conflict')
        const renew = (cost: Parameters<typeof renewVault>[2]) => renewVault(vault, proofs, cost, new Date())
        return atBestCost(renew, vault.header).catch(asConflict)
      })
    },
  )
}

/** The password was right. What does not open now did when it was asked for. */
function asConflict(thrown: unknown): never {
  const changed = thrown instanceof Failure && (thrown.code === 'gone' || thrown.code === 'wrong-secret')
  throw changed ? new Failure('conflict', { cause: thrown }) : thrown
}

export function renewalAnswers(custodian: Custodian, settled: Settled): Pick<Handlers, keyof typeof renewing> {
  return {
    async renewCircle() {
      await renewCircle(custodian)
      return {}
    },
    renewMasterKey: (ask) => settled(() => renewMasterKey(custodian, ask)),
  }
}
