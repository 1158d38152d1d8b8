// What a vault holds once it is open, as values: circles with their keys, the cue, settings. What a later version adds
// is kept, at every level. Knows neither slots nor storage. FORMAT.md §6.3.

import * as v from 'valibot'
import { type Bytes, type CircleKey, encodeBase64url, randomBytes, utf8 } from '../bytes.ts'
import { readUtf8 } from '../crypto/utf8.ts'
import { Failure } from '../failure.ts'
import { isPlainObject } from '../plainObject.ts'
import { type Cue, cueShape, newCue } from './cue.ts'
import { binaryText, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** Why a key opens and never seals: it is another vault's, or it came from a state under an earlier master key. */
export type KeyOrigin = 'other-vault' | 'before-rotation'

export interface EpochKey {
  /** From 1, in the order in which the keys of a circle were made. */
  readonly epoch: number
  /** base64url of 32 bytes. */
  readonly key: string
  readonly createdAt: string
  /** It opens what was sealed under it, and nothing is sealed under it. */
  readonly opens?: true
  /** Where a key that only opens is from, if it is not the circle's own. */
  readonly from?: KeyOrigin
  readonly [more: string]: unknown
}

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
  /** When it was replaced; 1970 where that is not known here. */
  readonly until: string
  /** When it was made; not there for a first one. */
  readonly madeAt?: string
  readonly [more: string]: unknown
}

export interface VaultBody {
  readonly circles: readonly Circle[]
  readonly cue?: Cue
  /** From 1, one more with every new master key. 1 where it is not there. */
  readonly masterEpoch?: number
  readonly masterRotatedAt?: string
  readonly pastMasterKeys?: readonly PastMasterKey[]
  /** The ids of slots that the person knows of (access.ts). */
  readonly knownWays?: unknown
  readonly settings?: { readonly [name: string]: unknown }
  /** When each part was last changed (stamps.ts), by its path. */
  readonly stamps?: { readonly [path: string]: number }
  /** The keys of circles that were deleted, by the circle's id: what was sealed under them is still opened. */
  readonly retired?: { readonly [circleId: string]: readonly EpochKey[] }
  readonly [more: string]: unknown
}

/** The circle that everyone has. */
export const personalId = 'personal'
/** The name that the circle Personal of another vault is given here. */
export const importedPersonalName = 'Personal (from another vault)'
/** Far more than a body can hold beside other things: its size is the limit that a vault meets. */
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

/** The body of a vault made now: the circle Personal with one new key, a new cue, no settings. */
export function newBody(now: Date): VaultBody {
  const createdAt = now.toISOString()
  const key = { epoch: 1, key: encodeBase64url(randomBytes(32) as CircleKey), createdAt }
  return { circles: [{ id: personalId, name: 'Personal', keys: [key] }], cue: newCue(), settings: {} }
}

/** The JSON of a body as UTF-8. Failure `too-long`: too many circles or keys. TypeError when it is no body otherwise: what could not be read back is never sealed. */
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

/** Failure `damaged` when it is not the JSON of a body. The very object that was read comes back, nothing stripped. */
export function readBody(bytes: Uint8Array): VaultBody {
  const value = parseJson(readUtf8(bytes))
  if (!v.is(bodyShape, value)) throw new Failure('damaged')
  return value
}

/** An object used as a map. Not `v.record`, which leaves out names like `constructor`. */
function isMapOf(named: (name: string) => boolean, shape: v.GenericSchema) {
  return (value: unknown): boolean =>
    isPlainObject(value) && Object.entries(value).every(([name, one]) => named(name) && v.is(shape, one))
}
