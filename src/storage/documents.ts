// The library's documents on this device: sealed rows (docs/FORMAT.md, Document), their earlier versions, and those deleted
// a moment ago. Every change is one transaction. What is in a row is not known here.

import { type IDBPIndex, unwrap } from 'idb'
import { Failure } from '../failure.ts'
import { type DocumentRow, type Schema, stored, type VersionRow, whole } from './database.ts'
import { noteRevisions, Revisions } from './revisions.ts'
import { type Found, over } from './rows.ts'

export type { DocumentRow, VersionRow } from './database.ts'

export async function readDocument(id: string): Promise<Found<DocumentRow> | null> {
  return (await readDocuments([id]))[0] ?? null
}

/** Those of these ids that there are, in the same order. */
export async function readDocuments(ids: readonly string[]): Promise<Found<DocumentRow>[]> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    const [documents, revisions] = [transaction.objectStore('documents'), transaction.objectStore('revisions')]
    const [found, noted] = await Promise.all([
      Promise.all(ids.map((id) => documents.get(id))),
      Revisions.read(revisions, ids),
    ])
    return found.flatMap((row) => (row === undefined ? [] : [{ row, newest: noted.highest(row.id) }]))
  })
}

/** Those changed last, newest first: `count` of them after the first `skip`. */
export async function newestDocuments(skip: number, count: number): Promise<Found<DocumentRow>[]> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    // They are of nearly all parts, so that what is noted need not wait until it is known which they are.
    const [rows, noted] = await Promise.all([
      newestRows(transaction.objectStore('documents').index('byTime'), skip, count),
      Revisions.readAll(transaction.objectStore('revisions')),
    ])
    return rows.map((row) => ({ row, newest: noted.highest(row.id) }))
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
  readonly getAllRecords?: (how: { direction: 'prev'; count: number }) => IDBRequest<{ value: DocumentRow }[]>
}

/** The last records of an index, asked for at once: a cursor asks for each. Null where the browser cannot. */
function lastRecords(index: NewerIndex, count: number): Promise<DocumentRow[]> | null {
  const request = index.getAllRecords?.({ direction: 'prev', count })
  if (request === undefined) return null
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result.map(({ value }) => value))
    request.onerror = () => reject(request.error)
  })
}

export async function documentsWithTag(tag: string): Promise<Found<DocumentRow>[]> {
  const ids = await stored((db) => db.getAllKeysFromIndex('documents', 'byTag', tag))
  return readDocuments(ids)
}

/**
 * Writes a document in the place of that of revision `replaces`, or where none is for null; and with it an earlier text of it.
 * Failure 'conflict' when another revision is there than `replaces`; 'full'. Either way nothing changes.
 */
export async function writeDocument(
  row: DocumentRow,
  replaces: number | null,
  version: VersionRow | null = null,
): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions', 'versions'], 'readwrite')
    await whole(transaction, async () => {
      const documents = transaction.objectStore('documents')
      const present = await documents.get(row.id)
      if ((present?.revision ?? null) !== replaces) throw new Failure('conflict')
      await Promise.all([
        documents.put(over(present, row)),
        noteRevisions(transaction.objectStore('revisions'), [row]),
        ...(version === null ? [] : [transaction.objectStore('versions').put(version)]),
      ])
    })
  })
}

/** Writes new documents, all or none. Failure 'full'. */
export async function addDocuments(rows: readonly DocumentRow[]): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'], 'readwrite')
    await whole(transaction, async () => {
      const documents = transaction.objectStore('documents')
      await Promise.all([
        ...rows.map((row) => documents.add(row)),
        noteRevisions(transaction.objectStore('revisions'), rows),
      ])
    })
  })
}

/** The earlier texts of a document. */
export async function versionsOf(id: string): Promise<VersionRow[]> {
  return stored((db) => db.getAllFromIndex('versions', 'of', id))
}

export async function readVersion(id: string): Promise<VersionRow | null> {
  return stored(async (db) => (await db.get('versions', id)) ?? null)
}

/**
 * Takes documents out, to be had back until the bin is emptied. `deed` names what the person did: what was put into the bin
 * by another is deleted for good.
 */
export async function binDocuments(deed: string, ids: readonly string[]): Promise<void> {
  const [before] = await stored((db) => db.getAll('bin', null, 1))
  if (before !== undefined && before.deed !== deed) await emptyBin()
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    await whole(transaction, async () => {
      const rows = await Promise.all(ids.map((id) => documents.get(id)))
      const present = rows.filter((row) => row !== undefined)
      await Promise.all(present.flatMap((row) => [bin.put({ id: row.id, deed, row }), documents.delete(row.id)]))
    })
  })
}

/** Puts back what is in the bin, but for what is there again. Gives the ids. */
export async function takeFromBin(): Promise<string[]> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    const back: string[] = []
    await whole(transaction, async () => {
      for (const { id, row } of await bin.getAll()) {
        if ((await documents.getKey(id)) === undefined) {
          await documents.put(row)
          back.push(id)
        }
      }
      await bin.clear()
    })
    return back
  })
}

/** Deletes for good what is in the bin, with all its versions. */
export async function emptyBin(): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'versions', 'revisions', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    const [versions, revisions] = [transaction.objectStore('versions'), transaction.objectStore('revisions')]
    await whole(transaction, async () => {
      const ids = await bin.getAllKeys()
      const noted = await Revisions.read(revisions, ids)
      for (const id of ids) {
        if ((await documents.getKey(id)) !== undefined) continue
        noted.forget(id)
        const old = await versions.index('of').getAllKeys(id)
        await Promise.all(old.map((version) => versions.delete(version)))
      }
      await Promise.all([noted.write(revisions), bin.clear()])
    })
  })
}
