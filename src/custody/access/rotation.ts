// New keys for the vault at a person's wish: a new master key with the ways to unlock that they prove, a new key for new
// texts. Everything that was sealed stays readable.

import type { PrfOutput } from '../../bytes.ts'
import { parseRecovery } from '../../crypto/recovery.ts'
import { Failure } from '../../failure.ts'
import { personalId } from '../../keyring/body.ts'
import { masterEpochOf } from '../../keyring/masterKeyHistory.ts'
import { type RotationProofs, rotateVault, wasRotated } from '../../keyring/masterKeyRotation.ts'
import { rotateCircle } from '../../keyring/rotation.ts'
import { withBody } from '../../keyring/vault.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { Request } from '../../messages/protocol.ts'
import type { rotationEntries } from '../../messages/vault/rotation.ts'
import type { Custodian } from '../vault/custodian.ts'
import { atBestCost } from '../vault/kdfCalibration.ts'
import { openByPassword } from '../vault/vaultRecord.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { withWiped } from './passkeys.ts'

/** A new key for the texts that are sealed from now on. Failure 'locked' | 'conflict' | 'full'. */
export function rotateCircleKey(custodian: Custodian): Promise<void> {
  const now = new Date()
  return custodian.change((vault) => withBody(vault, rotateCircle(vault.body, personalId, now), now))
}

/**
 * A new master key in the place of the `epoch`th, opened by the same password, this recovery key and these passkeys alone, and
 * new keys for every circle. Requested twice, it does nothing the second time. Failure as `changePassword`, and
 * 'mistyped'; 'conflict' when another device has replaced it meanwhile, or taken out what was to be kept.
 */
export async function rotateMasterKey(
  custodian: Custodian,
  { password, epoch, recovery, passkeys }: Request<'rotateMasterKey'>,
): Promise<void> {
  const secret = parseRecovery(recovery.recoveryKey)
  await withWiped(
    passkeys.map(({ prf }) => prf),
    (outputs) => {
      const proved = passkeys.map(({ id }, index) => ({ id, prf: outputs[index] as PrfOutput }))
      const proofs: RotationProofs = { password, recovery: { kind: recovery.kind, secret }, passkeys: proved }
      return custodian.changeBy(openByPassword(password), async (vault) => {
        if (wasRotated(vault, epoch, proofs)) return vault
        if (masterEpochOf(vault.body) !== epoch) throw new Failure('conflict')
        const renew = (cost: Parameters<typeof rotateVault>[2]) => rotateVault(vault, proofs, cost, new Date())
        return atBestCost(renew, vault.header).catch(asConflict)
      })
    },
  )
}

/** The password was right. What does not open now did open when the proofs were collected. */
function asConflict(thrown: unknown): never {
  const changed = thrown instanceof Failure && (thrown.code === 'gone' || thrown.code === 'wrong-secret')
  throw changed ? new Failure('conflict', { cause: thrown }) : thrown
}

export function rotationHandlers(
  custodian: Custodian,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof rotationEntries> {
  return {
    async rotateCircleKey() {
      await rotateCircleKey(custodian)
      return {}
    },
    rotateMasterKey: (request) => withBroadcast(() => rotateMasterKey(custodian, request)),
  }
}
