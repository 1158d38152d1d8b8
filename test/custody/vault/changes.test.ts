// Changing the secrets of a vault: what holds afterwards and what does not, and that of two changes at once none is lost.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultCost, leastCost } from '../../../src/crypto/kdf.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { proposeRecoveryKey, recover, replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { atBestCost } from '../../../src/custody/vault/kdfCalibration.ts'
import { openByPassword } from '../../../src/custody/vault/vaultRecord.ts'
import {
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withBody,
  withNewPassword,
} from '../../../src/keyring/vault.ts'
import { altered } from '../../altered.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  place,
  placeVault,
  quickVault,
  recoveryKey,
  rowOf,
  rowsOf,
  storedRow,
} from '../device.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let strong: Vault
let quick: Vault
beforeAll(async () => {
  strong = await quickVault(defaultCost)
  quick = await quickVault()
})
beforeEach(async () => {
  await emptyDevice()
  await placeVault(strong)
})

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const state = async () => (await vaultState(new Custodian())).vault

describe('a changed password', () => {
  test('opens from then on, and the old one does not; all else stays', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    const sealed = await textsOf(custodian).seal('a text', null)
    await changePassword(custodian, password, another)
    expect((await textsOf(custodian).open(sealed)).text).toBe('a text')
    await custodian.lock()
    await expect(custodian.unlock(password)).rejects.toEqual(code('wrong-secret'))
    await custodian.unlock(another)
    expect((await textsOf(custodian).open(sealed)).text).toBe('a text')
    const row = await storedRow()
    const now = await unlockWithPassword(row, another)
    expect(now.masterKey).toEqual(strong.masterKey)
    expect(now.body).toEqual({ ...strong.body, stamps: now.body.stamps })
    expect(unlockWithRecovery(row, parseRecovery(recoveryKey)).masterKey).toEqual(strong.masterKey)
  })

  test('asks for no less work than the strongest before, on whatever device it is set', async () => {
    const before = { ...defaultCost, iterations: 5 }
    const header = (await withNewPassword(strong, password, before, new Date())).header
    expect(await atBestCost(async (cost) => cost, header)).toEqual(before)
    const slots = [...strong.header.slots, ...header.slots.filter(({ kind }) => kind === 'password')]
    expect(await atBestCost(async (cost) => cost, { slots })).toEqual(before)
    expect(await atBestCost(async (cost) => cost, strong.header)).toEqual(defaultCost)
  })

  test('is refused without the current one, and when it is too short; nothing changes', async () => {
    const before = await storedRow()
    const custodian = new Custodian()
    await expect(changePassword(custodian, another, 'a third password')).rejects.toEqual(code('wrong-secret'))
    await expect(changePassword(custodian, password, 'short')).rejects.toEqual(code('weak-password'))
    expect(await storedRow()).toEqual(before)
    expect(await state()).toBe('locked')
  })
})

describe('the recovery key', () => {
  test('sets a new password, stays good until it is replaced, and then is not', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    const sealed = await textsOf(custodian).seal('a text', null)
    await custodian.lock()
    await recover(custodian, recoveryKey, another)
    expect(await vaultState(custodian)).toMatchObject({ vault: 'unlocked', renewRecovery: true })
    expect((await textsOf(custodian).open(sealed)).text).toBe('a text')
    await expect(custodian.unlock(password)).rejects.toEqual(code('wrong-secret'))
    await recover(custodian, recoveryKey.toLowerCase().replaceAll('-', ' '), password)
    await replaceRecoveryKey(custodian, anotherRecoveryKey)
    expect(await vaultState(custodian)).toMatchObject({ vault: 'unlocked', renewRecovery: false })
    await expect(recover(custodian, recoveryKey, another)).rejects.toEqual(code('wrong-secret'))
    await recover(custodian, anotherRecoveryKey, another)
    expect((await textsOf(new Custodian()).open(sealed)).text).toBe('a text')
  })

  test('put in its own place does nothing the second time', async () => {
    const custodian = new Custodian()
    await recover(custodian, recoveryKey, another)
    await replaceRecoveryKey(custodian, anotherRecoveryKey)
    const once = [await storedRow(), await rowsOf('seen')]
    await replaceRecoveryKey(custodian, anotherRecoveryKey)
    await replaceRecoveryKey(new Custodian(), anotherRecoveryKey)
    expect([await storedRow(), await rowsOf('seen')]).toEqual(once)
  })

  test('that is mistyped or another’s, or a password that is too short, changes nothing', async () => {
    const before = await storedRow()
    const custodian = new Custodian()
    await expect(recover(custodian, anotherRecoveryKey, another)).rejects.toEqual(code('wrong-secret'))
    await expect(recover(custodian, recoveryKey.slice(1), another)).rejects.toEqual(code('mistyped'))
    await expect(recover(custodian, recoveryKey, 'short')).rejects.toEqual(code('weak-password'))
    await expect(replaceRecoveryKey(custodian, 'nonsense')).rejects.toEqual(code('mistyped'))
    expect(await storedRow()).toEqual(before)
    expect(await state()).toBe('locked')
  })
})

