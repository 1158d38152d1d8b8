// The unlock methods of a vault: the requests of our own windows, and their shapes. Ids and salts of passkeys are not secret, and the disk holds
// them unencrypted. The output of a passkey is as secret as a password, and only crosses in requests.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { byteArray, empty } from '../shapes.ts'

const date = v.pipe(v.string(), v.maxLength(32))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000))
/** Most slots in a record. */
const maxUnlockMethods = 32

/** The id of a slot in its record. */
export const slotId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** The authenticator's id of a passkey: 16 to 1023 bytes in base64url. */
export const credentialId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,1364}$/))
/** The input of the passkey's PRF: 32 bytes in base64url. */
export const salt = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** The output of the passkey's PRF for its salt: 32 bytes. Secret. */
export const prf = byteArray(32)
/** The number of a master key, from 1. */
export const masterEpoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** One slot of the vault. `since` is an ISO 8601 date. */
const unlockMethod = v.variant('kind', [
  v.strictObject({
    kind: v.literal('password'),
    id: slotId,
    since: date,
    /** The cost of one password guess: memory, and passes over it. */
    memoryKiB: whole,
    passes: whole,
  }),
  v.strictObject({ kind: v.literal('recovery'), id: slotId, since: date }),
  /** Any `threshold` of `count` shares together. */
  v.strictObject({ kind: v.literal('shares'), id: slotId, since: date, threshold: whole, count: whole }),
  v.strictObject({
    kind: v.literal('passkey'),
    id: slotId,
    since: date,
    /** Null while the vault is locked, and for a passkey without a name. */
    name: v.nullable(name),
    credentialId,
    salt,
  }),
  /** A kind that this version does not know. */
  v.strictObject({ kind: v.literal('other'), id: slotId }),
])
export type UnlockMethod = v.InferOutput<typeof unlockMethod>
export type PasskeyMethod = Extract<UnlockMethod, { kind: 'passkey' }>
export type Prf = v.InferOutput<typeof prf>

export const unlockMethodEntries = {
  listUnlockMethods: {
    roles: ['popup', 'options'],
    request: empty,
    /** `epoch` is null while the vault is locked. */
    response: v.strictObject({
      methods: v.pipe(v.array(unlockMethod), v.maxLength(maxUnlockMethods)),
      epoch: v.nullable(masterEpoch),
    }),
    idempotent: true,
    activity: false,
  },
  /** Failure 'wrong-secret'. */
  unlockByPasskey: {
    roles: ['popup'],
    request: v.strictObject({ credentialId, prf }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** Failure 'already-there': the passkey has a slot with another output; 'refused': too many passkeys. */
  addPasskey: {
    roles: ['options'],
    request: v.strictObject({ name, credentialId, salt, prf }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  renamePasskey: {
    roles: ['options'],
    request: v.strictObject({ id: slotId, name }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Failure 'last-slot'. */
  removePasskey: {
    roles: ['options'],
    request: v.strictObject({ id: slotId }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Checks that this passkey opens the vault, before `rotateMasterKey` keeps it. Failure 'gone' or 'wrong-secret'. */
  checkPasskey: {
    roles: ['options'],
    request: v.strictObject({ id: slotId, prf }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
