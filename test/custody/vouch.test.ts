// The one case in which a content script is given a plaintext: at a person's own command, once, in one frame, soon.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { useVouch, vouch } from '../../src/custody/vouch.ts'

const start = new Date('2026-11-23T12:00:00Z').getTime()
const lastsMs = 10_000

beforeEach(() => {
  fakeBrowser.reset()
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
})
afterEach(() => vi.useRealTimers())

describe('a vouch', () => {
  test('is good for one use', async () => {
    expect(await useVouch(7, 0)).toBe(false)
    await vouch(7, 0)
    expect([await useVouch(7, 0), await useVouch(7, 0)]).toEqual([true, false])
  })

  test('is good for one use also when two come at once, and when it was given twice', async () => {
    await vouch(7, 0)
    await vouch(7, 0)
    expect((await Promise.all([useVouch(7, 0), useVouch(7, 0)])).sort()).toEqual([false, true])
    expect(await useVouch(7, 0)).toBe(false)
  })

  test('is for one frame of one tab, and others do not use it up', async () => {
    await vouch(7, 2)
    expect([await useVouch(7, 0), await useVouch(8, 2), await useVouch(2, 7)]).toEqual([false, false, false])
    expect(await useVouch(7, 2)).toBe(true)
  })

  test('of two frames are two', async () => {
    await Promise.all([vouch(7, 0), vouch(7, 2)])
    expect([await useVouch(7, 2), await useVouch(7, 0)]).toEqual([true, true])
  })

  test('is over after a few seconds', async () => {
    await vouch(7, 0)
    vi.setSystemTime(start + lastsMs)
    expect(await useVouch(7, 0)).toBe(false)
    await vouch(7, 0)
    vi.setSystemTime(start + 2 * lastsMs - 1)
    expect(await useVouch(7, 0)).toBe(true)
  })

  test('given while the clock was ahead does not last until the clock is there again', async () => {
    vi.setSystemTime(start + 3_600_000)
    await vouch(7, 0)
    vi.setSystemTime(start)
    expect(await useVouch(7, 0)).toBe(false)
    vi.setSystemTime(start + 3_600_000)
    expect(await useVouch(7, 0)).toBe(false)
  })

  test('outlives the background, and not the browser', async () => {
    await vouch(7, 0)
    await vouch(7, 2)
    vi.resetModules()
    const later = await import('../../src/custody/vouch.ts')
    expect(later.useVouch).not.toBe(useVouch)
    expect(await later.useVouch(7, 0)).toBe(true)
    await fakeBrowser.storage.session.clear()
    expect(await later.useVouch(7, 2)).toBe(false)
  })
})
