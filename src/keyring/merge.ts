// Merges two states of one vault, so that no device's change is lost and all devices reach the same state, in whatever order and
// however often they merge: a commutative, associative and idempotent join. Pure. FORMAT.md §6.6.

import { Failure } from '../failure.ts'
import { compareText } from '../text.ts'
import { type EpochKey, type PastMasterKey, personalId, type VaultBody } from './body.ts'
import {
  createdAtOf,
  isLater,
  type MasterKeyRecord,
  masterKeyOf,
  type PastKeys,
  pastKeysOf,
} from './masterKeyHistory.ts'
import { refuseFuture, refuseImplausible } from './plausible.ts'
import { parseRecord, usableKinds, type VaultHeader } from './record.ts'
import {
  bodyRegisters,
  canonical,
  type KeySet,
  keySets,
  numberKeys,
  passkeyNames,
  type Register,
  type Registers,
  slotRegisters,
} from './stamps.ts'
import { sealVault, type Vault } from './vault.ts'

/** Stands for a date that is unknown or not trusted. */
const unknownDate = new Date(0).toISOString()

/** Everything of a vault that is merged, in the form in which it is merged. */
interface Contents {
  readonly master: MasterKeyRecord
  readonly slots: Registers
  readonly registers: Registers
  readonly keys: ReadonlyMap<string, KeySet>
  readonly past: PastKeys
  /** The header's other fields. */
  readonly header: Readonly<Record<string, unknown>>
}

/**
 * Merges both states, at one revision above the higher. Returns `mine` itself if `theirs` has nothing new, and `theirs` itself
 * if it has all of `mine` and is at least of its revision. Failure `refused`: another vault; `conflict`: each removed the
 * slots that the other relies on, so nothing would open the result; `too-long`; `implausible` and `clock`: numbers and dates
 * of `theirs` that are not trusted. FORMAT.md §6.6.
 */
export function mergeVaults(mine: Vault, theirs: Vault, now: Date): Vault {
  if (mine.vaultId !== theirs.vaultId) throw new Failure('refused')
  if (isSameRecord(mine, theirs)) return mine
  refuseImplausible(mine, theirs)
  // The dates of a state under an earlier master key do not count.
  if (!hasEarlierMasterKey(theirs, mine)) refuseFuture(mine, theirs, now)
  const [ours, others] = [contentsOf(mine), contentsOf(theirs)]
  const merged = join(ours, others)
  if (areSame(merged, ours)) return mine
  if (areSame(merged, others) && theirs.header.revision >= mine.header.revision) return theirs
  const header = headerOf(merged, mine, theirs, now)
  const isLost = (kinds: ReadonlySet<string>) =>
    hasAny(mine, kinds) && hasAny(theirs, kinds) && !hasAny({ header }, kinds)
  if (isLost(soloKinds) || isLost(usableKinds) || header.slots.length === 0) throw new Failure('conflict')
  return sealChecked(() => sealVault(merged.master.bytes, header, bodyOf(merged)))
}

/** Whether merging `theirs` into `mine` would change nothing. Failure `refused`: another vault. */
export function addsNothing(mine: Vault, theirs: Vault): boolean {
  if (mine.vaultId !== theirs.vaultId) throw new Failure('refused')
  if (isSameRecord(mine, theirs)) return true
  const ours = contentsOf(mine)
  return areSame(join(ours, contentsOf(theirs)), ours)
}

/** Whether `theirs` has another master key than `mine`, and the key of `mine` is the later one. FORMAT.md §6.6. */
export function hasEarlierMasterKey(theirs: Vault, mine: Vault): boolean {
  const [ours, others] = [mine, theirs].map((vault) => ({ master: masterKeyOf(vault), past: pastKeysOf(vault.body) }))
  return ours !== undefined && others !== undefined && ours.master.key !== others.master.key && isLater(ours, others)
}

function isSameRecord({ record: a }: Vault, { record: b }: Vault): boolean {
  return a.header === b.header && a.body === b.body
}

function contentsOf({ header, body, masterKey }: Vault): Contents {
  const { format: _f, vaultId: _v, revision: _r, updatedAt: _u, slots, ...more } = header
  return {
    master: masterKeyOf({ masterKey, body }),
    slots: slotRegisters({ slots, body }),
    registers: bodyRegisters(body),
    keys: keySets(body),
    past: pastKeysOf(body),
    header: more,
  }
}

/**
 * Under one master key, merges part by part. Under two, the state under the later key counts as it is: someone who stole the
 * earlier key may have written the other, even if a device accepted it honestly before it had the later key. From that one
 * the result takes only keys, which only open.
 */
function join(a: Contents, b: Contents): Contents {
  if (a.master.key === b.master.key) return joinParts(a, b)
  return isLater(a, b) ? addKeysOf(a, b) : addKeysOf(b, a)
}

