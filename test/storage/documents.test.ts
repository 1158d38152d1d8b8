// Documents on the disk: listed by time, replaced only where they are what was read, and each with the highest revision that
// was ever written of it. The rows are made up: storage knows nothing of what is in them.

import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type DocumentRow, database } from '../../src/storage/database.ts'
import {
  addDocuments,
  binDocuments,
  emptyBin,
  newestDocuments,
  readDocument,
  readDocuments,
  takeFromBin,
  writeDocument,
} from '../../src/storage/documents.ts'
import { replaceRows, rowsAfter } from '../../src/storage/rows.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const idOf = (nth: number) => `${letters[(nth * 7) % 64]}${String(nth).padStart(21, '0')}`
const row = (nth: number, revision = 1): DocumentRow => ({
  id: idOf(nth),
  revision,
  updatedAt: new Date(nth * 60_000).toISOString(),
})
const rows = (count: number) => Array.from({ length: count }, (_, nth) => row(nth))
const idsOf = (found: readonly { readonly row: { readonly id: string } }[]) => found.map((each) => each.row.id)

beforeEach(async () => {
  const db = await database()
  for (const store of ['documents', 'versions', 'revisions', 'bin'] as const) await db.clear(store)
})

describe('what was changed last', () => {
  test('comes first, some at a time, each with what is noted of it', async () => {
    await addDocuments(rows(100))
    await writeDocument({ ...row(3, 2), updatedAt: new Date(1e12).toISOString() }, 1)
    const found = await newestDocuments(0, 3)
    expect(idsOf(found)).toEqual([3, 99, 98].map(idOf))
    expect(found.map(({ newest }) => newest)).toEqual([2, 1, 1])
    expect(idsOf(await newestDocuments(97, 40))).toEqual([2, 1, 0].map(idOf))
    expect(await newestDocuments(100, 40)).toEqual([])
  })

  test('is nothing where nothing is', async () => {
    expect(await newestDocuments(0, 40)).toEqual([])
  })
})

describe('the highest revision', () => {
  test('stays noted when an older row is put in its place', async () => {
    await addDocuments([row(1), row(2)])
    await writeDocument(row(1, 2), 1)
    await (await database()).put('documents', row(1))
    expect(await readDocument(idOf(1))).toMatchObject({ row: { revision: 1 }, newest: 2 })
    expect((await rowsAfter('documents', null, 10)).map(({ newest }) => newest)).toEqual([2, 1])
  })

  test('is told apart from those of others that are noted beside it', async () => {
    await addDocuments(rows(200))
    const beside = [0, 64, 128, 192]
    await writeDocument(row(64, 12), 1)
    await writeDocument(row(128, 3), 1)
    await writeDocument(row(64, 9), 12)
    await binDocuments('deed', [idOf(0)])
    await emptyBin()
    await addDocuments([row(0, 5)])
    const found = await readDocuments(beside.map(idOf))
    expect(found.map(({ newest }) => newest)).toEqual([5, 9, 3, 1])
  })

  test('goes with its document, when that is gone for good', async () => {
    await addDocuments(rows(200))
    await binDocuments('deed', [idOf(1)])
    expect(await takeFromBin()).toEqual([idOf(1)])
    expect(await readDocument(idOf(1))).toMatchObject({ newest: 1 })
    await binDocuments(
      'deed',
      rows(199).map(({ id }) => id),
    )
    await emptyBin()
    expect(await (await database()).getAll('revisions')).toEqual([
      { part: idOf(199).slice(0, 1), highest: `\n${idOf(199)} 1` },
    ])
  })

  test.each([
    [null],
    [{}],
    [[]],
    ['A'],
    [3],
    [`\n${idOf(1)} `],
    [`\n${idOf(1)} x`],
    [`\n${idOf(1)} -5`],
    [`${idOf(1)} 7`],
  ])('that the disk gives as %j is not known, and is noted anew', async (highest) => {
    await addDocuments([row(1)])
    await (await database()).put('revisions', { part: idOf(1).slice(0, 1), highest } as never)
    expect(await readDocument(idOf(1))).toMatchObject({ newest: 0 })
    await writeDocument(row(1, 2), 1)
    expect(await readDocument(idOf(1))).toMatchObject({ newest: 2 })
  })
})

test.each([[7], [new Date(0)], [['A']], [''], ['\n'], [`A ${'x'.repeat(2_000)}`]])(
  'a row that a hostile disk names %j is given as it is, and harms no other',
  async (id) => {
    await addDocuments([row(1)])
    await (await database()).put('documents', { ...row(2), id } as never)
    const found = await newestDocuments(0, 40)
    expect(found.map((each) => [each.row.id, each.newest])).toEqual([
      [id, 0],
      [idOf(1), 1],
    ])
    expect((await rowsAfter('documents', null, 10)).length).toBe(2)
  },
)

describe('rows that are replaced', () => {
  const next = (nth: number, replaces = 1) => ({ row: row(nth, replaces + 1), replaces })

  test('are those that are what they were made from, and no other', async () => {
    await addDocuments(rows(64))
    await writeDocument(row(5, 2), 1)
    await binDocuments('deed', [idOf(6)])
    const changes = Array.from({ length: 64 }, (_, nth) => next(nth))
    const written = await replaceRows('documents', changes)
    expect(written.size).toBe(62)
    const found = await readDocuments(rows(64).map(({ id }) => id))
    expect(found.length).toBe(63)
    expect(found.every((each) => each.row.revision === 2 && each.newest === 2)).toBe(true)
    expect(await replaceRows('documents', [])).toEqual(new Set())
  })

  test('are told by themselves where nothing is noted of them', async () => {
    await addDocuments(rows(3))
    await (await database()).clear('revisions')
    expect(await replaceRows('documents', [next(0), next(1, 4), next(2)])).toEqual(new Set([idOf(0), idOf(2)]))
    expect(await replaceRows('documents', [next(0, 2), next(1), next(7)])).toEqual(new Set([idOf(0), idOf(1)]))
  })
})
