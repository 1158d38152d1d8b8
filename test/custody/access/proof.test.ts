// What could let somebody in for good, or takes texts out, at an unlocked vault: refused without a fresh proof, whichever entry
// or change it comes by. And what is told of new ways into the vault, from the next unlock on.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../../src/bytes.ts'
import { leastCost } from '../../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../../src/crypto/recovery.ts'
import { isLooser } from '../../../src/custody/vault/autoLock.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { openByPassword } from '../../../src/custody/vault/vaultRecord.ts'
import { beginBackup, endBackup } from '../../../src/keyring/backup.ts'
import { mergeVaults } from '../../../src/keyring/merge.ts'
import { withPasskey } from '../../../src/keyring/passkeys.ts'
import { rotateMasterKey } from '../../../src/keyring/rotation.ts'
import { newPasswordSlot } from '../../../src/keyring/slots.ts'
import { reopenVault, type Vault, withNewRecovery, withSettings } from '../../../src/keyring/vault.ts'
import type { Entry, Transfer } from '../../../src/messages/entry.ts'
import type { Caller, Handlers } from '../../../src/messages/handlers.ts'
import { type Name, protocol, type TransferName, transfers } from '../../../src/messages/protocol.ts'
import { asks, names, transferNames, transferSamples } from '../../messages/samples.ts'
import { newDesk, ours } from '../backgrounds.ts'
import {
  another,
  emptyDevice,
  password,
  placeUnlocked,
  placeVault,
  quickVault,
  recoveryKey,
  storedRow,
} from '../device.ts'
import { readAll, storeAll } from '../transferring.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const minute = 60_000
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const entry = (name: Name): Entry => protocol[name]
const transferEntry = (name: TransferName): Transfer => transfers[name]
const laptop = {
  credentialId: encodeBase64url(randomBytes(20)),
  salt: encodeBase64url(randomBytes(32)),
  prf: randomBytes(32) as PrfOutput,
}
const prf = () => [...laptop.prf]
const added = () => ({ name: 'Laptop', credentialId: laptop.credentialId, salt: laptop.salt, prf: prf() })

let made: Vault
let at: ReturnType<typeof newDesk>
beforeAll(async () => {
  made = await quickVault()
})
beforeEach(async () => {
  vi.useRealTimers()
  await emptyDevice()
  await placeUnlocked(made, undefined, false)
  at = newDesk()
})

const prove = (typed = password) => at.answers.proveByPassword({ password: typed, strong: null }, ours)
const unchanged = async () => {
  expect(await storedRow()).toMatchObject(made.record)
  expect(await fakeBrowser.storage.sync.get(null)).toEqual({})
}

