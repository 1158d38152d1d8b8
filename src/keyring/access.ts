// What the vault's body says of its slots: which of them the person knows of, and whether the password is strong. Both are in the
// sealed body. Knows neither vaults nor clocks. FORMAT.md §6.3.

import * as v from 'valibot'
import type { VaultBody } from './body.ts'
import { isPasswordSlot, type VaultHeader } from './record.ts'

type Slots = VaultHeader['slots']
type Settings = Readonly<Record<string, unknown>>

const knownShape = v.array(v.string())
/** One bit for one slot, in a value of the same length for either. */
const strengthSetting = 'passwordStrength'
const strengthShape = v.object({ slot: v.string(), strong: v.picklist([0, 1]) })

/** The field of the body that lists these slots as known to the person. */
export function knownSlots(slots: Slots): Pick<VaultBody, 'knownWays'> {
  return { knownWays: slots.map(({ id }) => id).sort() }
}

/** The ids of the slots that the person knows of; none if the field is malformed. */
export function knownSlotIds({ knownWays: ids }: VaultBody): ReadonlySet<string> {
  const known = v.safeParse(knownShape, ids)
  return new Set(known.success ? known.output : [])
}

/** The settings that record whether the password of these slots is strong; none if unknown, or without exactly one slot. */
export function passwordStrength(slots: Slots, strong: boolean | null): Settings {
  const [slot, ...more] = slots.filter(isPasswordSlot)
  if (strong === null || slot === undefined || more.length > 0) return {}
  return { [strengthSetting]: { slot: slot.id, strong: strong ? 1 : 0 } }
}

/** Whether the password of these slots is recorded as strong; null without a record. */
export function recordedStrength(slots: Slots, { settings }: VaultBody): boolean | null {
  const parsed = v.safeParse(strengthShape, settings?.[strengthSetting])
  const isOfThese = parsed.success && slots.some((slot) => isPasswordSlot(slot) && slot.id === parsed.output.slot)
  return isOfThese ? parsed.output.strong === 1 : null
}
