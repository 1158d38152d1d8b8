// The library's documents on this device: sealed rows (docs/FORMAT.md, Document), their earlier versions, and those deleted
// a moment ago. Every change is one transaction. What is in a row is not known here.

import { Failure } from '../failure.ts'
import { type DocumentRow, type RevisionRow, stored, type VersionRow, whole } from './database.ts'

export type { DocumentRow, VersionRow } from './database.ts'

/** A row, and the highest revision of it that this device has written: a lower one was put in its place. */
export interface Found {
  readonly row: DocumentRow
  readonly newest: number
}

/** A row to be written in the place of that of revision `replaces`, or where none is for null. */
export interface Replacement {
  readonly row: DocumentRow
  readonly replaces: number | null
}

export async function countDocuments(): Promise<number> {
  return stored((db) => db.count('documents'))
}

export async function readDocument(id: string): Promise<Found | null> {
  return (await readDocuments([id]))[0] ?? null
}

/** Those of these ids that there are, in the same order. */
export async function readDocuments(ids: readonly string[]): Promise<Found[]> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    const [documents, revisions] = [transaction.objectStore('documents'), transaction.objectStore('revisions')]
    const found = await Promise.all(ids.map((id) => Promise.all([documents.get(id), revisions.get(id)])))
    return found.flatMap(([row, revision]) => (row === undefined ? [] : [foundRow(row, revision)]))
  })
}

/** Up to `most`, in the order of their ids, that come after this id; from the first on for null. */
export async function documentsAfter(id: string | null, most: number): Promise<Found[]> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'])
    const rows = await transaction.objectStore('documents').getAll(after(id), most)
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id]
    if (first === undefined || last === undefined) return []
    const revisions = await transaction.objectStore('revisions').getAll(IDBKeyRange.bound(first, last))
    const known = new Map(revisions.map((revision) => [revision.id, revision]))
    return rows.map((row) => foundRow(row, known.get(row.id)))
  })
}

/** The ids of those changed last, newest first: `count` of them after the first `skip`. */
export async function newestIds(skip: number, count: number): Promise<string[]> {
  return stored(async (db) => {
    const index = db.transaction('documents').store.index('byTime')
    const ids: string[] = []
    let cursor = await index.openKeyCursor(null, 'prev')
    if (skip > 0) cursor = (await cursor?.advance(skip)) ?? null
    while (cursor !== null && ids.length < count) {
      ids.push(cursor.primaryKey)
      cursor = await cursor.continue()
    }
    return ids
  })
}

export async function documentsWithTag(tag: string): Promise<Found[]> {
  const ids = await stored((db) => db.getAllKeysFromIndex('documents', 'byTag', tag))
  return readDocuments(ids)
}

/**
 * Writes a document, and with it an earlier version of it if there is one.
 * Failure 'conflict' when another revision is there than `replaces`; 'full'. Either way nothing changes.
 */
export async function writeDocument({ row, replaces }: Replacement, version: VersionRow | null = null): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions', 'versions'], 'readwrite')
    await whole(transaction, async () => {
      const documents = transaction.objectStore('documents')
      const present = await documents.get(row.id)
      if ((present?.revision ?? null) !== replaces) throw new Failure('conflict')
      await Promise.all([
        documents.put(row),
        transaction.objectStore('revisions').put(revisionOf(row)),
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
      const [documents, revisions] = [transaction.objectStore('documents'), transaction.objectStore('revisions')]
      await Promise.all(rows.flatMap((row) => [documents.add(row), revisions.put(revisionOf(row))]))
    })
  })
}

/** Writes each in the place of the revision it was made from, and leaves those that have changed since. Gives how many it wrote. */
export async function replaceDocuments(changes: readonly Replacement[]): Promise<number> {
  return stored(async (db) => {
    const transaction = db.transaction(['documents', 'revisions'], 'readwrite')
    const [documents, revisions] = [transaction.objectStore('documents'), transaction.objectStore('revisions')]
    let written = 0
    await whole(transaction, async () => {
      const present = await Promise.all(changes.map(({ row }) => documents.get(row.id)))
      const fitting = changes.filter(({ replaces }, at) => present[at]?.revision === replaces)
      await Promise.all(fitting.flatMap(({ row }) => [documents.put(row), revisions.put(revisionOf(row))]))
      written = fitting.length
    })
    return written
  })
}

/** The earlier texts of a document. */
export async function versionsOf(id: string): Promise<VersionRow[]> {
  return stored((db) => db.getAllFromIndex('versions', 'of', id))
}

export async function readVersion(id: string): Promise<VersionRow | null> {
  return stored(async (db) => (await db.get('versions', id)) ?? null)
}

export async function versionsAfter(id: string | null, most: number): Promise<VersionRow[]> {
  return stored((db) => db.getAll('versions', after(id), most))
}

/** As replaceDocuments. */
export async function replaceVersions(
  changes: readonly { readonly row: VersionRow; readonly replaces: number }[],
): Promise<number> {
  return stored(async (db) => {
    const transaction = db.transaction('versions', 'readwrite')
    let written = 0
    await whole(transaction, async () => {
      const present = await Promise.all(changes.map(({ row }) => transaction.store.get(row.id)))
      const fitting = changes.filter(({ replaces }, at) => present[at]?.revision === replaces)
      await Promise.all(fitting.map(({ row }) => transaction.store.put(row)))
      written = fitting.length
    })
    return written
  })
}

/** Takes documents out, to be had back until the bin is emptied. What was in the bin before is deleted for good. */
export async function binDocuments(ids: readonly string[]): Promise<void> {
  await emptyBin()
  await stored(async (db) => {
    const transaction = db.transaction(['documents', 'bin'], 'readwrite')
    const [documents, bin] = [transaction.objectStore('documents'), transaction.objectStore('bin')]
    await whole(transaction, async () => {
      const rows = await Promise.all(ids.map((id) => documents.get(id)))
      const present = rows.filter((row) => row !== undefined)
      await Promise.all(present.flatMap((row) => [bin.put({ id: row.id, row }), documents.delete(row.id)]))
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
      for (const id of await bin.getAllKeys()) {
        if ((await documents.getKey(id)) !== undefined) continue
        const old = await versions.index('of').getAllKeys(id)
        await Promise.all([revisions.delete(id), ...old.map((version) => versions.delete(version))])
      }
      await bin.clear()
    })
  })
}

function foundRow(row: DocumentRow, revision: RevisionRow | undefined): Found {
  return { row, newest: revision?.revision ?? 0 }
}

function revisionOf({ id, revision }: DocumentRow): RevisionRow {
  return { id, revision }
}

function after(id: string | null): IDBKeyRange | null {
  return id === null ? null : IDBKeyRange.lowerBound(id, true)
}