function joinParts(a: Contents, b: Contents): Contents {
  return {
    master: {
      ...a.master,
      // These are equal unless someone who stole the key wrote one, or one was clamped to the present.
      epoch: Math.min(a.master.epoch, b.master.epoch),
      rotatedAt: earlierOf(a.master.rotatedAt, b.master.rotatedAt),
    },
    slots: joinMaps(a.slots, b.slots, pickRemovalOrLater),
    registers: joinMaps(a.registers, b.registers, pickLater),
    keys: joinMaps(a.keys, b.keys, (x, y) => joinMaps(x, y, joinKeys)),
    past: joinMaps(a.past, b.past, joinPastKeys),
    header: joinFields(a.header, b.header),
  }
}

/** `later`, with the keys of `before` that it lacks. */
function addKeysOf(later: Contents, before: Contents): Contents {
  const keys = joinMaps(later.keys, before.keys, (known, brought) => new Map([...brought, ...known]))
  const onlyOpening = ([id, set]: [string, KeySet]): [string, KeySet] => [
    id,
    new Map([...set].map(([key, value]) => [key, later.keys.get(id)?.get(key) ?? toOpeningKey(value)])),
  ]
  const { key, rotatedAt } = before.master
  const replaced = new Map([...before.past, [key, { key, until: unknownDate, madeAt: rotatedAt }] as const])
  const past = new Map([...replaced].filter(([key]) => key !== later.master.key).map(toPastKey))
  return {
    ...later,
    master: { ...later.master, rotatedAt: createdAtOf(later.master, before.past) },
    keys: new Map([...keys].map(onlyOpening)),
    past: joinMaps(later.past, past, withEarlierDate),
  }
}

/** Drops the key's own date, which may have been chosen to come before or after others. */
function toOpeningKey({ key }: EpochKey): EpochKey {
  return { epoch: 1, key, createdAt: unknownDate, opens: true, from: 'before-rotation' }
}

function toPastKey([key, { madeAt }]: readonly [string, PastMasterKey]): [string, PastMasterKey] {
  return [key, { key, until: unknownDate, ...(madeAt && { madeAt }) }]
}

function joinMaps<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  both: (a: Value, b: Value) => Value,
): Map<string, Value> {
  const joined = new Map(a)
  for (const [name, value] of b) {
    const other = joined.get(name)
    joined.set(name, other === undefined ? value : both(other, value))
  }
  return joined
}

/** The register with the later stamp; at equal stamps, the one with the greater JSON. A deletion is less than any value. */
function pickLater(a: Register, b: Register): Register {
  if (a.stamp !== b.stamp) return a.stamp > b.stamp ? a : b
  return compareText(a.json ?? '', b.json ?? '') >= 0 ? a : b
}

/** A removed slot stays removed: ids are never reused, and a changed slot must not restore an old secret. */
function pickRemovalOrLater(a: Register, b: Register): Register {
  if ((a.json === null) !== (b.json === null)) return a.json === null ? a : b
  return pickLater(a, b)
}

/** Prefers a key that seals, then one of another vault, then one from before a rotation; of two alike, the earlier date. */
function joinKeys(a: EpochKey, b: EpochKey): EpochKey {
  const [rankA, rankB] = [rankOf(a), rankOf(b)]
  if (rankA !== rankB) return rankA < rankB ? a : b
  return { ...joinFields(a, b), createdAt: earlierOf(a.createdAt, b.createdAt) }
}

function rankOf({ opens, from }: EpochKey): number {
  if (opens === undefined) return 0
  return from === 'before-rotation' ? 2 : 1
}

function joinPastKeys(a: PastMasterKey, b: PastMasterKey): PastMasterKey {
  const { madeAt: _made, ...joined } = joinFields(a, b)
  const until = a.until === unknownDate || b.until === unknownDate ? joined.until : earlierOf(a.until, b.until)
  return withEarlierDate({ ...joined, until, ...(a.madeAt && { madeAt: a.madeAt }) }, b)
}

/** `past` with the earlier `madeAt` of both: a claim that a key was made later is not trusted. */
function withEarlierDate({ madeAt, ...past }: PastMasterKey, other: PastMasterKey): PastMasterKey {
  const made = earlierOf(madeAt ?? '', other.madeAt ?? '')
  return { ...past, ...(made && { madeAt: made }) }
}

function earlierOf(a: string, b: string): string {
  return a < b ? a : b
}

/** Joins values that never change: the fields of both; of two different values, the one with the greater JSON. */
function joinFields<Fields extends Readonly<Record<string, unknown>>>(a: Fields, b: Fields): Fields {
  if (a === b) return a
  const joined: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    if (!Object.hasOwn(a, name) || compareText(canonical(value), canonical(a[name])) > 0) joined[name] = value
  }
  return joined as Fields
}

