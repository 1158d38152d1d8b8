// Values for a valibot schema: some that fit it, made by walking the schema itself, and what becomes of them when somebody
// harms them. A new entry of the protocol is so covered without a word here; a schema of an unknown kind throws.

import type * as v from 'valibot'

/** The parts of a valibot schema that are looked at. */
interface Schema {
  readonly type: string
  readonly pipe?: readonly Schema[]
  readonly kind: string
  readonly entries?: Readonly<Record<string, Schema>>
  readonly options?: readonly unknown[]
  readonly items?: readonly Schema[]
  readonly item?: Schema
  readonly key?: Schema
  readonly value?: Schema
  readonly wrapped?: Schema
  readonly literal?: unknown
  readonly requirement?: unknown
  readonly getter?: (input: unknown) => Schema
}

/** A stream of numbers below 2³², the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** A value that fits the schema. */
export function fitting(schema: v.GenericSchema, next: () => number): unknown {
  return make(schema as unknown as Schema, next)
}

function make(schema: Schema, next: () => number): unknown {
  const steps = schema.pipe?.slice(1) ?? []
  const inner = steps.findLast(({ kind }) => kind === 'schema')
  if (inner !== undefined) return make(inner, next)
  const bound = (type: string) => steps.find((step) => step.type === type)?.requirement
  const pick = <T>(all: readonly T[]) => all[next() % all.length] as T
  switch (schema.type) {
    case 'string':
      return text(bound, next)
    case 'number': {
      const least = Number(bound('min_value') ?? 0)
      const most = Number(bound('max_value') ?? least + 1_000_000)
      return bound('integer') === undefined && next() % 2 ? (least + most) / 2 : pick([least, most, Math.ceil(least)])
    }
    case 'boolean':
      return next() % 2 === 0
    case 'literal':
      return schema.literal
    case 'picklist':
      return pick(schema.options ?? [])
    case 'unknown':
      return pick<unknown>([null, 'x', 7, {}, [], { name: 'getVaultState' }])
    case 'nullable':
    case 'optional':
    case 'exact_optional':
      return next() % 3 === 0 && schema.type === 'nullable' ? null : make(schema.wrapped as Schema, next)
    case 'lazy':
      return make(schema.getter?.(undefined) as Schema, next)
    case 'union':
    case 'variant':
      return make(pick((schema.options ?? []) as readonly Schema[]), next)
    case 'tuple':
    case 'strict_tuple':
      return (schema.items ?? []).map((item) => make(item, next))
    case 'array': {
      const exact = bound('length')
      const least = Number(exact ?? bound('min_length') ?? 0)
      return Array.from({ length: exact === undefined ? least + (next() % 3) : least }, () =>
        make(schema.item as Schema, next),
      )
    }
    case 'record':
      return { [String(make(schema.key as Schema, next))]: make(schema.value as Schema, next) }
    case 'object':
    case 'strict_object':
      return Object.fromEntries(Object.entries(schema.entries ?? {}).map(([key, entry]) => [key, make(entry, next)]))
    default:
      throw new TypeError(`no values are known for the schema ${schema.type}`)
  }
}

const samples = [
  '',
  'x',
  'a text',
  'sealed1AAAAAAAAAAAA',
  'A'.repeat(22),
  'A'.repeat(43),
  'https://notes.example/*',
  '*://*/*',
  '2026-11-24',
  '0123456789ab',
  'FSPAIR1:AAAA.',
  '2026-11-24T12:00:00.000Z',
]

function text(bound: (type: string) => unknown, next: () => number): string {
  const [start, regex] = [String(bound('starts_with') ?? ''), bound('regex') as RegExp | undefined]
  const [least, most] = [Number(bound('min_length') ?? 0), Number(bound('max_length') ?? Number.POSITIVE_INFINITY)]
  const fits = samples.filter(
    (one) => one.startsWith(start) && (regex?.test(one) ?? true) && one.length >= least && one.length <= most,
  )
  const made = fits[next() % fits.length] ?? start.padEnd(least, 'x')
  if (regex !== undefined && !regex.test(made)) throw new TypeError(`no text is known for ${regex}`)
  return made
}

