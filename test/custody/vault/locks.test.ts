// A lock is never undone by what was asked for before it, wherever that stands when the lock comes. The work is held at
// chosen points, so that every order of events is tried and not only the likely one.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { TextKeys } from '../../../src/crypto/textKeys.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { recover, replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import type { Vault } from '../../../src/keyring/vault.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeVault,
  quickVault,
  recoveryKey,
  rowOf,
  rowsOf,
  storedRow,
} from '../device.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let made: Vault
beforeAll(async () => {
  made = await quickVault(defaultCost)
})
beforeEach(async () => {
  await emptyDevice()
  await placeVault(made)
})
afterEach(() => vi.restoreAllMocks())

const { session } = fakeBrowser.storage
const locked = expect.objectContaining({ code: 'locked' })

/** Holds every call of one function until it is let go. */
function held(owner: object, verb: string) {
  const verbs = owner as Record<string, (...args: unknown[]) => Promise<unknown>>
  const original = verbs[verb]
  if (original === undefined) throw new TypeError(`expected a function named ${verb}`)
  const reached = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  vi.spyOn(verbs, verb).mockImplementation(async (...args) => {
    reached.resolve()
    await letGo.promise
    return Reflect.apply(original, owner, args)
  })
  return { reached: reached.promise, letGo: () => letGo.resolve() }
}

/** Locked here, and for every background that comes after, with nothing left of the session. */
async function isLocked(custodian: Custodian): Promise<void> {
  expect((await vaultState(custodian)).vault).toBe('locked')
  await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(locked)
  expect((await vaultState(new Custodian())).vault).toBe('locked')
  expect(await session.get(null)).toEqual({})
  expect(await rowsOf('session')).toEqual([])
}

describe('a lock wins over', () => {
  const asked: readonly [string, (custodian: Custodian) => Promise<unknown>][] = [
    ['an unlocking', (custodian) => custodian.unlock(password)],
    ['a change of password', (custodian) => changePassword(custodian, password, another)],
    ['a recovery', (custodian) => recover(custodian, recoveryKey, another)],
  ]

  test.each(asked)('%s at work on the password: it fails, and changes nothing', async (_what, ask) => {
    const custodian = new Custodian()
    const asking = ask(custodian).catch((thrown: unknown) => thrown)
    await custodian.lock()
    expect(await asking).toEqual(locked)
    expect(await storedRow()).toEqual(rowOf(made))
    await isLocked(custodian)
  })

  test.each(asked)('%s about to make the session’s key', async (_what, ask) => {
    const custodian = new Custodian()
    const { reached, letGo } = held(crypto.subtle, 'generateKey')
    const asking = ask(custodian).catch((thrown: unknown) => thrown)
    await reached
    const locking = custodian.lock()
    letGo()
    await Promise.all([asking, locking])
    await isLocked(custodian)
  })

  test.each(asked)('%s about to keep its half, also when someone looks in between', async (_what, ask) => {
    const custodian = new Custodian()
    const { reached, letGo } = held(session, 'set')
    const asking = ask(custodian).catch((thrown: unknown) => thrown)
    await reached
    const locking = custodian.lock()
    letGo()
    const looks = await Promise.all(Array.from({ length: 5 }, () => custodian.unlockedVault()))
    await Promise.all([asking, locking])
    expect(looks).toEqual([null, null, null, null, null])
    await isLocked(custodian)
  })

  test('what was asked for before it and had not begun', async () => {
    const custodian = new Custodian()
    const asking = Promise.allSettled([
      custodian.unlock(password),
      custodian.unlock(password),
      replaceRecoveryKey(custodian, anotherRecoveryKey),
      changePassword(custodian, password, another),
    ])
    await custodian.lock()
    expect((await asking).map((result) => result.status === 'rejected' && result.reason)).toEqual(Array(4).fill(locked))
    expect(await storedRow()).toEqual(rowOf(made))
    await isLocked(custodian)
  })

  test('the making of a vault', async () => {
    await emptyDevice()
    const custodian = new Custodian()
    const making = custodian.create(password, recoveryKey)
    await custodian.lock()
    await expect(making).rejects.toEqual(locked)
    expect((await vaultState(custodian)).vault).toBe('none')
  })

  test('a background that is just taking up the session', async () => {
    await new Custodian().unlock(password)
    const custodian = new Custodian()
    const { reached, letGo } = held(crypto.subtle, 'decrypt')
    const looking = custodian.unlockedVault()
    await reached
    const locking = custodian.lock()
    letGo()
    await locking
    expect(await looking).toBeNull()
    await isLocked(custodian)
  })

  test('whoever asks while it is dropping the session', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    const { reached, letGo } = held(session, 'remove')
    const locking = custodian.lock()
    await reached
    await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(locked)
    expect((await vaultState(custodian)).vault).toBe('locked')
    letGo()
    await locking
    await isLocked(custodian)
  })

  test('whoever asks while it is dropping the one half that it can', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    const deleting = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError')
    })
    const { reached, letGo } = held(session, 'remove')
    const locking = custodian.lock()
    await reached
    expect((await vaultState(custodian)).vault).toBe('locked')
    letGo()
    await locking
    for (const one of [custodian, new Custodian()]) expect((await vaultState(one)).vault).toBe('locked')
    deleting.mockRestore()
  })
})

describe('a lock', () => {
  test('does not hinder the next unlocking', async () => {
    const custodian = new Custodian()
    const asking = custodian.unlock(password).catch((thrown: unknown) => thrown)
    const locking = custodian.lock()
    const next = custodian.unlock(password)
    await Promise.all([asking, locking, next])
    expect((await vaultState(custodian)).vault).toBe('unlocked')
    expect((await vaultState(new Custodian())).vault).toBe('unlocked')
  })

  test('wipes the keys that were derived for opened texts, at its end', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    const texts = textsOf(custodian)
    const wiping = vi.spyOn(TextKeys.prototype, 'wipe')
    const finding = vi.spyOn(TextKeys.prototype, 'find')
    await texts.open(await texts.seal('x', null))
    expect(wiping).not.toHaveBeenCalled()
    await custodian.lock()
    expect(wiping.mock.contexts).toEqual([finding.mock.contexts[0]])
  })

  test('that comes when a change is already stored leaves the change, and is locked', async () => {
    const custodian = new Custodian()
    const { reached, letGo } = held(crypto.subtle, 'generateKey')
    const asking = changePassword(custodian, password, another)
    await reached
    const locking = custodian.lock()
    letGo()
    await expect(asking).resolves.toBeUndefined()
    await locking
    await isLocked(custodian)
    await custodian.unlock(another)
    expect((await storedRow()).revision).toBe(2)
  })
})

describe('a change of the vault', () => {
  test('counts before what was read of it earlier', async () => {
    await new Custodian().unlock(password)
    const custodian = new Custodian()
    const { reached, letGo } = held(crypto.subtle, 'decrypt')
    const reading = custodian.unlockedVault()
    await reached
    await changePassword(custodian, password, another)
    letGo()
    expect((await reading)?.header.revision).toBe(2)
    await expect(replaceRecoveryKey(custodian, anotherRecoveryKey)).resolves.toBeUndefined()
  })
})