describe('without a proof', () => {
  const needing = names.filter((name) => entry(name).proof !== undefined)

  test('these entries are refused', () => {
    expect(needing).toEqual([
      'replaceRecoveryKey',
      'setAutoLock',
      'restoreBackup',
      'addPasskey',
      'removePasskey',
      'replaceShares',
      'removeShares',
      'setSync',
      'acceptSyncedVault',
      'offerPairing',
      'acceptPairing',
    ])
    expect(transferNames.filter((name) => transferEntry(name).proof !== undefined)).toEqual(['exportTexts'])
    expect(needing.filter((name) => entry(name).proof === 'in-part')).toEqual([
      'setAutoLock',
      'restoreBackup',
      'setSync',
      'acceptSyncedVault',
      'acceptPairing',
    ])
  })

  const bySample = needing.filter((name) => !['restoreBackup', 'acceptPairing'].includes(name))
  test.each(bySample)('`%s` is refused, and nothing is changed', async (name) => {
    const answer = (at.answers as Partial<Handlers>)[name] as (ask: unknown, asker: Caller) => Promise<unknown>
    await expect(answer(structuredClone(asks[name]), ours)).rejects.toEqual(code('proof-needed'))
    await unchanged()
  })

  test('the transfer `exportTexts` is refused, at its start and from any cursor', async () => {
    const { request, cursor } = transferSamples.exportTexts
    await expect(readAll(at.transfers.exportTexts, request)).rejects.toEqual(code('proof-needed'))
    await expect(at.transfers.exportTexts.read(request, cursor, ours)).rejects.toEqual(code('proof-needed'))
  })

  test('a vault under a master key of somebody else’s takes the place of none, paired or restored', async () => {
    // Whoever comes by knows the vault's id, which lies in the clear, and the password of their own record.
    const slots = async (held: Parameters<typeof newPasswordSlot>[0]) => [
      await newPasswordSlot(held, another, leastCost, new Date()),
    ]
    const theirs = await rotateMasterKey(made, slots, new Date())
    const secret = { kind: 'password', password: another } as const
    await emptyDevice()
    await placeUnlocked(theirs)
    const { code: typed, parts } = await newDesk().answers.offerPairing({}, ours)
    const begun = beginBackup(theirs.record, new Date())
    const text = begun.line + endBackup(theirs, begun.chain, 0)

    await emptyDevice()
    await placeUnlocked(made, undefined, false)
    at = newDesk()
    const pairing = { code: typed, parts: parts.join('\n'), secret }
    await expect(at.answers.acceptPairing(pairing, ours)).rejects.toEqual(code('proof-needed'))
    const staged = { token: 'A'.repeat(22), pieces: 1, secret }
    await storeAll(at.transfers.stageBackup, { token: staged.token }, [{ text }])
    await expect(at.answers.restoreBackup(staged, ours)).rejects.toEqual(code('proof-needed'))
    await unchanged()
    await prove()
    await at.answers.acceptPairing(pairing, ours)
    expect((await storedRow()).revision).toBeGreaterThan(1)
  })

  test('no change of what opens the vault is stored, whoever asks for it', async () => {
    const custodian = new Custodian()
    const changes: ((vault: Vault) => Vault)[] = [
      (vault) => withPasskey(vault, laptop, 'Laptop', new Date()),
      (vault) => withNewRecovery(vault, newRecoverySecret(), new Date()),
    ]
    for (const change of changes) await expect(custodian.change(change)).rejects.toEqual(code('proof-needed'))
    await unchanged()
    // What another device has made was proved there.
    const theirs = withPasskey(made, laptop, 'Laptop', new Date())
    await custodian.takeIn((mine) => mergeVaults(mine, theirs, new Date()))
    expect((await custodian.vault()).header.slots.length).toBe(3)
  })

  test('what is no new way goes on as ever: naming, testing, a shorter time, sync off', async () => {
    await at.answers.nameVault({ vaultName: 'Mine' }, ours)
    await at.answers.testRecoveryKey({ recoveryKey }, ours)
    await at.answers.setAutoLock({ choice: { minutes: 60, onScreenLock: true, onLastWindow: true } }, ours)
    await at.answers.setSync({ on: false }, ours)
    await at.answers.proposeShares({ threshold: 2, count: 3 }, ours)
    await at.answers.changePassword({ current: password, next: another, strong: null }, ours)
  })

  test.each([
    [{ minutes: null }, true],
    [{ minutes: 240 }, true],
    [{ minutes: 60 }, false],
    [{ minutes: 1 }, false],
    [{ onScreenLock: false }, true],
    [{ onLastWindow: false }, true],
    [{}, false],
  ] as const)('of the choices for locking, %j from the usual needs one: %s', (change, needs) => {
    const usual = { minutes: 15, onScreenLock: true, onLastWindow: true } as const
    expect(isLooser({ ...usual, ...change }, usual)).toBe(needs)
    expect(isLooser(usual, { ...usual, ...change })).toBe(false)
  })
})

