// The stored vault record, from `unknown` to types: everything that can be refused before any work for a password. Sees no
// secret. Checks only form and bounds, not whether the record is authentic. FORMAT.md §6.4.

import * as v from 'valibot'
import { utf8 } from '../bytes.ts'
import { wrappedKeyBytes } from '../crypto/aead.ts'
import { costOf, isCostAllowed, leastCost, mostCost, type PasswordCost } from '../crypto/kdf.ts'
import { maxShares, setBytes } from '../crypto/shares.ts'
import { Failure } from '../failure.ts'
import { binaryText, binaryTextBetween, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** A stored vault record. FORMAT.md §6.1. */
export interface VaultRecord {
  /** JSON text; its exact bytes are authenticated by the body. */
  readonly header: string
  /** base64url of nonce:24 ‖ ciphertext. */
  readonly body: string
}

/** The master key wrapped by a password; `salt` is 16 bytes, `wrappedKey` 72. FORMAT.md §6.2. */
export interface PasswordSlot {
  readonly id: string
  readonly kind: 'password'
  readonly createdAt: string
  readonly kdf: PasswordCost & { readonly algorithm: 'argon2id'; readonly salt: string }
  readonly wrappedKey: string
}

/** The master key wrapped by a recovery key; `salt` is 16 bytes, `wrappedKey` 72. FORMAT.md §6.2. */
export interface RecoverySlot {
  readonly id: string
  readonly kind: 'recovery'
  readonly createdAt: string
  readonly salt: string
  readonly wrappedKey: string
}

/** The master key wrapped by the secret of shares; `salt` is 16 bytes, `wrappedKey` 72. FORMAT.md §6.2. */
export interface SharesSlot {
  readonly id: string
  readonly kind: 'shares'
  readonly createdAt: string
  /** Identifies the set of shares: base64url of 4 bytes. */
  readonly set: string
  /** The number of shares needed, from 2 to `count`; and the number made, at most 16. */
  readonly threshold: number
  readonly count: number
  readonly salt: string
  readonly wrappedKey: string
}

/** The master key wrapped by the answer of a passkey; `wrappedKey` is 72 bytes. FORMAT.md §6.2. */
export interface PasskeySlot {
  readonly id: string
  readonly kind: 'passkey'
  readonly createdAt: string
  /** WebAuthn's id of the credential: base64url of 16 to 1023 bytes. */
  readonly credentialId: string
  /** The input of the authenticator's pseudo-random function: base64url of 32 bytes. */
  readonly salt: string
  readonly wrappedKey: string
}

/** A slot of an unknown kind: kept unchanged, and never used to unlock. */
export interface OtherSlot {
  readonly id: string
  readonly kind: string
}

/** The header of a record, which its body authenticates. FORMAT.md §6.1. */
export interface VaultHeader {
  readonly format: typeof vaultFormat
  /** base64url of 16 bytes. */
  readonly vaultId: string
  /** From 1, one more with every change. */
  readonly revision: number
  readonly updatedAt: string
  readonly slots: readonly (PasswordSlot | RecoverySlot | SharesSlot | PasskeySlot | OtherSlot)[]
}

/** The format of a record of this version. FORMAT.md §6.1. */
export const vaultFormat = 'fieldseal/v1/vault'
const maxHeaderBytes = 64 * 1024
const maxSlots = 32
/** The longest body, in characters of base64url. */
export const maxBodyCharacters = 1024 * 1024

const recordShape = v.object({ header: v.string(), body: v.string() })
const formatShape = v.looseObject({ format: v.string() })
const slotShape = v.looseObject({ id: idText, kind: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/)) })
const headerShape = v.looseObject({
  vaultId: binaryText(16),
  revision: revisionNumber,
  updatedAt: isoDate,
  slots: v.pipe(
    v.array(slotShape),
    v.minLength(1),
    v.maxLength(maxSlots),
    v.check((slots) => new Set(slots.map(({ id }) => id)).size === slots.length),
  ),
})
const algorithmShape = v.looseObject({ kdf: v.looseObject({ algorithm: v.string() }) })
const passwordShape = v.looseObject({
  createdAt: isoDate,
  kdf: v.looseObject({
    algorithm: v.literal('argon2id'),
    memoryKiB: v.number(),
    iterations: v.number(),
    parallelism: v.number(),
    salt: binaryText(16),
  }),
  wrappedKey: binaryText(wrappedKeyBytes),
})
const recoveryShape = v.looseObject({
  createdAt: isoDate,
  salt: binaryText(16),
  wrappedKey: binaryText(wrappedKeyBytes),
})
const sharesShape = v.pipe(
  v.looseObject({
    ...recoveryShape.entries,
    set: binaryText(setBytes),
    threshold: v.pipe(v.number(), v.integer(), v.minValue(2)),
    count: v.pipe(v.number(), v.integer(), v.maxValue(maxShares)),
  }),
  v.check(({ threshold, count }) => threshold <= count),
)
const passkeyShape = v.looseObject({
  createdAt: isoDate,
  credentialId: binaryTextBetween(16, 1023),
  salt: binaryText(32),
  wrappedKey: binaryText(wrappedKeyBytes),
})

