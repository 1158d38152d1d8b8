// The vault on this device from its making to its locking, and what is left of it where.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { recover, replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { unlockWithPassword, type Vault } from '../../../src/keyring/vault.ts'
import { database } from '../../../src/storage/database.ts'
import {
  another,
  anotherRecoveryKey,
  dump,
  emptyDevice,
  password,
  placeVault,
  quickVault,
  recoveryKey,
  restartBrowser,
  rowsOf,
  sessionKey,
  spellings,
  storedRow,
} from '../device.ts'
import { breakWrite } from '../faults.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let made: Vault
beforeAll(async () => {
  made = await quickVault(defaultCost)
})
beforeEach(emptyDevice)

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const { session } = fakeBrowser.storage
const locking = { at: expect.any(Number), sayFrom: expect.any(Number) }

async function unlocked(): Promise<Custodian> {
  await placeVault(made)
  const custodian = new Custodian()
  await custodian.unlock(password)
  return custodian
}

describe('a device', () => {
  test('has no vault until one is made, and it is unlocked then', async () => {
    const custodian = new Custodian()
    expect(await vaultState(custodian)).toEqual({
      vault: 'none',
      removed: false,
      unreadable: false,
      cue: null,
      renewRecovery: false,
      locking: null,
      backup: null,
      weakPassword: false,
    })
    await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(code('no-vault'))
    await expect(custodian.unlock(password)).rejects.toEqual(code('no-vault'))
    await expect(recover(custodian, recoveryKey, password)).rejects.toEqual(code('no-vault'))
    const cue = await custodian.create(password, recoveryKey)
    expect(await vaultState(custodian)).toEqual({
      vault: 'unlocked',
      cue,
      removed: false,
      unreadable: false,
      renewRecovery: false,
      locking,
      backup: { at: null, due: false },
      weakPassword: false,
    })
    expect((await textsOf(custodian).open(await textsOf(custodian).seal('a text', 'https://a.example'))).text).toBe(
      'a text',
    )
  })

  test('has one vault: a second is refused and changes nothing', async () => {
    const custodian = await unlocked()
    const before = [await storedRow(), await rowsOf('seen')]
    await expect(custodian.create(another, anotherRecoveryKey)).rejects.toEqual(code('vault-exists'))
    await expect(new Custodian().create(another, anotherRecoveryKey)).rejects.toEqual(code('vault-exists'))
    expect([await storedRow(), await rowsOf('seen')]).toEqual(before)
    expect((await vaultState(custodian)).vault).toBe('unlocked')
  })

  test('has one vault also when two are made at once', async () => {
    const both = [new Custodian().create(password, recoveryKey), new Custodian().create(another, anotherRecoveryKey)]
    const settled = await Promise.allSettled(both)
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(settled).toContainEqual({ status: 'rejected', reason: code('vault-exists') })
    await expect(
      new Custodian().unlock(settled[0]?.status === 'fulfilled' ? password : another),
    ).resolves.toBeUndefined()
  })

  test('makes no vault with a short password or a mistyped recovery key', async () => {
    const custodian = new Custodian()
    await expect(custodian.create('1234567', recoveryKey)).rejects.toEqual(code('weak-password'))
    await expect(custodian.create('e\u0301'.repeat(7), recoveryKey)).rejects.toEqual(code('weak-password'))
    await expect(custodian.create(password, `${recoveryKey.slice(0, -1)}1`)).rejects.toEqual(code('mistyped'))
    expect((await vaultState(custodian)).vault).toBe('none')
  })
})

describe('unlocking', () => {
  test('with a wrong password is refused, and it stays locked', async () => {
    await placeVault(made)
    const custodian = new Custodian()
    for (const wrong of [another, `${password} `, recoveryKey]) {
      await expect(custodian.unlock(wrong)).rejects.toEqual(code('wrong-secret'))
      expect((await vaultState(custodian)).vault).toBe('locked')
    }
    expect(await session.get(null)).toEqual({})
    expect(await sessionKey()).toBeNull()
  })

  test('with a wrong password does not lock what is unlocked', async () => {
    const custodian = await unlocked()
    await expect(custodian.unlock(another)).rejects.toEqual(code('wrong-secret'))
    expect((await vaultState(custodian)).vault).toBe('unlocked')
  })

  test('whose vault the browser has removed is told from one that never had any, and that ends with the next vault', async () => {
    await unlocked()
    await vaultState(new Custodian())
    // All that is noted of it outside the database.
    await vi.waitFor(async () => expect(await fakeBrowser.storage.local.get(null)).toEqual({ vaultWasHere: true }))
    await (await database()).clear('vault')
    expect(await vaultState(new Custodian())).toMatchObject({ vault: 'none', removed: true })
    await new Custodian().create(password, recoveryKey)
    expect(await vaultState(new Custodian())).toMatchObject({ removed: false })
  })

  test('that could not be made is not taken for one that the browser has removed', async () => {
    const fault = breakWrite(1, 'lost')
    await expect(new Custodian().create(password, recoveryKey)).rejects.toEqual(code('unavailable'))
    expect(fault.happened()).toBe(true)
    fault.mend()
    expect(await vaultState(new Custodian())).toMatchObject({ vault: 'none', removed: false })
    expect(await fakeBrowser.storage.local.get(null)).toEqual({})
  })

  test('shows the cue from then on, locked too', async () => {
    const custodian = await unlocked()
    const { cue } = await vaultState(custodian)
    expect(cue).toEqual(made.body.cue)
    await custodian.lock()
    expect(await vaultState(custodian)).toEqual({
      vault: 'locked',
      cue,
      removed: false,
      unreadable: false,
      renewRecovery: false,
      locking: null,
      backup: null,
      weakPassword: false,
    })
  })

  test('outlives the background and not the browser', async () => {
    const sealed = await textsOf(await unlocked()).seal('a text', null)
    expect((await textsOf(new Custodian()).open(sealed)).text).toBe('a text')
    await restartBrowser()
    await expect(textsOf(new Custodian()).open(sealed)).rejects.toEqual(code('locked'))
  })
})

