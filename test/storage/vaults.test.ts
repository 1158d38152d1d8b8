// The vault's record on the disk: written only over what was expected there, whole or not at all, and what was seen of it
// never forgotten. The records are made up: storage knows no secret, and nothing of what a record means.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { database, type VaultRow } from '../../src/storage/database.ts'
import { readVault, recordUnlocked, writeVault } from '../../src/storage/vaults.ts'
import { breakWrite } from '../custody/faults.ts'

const row = (revision: number, vaultId = 'mine'): VaultRow => ({ vaultId, revision, header: `h${revision}`, body: 'b' })
const cost = { memoryKiB: 65536, iterations: 3, parallelism: 4 }
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })

beforeEach(async () => {
  const db = await database()
  for (const store of ['vault', 'seen'] as const) await db.clear(store)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a record', () => {
  test('is not there until it is written, and then is what was written', async () => {
    expect(await readVault()).toBeNull()
    await writeVault(row(1), null, cost)
    expect(await readVault()).toEqual({ row: row(1), seen: { vaultId: 'mine', revision: 1, cost } })
  })

  test('is written over the very revision it was made from, and over no other', async () => {
    await writeVault(row(1), null, cost)
    await writeVault(row(3), 1, cost)
    for (const replaces of [1, 2, 4]) await expect(writeVault(row(5), replaces, null)).rejects.toEqual(code('conflict'))
    expect(await readVault()).toEqual({ row: row(3), seen: { vaultId: 'mine', revision: 3, cost } })
  })

  test('is made only where none is, and replaced only where one is', async () => {
    await expect(writeVault(row(2), 1, cost)).rejects.toEqual(code('conflict'))
    expect(await readVault()).toBeNull()
    await writeVault(row(1), null, cost)
    for (const second of [row(1, 'other'), row(2)])
      await expect(writeVault(second, null, cost)).rejects.toEqual(code('vault-exists'))
    expect((await readVault())?.row).toEqual(row(1))
  })

  test('of another vault never takes its place, though the revisions fit', async () => {
    await writeVault(row(1), null, cost)
    await expect(writeVault(row(2, 'other'), 1, cost)).rejects.toEqual(code('conflict'))
    expect((await readVault())?.row).toEqual(row(1))
  })

  test('is written by one of many who try at once', async () => {
    await writeVault(row(1), null, cost)
    const tries = [2, 3, 4, 5].map((revision) => writeVault(row(revision), 1, cost))
    const settled = await Promise.allSettled(tries)
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    for (const result of settled) if (result.status === 'rejected') expect(result.reason).toEqual(code('conflict'))
    expect((await readVault())?.row.revision).toBe(2 + settled.findIndex(({ status }) => status === 'fulfilled'))
  })

  test.each([1, 2])('is written with what was seen of it, or not at all (write %i fails)', async (nth) => {
    await writeVault(row(1), null, cost)
    const before = await readVault()
    for (const kind of ['refused', 'lost'] as const) {
      for (const [name, expected] of [
        ['UnknownError', 'unavailable'],
        ['QuotaExceededError', 'full'],
      ] as const) {
        const fault = breakWrite(nth, kind, name)
        await expect(writeVault(row(2), 1, null), `${kind} ${name}`).rejects.toEqual(code(expected))
        expect(fault.happened()).toBe(true)
        fault.mend()
        expect(await readVault()).toEqual(before)
      }
    }
  })

  test.each([
    ['with less free than is written at once', { quota: 16 * 1024 * 1024 + 999, usage: 1000 }, 'full'],
    ['with as much free', { quota: 16 * 1024 * 1024 + 1000, usage: 1000 }, 'unavailable'],
    ['of which nothing is known', {}, 'unavailable'],
  ])('that a disk refuses by another name, %s', async (_what, estimate, expected) => {
    vi.stubGlobal('navigator', { storage: { estimate: async () => estimate } })
    const fault = breakWrite(1, 'refused', 'DataError')
    await expect(writeVault(row(1), null, cost)).rejects.toEqual(code(expected))
    expect(fault.happened()).toBe(true)
    fault.mend()
    expect(await readVault()).toBeNull()
  })

  test('is not written when what was seen of it cannot be put beside it at all', async () => {
    await writeVault(row(1), null, cost)
    const uncloneable = { ...cost, memoryKiB: () => 1 } as unknown as typeof cost
    await expect(writeVault(row(2), 1, uncloneable)).rejects.toEqual(code('unavailable'))
    expect((await readVault())?.row).toEqual(row(1))
  })

  test('cannot be read from a disk that fails: `unavailable`', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError')
    })
    await expect(readVault()).rejects.toEqual(code('unavailable'))
  })
})

describe('what was seen', () => {
  test('never goes back to a lower revision', async () => {
    await recordUnlocked(row(7), cost)
    await recordUnlocked(row(3), cost)
    await writeVault(row(8), null, cost)
    await recordUnlocked(row(3), cost)
    expect((await readVault())?.seen).toEqual({ vaultId: 'mine', revision: 8, cost })
    await recordUnlocked(row(9), null)
    expect((await readVault())?.seen).toEqual({ vaultId: 'mine', revision: 9, cost: null })
  })

  test('is what is written where no vault was: a note that somebody made up keeps no backup out', async () => {
    await recordUnlocked(row(2 ** 52), cost)
    await writeVault(row(2), null, cost)
    expect((await readVault())?.seen).toEqual({ vaultId: 'mine', revision: 2, cost })
  })

  test('is kept for each vault by itself', async () => {
    await recordUnlocked(row(7, 'other'), null)
    await writeVault(row(1), null, cost)
    expect((await readVault())?.seen).toEqual({ vaultId: 'mine', revision: 1, cost })
  })
})
