// A new master key, and with it every way to unlock that is proved at that moment: by the password, by the recovery key or a
// new one in its place, by passkeys. What is not proved goes: its slot wraps the old key. As a value. FORMAT.md §6.8.

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

export interface RotationProofs {
  readonly password: string
  readonly recovery: {
    /** `same`: it opens the vault by now, and goes on doing so. `new`: it takes the place of those before. */
    readonly kind: 'same' | 'new'
    readonly secret: RecoverySecret
  }
  /** Those to be kept, each with the id of its slot and its answer to the slot's salt. */
  readonly passkeys: readonly { readonly id: string; readonly prf: PrfOutput }[]
}

/**
 * The vault under a new master key, with new keys for every circle. Passkeys and a recovery key that stay keep the ids, dates
 * and names of their slots. The password, a proof already, is not looked at. Failure `gone` or `wrong-secret` when what
 * is to stay is not there or not proved; `weak-password` (empty); `memory`; `too-long`.
 */
export async function rotateVault(vault: Vault, proofs: RotationProofs, cost: PasswordCost, now: Date): Promise<Vault> {
  const { kind, secret } = proofs.recovery
  const kept = kind === 'same' ? recoverySlotOf(vault.header, secret) : null
  if (kind === 'same' && kept === null) throw new Failure('wrong-secret')
  // By their ids: one that is named twice is one slot.
  const answers = new Map(proofs.passkeys.map(({ id, prf }) => [id, prf]))
  const passkeys = [...answers].map(([id, prf]) => ({ slot: provePasskey(vault, id, prf), prf }))
  const rotated = await rotateMasterKey(
    vault,
    async (held) => [
      await newPasswordSlot(held, proofs.password, cost, now),
      kept ? rewrapRecoverySlot(kept, held, secret) : newRecoverySlot(held, secret, now),
      ...passkeys.map(({ slot, prf }) => rewrapPasskeySlot(slot, held, prf)),
    ],
    now,
  )
  const ours = rotated.body.circles.filter((circle) => newestKey(circle) !== undefined)
  const body = ours.reduce((before, { id }) => rotateCircle(before, id, now), rotated.body)
  // Names of passkeys that go are left: they say nothing, and another device may be keeping those very passkeys now.
  const notes = { ...(kept === null && clearedKeyNotes), ...endOfShares(vault, now) }
  return withSettings(withBody(rotated, body, now), notes, now)
}

/** Whether the master key of this epoch was replaced already, by these very proofs. */
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
