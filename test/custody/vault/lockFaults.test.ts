// A lock while everything else fails: reader frames, telling our windows, the two halves of the session, the icon, each alone
// and in every combination. Afterwards nothing opens, here or in the next background, and no master key is left in memory.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { MasterKey } from '../../../src/bytes.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { newDocument, openDocuments } from '../../../src/keyring/documents.ts'
import { documentKeyring } from '../../../src/keyring/rotation.ts'
import { type Vault, withSettings } from '../../../src/keyring/vault.ts'
import { content, draftId, newDesk, ours } from '../backgrounds.ts'
import { emptyDevice, password, placeUnlocked, quickVault, restartBrowser } from '../device.ts'
import { breakDisk, breakSession } from '../faults.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let made: Vault
beforeAll(async () => {
  made = await quickVault()
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
})
afterEach(() => vi.restoreAllMocks())

const { session } = fakeBrowser.storage
const locked = expect.objectContaining({ code: 'locked' })
type Desks = ReturnType<typeof newDesk>
type Mend = { mend(): void }

/** Everything that a lock asks of the world, made to fail. */
const faults: Readonly<Record<string, (at: Desks) => Mend>> = {
  readers(at) {
    const spy = vi.spyOn(at.desk.readers, 'showAll').mockRejectedValue(new Error('made to fail'))
    at.desk.readers.admit({
      tabId: 7,
      frameId: 9,
      send: () => {
        throw new Error('made to fail')
      },
    })
    return { mend: () => spy.mockRestore() }
  },
  icon(at) {
    at.world.icon = () => Promise.reject(new Error('made to fail'))
    return {
      mend: () => {
        at.world.icon = async () => undefined
      },
    }
  },
  telling: () => breakSession('set'),
  reading: () => breakSession('get'),
  'the half in the session': () => breakSession('remove', 'set', 'clear'),
  'the half in IndexedDB': () => breakDisk('delete', 'put'),
}
const names = Object.keys(faults)
/** Every set of faults there is. */
const sets = Array.from({ length: 2 ** names.length }, (_, set) => names.filter((_, at) => (set >> at) & 1))

/** A desk that is unlocked; the master key that it holds is noted. */
async function unlockedDesk() {
  const at = newDesk()
  const keys = new Set<MasterKey>()
  const custodian = vi.spyOn(Custodian.prototype, 'unlockedVault')
  custodian.mockImplementation(async function (this: Custodian) {
    custodian.mockRestore()
    const vault = await this.unlockedVault()
    if (vault !== null) keys.add(vault.masterKey)
    return vault
  })
  const { sealed } = await at.answers.seal({ text: 'a text', replaces: null }, content)
  expect(keys.size).toBe(1)
  return { ...at, sealed, keys }
}

describe('a lock', () => {
  test.each(sets.map((broken) => ({ broken, words: broken.join(', ') || 'nothing' })))(
    'leaves nothing that opens while this fails: $words',
    async ({ broken }) => {
      const at = await unlockedDesk()
      const mends = broken.map((name) => faults[name]?.(at))
      await at.desk.locking.lock()
      // In this background, at once.
      await expect(at.answers.practiceOpening({ sealed: at.sealed }, ours)).rejects.toThrow()
      for (const key of at.keys) expect([...key]).toEqual(Array(32).fill(0))
      for (const mend of mends.reverse()) mend?.mend()
      await expect(at.answers.practiceOpening({ sealed: at.sealed }, ours)).rejects.toEqual(locked)
      expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
      // In the next one: where the session could not be deleted, the extension was loaded anew.
      if (at.world.startedOver > 0) await restartBrowser()
      expect((await newDesk().answers.getVaultState({}, ours)).vault).toBe('locked')
    },
  )

  test('that could do nothing else does not hinder the next unlocking', async () => {
    const at = await unlockedDesk()
    const mends = names.map((name) => faults[name]?.(at))
    await at.desk.locking.lock()
    for (const mend of mends.reverse()) mend?.mend()
    await at.answers.unlock({ password }, ours)
    expect(await at.answers.practiceOpening({ sealed: at.sealed }, ours)).toEqual({ text: 'a text' })
  })

  test('loads the extension anew only where a half of the session opens, or windows can’t be told', async () => {
    for (const [broken, startsOver] of [
      [[], false],
      [['the half in the session'], true],
      [['the half in IndexedDB'], false],
      [['readers', 'icon', 'reading'], false],
      [['telling'], true],
    ] as const) {
      await placeUnlocked(made)
      const at = await unlockedDesk()
      const mends = broken.map((name) => faults[name]?.(at))
      await at.desk.locking.lock()
      for (const mend of mends) mend?.mend()
      expect([broken, at.world.startedOver > 0]).toEqual([broken, startsOver])
    }
  })

  test('does not wait for ever for windows that can’t be told', async () => {
    const at = await unlockedDesk()
    const get = vi.spyOn(session, 'get').mockImplementation(() => new Promise<never>(() => undefined))
    await at.desk.locking.lock()
    get.mockRestore()
    expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
  })

  test('opens nothing from its first moment on, though a composer may still save', async () => {
    const at = await unlockedDesk()
    await at.composing()
    const locking = at.desk.locking.lock()
    await expect(at.answers.practiceOpening({ sealed: at.sealed }, ours)).rejects.toEqual(locked)
    await expect(at.answers.seal({ text: 'another', replaces: null }, content)).rejects.toEqual(locked)
    expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
    await at.answers.saveDraft({ windowRequest: at.windowRequest(), draft: draftId('d'), text: 'last words' }, ours)
    await locking
    await expect(
      at.answers.saveDraft({ windowRequest: at.windowRequest(), draft: draftId('d'), text: 'too late' }, ours),
    ).rejects.toEqual(locked)
  })

  test('at the start of the browser also loads the extension anew where it must', async () => {
    const at = newDesk()
    const mends = [breakSession('remove', 'set', 'clear'), breakDisk('delete', 'put')]
    await at.desk.locking.startAfresh()
    for (const { mend } of mends) mend()
    expect(at.world.startedOver).toBe(1)
    expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
  })
})

describe('a master key that was overwritten', () => {
  test('seals nothing, and damages nothing', async () => {
    const vault = await quickVault()
    const keyring = documentKeyring(vault)
    const document = await newDocument(keyring, { text: 'a note' }, new Date())
    vault.masterKey.fill(0)
    await expect(newDocument(keyring, { text: 'late' }, new Date())).rejects.toEqual(locked)
    await expect(async () => openDocuments(keyring, [document])).rejects.toEqual(locked)
    expect(() => withSettings(vault, { name: 'late' }, new Date())).toThrow(locked)
  })

  test('of every change since the unlocking is gone, not only the last', async () => {
    const custodian = new Custodian()
    const keys: MasterKey[] = []
    await custodian.unlock(password)
    keys.push((await custodian.vault()).masterKey)
    await changePassword(custodian, password, 'another password of ours')
    keys.push((await custodian.vault()).masterKey)
    expect(new Set(keys).size).toBe(2)
    await custodian.lock()
    for (const key of keys) expect([...key]).toEqual(Array(32).fill(0))
  })
})
