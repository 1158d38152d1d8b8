// The unlock methods of a vault: the requests of our own windows, and their shapes. Ids and salts of passkeys lie in the clear
// on the disk too; what a passkey gives for its salt is as secret as a password, and goes one way only.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { byteArray, empty } from '../shapes.ts'

const date = v.pipe(v.string(), v.maxLength(32))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000))
/** The most slots that a record holds. */
const maxUnlockMethods = 32

/** The name of a slot in its record. */
export const slotId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** base64url of 16 to 1023 bytes: what the authenticator calls a passkey. */
export const credentialId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,1364}$/))
/** base64url of 32 bytes: the input of the passkey's PRF. */
export const salt = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** What the passkey gives for the salt: 32 bytes. */
export const prf = byteArray(32)
/** Which master key it is, counted from 1. */
export const masterEpoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** One slot of the vault, as a person sees it. `since` is a date as JSON writes it. */
const unlockMethod = v.variant('kind', [
  v.strictObject({
    kind: v.literal('password'),
    id: slotId,
    since: date,
    /** What one guess costs: memory, and how often it is gone through. */
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
    /** Null while the vault is locked, and where none is known. */
    name: v.nullable(name),
    credentialId,
    salt,
  }),
  /** Of a kind that this version does not know. */
  v.strictObject({ kind: v.literal('other'), id: slotId }),
])
export type UnlockMethod = v.InferOutput<typeof unlockMethod>
export type PasskeyMethod = Extract<UnlockMethod, { kind: 'passkey' }>
export type Prf = v.InferOutput<typeof prf>

export const unlockMethodEntries = {
  listUnlockMethods: {
    roles: ['popup', 'options'],
    request: empty,
    /** The epoch is null while the vault is locked. */
    response: v.strictObject({
      methods: v.pipe(v.array(unlockMethod), v.maxLength(maxUnlockMethods)),
      epoch: v.nullable(masterEpoch),
    }),
    idempotent: true,
    activity: false,
  },
  unlockByPasskey: {
    roles: ['popup'],
    request: v.strictObject({ credentialId, prf }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** Requested twice, the same passkey is added once. */
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
  removePasskey: {
    roles: ['options'],
    request: v.strictObject({ id: slotId }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: true,
  },
  /** Whether this passkey opens the vault: it is to be kept under a new master key. Changes nothing. */
  checkPasskey: {
    roles: ['options'],
    request: v.strictObject({ id: slotId, prf }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