describe('a proof', () => {
  const holds = async (desk = at) => (await desk.answers.getProofState({}, ours)).holds

  test('by the password lets all of it go on', async () => {
    expect(await holds()).toBe(false)
    await prove()
    expect(await holds()).toBe(true)
    await at.answers.addPasskey(added(), ours)
    await at.answers.setAutoLock({ choice: { minutes: null, onScreenLock: false, onLastWindow: false } }, ours)
    await at.answers.removePasskey({ id: (await storedVault()).header.slots.at(-1)?.id ?? '' }, ours)
    expect((await storedVault()).header.slots.length).toBe(2)
  })

  test('by a passkey does so too, and what it gave is wiped', async () => {
    await emptyDevice()
    await placeUnlocked(withPasskey(made, laptop, 'Laptop', new Date()), undefined, false)
    at = newDesk()
    expect((await at.answers.getProofState({}, ours)).passkeys).toEqual([
      { credentialId: laptop.credentialId, salt: laptop.salt },
    ])
    const [given, wrong] = [prf(), prf().reverse()]
    const { credentialId } = laptop
    await expect(at.answers.proveByPasskey({ credentialId, prf: wrong }, ours)).rejects.toEqual(code('wrong-secret'))
    expect(await holds()).toBe(false)
    await at.answers.proveByPasskey({ credentialId, prf: given }, ours)
    expect(await holds()).toBe(true)
    for (const each of [given, wrong]) expect(each).toEqual(Array(32).fill(0))
  })

  test('is not given by another password, however many are tried at once, nor by unlocking', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 5 }, (_, nth) => prove(`guess number ${nth}`)))
    for (const tried of tries) expect(tried).toEqual({ status: 'rejected', reason: code('wrong-secret') })
    expect(await holds()).toBe(false)
    await at.desk.locking.lock()
    await expect(prove()).rejects.toEqual(code('locked'))
    await at.answers.unlock({ password }, ours)
    expect(await holds()).toBe(false)
  })

  test('ends after five minutes, also where the background dies in between, and no clock that is set back prolongs it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const start = Date.now()
    await prove()
    vi.setSystemTime(start + 4 * minute)
    at = newDesk()
    expect(await holds()).toBe(true)
    vi.setSystemTime(start - 1_000)
    expect(await holds()).toBe(false)
    vi.setSystemTime(start + 5 * minute)
    expect(await holds()).toBe(false)
    expect(await holds(newDesk())).toBe(false)
    await expect(at.answers.addPasskey(added(), ours)).rejects.toEqual(code('proof-needed'))
    vi.useRealTimers()
  })

  test('ends with a lock, also one that comes while it is tried', async () => {
    await prove()
    await at.desk.locking.lock()
    await at.answers.unlock({ password }, ours)
    expect(await holds()).toBe(false)
    const proving = prove().catch((thrown: unknown) => thrown)
    await at.desk.locking.lock()
    expect(await proving).toEqual(code('locked'))
    await at.answers.unlock({ password }, ours)
    expect(await holds()).toBe(false)
  })

  test('is given with a change that its own secret made: a new recovery key follows on recovering', async () => {
    await at.desk.locking.lock()
    await at.answers.recover({ recoveryKey, password: another, strong: true }, ours)
    expect(await holds()).toBe(true)
    await at.answers.replaceRecoveryKey(await at.answers.proposeRecoveryKey({}, ours), ours)
  })

  test('is what the password for a record in the browser’s sync counts as, where it is that of this vault', async () => {
    await at.answers.acceptSyncedVault({ password }, ours)
    expect(await holds()).toBe(true)
  })
})

async function storedVault(): Promise<Vault> {
  return reopenVault(await storedRow(), made.masterKey)
}

