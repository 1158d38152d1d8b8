// The ways into a vault, as slots: which of them a person can unlock with, and taking one out. The last one stays.
// FORMAT.md §6.2.

import { Failure } from '../failure.ts'
import { usableKinds } from './record.ts'
import { type Vault, withSlots } from './vault.ts'

/**
 * The same vault without this slot; revision + 1. A slot that is not there leaves the vault as it is.
 * Failure `last-slot` when no other is left that this version unlocks with.
 */
export function withoutSlot(vault: Vault, slotId: string, now: Date): Vault {
  const left = vault.header.slots.filter(({ id }) => id !== slotId)
  if (left.length === vault.header.slots.length) return vault
  if (!left.some(({ kind }) => usableKinds.has(kind))) throw new Failure('last-slot')
  return withSlots(vault, left, now)
}
