// Shapes of what lies on a disk, where an earlier version may have written it, a later one, or nobody in their right mind. Reading
// never fails: a field that is missing or makes no sense has a default. Writing keeps what was not understood: of what is stored
// only those parts are replaced that were changed.

import * as v from 'valibot'
import { isPlainObject } from '../plainObject.ts'

export interface StoredShape<Value> {
  /** What `stored` says; `undefined` where nothing is stored. Never throws. */
  read(stored: unknown): Value
  /** What to store in the place of `stored` so that it reads as `next`. */
  write(stored: unknown, next: Value): unknown
}

type ValueOf<Shape> = Shape extends StoredShape<infer Value> ? Value : never

interface Defaults<Value> {
  /** Where nothing is stored. */
  readonly missing: Value
  /** Where something is stored that makes no sense; as `missing` unless it is given. */
  readonly senseless?: Value
}

/** One value, replaced whole. */
export function storedValue<Value>(
  schema: v.GenericSchema<unknown, Value>,
  { missing, senseless = missing }: Defaults<Value>,
): StoredShape<Value> {
  const loose = loosely(schema)
  return {
    read(stored) {
      if (stored === undefined) return missing
      const parsed = v.safeParse(loose, stored)
      return parsed.success ? parsed.output : senseless
    },
    write: (_stored, next) => next,
  }
}

/** An object with these fields, and any others. */
export function storedObject<Fields extends Readonly<Record<string, StoredShape<unknown>>>>(
  fields: Fields,
): StoredShape<{ readonly [Name in keyof Fields]: ValueOf<Fields[Name]> }> {
  const all = Object.entries(fields)
  /** Of what is no object, every field makes no sense. */
  const part = (stored: unknown, name: string) =>
    isPlainObject(stored) ? own(stored, name) : stored === undefined ? undefined : null
  return {
    read: (stored) => Object.fromEntries(all.map(([name, field]) => [name, field.read(part(stored, name))])) as never,
    write(stored, next) {
      const written: Record<string, unknown> = isPlainObject(stored) ? { ...stored } : {}
      for (const [name, field] of all)
        if (!isPlainObject(stored) || !isSame(field.read(own(stored, name)), next[name]))
          written[name] = field.write(part(stored, name), next[name])
      return written
    },
  }
}

/** An object that is of use only where all of these make sense, and null otherwise. */
export function storedWhole<Value extends object>(schema: v.GenericSchema<unknown, Value>): StoredShape<Value | null> {
  const { read } = storedValue<Value | null>(schema, { missing: null })
  return {
    read,
    write: (stored, next) =>
      isSame(read(stored), next) ? stored : next && { ...(isPlainObject(stored) && stored), ...next },
  }
}

/** An object used as a map. An entry whose name does not fit is kept, and not read; one that is written as `undefined` goes. */
export function storedMap<Value>(
  name: v.GenericSchema<unknown, string>,
  entry: StoredShape<Value>,
): StoredShape<ReadonlyMap<string, Value>> {
  const entriesOf = (stored: unknown) => (isPlainObject(stored) ? Object.entries(stored) : [])
  const read = (stored: unknown) =>
    new Map(entriesOf(stored).flatMap(([key, one]) => (v.is(name, key) ? [[key, entry.read(one)] as const] : [])))
  return {
    read,
    write(stored, next) {
      const before = read(stored)
      const written = new Map(entriesOf(stored).filter(([key]) => !before.has(key) || next.has(key)))
      for (const [key, value] of next)
        if (!before.has(key) || !isSame(before.get(key), value)) written.set(key, entry.write(written.get(key), value))
      return Object.fromEntries([...written].filter(([, one]) => one !== undefined))
    },
  }
}

export interface ReadList<Value> {
  readonly entries: readonly Value[]
  /** How many more there are that cannot be read. They are kept until this is set to 0. */
  readonly unreadable: number
}

/** A list whose entries are told apart by an id. Of two with one id the first counts. `entry` reads null where it cannot. */
export function storedList<Value extends { readonly id: string }>(entry: {
  read(stored: unknown): Value | null
  write(stored: unknown, next: Value): unknown
}): StoredShape<ReadList<Value>> {
  // What is no list is kept as an entry that cannot be read.
  const itemsOf = (stored: unknown): unknown[] =>
    Array.isArray(stored) ? stored : stored === undefined ? [] : [stored]
  return {
    read(stored) {
      const read = itemsOf(stored).map(entry.read)
      const values = read.filter((value) => value !== null)
      const first = new Map(values.toReversed().map((value) => [value.id, value]))
      return {
        entries: values.filter((value) => first.get(value.id) === value),
        unreadable: read.length - values.length,
      }
    },
    write(stored, { entries, unreadable }) {
      const wanted = new Map(entries.map((one) => [one.id, one]))
      const written = new Set<string>()
      const kept = itemsOf(stored).flatMap((item) => {
        const value = entry.read(item)
        if (value === null) return unreadable === 0 ? [] : [item]
        const next = wanted.get(value.id)
        if (next === undefined) return []
        if (written.has(value.id)) return [item]
        written.add(value.id)
        return [isSame(value, next) ? item : entry.write(item, next)]
      })
      return [...kept, ...entries.filter(({ id }) => !written.has(id)).map((one) => entry.write(undefined, one))]
    },
  }
}

/**
 * The same schema, except that fields which it does not know are passed over. Messages are parsed strictly; what lies on a disk
 * may have been written by a later version.
 */
function loosely<Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema): Schema {
  type Parts = {
    type?: string
    entries?: Record<string, v.GenericSchema>
    wrapped?: v.GenericSchema
    item?: v.GenericSchema
    options?: unknown
    pipe?: unknown[]
  }
  const { type, entries, wrapped, item, options, pipe } = schema as unknown as Parts
  if (pipe !== undefined) {
    const [first, ...rest] = pipe
    return v.pipe(loosely(first as Schema), ...(rest as [])) as unknown as Schema
  }
  const parts: Parts = {}
  if (entries !== undefined)
    parts.entries = Object.fromEntries(Object.entries(entries).map(([name, each]) => [name, loosely(each)]))
  if (wrapped !== undefined) parts.wrapped = loosely(wrapped)
  if (item !== undefined) parts.item = loosely(item)
  if (Array.isArray(options) && (type === 'variant' || type === 'union'))
    parts.options = options.map((each: v.GenericSchema) => loosely(each))
  if (type === 'strict_object') return v.object(parts.entries ?? {}) as unknown as Schema
  return { ...schema, ...parts }
}

/** A name that every object has of its own accord is no field. */
function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Map && other instanceof Map) return isSame([...one], [...other])
  return JSON.stringify(one) === JSON.stringify(other)
}
