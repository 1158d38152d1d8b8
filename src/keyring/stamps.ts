// When each part of a vault last changed, so that the changes of two devices can be merged: the parts as registers, and the
// stamps of a change. Pure; knows neither clocks nor devices. FORMAT.md §6.5.

import { isPlainObject } from '../plainObject.ts'
import { compareText } from '../text.ts'
import type { Circle, EpochKey, VaultBody } from './body.ts'
import { byDate } from './circles.ts'
import { masterEpochOf } from './masterKeyHistory.ts'
import { clampKeyDates, clampMasterDates, clampStamps, increment, nextDate } from './plausible.ts'
import type { VaultHeader } from './record.ts'

/** A part of a vault: when it last changed, and its value. */
export interface Register {
  /** Hybrid logical time: milliseconds since 1970, or one more than the newest stamp if that is greater. */
  readonly stamp: number
  readonly value?: unknown
  /** The value as canonical JSON; null if the part was deleted. */
  readonly json: string | null
}

/** Registers by their paths. FORMAT.md §6.5. */
export type Registers = Map<string, Register>
/** The keys of one circle, by their base64url. */
export type KeySet = ReadonlyMap<string, EpochKey>

/** The parts of a vault that are merged. */
export interface Parts {
  readonly slots: VaultHeader['slots']
  readonly body: VaultBody
}

/** Fields of the body that are not registers, because they have rules of their own. */
const fieldsWithOwnRules = new Set([
  'circles',
  'settings',
  'stamps',
  'retired',
  'masterEpoch',
  'masterRotatedAt',
  'pastMasterKeys',
])

/** The one setting whose entries are merged one by one: two devices may each name a passkey. */
export const passkeyNames = 'passkeyNames'

/** Canonical JSON: fields in the order of their names, no white space; equal for equal values. FORMAT.md §6.6. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`
  if (!isPlainObject(value)) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => compareText(a, b))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

/** The registers of the slots, by the path `slot:<id>`. */
export function slotRegisters({ slots, body }: Parts): Registers {
  return withStamps(new Map(slots.map((slot) => [`slot:${slot.id}`, slot])), body, true)
}

/** The registers of the body, by their paths. */
export function bodyRegisters(body: VaultBody): Registers {
  const values = new Map<string, unknown>()
  for (const { keys: _keys, ...circle } of body.circles) values.set(`circle:${circle.id}`, circle)
  for (const [name, value] of Object.entries(body.settings ?? {})) {
    if (name !== passkeyNames) values.set(`setting:${name}`, value)
    // Anything but an object counts as empty.
    else if (isPlainObject(value)) for (const [id, name] of Object.entries(value)) values.set(`passkeyName:${id}`, name)
  }
  for (const [name, value] of Object.entries(body)) {
    if (fieldsWithOwnRules.has(name)) continue
    if (name === 'cue') values.set('cue', value)
    else if (name === 'contacts' && isItemList(value)) for (const item of value) values.set(`contact:${item.id}`, item)
    else values.set(`field:${name}`, value)
  }
  return withStamps(values, body, false)
}

/** The keys of each circle, deleted ones included, by circle id. */
export function keySets(body: VaultBody): Map<string, KeySet> {
  const sets = new Map<string, Map<string, EpochKey>>()
  const retired = Object.entries(body.retired ?? {}).map(([id, keys]) => ({ id, keys }))
  for (const { id, keys } of [...body.circles, ...retired]) {
    const set = sets.get(id) ?? new Map<string, EpochKey>()
    for (const key of keys) if (!set.has(key.key)) set.set(key.key, key)
    sets.set(id, set)
  }
  return sets
}

/** Keys in the order of their dates, numbered from 1: the newest is last. */
export function numberKeys(keys: Iterable<EpochKey>): EpochKey[] {
  const ordered = [...keys].sort(byDate)
  return ordered.map((key, index) => (key.epoch === index + 1 ? key : { ...key, epoch: index + 1 }))
}

/**
 * The body of `after`, with a new stamp for every part that differs from `before`. Keys that the change dropped stay: in their
 * circle, or under `retired` if the circle was deleted. Clamps stamps and dates that a wrong clock set. FORMAT.md §6.5.
 */
