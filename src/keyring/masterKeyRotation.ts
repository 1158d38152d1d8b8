// Replaces the master key, together with every way to unlock that is proved at that moment: the password, the recovery key or a
// new one, passkeys. Other slots are dropped, because they wrap the old key. As a value. FORMAT.md §6.8.

import type { PrfOutput, RecoverySecret } from '../bytes.ts'
import type { PasswordCost } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { newestKey } from './circles.ts'
import { masterEpochOf } from './masterKeyHistory.ts'
import { provePasskey } from './passkeys.ts'
import { clearedKeyNotes, endOfShares } from './recoveryNotes.ts'
import { rotateCircle, rotateMasterKey } from './rotation.ts'
import { newPasswordSlot, newRecoverySlot, rewrapPasskeySlot, rewrapRecoverySlot } from './slots.ts'
import { recoverySlotOf, type Vault, withBody, withSettings } from './vault.ts'

/** The secrets that unlock the new master key. */
export interface RotationProofs {
  readonly password: string
  readonly recovery: {
    /** `same`: it opens the vault now, and stays. `new`: it replaces the earlier ones. 16 bytes. */
    readonly kind: 'same' | 'new'
    readonly secret: RecoverySecret
  }
  /** The passkeys to keep, each with the id of its slot and its answer, 32 bytes, to the slot's salt. */
  readonly passkeys: readonly { readonly id: string; readonly prf: PrfOutput }[]
}

/**
 * Rotates the master key and the key of every circle. Passkeys and a recovery key that stay keep the ids, dates and names of
 * their slots. The caller has checked the password. Failure `gone` or `wrong-secret`: a slot that is to stay is missing or
 * not proved; `weak-password` (empty); `memory`; `too-long`. FORMAT.md §6.8.
 */
export async function rotateVault(vault: Vault, proofs: RotationProofs, cost: PasswordCost, now: Date): Promise<Vault> {
  const { kind, secret } = proofs.recovery
  const keptSlot = kind === 'same' ? recoverySlotOf(vault.header, secret) : null
  if (kind === 'same' && keptSlot === null) throw new Failure('wrong-secret')
  // By id: a slot that is named twice counts once.
  const answers = new Map(proofs.passkeys.map(({ id, prf }) => [id, prf]))
  const passkeys = [...answers].map(([id, prf]) => ({ slot: provePasskey(vault, id, prf), prf }))
  const rotated = await rotateMasterKey(
    vault,
    async (holder) => [
      await newPasswordSlot(holder, proofs.password, cost, now),
      keptSlot ? rewrapRecoverySlot(keptSlot, holder, secret) : newRecoverySlot(holder, secret, now),
      ...passkeys.map(({ slot, prf }) => rewrapPasskeySlot(slot, holder, prf)),
    ],
    now,
  )
  const ours = rotated.body.circles.filter((circle) => newestKey(circle) !== undefined)
  const body = ours.reduce((before, { id }) => rotateCircle(before, id, now), rotated.body)
  // Names of dropped passkeys stay: they do no harm, and another device may be keeping those passkeys now.
  const notes = { ...(keptSlot === null && clearedKeyNotes), ...endOfShares(vault, now) }
  return withSettings(withBody(rotated, body, now), notes, now)
}

/** Whether these proofs already replaced the master key of this epoch. */
export function wasRotated(vault: Vault, epoch: number, { recovery, passkeys }: RotationProofs): boolean {
  if (masterEpochOf(vault.body) !== epoch + 1 || recoverySlotOf(vault.header, recovery.secret) === null) return false
  return passkeys.every(({ id, prf }) => isProved(vault, id, prf))
}

function isProved(vault: Vault, id: string, prf: PrfOutput): boolean {
  try {
    return provePasskey(vault, id, prf).id === id
  } catch (thrown) {
    if (thrown instanceof Failure) return false
    throw thrown
  }
}