function areSame(a: Contents, b: Contents): boolean {
  const sameKeys = (x: KeySet, y: KeySet) => areSameMaps(x, y, (keyX, keyY) => keyText(keyX) === keyText(keyY))
  const sameText = (x: unknown, y: unknown) => x === y || canonical(x) === canonical(y)
  return (
    a.master.epoch === b.master.epoch &&
    a.master.rotatedAt === b.master.rotatedAt &&
    a.master.key === b.master.key &&
    areSameMaps(a.slots, b.slots, isSameRegister) &&
    areSameMaps(a.registers, b.registers, isSameRegister) &&
    areSameMaps(a.keys, b.keys, sameKeys) &&
    areSameMaps(a.past, b.past, sameText) &&
    sameText(a.header, b.header)
  )
}

function areSameMaps<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  alike: (a: Value, b: Value) => boolean,
): boolean {
  if (a.size !== b.size) return false
  for (const [name, value] of a) {
    const other = b.get(name)
    if (other === undefined || !(value === other || alike(value, other))) return false
  }
  return true
}

function isSameRegister(a: Register, b: Register): boolean {
  return a.stamp === b.stamp && a.json === b.json
}

/** Without the epoch, which follows from the dates. */
function keyText({ epoch: _epoch, ...key }: EpochKey): string {
  return canonical(key)
}

function headerOf(merged: Contents, mine: Vault, theirs: Vault, now: Date): VaultHeader {
  const slots = valuesOf(merged.slots, 'slot:') as VaultHeader['slots']
  return {
    ...merged.header,
    format: mine.header.format,
    vaultId: mine.vaultId,
    revision: Math.max(mine.header.revision, theirs.header.revision) + 1,
    updatedAt: now.toISOString(),
    slots: slots.toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id)),
  }
}

function bodyOf({ master, slots, registers, keys, past }: Contents): VaultBody {
  const present = new Map(entriesUnder(registers, 'circle:'))
  if (!present.has(personalId)) present.set(personalId, { id: personalId, name: 'Personal' })
  const circles = [...present].flatMap(([id, circle]) => {
    const all = keys.get(id)
    return all === undefined ? [] : [{ ...(circle as { id: string; name: string }), keys: numberKeys(all.values()) }]
  })
  const firstDate = ({ keys: [first] }: VaultBody['circles'][number]) => first?.createdAt ?? ''
  circles.sort((a, b) => rank(a.id) - rank(b.id) || compareText(firstDate(a), firstDate(b)) || compareText(a.id, b.id))
  const retired = [...keys].filter(([id]) => !present.has(id)).map(([id, all]) => [id, numberKeys(all.values())])
  const contacts = valuesOf(registers, 'contact:')
  const stamps = [...slots, ...registers].filter(([, { stamp }]) => stamp > 0).sort(([a], [b]) => compareText(a, b))
  const fields: Record<string, unknown> = {
    ...Object.fromEntries(entriesUnder(registers, 'field:')),
    ...(contacts.length > 0 && { contacts }),
    ...(master.epoch > 1 && { masterEpoch: master.epoch }),
    ...(master.rotatedAt !== '' && { masterRotatedAt: master.rotatedAt }),
    ...(past.size > 0 && {
      pastMasterKeys: [...past.values()].sort((a, b) => compareText(a.until, b.until) || compareText(a.key, b.key)),
    }),
    ...(retired.length > 0 && { retired: Object.fromEntries(retired) }),
    ...(stamps.length > 0 && { stamps: Object.fromEntries(stamps.map(([path, { stamp }]) => [path, stamp])) }),
  }
  const cue = registers.get('cue')?.value as VaultBody['cue']
  const names = entriesUnder(registers, 'passkeyName:')
  const settings = Object.fromEntries([
    ...entriesUnder(registers, 'setting:'),
    ...(names.length > 0 ? [[passkeyNames, Object.fromEntries(names)] as const] : []),
  ])
  return { circles, ...(cue && { cue }), settings, ...fields }
}

function rank(id: string): number {
  return id === personalId ? 0 : 1
}

/** The values whose paths begin with `prefix`, by the rest of the path, in its order. */
function entriesUnder(registers: Registers, prefix: string): [string, unknown][] {
  const present = [...registers].filter(([path, { json }]) => json !== null && path.startsWith(prefix))
  return present
    .map(([path, { value }]): [string, unknown] => [path.slice(prefix.length), value])
    .sort(([a], [b]) => compareText(a, b))
}

function valuesOf(registers: Registers, prefix: string): unknown[] {
  return entriesUnder(registers, prefix).map(([, value]) => value)
}

/**
 * Slots that open a vault in every browser and without one, by what one person knows or has on paper. A passkey needs a
 * browser, shares need other people: if both sides had more than those, a merge must not leave those alone.
 */
const soloKinds: ReadonlySet<string> = new Set(['password', 'recovery'])

function hasAny({ header }: Pick<Vault, 'header'>, kinds: ReadonlySet<string>): boolean {
  return header.slots.some(({ kind }) => kinds.has(kind))
}

/** The result of a merge may exceed the bounds of a record or of a body: Failure `too-long`. */
function sealChecked(seal: () => Vault): Vault {
  try {
    const vault = seal()
    parseRecord(vault.record)
    return vault
  } catch (cause) {
    throw new Failure('too-long', { cause })
  }
}