export function stampChanges(before: Parts, after: Parts, now: Date): VaultBody {
  const { stamps: _old, retired: _retired, ...changed } = after.body
  const old = clampStamps(before.body.stamps ?? {}, now)
  const stamp = Object.values(old).reduce((newest, earlier) => Math.max(newest, increment(earlier)), now.getTime())
  const rotated = masterEpochOf(before.body) !== masterEpochOf(after.body)
  const stamps = new Map(Object.entries(old))
  for (const registersOf of [bodyRegistersOf, slotRegisters]) {
    const oldParts = registersOf(before)
    const newParts = registersOf({ ...after, body: { ...after.body, stamps: {} } })
    for (const path of new Set([...oldParts.keys(), ...newParts.keys()])) {
      const [oldJson, newJson] = [oldParts.get(path)?.json ?? null, newParts.get(path)?.json ?? null]
      if (oldJson === newJson) continue
      // A rotation drops slots without removing them: another device may prove such a slot for a master key of its own.
      if (rotated && registersOf === slotRegisters && newJson === null) stamps.delete(path)
      else stamps.set(path, stamp)
    }
  }
  const all = stamps.size === 0 ? {} : { stamps: Object.fromEntries(stamps) }
  return { ...changed, ...clampMasterDates(changed, now), ...keepEveryKey(before.body, after.body, now), ...all }
}

function bodyRegistersOf({ body }: Parts): Registers {
  return bodyRegisters(body)
}

/** The circles with every key they had, each dated later than the one before; and the keys of deleted circles. */
function keepEveryKey(before: VaultBody, after: VaultBody, now: Date): Pick<VaultBody, 'circles' | 'retired'> {
  const known = clampKeySets(keySets(before), now)
  const made = keySets({ circles: after.circles, ...(after.retired && { retired: after.retired }) })
  const circles = after.circles.map((circle) => completeCircle(circle, known.get(circle.id) ?? new Map(), now))
  const present = new Set(circles.map(({ id }) => id))
  const retired = new Map<string, EpochKey[]>()
  for (const id of new Set([...known.keys(), ...made.keys()])) {
    if (present.has(id)) continue
    const keys = new Map([...(made.get(id) ?? []), ...(known.get(id) ?? [])]).values()
    retired.set(id, numberKeys(clampKeyDates([...keys], now)))
  }
  return { circles, ...(retired.size > 0 && { retired: Object.fromEntries(retired) }) }
}

function clampKeySets(sets: ReadonlyMap<string, KeySet>, now: Date): Map<string, KeySet> {
  const present = (set: KeySet) => clampKeyDates([...set.values()], now).map((key) => [key.key, key] as const)
  return new Map([...sets].map(([id, set]) => [id, new Map(present(set))]))
}

function completeCircle(circle: Circle, known: KeySet, now: Date): Circle {
  const fresh = clampKeyDates(
    circle.keys.filter(({ key }) => !known.has(key)),
    now,
  )
  const lost = [...known.values()].filter((key) => !circle.keys.some((present) => present.key === key.key))
  let newest = [...known.values()].reduce((date, { createdAt }) => (createdAt > date ? createdAt : date), '')
  const dated = new Map<string, EpochKey>()
  // Dates order the keys: a clock that was set back must not make a new key an old one.
  for (const key of fresh.toSorted((a, b) => a.epoch - b.epoch)) {
    if (key.createdAt <= newest) newest = nextDate(newest)
    else newest = key.createdAt
    dated.set(key.key, { ...key, createdAt: newest })
  }
  const keys = circle.keys.map((key) => {
    const before = known.get(key.key)
    return dated.get(key.key) ?? (before === undefined ? key : { ...key, createdAt: before.createdAt })
  })
  return { ...circle, keys: lost.length > 0 ? numberKeys([...keys, ...lost]) : keys }
}

function withStamps(values: ReadonlyMap<string, unknown>, { stamps = {} }: VaultBody, slots: boolean): Registers {
  const registers: Registers = new Map()
  for (const [path, value] of values) {
    if (value !== undefined) registers.set(path, { stamp: 0, value, json: canonical(value) })
  }
  for (const [path, stamp] of Object.entries(stamps)) {
    if (path.startsWith('slot:') === slots) registers.set(path, { ...(registers.get(path) ?? { json: null }), stamp })
  }
  return registers
}

/** Whether this is a list of objects with distinct ids. */
function isItemList(value: unknown): value is readonly { readonly id: string }[] {
  if (!Array.isArray(value) || !value.every((item) => isPlainObject(item) && typeof item.id === 'string')) return false
  return new Set(value.map(({ id }) => id)).size === value.length
}
