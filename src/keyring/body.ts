// The contents of an open vault, as values: circles with their keys, the cue, settings. Keeps the fields of later versions, at
// every level. Knows neither slots nor storage. FORMAT.md §6.3.

import * as v from 'valibot'
import { type Bytes, type CircleKey, encodeBase64url, randomBytes, utf8 } from '../bytes.ts'
import { readUtf8 } from '../crypto/utf8.ts'
import { Failure } from '../failure.ts'
import { isPlainObject } from '../plainObject.ts'
import { type Cue, cueShape, newCue } from './cue.ts'
import { binaryText, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** Why a key only opens: it belongs to another vault, or came from a state under an earlier master key. */
export type KeyOrigin = 'other-vault' | 'before-rotation'

/** One key of a circle. FORMAT.md §6.3. */
export interface EpochKey {
  /** From 1, in the order in which the keys of a circle were made. */
  readonly epoch: number
  /** base64url of 32 bytes. */
  readonly key: string
  readonly createdAt: string
  /** The key only opens; nothing is sealed under it. */
  readonly opens?: true
  /** Where a key that only opens comes from. */
  readonly from?: KeyOrigin
  readonly [more: string]: unknown
}

/** A circle with all its keys. FORMAT.md §6.3. */
export interface Circle {
  readonly id: string
  readonly name: string
  readonly keys: readonly EpochKey[]
  readonly [more: string]: unknown
}

/** A master key that was replaced. */
export interface PastMasterKey {
  /** base64url of 32 bytes. */
  readonly key: string
  /** When it was replaced; 1970 if unknown. */
  readonly until: string
  /** When it was made; missing for a first key. */
  readonly madeAt?: string
  readonly [more: string]: unknown
}

/** The body of a vault. FORMAT.md §6.3. */
export interface VaultBody {
  readonly circles: readonly Circle[]
  readonly cue?: Cue
  /** From 1, one more with every new master key; 1 if missing. */
  readonly masterEpoch?: number
  readonly masterRotatedAt?: string
  readonly pastMasterKeys?: readonly PastMasterKey[]
  /** The ids of slots that the person knows of (access.ts). */
  readonly knownWays?: unknown
  readonly settings?: { readonly [name: string]: unknown }
  /** When each part last changed (stamps.ts), by its path. */
  readonly stamps?: { readonly [path: string]: number }
  /** The keys of deleted circles, by circle id: they still open what was sealed under them. */
  readonly retired?: { readonly [circleId: string]: readonly EpochKey[] }
  readonly [more: string]: unknown
}

/** The circle that everyone has. */
export const personalId = 'personal'
/** The name here of the circle Personal of another vault. FORMAT.md §6.7. */
export const importedPersonalName = 'Personal (from another vault)'
/** Far more than fits a body: in practice its size is the limit. FORMAT.md §6.8. */
const maxCircles = 8192
const maxEpochs = 8192
const maxPastMasterKeys = 8192
const maxNameCharacters = 256

const epochKeyShape = v.looseObject({
  epoch: revisionNumber,
  key: binaryText(32),
  createdAt: isoDate,
  opens: v.exactOptional(v.literal(true)),
  from: v.exactOptional(v.picklist(['other-vault', 'before-rotation'])),
})
const epochKeysShape = v.pipe(
  v.array(epochKeyShape),
  v.minLength(1),
  v.maxLength(maxEpochs),
  v.check((keys) => new Set(keys.map(({ epoch }) => epoch)).size === keys.length),
)
const circleShape = v.looseObject({
  id: idText,
  name: v.pipe(v.string(), v.maxLength(maxNameCharacters)),
  keys: epochKeysShape,
})
const pastMasterKeyShape = v.looseObject({ key: binaryText(32), until: isoDate, madeAt: v.exactOptional(isoDate) })
const bodyShape = v.looseObject({
  circles: v.pipe(
    v.array(circleShape),
    v.maxLength(maxCircles),
    v.check((circles) => circles.some(({ id }) => id === personalId)),
    v.check((circles) => new Set(circles.map(({ id }) => id)).size === circles.length),
  ),
  cue: v.exactOptional(cueShape),
  masterEpoch: v.exactOptional(revisionNumber),
  masterRotatedAt: v.exactOptional(isoDate),
  pastMasterKeys: v.exactOptional(v.pipe(v.array(pastMasterKeyShape), v.maxLength(maxPastMasterKeys))),
  settings: v.exactOptional(v.custom<{ readonly [name: string]: unknown }>(isPlainObject)),
  stamps: v.exactOptional(v.custom<{ readonly [path: string]: number }>(isMapOf(() => true, revisionNumber))),
  retired: v.exactOptional(
    v.custom<{ readonly [circleId: string]: readonly EpochKey[] }>(isMapOf((id) => v.is(idText, id), epochKeysShape)),
  ),
})

/** The body of a new vault: the circle Personal with one new key of 32 bytes, a new cue, no settings. */
export function newBody(now: Date): VaultBody {
  const createdAt = now.toISOString()
  const key = { epoch: 1, key: encodeBase64url(randomBytes(32) as CircleKey), createdAt }
  return { circles: [{ id: personalId, name: 'Personal', keys: [key] }], cue: newCue(), settings: {} }
}

/**
 * The JSON of a body as UTF-8. Failure `too-long`: too many circles or keys. TypeError for any other malformed body: nothing
 * is sealed that could not be read back.
 */
export function writeBody(body: VaultBody): Bytes {
  const { circles, retired = {}, pastMasterKeys = [] } = body
  const sets = [...circles.map(({ keys }) => keys), ...Object.values(retired)]
  if (
    circles.length > maxCircles ||
    pastMasterKeys.length > maxPastMasterKeys ||
    sets.some(({ length }) => length > maxEpochs)
  )
    throw new Failure('too-long')
  if (!v.is(bodyShape, body)) throw new TypeError('expected a vault body')
  return utf8(JSON.stringify(body))
}

/** The inverse of writeBody, unknown fields included. Failure `damaged` if it is not the JSON of a body. */
export function readBody(bytes: Uint8Array): VaultBody {
  const value = parseJson(readUtf8(bytes))
  if (!v.is(bodyShape, value)) throw new Failure('damaged')
  return value
}

/** An object used as a map. Not `v.record`, which drops names like `constructor`. */
function isMapOf(named: (name: string) => boolean, shape: v.GenericSchema) {
  return (value: unknown): boolean =>
    isPlainObject(value) && Object.entries(value).every(([name, item]) => named(name) && v.is(shape, item))
}