/**
 * Parses a stored record within its bounds. Failure `damaged`; `newer-version`: another format, or another algorithm for
 * passwords; `weakened`: a password slot that requires less work than leastCost. FORMAT.md §6.4.
 */
export function parseRecord(value: unknown): { record: VaultRecord; header: VaultHeader } {
  if (!v.is(recordShape, value)) throw new Failure('damaged')
  const { header, body } = value
  if (body.length > maxBodyCharacters || header.length > maxHeaderBytes) throw new Failure('damaged')
  if (utf8(header).length > maxHeaderBytes || !header.isWellFormed()) throw new Failure('damaged')
  return { record: { header, body }, header: parseHeader(parseJson(header)) }
}

/** The kinds of slots that this version can unlock with. */
export const usableKinds: ReadonlySet<string> = new Set(['password', 'recovery', 'passkey', 'shares'])

export function isPasswordSlot(slot: VaultHeader['slots'][number]): slot is PasswordSlot {
  return slot.kind === 'password'
}

export function isRecoverySlot(slot: VaultHeader['slots'][number]): slot is RecoverySlot {
  return slot.kind === 'recovery'
}

export function isSharesSlot(slot: VaultHeader['slots'][number]): slot is SharesSlot {
  return slot.kind === 'shares'
}

export function isPasskeySlot(slot: VaultHeader['slots'][number]): slot is PasskeySlot {
  return slot.kind === 'passkey'
}

/** The cost of the password slot that requires the least work; null without one. */
export function passwordSlotCost(header: Pick<VaultHeader, 'slots'>): PasswordCost | null {
  return passwordCosts(header).sort((a, b) => costOf(a) - costOf(b))[0] ?? null
}

/** The cost of the password slot that requires the most work; null without one. */
export function highestPasswordCost(header: Pick<VaultHeader, 'slots'>): PasswordCost | null {
  return passwordCosts(header).sort((a, b) => costOf(b) - costOf(a))[0] ?? null
}

function passwordCosts({ slots }: Pick<VaultHeader, 'slots'>): PasswordCost[] {
  return slots
    .filter(isPasswordSlot)
    .map(({ kdf: { memoryKiB, iterations, parallelism } }) => ({ memoryKiB, iterations, parallelism }))
}

function parseHeader(value: unknown): VaultHeader {
  if (!v.is(formatShape, value)) throw new Failure('damaged')
  if (value.format !== vaultFormat)
    throw new Failure(/^fieldseal\/v\d+\/vault$/.test(value.format) ? 'newer-version' : 'damaged')
  if (!v.is(headerShape, value)) throw new Failure('damaged')
  for (const slot of value.slots) {
    if (slot.kind === 'password') checkPasswordSlot(slot)
    else if (slot.kind === 'recovery' && !v.is(recoveryShape, slot)) throw new Failure('damaged')
    else if (slot.kind === 'shares' && !v.is(sharesShape, slot)) throw new Failure('damaged')
    else if (slot.kind === 'passkey' && !v.is(passkeyShape, slot)) throw new Failure('damaged')
  }
  const header = value as unknown as VaultHeader // every known field is checked above; unknown fields stay
  const totalCost = header.slots.filter(isPasswordSlot).reduce((sum, { kdf }) => sum + costOf(kdf), 0)
  if (totalCost > costOf(mostCost)) throw new Failure('damaged')
  return header
}

function checkPasswordSlot(slot: unknown): void {
  if (v.is(algorithmShape, slot) && slot.kdf.algorithm !== 'argon2id') throw new Failure('newer-version')
  if (!v.is(passwordShape, slot)) throw new Failure('damaged')
  const { kdf } = slot
  if (kdf.memoryKiB < leastCost.memoryKiB || kdf.iterations < leastCost.iterations) throw new Failure('weakened')
  if (!isCostAllowed(kdf)) throw new Failure('damaged')
}
