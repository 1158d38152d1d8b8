// By what a content script knows what an earlier one left in its document.

import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { database } from '../../src/storage/database.ts'

const origin = 'https://a.example'
/** A background that has just started. */
async function started() {
  vi.resetModules()
  return (await import('../../src/tabs/ownerToken.ts')).ownerTokenOf
}

beforeEach(async () => {
  await (await database()).clear('preferences')
})

test('a document keeps its name when the background starts anew; another document or site has another', async () => {
  const before = await started()
  const name = await before({ origin, documentId: 'D1' })
  expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/)
  const after = await started()
  expect(await after({ origin, documentId: 'D1' })).toBe(name)
  const others = [
    await after({ origin, documentId: 'D2' }),
    await after({ origin: 'https://b.example', documentId: 'D1' }),
    // Where the browser names no document nothing is recognized again.
    await after({ origin, documentId: null }),
    await after({ origin, documentId: null }),
  ]
  expect(new Set([name, ...others]).size).toBe(5)
})

test('another device, or one whose disk was cleared, has other names', async () => {
  const name = await (await started())({ origin, documentId: 'D1' })
  await (await database()).clear('preferences')
  expect(await (await started())({ origin, documentId: 'D1' })).not.toBe(name)
})
