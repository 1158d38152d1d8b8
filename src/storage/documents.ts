// The library's documents on this device: sealed rows (FORMAT.md §7), their earlier versions, and recently deleted ones, which can
// still be restored. Every change is one transaction. Never reads the contents of a row.

import { type IDBPIndex, unwrap } from 'idb'
import { Failure } from '../failure.ts'
import { type DocumentRow, inTransaction, type Schema, type VersionRow, withDatabase } from './database.ts'
import { Revisions, recordRevisions } from './revisions.ts'
import { type Found, withAddedFields } from './rows.ts'

export type { DocumentRow, VersionRow } from './database.ts'

export async function readDocument(id: string): Promise<Found<DocumentRow> | null> {
  return (await readDocuments([id]))[0] ?? null
}

/** The documents with these ids, in this order; skips missing ones. */
export async function readDocuments(ids: readonly string[]): Promise<Found<DocumentRow>[]> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    const [documents, revisions] = [transaction.objectStore('documents'), transaction.objectStore('revisions')]
    const [found, recorded] = await Promise.all([
      Promise.all(ids.map((id) => documents.get(id))),
      Revisions.read(revisions, ids),
    ])
    return found.flatMap((row) => (row === undefined ? [] : [{ row, newest: recorded.highest(row.id) }]))
  })
}

/** Up to `count` documents by the time of their last change, the newest first, without the first `skip`. */
export async function newestDocuments(skip: number, count: number): Promise<Found<DocumentRow>[]> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    // They are in nearly all shards, so read the shards without waiting for the ids.
    const [rows, recorded] = await Promise.all([
      newestRows(transaction.objectStore('documents').index('byTime'), skip, count),
      Revisions.readAll(transaction.objectStore('revisions')),
    ])
    return rows.map((row) => ({ row, newest: recorded.highest(row.id) }))
  })
}

async function newestRows(
  index: IDBPIndex<Schema, ('documents' | 'revisions')[], 'documents', 'byTime'>,
  skip: number,
  count: number,
): Promise<DocumentRow[]> {
  if (skip === 0) {
    const all = await lastRecords(unwrap(index) as NewerIndex, count)
    if (all !== null) return all
  }
  const rows: DocumentRow[] = []
  let cursor = await index.openCursor(null, 'prev')
  if (skip > 0) cursor = (await cursor?.advance(skip)) ?? null
  while (cursor !== null && rows.length < count) {
    rows.push(cursor.value)
    cursor = rows.length < count ? await cursor.continue() : null
  }
  return rows
}

interface NewerIndex {
  readonly getAllRecords?: (options: { direction: 'prev'; count: number }) => IDBRequest<{ value: DocumentRow }[]>
}

/** The last records of an index, in one request; a cursor needs one per record. Null if the browser lacks `getAllRecords`. */
function lastRecords(index: NewerIndex, count: number): Promise<DocumentRow[]> | null {
  const request = index.getAllRecords?.({ direction: 'prev', count })
  if (request === undefined) return null
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result.map(({ value }) => value))
    request.onerror = () => reject(request.error)
  })
}

export async function documentsWithTag(tag: string): Promise<Found<DocumentRow>[]> {
  const ids = await withDatabase((db) => db.getAllKeysFromIndex('documents', 'byTag', tag))
  return readDocuments(ids)
}

/**
 * Replaces revision `replaces` of a document, or writes a new one for null, together with an earlier version of it. Failure
 * `conflict`: the document is not at revision `replaces`; `full`. Either way nothing changes.
 */
export async function writeDocument(
  row: DocumentRow,
  replaces: number | null,
  version: VersionRow | null = null,
): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'revisions', 'versions'], 'readwrite')
    await inTransaction(transaction, async () => {
      const documents = transaction.objectStore('documents')
      const present = await documents.get(row.id)
      if ((present?.revision ?? null) !== replaces) throw new Failure('conflict')
      await Promise.all([
        documents.put(withAddedFields(present, row)),
        recordRevisions(transaction.objectStore('revisions'), [row]),
        ...(version === null ? [] : [transaction.objectStore('versions').put(version)]),
      ])
    })
  })
}

/** Writes new documents, all or none. Failure `full`. */
export async function addDocuments(rows: readonly DocumentRow[]): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'], 'readwrite')
    await inTransaction(transaction, async () => {
      const documents = transaction.objectStore('documents')
      await Promise.all([
        ...rows.map((row) => documents.add(row)),
        recordRevisions(transaction.objectStore('revisions'), rows),
      ])
    })
  })
}

/** The earlier texts of a document. */
export async function versionsOf(id: string): Promise<VersionRow[]> {
  return withDatabase((db) => db.getAllFromIndex('versions', 'of', id))
}

export async function readVersion(id: string): Promise<VersionRow | null> {
  return withDatabase(async (db) => (await db.get('versions', id)) ?? null)
}

/**
 * Moves documents into the bin, from which they can be restored. `action` identifies the person's act: whatever an earlier act
 * put into the bin is deleted for good.
 */
export async function binDocuments(action: string, ids: readonly string[]): Promise<void> {
  const [before] = await withDatabase((db) => db.getAll('bin', null, 1))
  if (before !== undefined && before.deed !== action) await emptyBin()
  await withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    await inTransaction(transaction, async () => {
      const rows = await Promise.all(ids.map((id) => documents.get(id)))
      const present = rows.filter((row) => row !== undefined)
      await Promise.all(
        present.flatMap((row) => [bin.put({ id: row.id, deed: action, row }), documents.delete(row.id)]),
      )
    })
  })
}

/** Restores the documents in the bin, except those that exist again. Returns the ids restored. */
export async function takeFromBin(): Promise<string[]> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    const restored: string[] = []
    await inTransaction(transaction, async () => {
      for (const { id, row } of await bin.getAll()) {
        if ((await documents.getKey(id)) === undefined) {
          await documents.put(row)
          restored.push(id)
        }
      }
      await bin.clear()
    })
    return restored
  })
}

/** Deletes the documents in the bin for good, with all their versions. */
export async function emptyBin(): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction(['documents', 'versions', 'revisions', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    const [versions, revisions] = [transaction.objectStore('versions'), transaction.objectStore('revisions')]
    await inTransaction(transaction, async () => {
      const ids = await bin.getAllKeys()
      const recorded = await Revisions.read(revisions, ids)
      for (const id of ids) {
        if ((await documents.getKey(id)) !== undefined) continue
        recorded.forget(id)
        const old = await versions.index('of').getAllKeys(id)
        await Promise.all(old.map((version) => versions.delete(version)))
      }
      await Promise.all([recorded.write(revisions), bin.clear()])
    })
  })
}
