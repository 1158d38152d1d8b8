// That there was a vault on this device is remembered outside the database, as a yes and no more.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { noteVaultHere, wasVaultHere } from '../../src/storage/vaultMarker.ts'

const { local } = fakeBrowser.storage

beforeEach(() => fakeBrowser.reset())
afterEach(() => vi.restoreAllMocks())

describe('the marker of a vault', () => {
  test('is a yes, written once', async () => {
    const set = vi.spyOn(local, 'set')
    expect(await wasVaultHere()).toBe(false)
    await noteVaultHere()
    await noteVaultHere()
    expect(await wasVaultHere()).toBe(true)
    expect(await local.get(null)).toEqual({ vaultWasHere: true })
    expect(set).toHaveBeenCalledTimes(1)
  })

  test.each([1, 'true', {}, null, false])('that is %j says nothing', async (odd) => {
    await local.set({ vaultWasHere: odd })
    expect(await wasVaultHere()).toBe(false)
  })

  test('that can be neither read nor written stops nothing', async () => {
    vi.spyOn(local, 'get').mockRejectedValue(new Error('made to fail'))
    vi.spyOn(local, 'set').mockRejectedValue(new Error('made to fail'))
    await expect(noteVaultHere()).resolves.toBeUndefined()
    expect(await wasVaultHere()).toBe(false)
    vi.restoreAllMocks()
    expect(await wasVaultHere()).toBe(false)
  })
})