describe('locking', () => {
  test('ends sealing and opening, here and in every later background, and leaves neither half', async () => {
    const custodian = await unlocked()
    const sealed = await textsOf(custodian).seal('a text', null)
    await custodian.lock()
    for (const one of [custodian, new Custodian()]) {
      await expect(textsOf(one).seal('x', null)).rejects.toEqual(code('locked'))
      await expect(textsOf(one).open(sealed)).rejects.toEqual(code('locked'))
      await expect(replaceRecoveryKey(one, anotherRecoveryKey)).rejects.toEqual(code('locked'))
      expect((await vaultState(one)).vault).toBe('locked')
    }
    expect(await session.get(null)).toEqual({})
    expect(await rowsOf('session')).toEqual([])
  })

  test('is followed by an unlocking that opens what was sealed before', async () => {
    const custodian = await unlocked()
    const sealed = await textsOf(custodian).seal('a text', null)
    await custodian.lock()
    await custodian.unlock(password)
    expect((await textsOf(custodian).open(sealed)).text).toBe('a text')
  })
})

describe('nothing that lies on the device', () => {
  test('is or holds the password, the recovery key, the master key or a text, locked or unlocked', async () => {
    const custodian = new Custodian()
    await custodian.create(password, recoveryKey)
    const { masterKey, body } = await unlockWithPassword(await storedRow(), password)
    await recover(custodian, recoveryKey, another)
    await replaceRecoveryKey(custodian, anotherRecoveryKey)
    await changePassword(custodian, another, 'a third password')
    await textsOf(custodian).seal('a private text', 'https://a.example')
    const secrets = [
      password,
      another,
      'a third password',
      ...[recoveryKey, anotherRecoveryKey].flatMap((key) => [key, key.replaceAll('-', ''), parseRecovery(key)]),
      masterKey,
      ...body.circles.flatMap(({ keys }) => keys.map(({ key }) => Buffer.from(key, 'base64url'))),
      'a private text',
    ].flatMap(spellings)
    const whileUnlocked = await dump()
    await custodian.lock()
    const whileLocked = await dump()
    expect(whileUnlocked).toContain('"wrapped":[')
    expect(whileUnlocked).toContain('wrappedKey')
    for (const secret of secrets)
      for (const lying of [whileUnlocked, whileLocked]) expect(lying.toLowerCase()).not.toContain(secret.toLowerCase())
  })
})

describe('many texts', () => {
  const asked = (...all: string[]) => all.map((sealed) => ({ sealed, origin: null }))
  const derivations = () => vi.spyOn(crypto.subtle, 'deriveBits')
  afterEach(() => vi.restoreAllMocks())

  test('are sealed and opened together, and one that is damaged fails alone', async () => {
    const custodian = await unlocked()
    const [one, two] = await textsOf(custodian).sealMany(['one', 'two'], 'https://example.com')
    const opened = await textsOf(custodian).openMany(asked(`${one}`, 'sealed1 of old', `${two}`))
    expect(opened).toMatchObject([{ text: 'one' }, { code: 'damaged' }, { text: 'two' }])
    await custodian.lock()
    await expect(textsOf(custodian).openMany(asked(`${one}`))).rejects.toEqual(code('locked'))
    await expect(textsOf(custodian).sealMany(['one'], null)).rejects.toEqual(code('locked'))
  })

  test('that were opened before open without a derivation, until a lock or another vault', async () => {
    const custodian = await unlocked()
    const sealed = await textsOf(custodian).seal('hello', null)
    await textsOf(custodian).open(sealed)
    const derived = derivations()
    expect((await textsOf(custodian).open(sealed)).text).toBe('hello')
    expect(derived).toHaveBeenCalledTimes(0)
    await changePassword(custodian, password, another)
    await textsOf(custodian).open(sealed)
    expect(derived).toHaveBeenCalledTimes(1)
    await custodian.lock()
    await custodian.unlock(another)
    await textsOf(custodian).open(sealed)
    expect(derived).toHaveBeenCalledTimes(2)
  })
})
