// What lives as long as the browser session: parsed when it is read, changed one change at a time.

import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { SessionEntry } from '../../src/storage/sessionEntry.ts'

const { session } = fakeBrowser.storage
const shape = v.strictObject({ count: v.number() })
const full = expect.objectContaining({ name: 'Failure', code: 'full' })
let entry: SessionEntry<typeof shape>

beforeEach(() => {
  fakeBrowser.reset()
  entry = new SessionEntry('entry', shape)
})
afterEach(() => vi.restoreAllMocks())

describe('an entry', () => {
  test('is not there, is written, is read by another background, and is removed', async () => {
    expect(await entry.read()).toBeNull()
    await entry.write({ count: 1 })
    expect(await new SessionEntry('entry', shape).read()).toEqual({ count: 1 })
    expect(await new SessionEntry('other', shape).read()).toBeNull()
    await entry.remove()
    expect(await entry.read()).toBeNull()
  })

  test('lies in the session’s storage and nowhere on the disk', async () => {
    await entry.write({ count: 1 })
    expect(await session.get(null)).toEqual({ entry: { count: 1 } })
    expect(await fakeBrowser.storage.local.get(null)).toEqual({})
  })

  test('that does not parse counts as not there, and can be written anew', async () => {
    for (const odd of ['x', 1, [], {}, { count: 'one' }, { count: 1, more: 2 }, { count: [1] }]) {
      await session.set({ entry: odd })
      expect(await entry.read()).toBeNull()
      await entry.change((before) => ({ count: before === null ? 1 : 99 }))
      expect(await entry.read()).toEqual({ count: 1 })
    }
  })
})

describe('changes', () => {
  test('are made one after the other: none of many at once is lost', async () => {
    await Promise.all(Array.from({ length: 50 }, () => entry.change((before) => ({ count: (before?.count ?? 0) + 1 }))))
    expect(await entry.read()).toEqual({ count: 50 })
  })

  test('go on after one that failed, and after one that the storage could not hold', async () => {
    await entry.write({ count: 1 })
    const failing = entry.change(() => {
      throw new TypeError('no')
    })
    const next = entry.change((before) => ({ count: (before?.count ?? 0) + 1 }))
    await expect(failing).rejects.toThrow(TypeError)
    await next
    const setting = vi.spyOn(session, 'set').mockRejectedValueOnce(new Error('QUOTA_BYTES quota exceeded'))
    await expect(entry.change(() => ({ count: 9 }))).rejects.toEqual(full)
    setting.mockRestore()
    expect(await entry.read()).toEqual({ count: 2 })
    await entry.change((before) => ({ count: (before?.count ?? 0) + 1 }))
    expect(await entry.read()).toEqual({ count: 3 })
  })
})
