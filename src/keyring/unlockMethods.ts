// Which slots a person can unlock with, and removing one. The last one stays. FORMAT.md §6.2.

import { Failure } from '../failure.ts'
import { usableKinds } from './record.ts'
import { type Vault, withSlots } from './vault.ts'

/**
 * Removes a slot; revision + 1. The same vault if it is not there. Failure `last-slot`: no other is left that this version can
 * unlock with.
 */
export function withoutSlot(vault: Vault, slotId: string, now: Date): Vault {
  const remaining = vault.header.slots.filter(({ id }) => id !== slotId)
  if (remaining.length === vault.header.slots.length) return vault
  if (!remaining.some(({ kind }) => usableKinds.has(kind))) throw new Failure('last-slot')
  return withSlots(vault, remaining, now)
}
