// Carries the unlocked master key over the background's death, and not over the end of the browser session.
// It lies in `storage.session`, wrapped under a key that cannot be exported and lies in IndexedDB; see docs/THREATS.md.
// A fresh key is made at every unlock; both halves are dropped at every lock and browser start. With it lies the deadline
// (deadline.ts), so that a background that was away knows whether it may still be taken up.

import * as v from 'valibot'
import { type Bytes, type MasterKey, utf8 } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import { byteArray } from '../../messages/shapes.ts'
import { clearSessionEntries, SessionEntry } from '../../storage/sessionEntry.ts'
import { deleteSessionKey, readSessionKey, writeSessionKey } from '../../storage/sessionKey.ts'
import type { Deadline } from './deadline.ts'

/** What goes with the unlocked key, and ends with it. */
export interface SessionState {
  readonly until: Deadline
  /** Until when a proof that the person is there holds, in milliseconds since 1970; null without one. */
  readonly provedUntil: number | null
  /** The ids of the access notices that there were when it was unlocked. */
  readonly noticeIds: readonly string[]
}

const nonceBytes = 12
const masterKeyBytes = 32
const tagBytes = 16

const time = v.nullable(v.pipe(v.number(), v.safeInteger()))

const half = new SessionEntry(
  'session',
  v.strictObject({
    vaultId: v.string(),
    wrapped: byteArray(nonceBytes + masterKeyBytes + tagBytes),
    until: time,
    provedUntil: time,
    noticeIds: v.array(v.string()),
  }),
)

const algorithm = (nonce: Bytes, vaultId: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: utf8(`fieldseal/v1/session|${vaultId}`),
})

function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Keeps the master key for as long as this browser session lasts, the vault is not locked and its deadline holds. */
export async function storeSession(vaultId: string, masterKey: MasterKey, state: SessionState): Promise<void> {
  const key = await newKey()
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const wrapped = new Uint8Array(await crypto.subtle.encrypt(algorithm(nonce, vaultId), key, masterKey))
  await writeSessionKey(key)
  await half.write({ vaultId, wrapped: [...nonce, ...wrapped], ...state, noticeIds: [...state.noticeIds] })
}

/** Puts another state in the place of the one kept. Nothing is kept that was not before. */
export async function storeState(state: Partial<Pick<SessionState, 'until' | 'provedUntil'>>): Promise<void> {
  const kept = await half.read()
  if (kept !== null) await half.write({ ...kept, ...state })
}

/** The state of the session of this vault; null when there is none. */
export async function readState(vaultId: string): Promise<SessionState | null> {
  const kept = await half.read()
  return kept === null || kept.vaultId !== vaultId ? null : kept
}

/** The master key kept for this vault, and its state; null when the session is over, locked, or its halves do not fit. */
export async function restoreSession(vaultId: string): Promise<{ masterKey: MasterKey; state: SessionState } | null> {
  const kept = await half.read()
  if (kept === null || kept.vaultId !== vaultId) return null
  const key = await readSessionKey()
  if (key === null) return null
  const bytes = Uint8Array.from(kept.wrapped)
  const [nonce, wrapped] = [bytes.slice(0, nonceBytes), bytes.slice(nonceBytes)]
  try {
    const masterKey = new Uint8Array(await crypto.subtle.decrypt(algorithm(nonce, vaultId), key, wrapped)) as MasterKey
    const { until, provedUntil, noticeIds } = kept
    return { masterKey, state: { until, provedUntil, noticeIds } }
  } catch {
    return null
  }
}

/**
 * Drops both halves: each even when the other cannot be, and by overwriting where deleting fails. Either half gone makes the
 * other worthless. Failure 'unavailable' when both stay.
 */
export async function dropSession(): Promise<void> {
  const dropped = await Promise.allSettled([dropHalf(), dropKey()])
  if (dropped.every((result) => result.status === 'rejected')) throw new Failure('unavailable', { cause: dropped })
}

/** At last with all else that is in the session's storage: what our windows were opened for, drafts of private windows. */
function dropHalf(): Promise<void> {
  return half
    .remove()
    .catch(() => half.overwrite())
    .catch(() => clearSessionEntries())
}

async function dropKey(): Promise<void> {
  await deleteSessionKey().catch(async () => writeSessionKey(await newKey()))
}