describe('of a new way into the vault', () => {
  const told = async (desk = at) => (await desk.answers.listAccessNotices({}, ours)).notices
  const kinds = async () => (await told()).map(({ kind, name }) => [kind, name])
  const confirm = async () =>
    at.answers.confirmAccessNotices({ ids: (await storedNotices()).map(({ id }) => id) }, ours)
  const storedNotices = async () => {
    const { header, body } = await storedVault()
    const events = Object.keys(body.settings ?? {}).map((name) => ({ id: name.replace('access:', '') }))
    return [...header.slots, ...events]
  }
  const again = async (by: 'password' | 'passkey' = 'password') => {
    await at.desk.locking.lock()
    at = newDesk()
    if (by === 'password') await at.answers.unlock({ password }, ours)
    else await at.answers.unlockByPasskey({ credentialId: laptop.credentialId, prf: prf() }, ours)
  }

  test('the person is told at the next unlock, until they say that it was they', async () => {
    await prove()
    await at.answers.addPasskey(added(), ours)
    expect(await told()).toEqual([])
    await again()
    expect(await kinds()).toEqual([['passkey', 'Laptop']])
    await again()
    expect(await kinds()).toEqual([['passkey', 'Laptop']])
    await confirm()
    expect(await told()).toEqual([])
    await again()
    expect(await told()).toEqual([])
  })

  test('nothing is confirmed by who has just made it, nor after unlocking with that very way', async () => {
    await prove()
    await at.answers.addPasskey(added(), ours)
    await confirm()
    await again('passkey')
    expect(await told()).toEqual([])
    await confirm()
    at = newDesk()
    await confirm()
    await again()
    expect(await kinds()).toEqual([['passkey', 'Laptop']])
  })

  test('every kind is told', async () => {
    await prove()
    const { recoveryKey: fresh } = await at.answers.proposeRecoveryKey({}, ours)
    await at.answers.replaceRecoveryKey({ recoveryKey: fresh }, ours)
    const { shares } = await at.answers.proposeShares({ threshold: 2, count: 3 }, ours)
    await at.answers.replaceShares({ shares, names: [] }, ours)
    await at.answers.addPasskey(added(), ours)
    await at.answers.changePassword({ current: password, next: another, strong: null }, ours)
    await at.answers.offerPairing({}, ours)
    await at.answers.setSync({ on: true }, ours)
    await again('passkey')
    expect((await kinds()).map(([kind]) => kind).sort()).toEqual(['paired', 'password', 'recovery', 'shares', 'synced'])
    await confirm()
    expect(await told()).toEqual([])
  })

  test('a vault that was just made has nothing to tell', async () => {
    await emptyDevice()
    at = newDesk()
    const { recoveryKey: fresh } = await at.answers.proposeRecoveryKey({}, ours)
    await at.answers.createVault({ password, strong: true, recoveryKey: fresh }, ours)
    await again()
    expect(await told()).toEqual([])
  })

  test('another device is told too, and once it was confirmed there, nobody is', async () => {
    const mine = withPasskey(made, laptop, 'Laptop', new Date())
    await emptyDevice()
    await placeVault(mergeVaults(made, mine, new Date()))
    at = newDesk()
    await at.answers.unlock({ password }, ours)
    expect(await kinds()).toEqual([['passkey', 'Laptop']])
    await at.answers.confirmAccessNotices({ ids: (await told()).map(({ id }) => id) }, ours)
    const there = await storedVault()
    await emptyDevice()
    await placeVault(mergeVaults(withSettings(mine, { name: 'Mine' }, new Date()), there, new Date()))
    at = newDesk()
    await at.answers.unlock({ password }, ours)
    expect(await told()).toEqual([])
  })

  test('a device that a vault is brought to tells of it on the others', async () => {
    const begun = beginBackup(made.record, new Date())
    const text = begun.line + endBackup(made, begun.chain, 0)
    await emptyDevice()
    at = newDesk()
    await at.answers.joinVault({ file: text, by: { kind: 'password', password } }, ours)
    expect(await told()).toEqual([])
    const there = await storedVault()
    await emptyDevice()
    await placeVault(mergeVaults(withSettings(made, { name: 'Mine' }, new Date()), there, new Date()))
    at = newDesk()
    await at.answers.unlock({ password }, ours)
    expect(await kinds()).toEqual([['joined', null]])
  })
})

describe('whether the password is strong', () => {
  test('is one bit inside, is told where it is not, and ends with that password', async () => {
    const weak = async () => (await at.answers.getVaultState({}, ours)).weakPassword
    expect(await weak()).toBe(false)
    await at.answers.proveByPassword({ password, strong: false }, ours)
    expect(await weak()).toBe(true)
    const { length } = (await storedRow()).body
    await at.answers.proveByPassword({ password, strong: true }, ours)
    expect(await weak()).toBe(false)
    expect((await storedRow()).body.length).toBe(length)
    await at.answers.proveByPassword({ password, strong: false }, ours)
    expect((await storedRow()).header).not.toMatch(/strong|strength/i)
    await at.desk.locking.lock()
    expect(await weak()).toBe(false)
    await at.answers.unlock({ password }, ours)
    expect(await weak()).toBe(true)
    await at.answers.changePassword({ current: password, next: another, strong: true }, ours)
    expect(await weak()).toBe(false)
  })

  test('is not said by whoever does not know it', async () => {
    await expect(at.answers.proveByPassword({ password: another, strong: false }, ours)).rejects.toEqual(
      code('wrong-secret'),
    )
    await unchanged()
  })
})

test('a secret that opens another vault proves nothing here', async () => {
  const custodian = new Custodian()
  const foreign = await quickVault()
  await expect(custodian.giveProof(async () => reopenVault(foreign.record, foreign.masterKey))).rejects.toEqual(
    code('wrong-secret'),
  )
  expect(await custodian.isProved()).toBe(false)
  await custodian.giveProof(openByPassword(password))
  expect(await custodian.isProved()).toBe(true)
})