describe('a record that this device knows better than to believe', () => {
  const newer = () => withBody(strong, { ...strong.body, settings: { theme: 'dark' } }, new Date())

  test('is an older one: a rollback, whichever secret is tried, and nothing is written', async () => {
    await place(rowOf(strong), { revision: 2, cost: defaultCost })
    const custodian = new Custodian()
    await expect(custodian.unlock(password)).rejects.toEqual(code('rollback'))
    await expect(recover(custodian, recoveryKey, another)).rejects.toEqual(code('rollback'))
    await expect(changePassword(custodian, password, another)).rejects.toEqual(code('rollback'))
    expect(await storedRow()).toEqual(rowOf(strong))
  })

  test('is an older one also for a session that is still open', async () => {
    await placeVault(newer())
    await new Custodian().unlock(password)
    expect(await state()).toBe('unlocked')
    await place(rowOf(strong), { revision: 2, cost: defaultCost })
    expect(await state()).toBe('locked')
    await expect(new Custodian().unlock(password)).rejects.toEqual(code('rollback'))
  })

  test('is an older one that is labelled with a newer revision, or as another vault', async () => {
    await placeVault(newer())
    await new Custodian().unlock(password)
    for (const label of [{ revision: 2 }, { revision: 99 }, { vaultId: 'A'.repeat(22) }]) {
      const row = { ...rowOf(strong), ...label }
      await place(row, { revision: 2, cost: defaultCost })
      expect(await state()).toBe('locked')
      const custodian = new Custodian()
      await expect(custodian.unlock(password)).rejects.toEqual(code('damaged'))
      await expect(recover(custodian, recoveryKey, another)).rejects.toEqual(code('damaged'))
      expect(await storedRow()).toEqual(row)
    }
  })

  test('is one that asks for less work than was last seen: weakened', async () => {
    await place(rowOf(quick), { revision: 1, cost: { ...leastCost, iterations: 3 } })
    await expect(new Custodian().unlock(password)).rejects.toEqual(code('weakened'))
    await expect(changePassword(new Custodian(), password, another)).rejects.toEqual(code('weakened'))
    expect(await storedRow()).toEqual(rowOf(quick))
  })

  test('is damaged, and then an open session is locked and nothing is written', async () => {
    await new Custodian().unlock(password)
    const { body } = strong.record
    const row = { ...rowOf(strong), body: altered(body, -2) }
    await place(row, { revision: 1, cost: defaultCost })
    expect(await state()).toBe('locked')
    await expect(new Custodian().unlock(password)).rejects.toEqual(code('damaged'))
    expect(await storedRow()).toEqual(row)
  })
})

describe('a slot weaker than today’s', () => {
  test('is made stronger by the first unlocking, and is never taken weaker again', async () => {
    await placeVault(quick)
    const custodian = new Custodian()
    await custodian.unlock(password)
    const stronger = await storedRow()
    expect(stronger.revision).toBe(2)
    expect((await unlockWithPassword(stronger, password, defaultCost)).masterKey).toEqual(quick.masterKey)
    expect(await rowsOf('seen')).toContainEqual({
      vaultId: quick.vaultId,
      revision: 2,
      cost: expect.objectContaining(defaultCost),
    })
    // A record of the same vault, as new as can be, with the cheap slot again.
    const cheap = await withNewPassword(
      { ...quick, header: { ...quick.header, revision: 7 } },
      password,
      leastCost,
      new Date(),
    )
    await place(rowOf(cheap), { revision: 2, cost: defaultCost })
    await expect(new Custodian().unlock(password)).rejects.toEqual(code('weakened'))
  })

  test('is left alone by a wrong password and by a second unlocking', async () => {
    await placeVault(quick)
    const custodian = new Custodian()
    await expect(custodian.unlock(another)).rejects.toEqual(code('wrong-secret'))
    expect((await storedRow()).revision).toBe(1)
    await custodian.unlock(password)
    await custodian.unlock(password)
    expect((await storedRow()).revision).toBe(2)
  })
})

describe('two changes at once', () => {
  test('by one background are made one after the other', async () => {
    const custodian = new Custodian()
    await custodian.unlock(password)
    await custodian.giveProof(openByPassword(password))
    await Promise.all([changePassword(custodian, password, another), replaceRecoveryKey(custodian, anotherRecoveryKey)])
    const row = await storedRow()
    expect((await unlockWithPassword(row, another)).masterKey).toEqual(strong.masterKey)
    expect(unlockWithRecovery(row, parseRecovery(anotherRecoveryKey)).masterKey).toEqual(strong.masterKey)
  })

  test('by two: the later is a conflict, and nothing of the earlier is lost', async () => {
    const [one, two] = [new Custodian(), new Custodian()]
    await one.unlock(password)
    await two.unlock(password)
    for (const each of [one, two]) await each.giveProof(openByPassword(password))
    await replaceRecoveryKey(one, anotherRecoveryKey)
    await expect(replaceRecoveryKey(two, proposeRecoveryKey())).rejects.toEqual(code('conflict'))
    expect(unlockWithRecovery(await storedRow(), parseRecovery(anotherRecoveryKey)).masterKey).toEqual(strong.masterKey)
    const settled = await Promise.allSettled([
      changePassword(one, password, another),
      changePassword(two, password, 'a third password'),
    ])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(settled).toContainEqual({ status: 'rejected', reason: code('conflict') })
    const winner = settled[0]?.status === 'fulfilled' ? another : 'a third password'
    expect((await unlockWithPassword(await storedRow(), winner)).masterKey).toEqual(strong.masterKey)
  })
})
