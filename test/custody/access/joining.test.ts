// A device without a vault: what it finds in the browser's sync, and what it takes to join. And a device with one, whose
// front desk keeps it in step.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { leastCost } from '../../../src/crypto/kdf.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { syncStateStore } from '../../../src/custody/sync/syncState.ts'
import { beginBackup } from '../../../src/keyring/backup.ts'
import { createVault, reopenVault, type Vault, withSettings } from '../../../src/keyring/vault.ts'
import type { Request } from '../../../src/messages/protocol.ts'
import { database } from '../../../src/storage/database.ts'
import { BrowserSync } from '../../../src/sync/browserSync.ts'
import { newDesk, ours } from '../backgrounds.ts'
import {
  another,
  anotherRecoveryKey,
  contentsOf,
  dump,
  emptyDevice,
  password,
  placeUnlocked,
  quickVault,
  recoveryKey,
  spellings,
  storedContents,
  storedRow,
} from '../device.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let made: Vault
let at: ReturnType<typeof newDesk>
const byPassword = { kind: 'password', password } as const
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const join = (ask: Partial<Request<'joinVault'>> = {}) =>
  at.answers.joinVault({ file: null, by: byPassword, ...ask }, ours)
const found = async () => (await at.answers.findVaultToJoin({}, ours)).found
const state = async () => (await at.answers.getVaultState({}, ours)).vault
const put = ({ record, vaultId, header }: Vault) =>
  new BrowserSync().write(record, { vaultId, revision: header.revision })

beforeAll(async () => {
  made = await quickVault()
})
beforeEach(async () => {
  await emptyDevice()
  at = newDesk()
})

describe('a device without a vault', () => {
  test('finds none, one that is arriving, one that can’t be read, or one to join', async () => {
    expect(await found()).toBe('nothing')
    await put(made)
    expect(await found()).toBe('vault')
    const items = await fakeBrowser.storage.sync.get(null)
    const piece = Object.keys(items).find((key) => key.startsWith('piece.')) as string
    await fakeBrowser.storage.sync.remove(piece)
    expect(await found()).toBe('arriving')
    await fakeBrowser.storage.sync.set({ [piece]: 'x' })
    expect(await found()).toBe('unreadable')
    await put({ ...made, record: { header: '{}', body: 'AAAA' } })
    expect(await found()).toBe('unreadable')
  })

  test('joins what lies there by its password, has it unlocked, and keeps in step from then on', async () => {
    await put(made)
    await join()
    expect(await state()).toBe('unlocked')
    expect(await storedContents(made)).toEqual(contentsOf(made))
    expect(await at.answers.getSyncStatus({}, ours)).toMatchObject({ on: true, status: { kind: 'in-step' } })
  })

  test('joins by the recovery key', async () => {
    await put(made)
    await join({ by: { kind: 'recovery', recoveryKey } })
    expect(await state()).toBe('unlocked')
  })

  test('joins by nothing else, and then nothing is stored', async () => {
    await put(made)
    const wrong = [
      [{ kind: 'password', password: another }, 'wrong-secret'],
      [{ kind: 'recovery', recoveryKey: anotherRecoveryKey }, 'wrong-secret'],
      [{ kind: 'recovery', recoveryKey: recoveryKey.slice(1) }, 'mistyped'],
    ] as const
    for (const [by, why] of wrong) await expect(join({ by })).rejects.toEqual(code(why))
    expect(await state()).toBe('none')
    expect((await syncStateStore.read()).on).toBe(false)
  })

  test('joins nothing that is not whole, and nothing that was altered', async () => {
    await expect(join()).rejects.toEqual(code('gone'))
    await put(made)
    await fakeBrowser.storage.sync.set({ manifest: { format: 'fieldseal/v2/sync' } })
    await expect(join()).rejects.toEqual(code('newer-version'))
    await fakeBrowser.storage.sync.set({ manifest: 'nonsense' })
    await expect(join()).rejects.toEqual(code('damaged'))
    const header = made.record.header.replace('"revision":1', '"revision":7')
    await put({ ...made, record: { ...made.record, header } })
    await expect(join()).rejects.toEqual(code('damaged'))
    expect(await state()).toBe('none')
  })

  test('that has had a later state of the vault joins no earlier one, nor one that is weaker', async () => {
    await put(made)
    await (await database()).put('seen', { vaultId: made.vaultId, revision: 2, cost: null })
    await expect(join()).rejects.toEqual(code('rollback'))
    await (await database()).put('seen', { vaultId: made.vaultId, revision: 1, cost: { ...leastCost, iterations: 3 } })
    await expect(join()).rejects.toEqual(code('weakened'))
    expect(await state()).toBe('none')
  })

  test('joins by a file with a record or a backup, and is in step with nobody then', async () => {
    const files = [
      JSON.stringify(made.record),
      JSON.stringify({ revision: 1, ...made.record }, null, 2),
      beginBackup(made.record, new Date()).line,
    ]
    for (const file of files) {
      await emptyDevice()
      at = newDesk()
      await join({ file })
      expect(await storedContents(made)).toEqual(contentsOf(made))
      expect((await syncStateStore.read()).on).toBe(false)
    }
    await emptyDevice()
    at = newDesk()
    for (const file of ['', 'a letter', '{}', '[1]', '{"header":"{}","body":""}', files[0]?.slice(0, 300) ?? ''])
      await expect(join({ file })).rejects.toEqual(code('damaged'))
  })

  test('does not lay the password down anywhere', async () => {
    await put(made)
    await join()
    const lying = await dump()
    for (const spelling of spellings(password)) expect(lying).not.toContain(spelling)
  })
})

