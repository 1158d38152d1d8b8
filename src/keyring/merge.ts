// Two states of one vault made one, so that no device's change is lost and all come to the same, in whatever order and
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

/** In the place of a date that is not known, or not to be believed. */
const unknownDate = new Date(0).toISOString()

/** All that is merged of a vault, in the form in which it is. */
interface Contents {
  readonly master: MasterKeyRecord
  readonly slots: Registers
  readonly registers: Registers
  readonly keys: ReadonlyMap<string, KeySet>
  readonly past: PastKeys
  /** Whatever else the header holds. */
  readonly header: Readonly<Record<string, unknown>>
}

/**
 * Both vaults as one, one revision above the higher of the two. `mine` itself when `theirs` brings nothing new; `theirs`
 * itself when it has all of `mine` and is at least of its revision. Failure `refused` for another vault's; `conflict`
 * when each has removed the slots that the other relies on, so that nothing would open it; `too-long`; `implausible` and
 * `clock` for numbers and dates of `theirs` that are not believed.
 */
export function mergeVaults(mine: Vault, theirs: Vault, now: Date): Vault {
  if (mine.vaultId !== theirs.vaultId) throw new Failure('refused')
  if (sameRecord(mine, theirs)) return mine
  refuseImplausible(mine, theirs)
  // No date of an earlier state counts.
  if (!isEarlier(theirs, mine)) refuseFuture(mine, theirs, now)
  const [ours, others] = [contentsOf(mine), contentsOf(theirs)]
  const merged = join(ours, others)
  if (same(merged, ours)) return mine
  if (same(merged, others) && theirs.header.revision >= mine.header.revision) return theirs
  const header = headerOf(merged, mine, theirs, now)
  const isLost = (kinds: ReadonlySet<string>) =>
    hasAny(mine, kinds) && hasAny(theirs, kinds) && !hasAny({ header }, kinds)
  if (isLost(anywhere) || isLost(usableKinds) || header.slots.length === 0) throw new Failure('conflict')
  return sealChecked(() => sealVault(merged.master.bytes, header, bodyOf(merged)))
}

/** Whether merging `theirs` into `mine` would change nothing. Failure `refused` for another vault's. */
export function addsNothing(mine: Vault, theirs: Vault): boolean {
  if (mine.vaultId !== theirs.vaultId) throw new Failure('refused')
  if (sameRecord(mine, theirs)) return true
  const ours = contentsOf(mine)
  return same(join(ours, contentsOf(theirs)), ours)
}

/** Whether `theirs` is of another master key than `mine`, and that of `mine` counts. */
export function isEarlier(theirs: Vault, mine: Vault): boolean {
  const [ours, others] = [mine, theirs].map((vault) => ({ master: masterKeyOf(vault), past: pastKeysOf(vault.body) }))
  return ours !== undefined && others !== undefined && ours.master.key !== others.master.key && isLater(ours, others)
}

