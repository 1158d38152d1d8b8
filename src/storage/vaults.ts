// The vault record on this device. A write is one transaction: all of it or nothing.

import { Failure } from '../failure.ts'
import { inTransaction, type SeenRow, type VaultRow, withDatabase } from './database.ts'
import { recordRevisions } from './revisions.ts'
import { type Row, type Rows, rowStores, withAddedFields } from './rows.ts'

/** The vault record, and what this device has seen of it; null without a vault. */
export async function readVault(): Promise<{ row: VaultRow; seen: SeenRow | null } | null> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['vault', 'seen'])
    const row = await transaction.objectStore('vault').get('vault')
    if (row === undefined) return null
    return { row, seen: (await transaction.objectStore('seen').get(row.vaultId)) ?? null }
  })
}

/**
 * Writes `row` in place of the record with revision `replaces`; null expects no record. Pass an unreadable record itself to
 * replace it, of whichever vault: it moves to `unreadable`. Writes `rows` in the same transaction, unless the same or a later
 * revision is stored. Failure `conflict`: another record is there; `vault-exists`: none was expected. Either way nothing
 * changes.
 */
export async function writeVault(
  row: VaultRow,
  replaces: number | VaultRow | null,
  cost: SeenRow['cost'],
  rows: Rows = {},
): Promise<void> {
  await withDatabase(async (db) => {
    const storesToWrite = rowStores.filter((store) => (rows[store] ?? []).length > 0)
    const transaction = db.transaction(['vault', 'seen', 'revisions', ...storesToWrite], 'readwrite', {
      durability: 'strict',
    })
    const [vault, seen] = [transaction.objectStore('vault'), transaction.objectStore('seen')]
    await inTransaction(transaction, async () => {
      const present = await vault.get('vault')
      if (!isExpected(present, replaces, row)) throw new Failure(replaces === null ? 'vault-exists' : 'conflict')
      if (typeof replaces === 'object' && replaces !== null) await vault.put(replaces, 'unreadable')
      await vault.put(typeof replaces === 'number' ? { ...present, ...row } : row, 'vault')
      // Without a record before, this one is the newest: a higher note is about a lost vault, or forged.
      if (typeof replaces !== 'number') await seen.put({ vaultId: row.vaultId, revision: row.revision, cost })
      else await recordSeen(seen, row, cost)
      for (const store of storesToWrite) {
        const put = await putNewer(transaction.objectStore(store) as RowsStore, rows[store] ?? [])
        // A restored document is current from now on, even if a later one was deleted here.
        if (store === 'documents') await recordRevisions(transaction.objectStore('revisions'), put)
      }
    })
  })
}

function isExpected(present: VaultRow | undefined, replaces: number | VaultRow | null, row: VaultRow): boolean {
  if (replaces === null) return present === undefined
  if (typeof replaces === 'number') return present?.revision === replaces && present.vaultId === row.vaultId
  return present?.header === replaces.header && present.body === replaces.body
}

/** Writes the rows that are newer than the stored ones. Returns those written. */
async function putNewer(store: RowsStore, rows: readonly Row[]): Promise<readonly Row[]> {
  const present = await Promise.all(rows.map(({ id }) => store.get(id)))
  const newer = rows.flatMap((row, index) =>
    (present[index]?.revision ?? 0) < row.revision ? [withAddedFields(present[index], row)] : [],
  )
  await Promise.all(newer.map((row) => store.put(row)))
  return newer
}

interface RowsStore {
  get(id: string): Promise<Row | undefined>
  put(row: Row): Promise<unknown>
}

/** What this device has seen of a vault, even if that is no longer here; null for nothing. */
export async function readSeen(vaultId: string): Promise<SeenRow | null> {
  return withDatabase(async (db) => (await db.get('seen', vaultId)) ?? null)
}

/** Records that this record was unlocked, and the cost of its password slot. */
export async function recordUnlocked(row: VaultRow, cost: SeenRow['cost']): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction('seen', 'readwrite')
    await inTransaction(transaction, () => recordSeen(transaction.store, row, cost))
  })
}

interface SeenStore {
  get(vaultId: string): Promise<SeenRow | undefined>
  put(row: SeenRow): Promise<unknown>
}

async function recordSeen(store: SeenStore, row: VaultRow, cost: SeenRow['cost']): Promise<void> {
  const before = await store.get(row.vaultId)
  const revision = Math.max(before?.revision ?? 0, row.revision)
  await store.put({ ...before, vaultId: row.vaultId, revision, cost })
}
