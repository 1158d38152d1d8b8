// The browser takes the database away, as it does where the disk is nearly full, under a background that has it open.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { leastCost } from '../../src/crypto/kdf.ts'
import { emptyDevice, password, placeUnlocked, quickVault } from '../custody/device.ts'
import { World } from './world.ts'

vi.mock('hash-wasm', () => import('../custody/argon2.ts'))

const token = 't'.repeat(22)
const note = 'n'.repeat(22)
const text = 'Written before the database was gone.'

let world: World
beforeEach(async () => {
  await emptyDevice()
  world = new World()
  await placeUnlocked(await quickVault({ ...leastCost, iterations: 11 }))
  await world.start()
})
afterEach(() => {
  world.kill()
  vi.restoreAllMocks()
})

test.each([
  ['lives on', async () => undefined],
  ['is killed then', () => world.killAndStart()],
])('a background that %s says that the browser removed it, and a backup brings it back', async (_what, then) => {
  await world.answered('getVaultState', 'popup', {})
  await vi.waitFor(async () => expect(await fakeBrowser.storage.local.get(null)).toEqual({ vaultWasHere: true }))
  await world.answered('createEntry', 'library', { id: note, text })
  const file = await world.backup()

  await takeAway()
  await then()
  expect(await world.answered('getVaultState', 'popup', {})).toMatchObject({ vault: 'none', removed: true })
  expect(await world.ask('unlock', 'popup', { password })).toEqual({ ok: false, code: 'no-vault' })

  await world.sent('stageBackup', 'onboarding', { token }, [{ text: file }])
  const secret = { kind: 'password', password } as const
  await world.answered('restoreBackup', 'onboarding', { token, pieces: 1, secret })
  expect(await world.answered('getVaultState', 'popup', {})).toMatchObject({ vault: 'unlocked', removed: false })
  expect(await world.answered('openEntry', 'library', { id: note })).toMatchObject({ text })
})

/** Whoever has the database open is told, and closes it. */
function takeAway(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('fieldseal')
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('the database is held open'))
  })
}
