// That there was a vault on this device is remembered outside the database, as a yes and no more.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { markVaultPresent, wasVaultPresent } from '../../src/storage/vaultMarker.ts'

const { local } = fakeBrowser.storage

beforeEach(() => fakeBrowser.reset())
afterEach(() => vi.restoreAllMocks())

describe('the marker of a vault', () => {
  test('is a yes, written once', async () => {
    const set = vi.spyOn(local, 'set')
    expect(await wasVaultPresent()).toBe(false)
    await markVaultPresent()
    await markVaultPresent()
    expect(await wasVaultPresent()).toBe(true)
    expect(await local.get(null)).toEqual({ vaultWasHere: true })
    expect(set).toHaveBeenCalledTimes(1)
  })

  test.each([1, 'true', {}, null, false])('that is %j says nothing', async (odd) => {
    await local.set({ vaultWasHere: odd })
    expect(await wasVaultPresent()).toBe(false)
  })

  test('that can be neither read nor written stops nothing', async () => {
    vi.spyOn(local, 'get').mockRejectedValue(new Error('made to fail'))
    vi.spyOn(local, 'set').mockRejectedValue(new Error('made to fail'))
    await expect(markVaultPresent()).resolves.toBeUndefined()
    expect(await wasVaultPresent()).toBe(false)
    vi.restoreAllMocks()
    expect(await wasVaultPresent()).toBe(false)
  })
})
