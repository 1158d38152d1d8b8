// The ways into a vault: what our own windows may ask of them, and the shapes of it. Ids and salts of passkeys lie in the clear
// on the disk too; what a passkey gives for its salt is as secret as a password, and goes one way only.

import * as v from 'valibot'
import type { Table } from './entry.ts'
import { none } from './shapes.ts'

const date = v.pipe(v.string(), v.maxLength(32))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000))
/** The most slots that a record holds. */
const maxWays = 32

/** The name of a slot in its record. */
export const slotId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** base64url of 16 to 1023 bytes: what the authenticator calls a passkey. */
export const credentialId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,1364}$/))
/** base64url of 32 bytes: what the passkey is asked for. */
export const salt = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** What the passkey gives for the salt: 32 bytes. As numbers, so that every copy of ours can be wiped. */
const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))
export const prf = v.pipe(v.array(byte), v.length(32))
/** Which master key it is, counted from 1. */
export const masterEpoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** One slot of the vault, as a person is told of it. `since` is a date as JSON writes it. */
const way = v.variant('kind', [
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
export type Way = v.InferOutput<typeof way>
export type PasskeyWay = Extract<Way, { kind: 'passkey' }>
export type Prf = v.InferOutput<typeof prf>

export const ways = {
  waysIn: {
    from: ['popup', 'options'],
    ask: none,
    /** The epoch is null while the vault is locked. */
    answer: v.strictObject({ ways: v.pipe(v.array(way), v.maxLength(maxWays)), epoch: v.nullable(masterEpoch) }),
    again: true,
  },
  unlockByPasskey: { from: ['popup'], ask: v.strictObject({ credentialId, prf }), answer: none, again: true },
  /** Asked twice, the same passkey is added once. */
  addPasskey: {
    from: ['options'],
    ask: v.strictObject({ name, credentialId, salt, prf }),
    answer: none,
    again: true,
    proof: true,
  },
  renamePasskey: { from: ['options'], ask: v.strictObject({ id: slotId, name }), answer: none, again: true },
  removePasskey: { from: ['options'], ask: v.strictObject({ id: slotId }), answer: none, again: true, proof: true },
  /** Whether this passkey opens the vault: it is to be kept under a new master key. Changes nothing. */
  provePasskey: { from: ['options'], ask: v.strictObject({ id: slotId, prf }), answer: none, again: true },
} as const satisfies Table
