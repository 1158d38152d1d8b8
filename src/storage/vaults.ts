// The vault record on this device: read, and written whole in one transaction or not at all.

import { Failure } from '../failure.ts'
import { inTransaction, type SeenRow, type VaultRow, withDatabase } from './database.ts'
import { recordRevisions } from './revisions.ts'
import { type Row, type Rows, rowStores, withAddedFields } from './rows.ts'

/** The vault record, or null when none was made here. */
export async function readVault(): Promise<{ row: VaultRow; seen: SeenRow | null } | null> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['vault', 'seen'])
    const row = await transaction.objectStore('vault').get('vault')
    if (row === undefined) return null
    return { row, seen: (await transaction.objectStore('seen').get(row.vaultId)) ?? null }
  })
}

/**
 * Writes `row` in the place of the record with revision `replaces`, or where none is when that is null. A record that could not
 * be read is replaced when it is given itself, whatever vault it is of; it is put aside.
 * `rows` come with it, in the same transaction, unless they are there already as they are or later.
 * Failure 'conflict' when another record is there by now; 'vault-exists' when none was expected. Either way nothing changes.
 */
export async function writeVault(
  row: VaultRow,
  replaces: number | VaultRow | null,
  cost: SeenRow['cost'],
  rows: Rows = {},
): Promise<void> {
  await withDatabase(async (db) => {
    const coming = rowStores.filter((store) => (rows[store] ?? []).length > 0)
    const transaction = db.transaction(['vault', 'seen', 'revisions', ...coming], 'readwrite', { durability: 'strict' })
    const [vault, seen] = [transaction.objectStore('vault'), transaction.objectStore('seen')]
    await inTransaction(transaction, async () => {
      const present = await vault.get('vault')
      if (!isExpected(present, replaces, row)) throw new Failure(replaces === null ? 'vault-exists' : 'conflict')
      if (typeof replaces === 'object' && replaces !== null) await vault.put(replaces, 'unreadable')
      await vault.put(typeof replaces === 'number' ? { ...present, ...row } : row, 'vault')
      // Where none was, what is written is the newest: a higher note is of what is gone, or somebody else's making.
      if (typeof replaces !== 'number') await seen.put({ vaultId: row.vaultId, revision: row.revision, cost })
      else await recordSeen(seen, row, cost)
      for (const store of coming) {
        const put = await putNewer(transaction.objectStore(store) as RowsStore, rows[store] ?? [])
        // What was restored is what counts from now on, also where a later one was deleted here.
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

/** What is there already at the same revision or a later one stays. Gives what was put. */
async function putNewer(store: RowsStore, rows: readonly Row[]): Promise<readonly Row[]> {
  const present = await Promise.all(rows.map(({ id }) => store.get(id)))
  const newer = rows.flatMap((row, at) =>
    (present[at]?.revision ?? 0) < row.revision ? [withAddedFields(present[at], row)] : [],
  )
  await Promise.all(newer.map((row) => store.put(row)))
  return newer
}

interface RowsStore {
  get(id: string): Promise<Row | undefined>
  put(row: Row): Promise<unknown>
}

/** What this device has seen of a vault, also when that is not here; null for nothing. */
export async function readSeen(vaultId: string): Promise<SeenRow | null> {
  return withDatabase(async (db) => (await db.get('seen', vaultId)) ?? null)
}

/** Remembers that this record was unlocked with a password slot of this cost. */
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
