// Shapes of what is on the disk, which another version or anyone else may have written. Reading never fails: a missing or malformed
// field has a default. Writing keeps what was not understood: it replaces only the parts that changed.

import * as v from 'valibot'
import { isPlainObject } from '../plainObject.ts'

/** Reads and writes one kind of stored value. */
export interface StoredShape<Value> {
  /** The value of `stored`, which is `undefined` if nothing is stored. Never throws. */
  read(stored: unknown): Value
  /** What to store in place of `stored` so that it reads as `next`. */
  write(stored: unknown, next: Value): unknown
}

type ValueOf<Shape> = Shape extends StoredShape<infer Value> ? Value : never

interface Defaults<Value> {
  /** If nothing is stored. */
  readonly missing: Value
  /** If the stored value is malformed; by default as `missing`. */
  readonly malformed?: Value
}

/** One value, replaced as a whole. */
export function storedValue<Value>(
  schema: v.GenericSchema<unknown, Value>,
  { missing, malformed = missing }: Defaults<Value>,
): StoredShape<Value> {
  const loose = loosen(schema)
  return {
    read(stored) {
      if (stored === undefined) return missing
      const parsed = v.safeParse(loose, stored)
      return parsed.success ? parsed.output : malformed
    },
    write: (_stored, next) => next,
  }
}

/** An object with these fields, and any others. */
export function storedObject<Fields extends Readonly<Record<string, StoredShape<unknown>>>>(
  fields: Fields,
): StoredShape<{ readonly [Name in keyof Fields]: ValueOf<Fields[Name]> }> {
  const all = Object.entries(fields)
  /** If the stored value is not an object, every field is malformed. */
  const fieldOf = (stored: unknown, name: string) =>
    isPlainObject(stored) ? ownField(stored, name) : stored === undefined ? undefined : null
  return {
    read: (stored) =>
      Object.fromEntries(all.map(([name, field]) => [name, field.read(fieldOf(stored, name))])) as never,
    write(stored, next) {
      const written: Record<string, unknown> = isPlainObject(stored) ? { ...stored } : {}
      for (const [name, field] of all)
        if (!isPlainObject(stored) || !isSame(field.read(ownField(stored, name)), next[name]))
          written[name] = field.write(fieldOf(stored, name), next[name])
      return written
    },
  }
}

/** An object that is valid only as a whole, and null otherwise. */
export function storedWhole<Value extends object>(schema: v.GenericSchema<unknown, Value>): StoredShape<Value | null> {
  const { read } = storedValue<Value | null>(schema, { missing: null })
  return {
    read,
    write: (stored, next) =>
      isSame(read(stored), next) ? stored : next && { ...(isPlainObject(stored) && stored), ...next },
  }
}

/** An object used as a map. Keeps but does not read entries with a malformed name; removes those written as `undefined`. */
export function storedMap<Value>(
  name: v.GenericSchema<unknown, string>,
  entry: StoredShape<Value>,
): StoredShape<ReadonlyMap<string, Value>> {
  const entriesOf = (stored: unknown) => (isPlainObject(stored) ? Object.entries(stored) : [])
  const read = (stored: unknown) =>
    new Map(entriesOf(stored).flatMap(([key, item]) => (v.is(name, key) ? [[key, entry.read(item)] as const] : [])))
  return {
    read,
    write(stored, next) {
      const before = read(stored)
      const written = new Map(entriesOf(stored).filter(([key]) => !before.has(key) || next.has(key)))
      for (const [key, value] of next)
        if (!before.has(key) || !isSame(before.get(key), value)) written.set(key, entry.write(written.get(key), value))
      return Object.fromEntries([...written].filter(([, item]) => item !== undefined))
    },
  }
}

/** A stored list, as read. */
export interface ReadList<Value> {
  readonly entries: readonly Value[]
  /** The number of malformed entries. They stay until this is set to 0. */
  readonly unreadable: number
}

/** A list whose entries have ids; the first of two with one id counts. `entry` reads a malformed one as null. */
export function storedList<Value extends { readonly id: string }>(entry: {
  read(stored: unknown): Value | null
  write(stored: unknown, next: Value): unknown
}): StoredShape<ReadList<Value>> {
  // Anything but a list counts as one malformed entry, which stays.
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
      const wanted = new Map(entries.map((value) => [value.id, value]))
      const written = new Set<string>()
      const items = itemsOf(stored).flatMap((item) => {
        const value = entry.read(item)
        if (value === null) return unreadable === 0 ? [] : [item]
        const next = wanted.get(value.id)
        if (next === undefined) return []
        if (written.has(value.id)) return [item]
        written.add(value.id)
        return [isSame(value, next) ? item : entry.write(item, next)]
      })
      return [...items, ...entries.filter(({ id }) => !written.has(id)).map((value) => entry.write(undefined, value))]
    },
  }
}

/**
 * The same schema, but ignoring unknown fields. Messages are parsed strictly; what is on the disk may be from a later version.
 */
function loosen<Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema): Schema {
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
    return v.pipe(loosen(first as Schema), ...(rest as [])) as unknown as Schema
  }
  const parts: Parts = {}
  if (entries !== undefined)
    parts.entries = Object.fromEntries(Object.entries(entries).map(([name, field]) => [name, loosen(field)]))
  if (wrapped !== undefined) parts.wrapped = loosen(wrapped)
  if (item !== undefined) parts.item = loosen(item)
  if (Array.isArray(options) && (type === 'variant' || type === 'union'))
    parts.options = options.map((option: v.GenericSchema) => loosen(option))
  if (type === 'strict_object') return v.object(parts.entries ?? {}) as unknown as Schema
  return { ...schema, ...parts }
}

/** A field of the object itself, never an inherited one. */
function ownField(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Map && b instanceof Map) return isSame([...a], [...b])
  return JSON.stringify(a) === JSON.stringify(b)
}
