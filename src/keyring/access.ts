// What a vault's body says of its slots: which of them the person knows of, and whether the password is strong. Both lie in the
// sealed body. Knows neither vaults nor clocks. FORMAT.md §6.3.

import * as v from 'valibot'
import type { VaultBody } from './body.ts'
import { isPasswordSlot, type VaultHeader } from './record.ts'

type Slots = VaultHeader['slots']
type Settings = Readonly<Record<string, unknown>>

const knownShape = v.array(v.string())
/** One bit, in a value that is as long for a weak password as for a strong one, and of the slot that it is about. */
const strengthSetting = 'passwordStrength'
const strengthShape = v.object({ slot: v.string(), strong: v.picklist([0, 1]) })

/** The field of the body that marks these slots as known to the person. FORMAT.md §6.3. */
export function knownSlots(slots: Slots): Pick<VaultBody, 'knownWays'> {
  return { knownWays: slots.map(({ id }) => id).sort() }
}

/** The ids of the slots that the person knows of; none where the field is malformed. */
export function knownSlotIds({ knownWays: ids }: VaultBody): ReadonlySet<string> {
  const known = v.safeParse(knownShape, ids)
  return new Set(known.success ? known.output : [])
}

/** The settings that say whether the password of these slots is strong. None where that is not known, or there are several. */
export function passwordStrength(slots: Slots, strong: boolean | null): Settings {
  const [slot, ...more] = slots.filter(isPasswordSlot)
  if (strong === null || slot === undefined || more.length > 0) return {}
  return { [strengthSetting]: { slot: slot.id, strong: strong ? 1 : 0 } }
}

/** Whether the password of these slots is said to be strong; null where nothing is said of it. */
export function recordedStrength(slots: Slots, { settings }: VaultBody): boolean | null {
  const said = v.safeParse(strengthShape, settings?.[strengthSetting])
  const isOfThese = said.success && slots.some((slot) => isPasswordSlot(slot) && slot.id === said.output.slot)
  return isOfThese ? said.output.strong === 1 : null
}