function sameRecord({ record: a }: Vault, { record: b }: Vault): boolean {
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
 * States under one master key are merged part by part. Of two master keys the later one's state counts as it is: the other may
 * have been made by whoever stole its key, also where a device took that in honestly before it had heard of the later key. It
 * brings keys, and these only open.
 */
function join(a: Contents, b: Contents): Contents {
  if (a.master.key === b.master.key) return joinParts(a, b)
  return isLater(a, b) ? withKeysOf(a, b) : withKeysOf(b, a)
}

function joinParts(a: Contents, b: Contents): Contents {
  return {
    master: {
      ...a.master,
      // Both say the same, unless one was made by whoever stole the key, or was brought back to the present.
      epoch: Math.min(a.master.epoch, b.master.epoch),
      rotatedAt: earlier(a.master.rotatedAt, b.master.rotatedAt),
    },
    slots: joinMaps(a.slots, b.slots, removalWins),
    registers: joinMaps(a.registers, b.registers, lastWins),
    keys: joinMaps(a.keys, b.keys, (x, y) => joinMaps(x, y, joinKeys)),
    past: joinMaps(a.past, b.past, joinPast),
    header: joinFields(a.header, b.header),
  }
}

/** `later`, with the keys of `before` that it does not have. */
function withKeysOf(later: Contents, before: Contents): Contents {
  const keys = joinMaps(later.keys, before.keys, (known, brought) => new Map([...brought, ...known]))
  const onlyOpening = ([id, set]: [string, KeySet]): [string, KeySet] => [
    id,
    new Map([...set].map(([key, one]) => [key, later.keys.get(id)?.get(key) ?? broughtKey(one)])),
  ]
  const { key, rotatedAt } = before.master
  const replaced = new Map([...before.past, [key, { key, until: unknownDate, madeAt: rotatedAt }] as const])
  const past = new Map([...replaced].filter(([one]) => one !== later.master.key).map(broughtPast))
  return {
    ...later,
    master: { ...later.master, rotatedAt: createdAtOf(later.master, before.past) },
    keys: new Map([...keys].map(onlyOpening)),
    past: joinMaps(later.past, past, withKnownDate),
  }
}

/** No date of its own is kept: it may have been chosen to come before or after others. */
function broughtKey({ key }: EpochKey): EpochKey {
  return { epoch: 1, key, createdAt: unknownDate, opens: true, from: 'before-rotation' }
}

function broughtPast([key, { madeAt }]: readonly [string, PastMasterKey]): [string, PastMasterKey] {
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

/** The later one; of two at once, the one whose JSON is greater. A deletion is less than every value. */
function lastWins(a: Register, b: Register): Register {
  if (a.stamp !== b.stamp) return a.stamp > b.stamp ? a : b
  return compareText(a.json ?? '', b.json ?? '') >= 0 ? a : b
}

/** Slots that were removed stay so: an id is never given twice, and a changed slot must not bring an old secret back. */
function removalWins(a: Register, b: Register): Register {
  if ((a.json === null) !== (b.json === null)) return a.json === null ? a : b
  return lastWins(a, b)
}

/** One that seals, before one of another vault, before one that was brought; of two alike the earlier date. */
function joinKeys(a: EpochKey, b: EpochKey): EpochKey {
  const [one, other] = [rankOf(a), rankOf(b)]
  if (one !== other) return one < other ? a : b
  return { ...joinFields(a, b), createdAt: earlier(a.createdAt, b.createdAt) }
}

function rankOf({ opens, from }: EpochKey): number {
  if (opens === undefined) return 0
  return from === 'before-rotation' ? 2 : 1
}

function joinPast(a: PastMasterKey, b: PastMasterKey): PastMasterKey {
  const { madeAt: _made, ...joined } = joinFields(a, b)
  const until = a.until === unknownDate || b.until === unknownDate ? joined.until : earlier(a.until, b.until)
  return withKnownDate({ ...joined, until, ...(a.madeAt && { madeAt: a.madeAt }) }, b)
}

/** `past`, made no later than the other says: nobody who says it was made later is to be believed. */
function withKnownDate({ madeAt, ...past }: PastMasterKey, other: PastMasterKey): PastMasterKey {
  const made = earlier(madeAt ?? '', other.madeAt ?? '')
  return { ...past, ...(made && { madeAt: made }) }
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

/** For things that do not change once they are made: what either has added; of two values the one whose JSON is greater. */
function joinFields<Fields extends Readonly<Record<string, unknown>>>(a: Fields, b: Fields): Fields {
  if (a === b) return a
  const joined: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    if (!Object.hasOwn(a, name) || compareText(canonical(value), canonical(a[name])) > 0) joined[name] = value
  }
  return joined as Fields
}

function same(a: Contents, b: Contents): boolean {
  const sameKeys = (x: KeySet, y: KeySet) => sameMaps(x, y, (one, other) => keyText(one) === keyText(other))
  const sameText = (x: unknown, y: unknown) => x === y || canonical(x) === canonical(y)
  return (
    a.master.epoch === b.master.epoch &&
    a.master.rotatedAt === b.master.rotatedAt &&
    a.master.key === b.master.key &&
    sameMaps(a.slots, b.slots, sameRegister) &&
    sameMaps(a.registers, b.registers, sameRegister) &&
    sameMaps(a.keys, b.keys, sameKeys) &&
    sameMaps(a.past, b.past, sameText) &&
    sameText(a.header, b.header)
  )
}

function sameMaps<Value>(
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

function sameRegister(a: Register, b: Register): boolean {
  return a.stamp === b.stamp && a.json === b.json
}

/** Which number a key has says nothing of its own: it follows from the dates. */
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
  const present = new Map(presentUnder(registers, 'circle:'))
  if (!present.has(personalId)) present.set(personalId, { id: personalId, name: 'Personal' })
  const circles = [...present].flatMap(([id, circle]) => {
    const all = keys.get(id)
    return all === undefined ? [] : [{ ...(circle as { id: string; name: string }), keys: numberKeys(all.values()) }]
  })
  const made = ({ keys: [first] }: VaultBody['circles'][number]) => first?.createdAt ?? ''
  circles.sort((a, b) => rank(a.id) - rank(b.id) || compareText(made(a), made(b)) || compareText(a.id, b.id))
  const retired = [...keys].filter(([id]) => !present.has(id)).map(([id, all]) => [id, numberKeys(all.values())])
  const contacts = valuesOf(registers, 'contact:')
  const stamps = [...slots, ...registers].filter(([, { stamp }]) => stamp > 0).sort(([a], [b]) => compareText(a, b))
  const fields: Record<string, unknown> = {
    ...Object.fromEntries(presentUnder(registers, 'field:')),
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
  const names = presentUnder(registers, 'passkeyName:')
  const settings = Object.fromEntries([
    ...presentUnder(registers, 'setting:'),
    ...(names.length > 0 ? [[passkeyNames, Object.fromEntries(names)] as const] : []),
  ])
  return { circles, ...(cue && { cue }), settings, ...fields }
}

function rank(id: string): number {
  return id === personalId ? 0 : 1
}

/** What is there under a path with this beginning, by the rest of the path. */
function presentUnder(registers: Registers, begins: string): [string, unknown][] {
  const there = [...registers].filter(([path, { json }]) => json !== null && path.startsWith(begins))
  return there
    .map(([path, { value }]): [string, unknown] => [path.slice(begins.length), value])
    .sort(([a], [b]) => compareText(a, b))
}

function valuesOf(registers: Registers, begins: string): unknown[] {
  return presentUnder(registers, begins).map(([, value]) => value)
}

/**
 * What opens a vault in every browser and outside of them, by what one person knows or has on paper. A passkey does not, and
 * shares only with other people's help: where both sides had more than these, they are not to be left with these alone.
 */
const anywhere: ReadonlySet<string> = new Set(['password', 'recovery'])

function hasAny({ header }: Pick<Vault, 'header'>, kinds: ReadonlySet<string>): boolean {
  return header.slots.some(({ kind }) => kinds.has(kind))
}

/** What two devices have made together may be beyond the bounds of a record, or of what a body may hold. */
function sealChecked(seal: () => Vault): Vault {
  try {
    const vault = seal()
    parseRecord(vault.record)
    return vault
  } catch (cause) {
    throw new Failure('too-long', { cause })
  }
}
