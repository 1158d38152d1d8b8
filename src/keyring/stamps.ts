// When each part of a vault was last changed, so that two devices' changes can be merged: the parts as registers, and the
// stamping of what a change has changed. Pure; knows neither clocks nor devices. FORMAT.md §6.5.

import { isPlainObject } from '../plainObject.ts'
import { compareText } from '../text.ts'
import type { Circle, EpochKey, VaultBody } from './body.ts'
import { byDate } from './circles.ts'
import { masterEpochOf } from './masterKeyHistory.ts'
import { increment, nextDate, presentKeys, presentMaster, presentStamps } from './plausible.ts'
import type { VaultHeader } from './record.ts'

/** A part of a vault: when it was last changed, and what it is now. */
export interface Register {
  /** Hybrid logical time: milliseconds since 1970, or one more than the newest stamp where the clock is behind it. */
  readonly stamp: number
  readonly value?: unknown
  /** The value as canonical JSON; null when the part was deleted. */
  readonly json: string | null
}

export type Registers = Map<string, Register>
/** The keys of one circle, by their base64url. */
export type KeySet = ReadonlyMap<string, EpochKey>

/** What is merged of a vault: its slots, and its body. */
export interface Parts {
  readonly slots: VaultHeader['slots']
  readonly body: VaultBody
}

/** Parts of the body that are not registers: they have rules of their own. */
const special = new Set([
  'circles',
  'settings',
  'stamps',
  'retired',
  'masterEpoch',
  'masterRotatedAt',
  'pastMasterKeys',
])

/** The one setting that is a map of things changed one by one: two devices may each name a passkey. */
export const passkeyNames = 'passkeyNames'

/** JSON with the fields of every object in the order of their names: equal for equal values. */
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
    // What is no map of names counts as none.
    else if (isPlainObject(value)) for (const [id, name] of Object.entries(value)) values.set(`passkeyName:${id}`, name)
  }
  for (const [name, value] of Object.entries(body)) {
    if (special.has(name)) continue
    if (name === 'cue') values.set('cue', value)
    else if (name === 'contacts' && isItems(value)) for (const item of value) values.set(`contact:${item.id}`, item)
    else values.set(`field:${name}`, value)
  }
  return withStamps(values, body, false)
}

/** Every key there is of each circle, of deleted ones too. */
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

/** Keys in the order in which they were made, numbered from 1: the newest is the last. */
export function numberKeys(keys: Iterable<EpochKey>): EpochKey[] {
  const ordered = [...keys].sort(byDate)
  return ordered.map((key, index) => (key.epoch === index + 1 ? key : { ...key, epoch: index + 1 }))
}

/**
 * The body of `after`, with a stamp for every part that is not as it was before. Keys that a change took out stay:
 * those of a circle that is there in it, those of a deleted one under `retired`. Stamps and dates that a wrong clock once set
 * too late are brought back to the present.
 */
export function stampChanges(before: Parts, after: Parts, now: Date): VaultBody {
  const { stamps: _old, retired: _retired, ...changed } = after.body
  const old = presentStamps(before.body.stamps ?? {}, now)
  const stamp = Object.values(old).reduce((newest, earlier) => Math.max(newest, increment(earlier)), now.getTime())
  const rotated = masterEpochOf(before.body) !== masterEpochOf(after.body)
  const stamps = new Map(Object.entries(old))
  for (const registersOf of [bodyRegistersOf, slotRegisters]) {
    const [was, is] = [registersOf(before), registersOf({ ...after, body: { ...after.body, stamps: {} } })]
    for (const path of new Set([...was.keys(), ...is.keys()])) {
      const [from, to] = [was.get(path)?.json ?? null, is.get(path)?.json ?? null]
      if (from === to) continue
      // A slot that a new master key leaves behind was not taken out: another device may have proved it for its own.
      if (rotated && registersOf === slotRegisters && to === null) stamps.delete(path)
      else stamps.set(path, stamp)
    }
  }
  const all = stamps.size === 0 ? {} : { stamps: Object.fromEntries(stamps) }
  return { ...changed, ...presentMaster(changed, now), ...withEveryKey(before.body, after.body, now), ...all }
}

function bodyRegistersOf({ body }: Parts): Registers {
  return bodyRegisters(body)
}

/** Circles that still have every key they had, each key younger than the one before it; and the keys of those deleted. */
function withEveryKey(before: VaultBody, after: VaultBody, now: Date): Pick<VaultBody, 'circles' | 'retired'> {
  const known = presentSets(keySets(before), now)
  const made = keySets({ circles: after.circles, ...(after.retired && { retired: after.retired }) })
  const circles = after.circles.map((circle) => completeCircle(circle, known.get(circle.id) ?? new Map(), now))
  const present = new Set(circles.map(({ id }) => id))
  const retired = new Map<string, EpochKey[]>()
  for (const id of new Set([...known.keys(), ...made.keys()])) {
    if (present.has(id)) continue
    const keys = new Map([...(made.get(id) ?? []), ...(known.get(id) ?? [])]).values()
    retired.set(id, numberKeys(presentKeys([...keys], now)))
  }
  return { circles, ...(retired.size > 0 && { retired: Object.fromEntries(retired) }) }
}

function presentSets(sets: ReadonlyMap<string, KeySet>, now: Date): Map<string, KeySet> {
  const present = (set: KeySet) => presentKeys([...set.values()], now).map((key) => [key.key, key] as const)
  return new Map([...sets].map(([id, set]) => [id, new Map(present(set))]))
}

function completeCircle(circle: Circle, known: KeySet, now: Date): Circle {
  const fresh = presentKeys(
    circle.keys.filter(({ key }) => !known.has(key)),
    now,
  )
  const lost = [...known.values()].filter((key) => !circle.keys.some((present) => present.key === key.key))
  let newest = [...known.values()].reduce((date, { createdAt }) => (createdAt > date ? createdAt : date), '')
  const dated = new Map<string, EpochKey>()
  // The order of keys is that of their dates: a clock that was moved back must not make a new key an old one.
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

/** Whether this is a list of things that each have an id of their own. */
function isItems(value: unknown): value is readonly { readonly id: string }[] {
  if (!Array.isArray(value) || !value.every((item) => isPlainObject(item) && typeof item.id === 'string')) return false
  return new Set(value.map(({ id }) => id)).size === value.length
}
