// What the three stores of sealed documents have in common: read from one end to the other, and rewritten row by row, each
// only in the place of what it was made from. What is in a row is not known here.

import { stored, whole } from './database.ts'
import { Revisions } from './revisions.ts'

/** Drafts of the composer, documents of the library, and earlier texts of those. */
export const rowStores = ['documents', 'versions', 'drafts'] as const
export type RowStore = (typeof rowStores)[number]

export interface Row {
  readonly id: string
  readonly revision: number
}

/**
 * `row` as it is to be put in the place of `present`: with what another version has added to that. A tag is known here, and goes
 * with the text it was for.
 */
export function over<R extends Row>(present: object | undefined, row: R): R {
  const { tag: _tag, ...more } = (present ?? {}) as { readonly tag?: unknown }
  return { ...more, ...row }
}

/** Rows for each of the stores. */
export type Rows = { readonly [S in RowStore]?: readonly Row[] }

/** A row, and the highest revision of it that this device has written, where that is noted: a lower one was put in its place. */
export interface Found<R extends Row = Row> {
  readonly row: R
  readonly newest: number
}

/** A row to be written in the place of that of revision `replaces`. */
export interface Replacement<R extends Row = Row> {
  readonly row: R
  readonly replaces: number
}

export async function countRows(store: RowStore): Promise<number> {
  return stored((db) => db.count(store))
}

/** The revisions of those of these ids that there are. */
export async function revisionsOf(store: RowStore, ids: readonly string[]): Promise<Map<string, number>> {
  return stored(async (db) => {
    const rows: RowReads = db.transaction(store).objectStore(store)
    const found = await Promise.all(ids.map((id) => rows.get(id)))
    return new Map(found.flatMap((row) => (row === undefined ? [] : [[row.id, row.revision] as const])))
  })
}

/** Up to `most`, in the order of their ids, that come after this id; from the first on for null. */
export async function rowsAfter(store: RowStore, id: string | null, most: number): Promise<Found[]> {
  return stored(async (db) => {
    const transaction = db.transaction(storesOf(store))
    const after = id === null ? null : IDBKeyRange.lowerBound(id, true)
    const rows: readonly Row[] = await transaction.objectStore(store).getAll(after, most)
    if (store !== 'documents') return rows.map((row) => ({ row, newest: 0 }))
    const ids = rows.map((row) => row.id)
    const noted = await Revisions.read(transaction.objectStore('revisions'), ids)
    return rows.map((row) => ({ row, newest: noted.highest(row.id) }))
  })
}

/**
 * Writes each in the place of the revision it was made from, and leaves those that have changed since. Gives the ids written.
 * All that lies between them is looked at: they are to be neighbours.
 */
export async function replaceRows(store: RowStore, changes: readonly Replacement[]): Promise<Set<string>> {
  return stored(async (db) => {
    const transaction = db.transaction(storesOf(store), 'readwrite')
    const rows = transaction.objectStore(store)
    const written = new Set<string>()
    await whole(transaction, async () => {
      const ids = changes.map(({ row }) => row.id).sort()
      const revisions = store === 'documents' ? transaction.objectStore('revisions') : null
      const noted = revisions && (await Revisions.read(revisions, ids))
      const present = await revisionsAmong(rows, ids, noted)
      const fitting = changes.filter(({ row, replaces }) => present.get(row.id) === replaces).map(({ row }) => row)
      for (const row of fitting) {
        noted?.note(row)
        written.add(row.id)
      }
      await Promise.all([...fitting.map((row) => (rows as RowPut).put(row)), revisions && noted?.write(revisions)])
    })
    return written
  })
}

/** Of documents alone it is noted which revisions were written. */
function storesOf(store: RowStore) {
  return store === 'documents' ? (['documents', 'revisions'] as const) : ([store] as const)
}

interface RowReads {
  get(id: string): Promise<Row | undefined>
  getAll(ids: IDBKeyRange): Promise<Row[]>
  getAllKeys(ids: IDBKeyRange): Promise<string[]>
}

/** The revisions of those of these sorted ids that there are. Of what is noted, no row is read. */
async function revisionsAmong(rows: RowReads, ids: readonly string[], noted: Revisions | null) {
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return new Map<string, number>()
  const between = IDBKeyRange.bound(first, last)
  if (noted === null) return new Map((await rows.getAll(between)).map(({ id, revision }) => [id, revision]))
  const there = new Set(await rows.getAllKeys(between))
  const numbers = ids.map((id) => [id, noted.highest(id)] as const)
  const found = numbers.filter(([id, revision]) => revision > 0 && there.has(id))
  const unnoted = await Promise.all(numbers.flatMap(([id, revision]) => (revision === 0 ? [rows.get(id)] : [])))
  return new Map([...found, ...unnoted.flatMap((row) => (row ? [[row.id, row.revision] as const] : []))])
}

/** A store that takes rows as they were read from it. */
interface RowPut {
  put(row: Row): Promise<unknown>
}
