// A device for the tests of custody: an IndexedDB and a session's storage that can be emptied, prepared, restarted and
// looked through. Importing it puts an IndexedDB into the world.

import 'fake-indexeddb/auto'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { leastCost, type PasswordCost } from '../../src/crypto/kdf.ts'
import { formatRecovery, newRecoverySecret, parseRecovery } from '../../src/crypto/recovery.ts'
import { freshDeadline } from '../../src/custody/vault/deadline.ts'
import { clock } from '../../src/custody/vault/kdfCalibration.ts'
import { storeSession } from '../../src/custody/vault/session.ts'
import { recordCue } from '../../src/custody/vault/vaultRecord.ts'
import { createVault, passwordSlotCost, reopenVault, type Vault } from '../../src/keyring/vault.ts'
import type { Request } from '../../src/messages/protocol.ts'
import { database, type SeenRow, type VaultRow } from '../../src/storage/database.ts'
import { readVault } from '../../src/storage/vaults.ts'

// A device that takes half a second for the floor, so that every slot is made once, at that, however fast this one is.
let elapsedMs = 0
clock.now = () => {
  elapsedMs += 500
  return elapsedMs
}

const provedMs = 4 * 60_000

export const password = 'correct horse battery'
export const another = 'staple of another kind'
export const recoveryKey = formatRecovery(newRecoverySecret())
export const anotherRecoveryKey = formatRecovery(newRecoverySecret())

const stores = [
  'vault',
  'seen',
  'session',
  'drafts',
  'preferences',
  'staged',
  'documents',
  'versions',
  'revisions',
  'bin',
] as const
type Store = (typeof stores)[number]

/** A device on which Fieldseal has never been. */
export async function emptyDevice(): Promise<void> {
  fakeBrowser.reset()
  const db = await database()
  const transaction = db.transaction(stores, 'readwrite')
  await Promise.all(stores.map((store) => transaction.objectStore(store).clear()))
  await transaction.done
}

/** The browser was closed and opened again: what lay in the session's storage is gone. */
export async function restartBrowser(): Promise<void> {
  await fakeBrowser.storage.session.clear()
}

/** A vault with `password` and `recoveryKey`, made at a cost that is quick to try. */
export function quickVault(cost: PasswordCost = leastCost): Promise<Vault> {
  return createVault({ password, recovery: parseRecovery(recoveryKey), cost }, new Date())
}

/** What is asked for a first new master key, with a new recovery key. */
export function renewal(more: Partial<Request<'rotateMasterKey'>> = {}): Request<'rotateMasterKey'> {
  return { password, epoch: 1, recovery: { kind: 'new', recoveryKey: anotherRecoveryKey }, passkeys: [], ...more }
}

export function rowOf({ vaultId, header, record }: Vault): VaultRow {
  return { vaultId, revision: header.revision, ...record }
}

/** Puts a record on the device behind the back of everything, with what is said to have been seen of it. */
export async function place(row: VaultRow, seen: Omit<SeenRow, 'vaultId'> | null): Promise<void> {
  const db = await database()
  await db.put('vault', row, 'vault')
  if (seen === null) await db.delete('seen', row.vaultId)
  else await db.put('seen', { vaultId: row.vaultId, ...seen })
}

export async function placeVault(vault: Vault): Promise<void> {
  await place(rowOf(vault), { revision: vault.header.revision, cost: passwordSlotCost(vault.header) })
}

/**
 * Leaves this vault as an earlier background would have: stored, and unlocked for the rest of the browser session; by a person
 * who has just confirmed that it is they, unless that is not wanted.
 */
export async function placeUnlocked(vault: Vault, until = freshDeadline(vault), isProved = true): Promise<void> {
  await placeVault(vault)
  await recordCue(vault)
  await storeSession(vault.vaultId, vault.masterKey, {
    until,
    provedUntil: isProved ? Date.now() + provedMs : null,
    noticeIds: [],
  })
}

export async function storedRow(): Promise<VaultRow> {
  const found = await readVault()
  if (found === null) throw new Error('expected a vault')
  return found.row
}

/** Every key and value of one store of the IndexedDB. */
export async function rowsOf(store: Store): Promise<unknown[]> {
  const db = await database()
  return [...(await db.getAllKeys(store)), ...(await db.getAll(store))]
}

export async function sessionKey(): Promise<CryptoKey | null> {
  return (await (await database()).get('session', 'key')) ?? null
}

/** Everything that lies anywhere on the device, as one text. A key that can be read out would be in it, read out. */
export async function dump(): Promise<string> {
  const areas = fakeBrowser.storage
  const lying: unknown[] = await Promise.all([areas.session.get(null), areas.local.get(null), areas.sync.get(null)])
  for (const store of stores) lying.push(...(await rowsOf(store)))
  const key = await sessionKey()
  if (key?.extractable) lying.push(await crypto.subtle.exportKey('jwk', key))
  return JSON.stringify(lying, (_name, value) => (ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value))
}

/** The ways in which bytes or a text could be written down, to be looked for in a dump. */
export function spellings(secret: string | Uint8Array): string[] {
  const bytes = Buffer.from(secret)
  const list = Array.from(bytes).join(',')
  const encodings = (['base64', 'base64url', 'hex'] as const).map((encoding) =>
    bytes.toString(encoding).replace(/=+$/, ''),
  )
  return [...encodings, bytes.toString('hex').toUpperCase(), list, ...(typeof secret === 'string' ? [secret] : [])]
}

/** What a vault holds, but for what is noted of where it has been brought to and shown. */
export async function storedContents(vault: Vault) {
  return contentsOf(reopenVault(await storedRow(), vault.masterKey))
}

export function contentsOf({ header, body }: Vault) {
  const settings = Object.entries(body.settings ?? {}).filter(([name]) => !name.startsWith('access:'))
  return { slots: header.slots, circles: body.circles, cue: body.cue, settings: Object.fromEntries(settings) }
}