describe('a device with a vault', () => {
  beforeEach(async () => {
    await placeUnlocked(made)
    at = newDesk()
  })

  test('is offered none to join, and joins none', async () => {
    const other = await createVault(
      { password, recovery: parseRecovery(anotherRecoveryKey), cost: leastCost },
      new Date(),
    )
    await put(other)
    expect(await found()).toBe('nothing')
    await expect(join()).rejects.toEqual(code('vault-exists'))
    await expect(join({ file: JSON.stringify(other.record) })).rejects.toEqual(code('vault-exists'))
    expect(await storedRow()).toMatchObject(made.record)
  })

  test('sends nothing before it was chosen, and each change from then on', async () => {
    await at.answers.changePassword({ current: password, next: another, strong: null }, ours)
    expect(await fakeBrowser.storage.sync.get(null)).toEqual({})
    await at.answers.setSync({ on: true }, ours)
    expect(await new BrowserSync().read()).toMatchObject({ manifest: { revision: 3 } })
    await at.answers.changePassword({ current: another, next: password, strong: null }, ours)
    await vi.waitFor(async () => expect(await new BrowserSync().read()).toMatchObject({ manifest: { revision: 4 } }))
    const { header, body } = await storedRow()
    expect(await new BrowserSync().read()).toMatchObject({ record: { header, body } })
  })

  test('takes in what another has sent at the unlock, and shows its windows that it is time to look', async () => {
    await at.answers.setSync({ on: true }, ours)
    await at.answers.lock({}, ours)
    await put(withSettings(made, { from: 'elsewhere' }, new Date()))
    at.desk.syncing.start('arrival')
    await vi.waitFor(async () =>
      expect((await at.answers.getSyncStatus({}, ours)).status).toEqual({ kind: 'waiting', why: 'locked' }),
    )
    await at.answers.unlock({ password }, ours)
    await vi.waitFor(async () => {
      const row = await storedRow()
      expect(reopenVault(row, made.masterKey).body.settings).toMatchObject({ from: 'elsewhere' })
    })
  })

  test('keeps what the browser’s sync holds when it is switched off, and takes it away when that is asked', async () => {
    await at.answers.setSync({ on: true }, ours)
    await at.answers.setSync({ on: false }, ours)
    expect(await new BrowserSync().read()).toMatchObject({ kind: 'record' })
    await at.answers.clearSyncedVault({}, ours)
    expect(await fakeBrowser.storage.sync.get(null)).toEqual({})
  })
})
