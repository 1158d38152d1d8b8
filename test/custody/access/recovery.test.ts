// The desk's answers about ways back into the vault: the name, the test of the recovery key, shares. Every secret comes in
// as it is typed; nothing is kept of what was only proposed or tried.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { formatShare, makeShares, newSharesSecret, parseShare } from '../../../src/crypto/shares.ts'
import { recoveryHandlers } from '../../../src/custody/access/recovery.ts'
import { replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { rotateMasterKey } from '../../../src/custody/access/rotation.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import type { Vault } from '../../../src/keyring/vault.ts'
import type { Caller } from '../../../src/messages/handlers.ts'
import {
  another,
  anotherRecoveryKey,
  dump,
  emptyDevice,
  password,
  placeUnlocked,
  quickVault,
  recoveryKey,
  renewal,
  spellings,
  storedRow,
} from '../device.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const where = { tabId: 1, frameId: 0, documentId: null, tabUrl: null, inPrivate: false }
const asker: Caller = { role: 'options', origin: 'x', ...where }
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const names = ['Ada', 'Bo', 'Cy']

let quick: Vault
let custodian: Custodian
let told: number
beforeAll(async () => {
  quick = await quickVault()
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(quick)
  custodian = new Custodian()
  told = 0
})

function answers() {
  const all = recoveryHandlers(custodian, async (change) => {
    await change()
    told++
    return {}
  })
  return {
    news: () => all.getRecoveryStatus({}, asker),
    name: (vaultName: string) => all.nameVault({ vaultName }, asker),
    test: (key: string) => all.testRecoveryKey({ recoveryKey: key }, asker),
    later: () => all.postponeRecoveryTest({}, asker),
    propose: async (threshold: number, count: number) => (await all.proposeShares({ threshold, count }, asker)).shares,
    keep: (shares: string[], holders: string[] = names) => all.replaceShares({ shares, names: holders }, asker),
    remove: () => all.removeShares({}, asker),
    weigh: (...shares: string[]) => all.checkShares({ shares }, asker),
    recover: (shares: string[], next = another) => all.recoverByShares({ shares, password: next, strong: null }, asker),
  }
}

describe('the recovery key', () => {
  test('is tested in any spelling, and only that it was is noted', async () => {
    const { news, test: testKey } = answers()
    expect(await news()).toMatchObject({ testedAt: null })
    const before = await custodian.vault()
    await testKey(recoveryKey.toLowerCase().replaceAll('-', ' '))
    expect((await news()).testedAt).toMatch(/^\d{4}-.*Z$/)
    const after = await custodian.vault()
    expect(after.header.slots).toEqual(before.header.slots)
    const stamps = { 'setting:recoveryTestedAt': expect.any(Number) }
    expect(after.body).toEqual({ ...before.body, settings: { recoveryTestedAt: (await news()).testedAt }, stamps })
    expect(await dump()).not.toContain(recoveryKey)
  })

  test('that is wrong or mistyped, or a locked vault, notes nothing', async () => {
    const { test: testKey, news } = answers()
    const before = await storedRow()
    await expect(testKey(anotherRecoveryKey)).rejects.toEqual(code('wrong-secret'))
    await expect(testKey(recoveryKey.slice(1))).rejects.toEqual(code('mistyped'))
    await custodian.lock()
    await expect(testKey(recoveryKey)).rejects.toEqual(code('locked'))
    expect(await storedRow()).toEqual(before)
    expect(await news()).toMatchObject({ name: null, testedAt: null, testDue: false })
  })

  test('that is replaced has not been tested, and is asked for anew', async () => {
    const { test: testKey, later, news } = answers()
    await testKey(recoveryKey)
    await later()
    await replaceRecoveryKey(custodian, anotherRecoveryKey)
    expect(await news()).toMatchObject({ testedAt: null })
    expect((await custodian.vault()).body.settings).toEqual({})
  })
})

test('the vault has a name, which is cut of spaces and given back by leaving it empty', async () => {
  const { name, news } = answers()
  expect((await news()).name).toBeNull()
  await name('  Ada’s vault ')
  expect((await news()).name).toBe('Ada’s vault')
  await name(' ')
  expect((await news()).name).toBeNull()
  expect((await custodian.vault()).body.settings).toEqual({})
})

describe('shares', () => {
  test('that were only proposed are nobody’s, and written nowhere', async () => {
    const { propose, news, weigh } = answers()
    const before = await storedRow()
    const shares = await propose(2, 3)
    expect(await storedRow()).toEqual(before)
    expect((await news()).shares).toBeNull()
    expect((await weigh(...shares)).found).toEqual(shares.map(() => ({ kind: 'other-set' })))
    const lying = await dump()
    for (const share of shares) for (const spelt of spellings(share)) expect(lying).not.toContain(spelt)
  })

  test('that were handed out are known by number and name, and by nothing that opens', async () => {
    const { propose, keep, news } = answers()
    const shares = await propose(2, 3)
    await keep(shares, [' Ada Lovelace ', 'Bo of the hill'])
    expect((await news()).shares).toMatchObject({
      threshold: 2,
      count: 3,
      names: ['Ada Lovelace', 'Bo of the hill', ''],
      used: false,
    })
    expect(told).toBe(1)
    const lying = await dump()
    for (const share of shares) {
      const { point } = parseShare(share)
      for (const spelt of [...spellings(share), ...spellings(point)]) expect(lying).not.toContain(spelt)
    }
    for (const name of ['Lovelace', 'of the hill']) expect(lying).not.toContain(name)
    const once = await storedRow()
    await keep(shares, ['Ada Lovelace', 'Bo of the hill'])
    expect(await storedRow()).toEqual(once)
    await custodian.lock()
    expect((await news()).shares).toMatchObject({ threshold: 2, count: 3, names: null })
  })

  test('that are not the whole of one set are not kept', async () => {
    const { propose, keep, news } = answers()
    const [a = '', b = ''] = await propose(2, 3)
    await expect(keep([a, b])).rejects.toEqual(code('mistyped'))
    await expect(keep(['nonsense'])).rejects.toEqual(code('mistyped'))
    await expect(propose(3, 2)).rejects.toEqual(code('refused'))
    expect((await news()).shares).toBeNull()
  })

  test('set a new password, any two of three, and stay good until they are replaced', async () => {
    const { propose, keep, recover, news } = answers()
    const [a = '', b = '', c = ''] = await propose(2, 3)
    await keep([a, b, c])
    await custodian.lock()
    await recover([c.toLowerCase(), a.replaceAll('-', ' ')])
    expect(await vaultState(custodian)).toMatchObject({ vault: 'unlocked', renewRecovery: false })
    expect((await news()).shares).toMatchObject({ used: true })
    await custodian.lock()
    await expect(custodian.unlock(password)).rejects.toEqual(code('wrong-secret'))
    await custodian.unlock(another)
    await recover([b, c], password)
    const fresh = await propose(2, 2)
    await keep(fresh, ['Ada', 'Bo'])
    expect((await news()).shares).toMatchObject({ used: false, names: ['Ada', 'Bo'] })
    await expect(recover([a, b])).rejects.toEqual(code('wrong-secret'))
  })

  test('that are too few, of another set, mistyped, or with a password that is too short, change nothing', async () => {
    const { propose, keep, recover } = answers()
    const [a = '', b = '', c = ''] = await propose(2, 3)
    await keep([a, b, c])
    const [foreign = ''] = await propose(2, 3)
    const before = await storedRow()
    await expect(recover([a])).rejects.toEqual(code('wrong-secret'))
    await expect(recover([a, a])).rejects.toEqual(code('wrong-secret'))
    await expect(recover([a, foreign])).rejects.toEqual(code('wrong-secret'))
    await expect(recover([a, b.slice(1)])).rejects.toEqual(code('mistyped'))
    await expect(recover([a, b], 'short')).rejects.toEqual(code('weak-password'))
    expect(await storedRow()).toEqual(before)
  })

  test('that were taken back open nothing, and their holders are forgotten', async () => {
    const { propose, keep, remove, recover, news } = answers()
    const shares = await propose(2, 2)
    await keep(shares)
    await remove()
    const once = await storedRow()
    await remove()
    expect(await storedRow()).toEqual(once)
    expect((await news()).shares).toBeNull()
    expect((await custodian.vault()).body.settings).toEqual({})
    await expect(recover(shares)).rejects.toEqual(code('wrong-secret'))
  })
})

test('a new master key ends shares, and the test of the recovery key before it', async () => {
  const { propose, keep, recover, test: testKey, later, news } = answers()
  const shares = await propose(2, 2)
  await keep(shares, ['Ada', 'Bo'])
  await testKey(recoveryKey)
  await later()
  await rotateMasterKey(custodian, renewal())
  expect(await news()).toMatchObject({ shares: null, testedAt: null })
  expect((await custodian.vault()).body.settings?.recoveryNotNowAt).toBeUndefined()
  await expect(recover(shares)).rejects.toEqual(code('wrong-secret'))
})

describe('shares that a new master key has ended', () => {
  const ended = { at: expect.any(String), threshold: 2, names: ['Ada', 'Bo'] }

  test('are told of while the vault is open, until it is said that none are wanted', async () => {
    const { propose, keep, remove, news } = answers()
    await keep(await propose(2, 2), ['Ada', 'Bo'])
    expect((await news()).ended).toBeNull()
    await rotateMasterKey(custodian, renewal())
    expect(await news()).toMatchObject({ shares: null, ended })
    await custodian.lock()
    expect((await news()).ended).toBeNull()
    await custodian.unlock(password)
    await remove()
    expect((await news()).ended).toBeNull()
    const row = await storedRow()
    await remove()
    expect(await storedRow()).toEqual(row)
  })

  test('are told of no more once others are made', async () => {
    const { propose, keep, remove, news } = answers()
    await keep(await propose(2, 2), ['Ada', 'Bo'])
    await rotateMasterKey(custodian, renewal())
    await keep(await propose(2, 3), names)
    expect(await news()).toMatchObject({ shares: { count: 3 }, ended: null })
    await remove()
    expect(await news()).toMatchObject({ shares: null, ended: null })
  })
})

describe('shares that are typed in', () => {
  test('are weighed one by one while the vault is locked, and together once there are enough', async () => {
    const { propose, keep, weigh } = answers()
    const [a = '', b = '', c = ''] = await propose(2, 3)
    await keep([a, b, c])
    const [foreign = ''] = await propose(2, 3)
    await custodian.lock()
    const typo = `${a.startsWith('Q') ? 'P' : 'Q'}${a.slice(1)}`
    expect((await weigh(a, typo, a, foreign, 'ABC')).found).toEqual([
      { kind: 'good', index: 1 },
      { kind: 'group', group: 1 },
      { kind: 'twice', index: 1, same: true },
      { kind: 'other-set' },
      { kind: 'letter', group: 1 },
    ])
    expect((await weigh(a, a, foreign)).verdict).toEqual({ kind: 'few', needed: 2, wrong: [] })
    expect((await weigh(a, c)).verdict).toEqual({ kind: 'open', needed: 2, wrong: [] })
    expect(await vaultState(custodian)).toMatchObject({ vault: 'locked' })
  })

  test('and forged are told once there is one more than enough', async () => {
    const { propose, keep, weigh, recover } = answers()
    const [a = '', b = '', c = ''] = await propose(2, 3)
    await keep([a, b, c])
    const genuine = parseShare(b)
    const point = Uint8Array.from(genuine.point)
    point[0] = (point[0] ?? 0) ^ 1
    const forged = formatShare({ ...genuine, point })
    expect(await weigh(a, forged)).toEqual({
      found: [
        { kind: 'good', index: 1 },
        { kind: 'good', index: 2 },
      ],
      verdict: { kind: 'closed', needed: 2, wrong: [] },
    })
    expect((await weigh(a, forged, b)).found[2]).toEqual({ kind: 'twice', index: 2, same: false })
    expect((await weigh(a, forged, c)).verdict).toEqual({ kind: 'open', needed: 2, wrong: [2] })
    await recover([a, forged, c])
    expect(await vaultState(custodian)).toMatchObject({ vault: 'unlocked' })
  })

  test('of a vault that has none, or on a device without a vault, are of no set', async () => {
    const { weigh, news } = answers()
    const [share = ''] = (await makeShares(newSharesSecret(), 2, 2)).map(formatShare)
    expect(await weigh(share)).toEqual({
      found: [{ kind: 'other-set' }],
      verdict: { kind: 'few', needed: 2, wrong: [] },
    })
    await emptyDevice()
    await expect(new Custodian().vault()).rejects.toEqual(code('no-vault'))
    custodian = new Custodian()
    await expect(answers().weigh(share)).rejects.toEqual(code('no-vault'))
    await expect(news()).rejects.toBeDefined()
  })
})