/** What stands in another thing's place. Everything that can be cloned from one context to another, and the worst of JSON. */
const strangers: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 7.5,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 2 ** 53,
  () => 10n,
  () => '',
  () => 'x',
  () => '__proto__',
  () => `${'A'.repeat(22)}\n`,
  () => '\ud800',
  () => [],
  () => [[]],
  () => [null],
  () => Array(1000),
  () => ({}),
  () => Object.create(null),
  () => ({ length: 1, 0: 'x' }),
  () => ({ toString: 'x', valueOf: 1 }),
  () => JSON.parse('{"__proto__":{"polluted":1}}'),
  () => JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
  () => new Map([['name', 'getVaultState']]),
  () => new Set(['getVaultState']),
  () => new Date(0),
  () => new Uint8Array(22),
  () => /x/,
  () => new Error('x'),
]
/** These are left out where a value is written as text each time. */
const giants: readonly (() => unknown)[] = [() => huge, () => `sealed1${huge}`, () => deep]
const wild = [...giants, ...strangers]
const huge = 'x'.repeat(3_000_001)
const deep = Array.from({ length: 2000 }).reduce<unknown>((inside) => ({ inside }), null)
const keys = ['more', '__proto__', 'constructor', 'prototype', 'toString', 'then', 'toJSON', '0', '', 'hasOwnProperty']

/** What to do to a value: which, where, and with what. */
export type Harm = readonly [kind: number, where: number, what: number]
export const harmKinds = 6
export const untouched: Harm = [harmKinds - 1, 0, 0]

/** A harmed copy. `added` says that an object in it has a field that no shape knows. `more` is a stranger like others. */
export function harm(value: unknown, how: Harm, more: unknown, isMild = false): { value: unknown; added: boolean } {
  const [kind, where, what] = how
  const all = isMild ? strangers : wild
  const nth = what % (all.length + 1)
  const stranger = () => (nth === all.length ? more : all[nth]?.())
  const spots = spotsIn(value)
  const path = spots[where % spots.length] ?? []
  if (kind === 0) return { value: stranger(), added: false }
  if (kind <= 2 && spots.length > 0) return { value: replaced(value, path, stranger()), added: false }
  if (kind === 3) return { value: without(value, path), added: false }
  if (kind === 4) return addedTo(value, path.slice(0, -1), keys[what % keys.length] ?? 'more', stranger())
  return { value, added: false }
}

type Path = readonly string[]

const known = new WeakMap<object, readonly Path[]>()

/** Where something stands in this value, which is harmed again and again and does not change. */
function spotsIn(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  const spots = known.get(value) ?? spotsOf(value)
  known.set(value, spots)
  return spots
}

function spotsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => {
    const at = [...path, key]
    return [at, ...spotsOf((value as Record<string, unknown>)[key], at)]
  })
}

function copied(value: unknown, path: Path, change: (holder: Record<string, unknown>, key: string) => void): unknown {
  const [key, ...rest] = path
  if (key === undefined || typeof value !== 'object' || value === null) return value
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  if (rest.length === 0) change(copy, key)
  else copy[key] = copied(copy[key], rest, change)
  return copy
}

const put = (holder: Record<string, unknown>, key: string, value: unknown) =>
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })

const replaced = (value: unknown, path: Path, other: unknown) =>
  copied(value, path, (holder, key) => put(holder, key, other))

const without = (value: unknown, path: Path) => copied(value, path, (holder, key) => delete holder[key])

function addedTo(value: unknown, holder: Path, key: string, other: unknown): { value: unknown; added: boolean } {
  let added = false
  const changed = copied(value, [...holder, key], (object, name) => {
    if (Array.isArray(object) || Object.hasOwn(object, name)) return
    put(object, name, other)
    added = true
  })
  return { value: changed, added }
}
