import { beforeAll, describe, expect, test } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { openText, sealText } from '../../src/crypto/text.ts'
import { allKeys, newestPersonal } from '../../src/keyring/circles.ts'
import { newDocument, openDocument, reencryptDocument, rewriteDocument } from '../../src/keyring/documents.ts'
import { masterEpochOf, pastMasterKeys } from '../../src/keyring/masterKeyHistory.ts'
import { documentKeyring, rotateCircle, rotateMasterKey } from '../../src/keyring/rotation.ts'
import { newPasswordSlot, newRecoverySlot } from '../../src/keyring/slots.ts'
import {
  createVault,
  reopenVault,
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withBody,
} from '../../src/keyring/vault.ts'
import { isWrappedNow } from './devices.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const later = new Date('2026-12-01T08:30:00.500Z')
const [oldRecovery, newRecovery] = [newRecoverySecret(), newRecoverySecret()]
const damaged = expect.objectContaining({ code: 'damaged' })
const wrongSecret = expect.objectContaining({ code: 'wrong-secret' })
const cost = leastCost
let before: Vault
let after: Vault

const rotate = (vault: Vault) =>
  rotateMasterKey(
    vault,
    async (held) => [await newPasswordSlot(held, 'password', cost, later), newRecoverySlot(held, newRecovery, later)],
    later,
  )

beforeAll(async () => {
  before = await createVault({ password: 'password', recovery: oldRecovery, cost }, now)
  after = await rotate(before)
})

describe('a new master key', () => {
  test('opens the vault by the slots that were made for it, and by no other', async () => {
    expect(after.masterKey).not.toEqual(before.masterKey)
    expect(await unlockWithPassword(after.record, 'password')).toEqual(after)
    expect(unlockWithRecovery(after.record, newRecovery)).toEqual(after)
    expect(() => unlockWithRecovery(after.record, oldRecovery)).toThrow(wrongSecret)
    expect(() => reopenVault(after.record, before.masterKey)).toThrow(damaged)
  })

  test('leaves circles, cue and settings, counts itself, and keeps the keys before it', async () => {
    const { circles, cue, settings } = before.body
    expect(after.body).toMatchObject({ circles, cue, settings, masterRotatedAt: later.toISOString() })
    expect(after.header).toMatchObject({ revision: 2, updatedAt: later.toISOString() })
    const twice = await rotate(after)
    expect([before, after, twice].map(({ body }) => masterEpochOf(body))).toEqual([1, 2, 3])
    expect(pastMasterKeys(twice.body)).toEqual([before.masterKey, after.masterKey])
  })

  test('opens what was sealed as a document before, and gives it a new key when it is written again', async () => {
    const old = await newDocument(documentKeyring(before), { text: 'long ago' }, now)
    const keyring = documentKeyring(after)
    expect((await openDocument(keyring, old)).content).toEqual({ text: 'long ago' })
    expect(isWrappedNow(keyring, old)).toBe(false)
    const rekeyed = await reencryptDocument(keyring, old, later)
    const rewritten = await rewriteDocument(keyring, old, { text: 'long ago' }, later)
    // A new key alone is no change of what a document says.
    expect([rekeyed.updatedAt, rewritten.updatedAt]).toEqual([now, later].map((date) => date.toISOString()))
    for (const next of [rekeyed, rewritten]) {
      expect(next).toMatchObject({ id: old.id, revision: 2, keyCreatedAt: later.toISOString() })
      expect(isWrappedNow(keyring, next)).toBe(true)
      expect((await openDocument(keyring, next)).content).toEqual({ text: 'long ago' })
      await expect(openDocument(documentKeyring(before), next)).rejects.toThrow(damaged)
    }
  })

  test('opens no document of a vault that it never had', async () => {
    const other = await createVault({ password: 'password', recovery: oldRecovery, cost }, now)
    const foreign = await newDocument(documentKeyring(other), { text: 'not ours' }, now)
    await expect(openDocument(documentKeyring(after), foreign)).rejects.toThrow(damaged)
    await expect(reencryptDocument(documentKeyring(after), foreign, later)).rejects.toThrow(damaged)
  })
})

describe('a new epoch of a circle', () => {
  test('is what texts are sealed under from then on, and older texts go on opening', async () => {
    const text = { text: 'as before', minutes: 1, origin: null }
    const old = await sealText(newestPersonal(before.body), text)
    const body = rotateCircle(before.body, 'personal', later)
    expect(newestPersonal(body)).not.toEqual(newestPersonal(before.body))
    const sealed = await sealText(newestPersonal(body), text)
    for (const one of [old, sealed]) expect((await openText(allKeys(body), one)).text).toBe('as before')
    await expect(openText(allKeys(before.body), sealed)).rejects.toMatchObject({ code: 'not-for-us' })
    expect(withBody(before, body, later).body.circles).toEqual(body.circles)
  })

  test('is dated after the one before it, also when the clock was set back', () => {
    const body = rotateCircle(rotateCircle(before.body, 'personal', new Date(0)), 'personal', new Date(0))
    const keys = body.circles[0]?.keys ?? []
    expect(keys.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(keys.map(({ createdAt }) => Date.parse(createdAt) - now.getTime())).toEqual([0, 1, 2])
  })
})
