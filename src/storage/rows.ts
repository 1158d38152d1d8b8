// What the three stores of sealed documents have in common: reading them in order, and rewriting a row only while it is still the
// revision that the new one was made from. Never reads the contents of a row.

import { inTransaction, withDatabase } from './database.ts'
import { Revisions } from './revisions.ts'

/** Drafts of the composer, documents of the library, and earlier texts of those. */
export const rowStores = ['documents', 'versions', 'drafts'] as const
export type RowStore = (typeof rowStores)[number]

export interface Row {
  readonly id: string
  readonly revision: number
}

/**
 * `row`, with the fields that another version of Fieldseal added to `present`, which it replaces. The tag is not one of these: it
 * belongs to the text of `present`.
 */
export function withAddedFields<R extends Row>(present: object | undefined, row: R): R {
  const { tag: _tag, ...more } = (present ?? {}) as { readonly tag?: unknown }
  return { ...more, ...row }
}

/** Rows for each of the stores. */
export type Rows = { readonly [S in RowStore]?: readonly Row[] }

/** A row, and the highest revision of it that this device has written (0: not recorded). A row below that is a rollback. */
export interface Found<R extends Row = Row> {
  readonly row: R
  readonly newest: number
}

/** A row, and the revision that it replaces. */
export interface Replacement<R extends Row = Row> {
  readonly row: R
  readonly replaces: number
}

export async function countRows(store: RowStore): Promise<number> {
  return withDatabase((db) => db.count(store))
}

/** The revisions of these ids; skips missing ones. */
export async function revisionsOf(store: RowStore, ids: readonly string[]): Promise<Map<string, number>> {
  return withDatabase(async (db) => {
    const rows: RowReads = db.transaction(store).objectStore(store)
    const found = await Promise.all(ids.map((id) => rows.get(id)))
    return new Map(found.flatMap((row) => (row === undefined ? [] : [[row.id, row.revision] as const])))
  })
}

/** Up to `most` rows with ids after `id`, in the order of ids; from the first row for null. */
export async function rowsAfter(store: RowStore, id: string | null, most: number): Promise<Found[]> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(storesOf(store))
    const after = id === null ? null : IDBKeyRange.lowerBound(id, true)
    const rows: readonly Row[] = await transaction.objectStore(store).getAll(after, most)
    if (store !== 'documents') return rows.map((row) => ({ row, newest: 0 }))
    const ids = rows.map((row) => row.id)
    const recorded = await Revisions.read(transaction.objectStore('revisions'), ids)
    return rows.map((row) => ({ row, newest: recorded.highest(row.id) }))
  })
}

/**
 * Replaces rows, except those that have changed since. Returns the ids written. Pass neighbours: this reads every row between
 * the first id and the last.
 */
export async function replaceRows(store: RowStore, changes: readonly Replacement[]): Promise<Set<string>> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(storesOf(store), 'readwrite')
    const rows = transaction.objectStore(store)
    const written = new Set<string>()
    await inTransaction(transaction, async () => {
      const ids = changes.map(({ row }) => row.id).sort()
      const revisions = store === 'documents' ? transaction.objectStore('revisions') : null
      const recorded = revisions && (await Revisions.read(revisions, ids))
      const present = await revisionsAmong(rows, ids, recorded)
      const fitting = changes.filter(({ row, replaces }) => present.get(row.id) === replaces).map(({ row }) => row)
      for (const row of fitting) {
        recorded?.record(row)
        written.add(row.id)
      }
      await Promise.all([...fitting.map((row) => (rows as RowPut).put(row)), revisions && recorded?.write(revisions)])
    })
    return written
  })
}

/** Only documents have rollback protection. */
function storesOf(store: RowStore) {
  return store === 'documents' ? (['documents', 'revisions'] as const) : ([store] as const)
}

interface RowReads {
  get(id: string): Promise<Row | undefined>
  getAll(ids: IDBKeyRange): Promise<Row[]>
  getAllKeys(ids: IDBKeyRange): Promise<string[]>
}

/** The revisions of these sorted ids; skips missing ones. Reads a row only if its revision is not recorded. */
async function revisionsAmong(rows: RowReads, ids: readonly string[], recorded: Revisions | null) {
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return new Map<string, number>()
  const between = IDBKeyRange.bound(first, last)
  if (recorded === null) return new Map((await rows.getAll(between)).map(({ id, revision }) => [id, revision]))
  const present = new Set(await rows.getAllKeys(between))
  const numbers = ids.map((id) => [id, recorded.highest(id)] as const)
  const found = numbers.filter(([id, revision]) => revision > 0 && present.has(id))
  const unrecorded = await Promise.all(numbers.flatMap(([id, revision]) => (revision === 0 ? [rows.get(id)] : [])))
  return new Map([...found, ...unrecorded.flatMap((row) => (row ? [[row.id, row.revision] as const] : []))])
}

/** A store of rows, of whichever kind. */
interface RowPut {
  put(row: Row): Promise<unknown>
}
