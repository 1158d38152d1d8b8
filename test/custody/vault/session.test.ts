// The unlocked key over the death of the background: in two halves, of which neither is worth anything alone.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { MasterKey } from '../../../src/bytes.ts'
import { openSmall } from '../../../src/crypto/aead.ts'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { proposeRecoveryKey, recover, replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { dropSession, restoreSession, storeSession } from '../../../src/custody/vault/session.ts'
import { reopenVault, type Vault } from '../../../src/keyring/vault.ts'
import { database } from '../../../src/storage/database.ts'
import { altered } from '../../altered.ts'
import { another, emptyDevice, password, placeVault, quickVault, recoveryKey, sessionKey } from '../device.ts'
import { breakDisk, breakSession } from '../faults.ts'
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

const { session } = fakeBrowser.storage
const locked = expect.objectContaining({ code: 'locked' })

async function half(): Promise<{ vaultId: string; wrapped: number[] }> {
  const { session: stored } = await session.get('session')
  return stored as { vaultId: string; wrapped: number[] }
}
const state = { until: 1_795_000_000_000, provedUntil: 1_795_000_000_000, noticeIds: ['AAAAAAAAAAAA'] }
const keep = () => storeSession(made.vaultId, made.masterKey, state)

describe('the two halves', () => {
  test('together give the master key back to this vault', async () => {
    await keep()
    expect(await restoreSession(made.vaultId)).toEqual({ masterKey: made.masterKey, state })
  })

  test('give nothing to another vault, even one that says it is this', async () => {
    await keep()
    const other = altered(made.vaultId, 0)
    expect(await restoreSession(other)).toBeNull()
    await session.set({ session: { ...(await half()), vaultId: other } })
    expect(await restoreSession(other)).toBeNull()
  })

  test('give nothing when either is gone, altered, or from another unlocking', async () => {
    await keep()
    const { wrapped } = await half()
    const key = await sessionKey()
    await (await database()).delete('session', 'key')
    expect(await restoreSession(made.vaultId)).toBeNull()
    await keep()
    await session.remove('session')
    expect(await restoreSession(made.vaultId)).toBeNull()
    await keep()
    const fresh = await half()
    const altered = [
      { ...fresh, wrapped },
      { ...fresh, wrapped: fresh.wrapped.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) },
      { ...fresh, wrapped: fresh.wrapped.slice(1) },
      { ...fresh, wrapped: [] },
      { ...fresh, more: 1 },
      { ...fresh, until: undefined },
      { ...fresh, until: 'later' },
      { ...fresh, until: 1.5 },
      { ...fresh, until: [1] },
      { ...fresh, provedUntil: undefined },
      { ...fresh, provedUntil: 'later' },
      { ...fresh, noticeIds: [1] },
      'nonsense',
    ]
    for (const one of altered) {
      await session.set({ session: one })
      expect(await restoreSession(made.vaultId)).toBeNull()
    }
    await session.set({ session: fresh })
    expect(await restoreSession(made.vaultId)).toEqual({ masterKey: made.masterKey, state })
    if (key !== null) await (await database()).put('session', key, 'key')
    expect(await restoreSession(made.vaultId)).toBeNull()
  })

  test('are both dropped, and each also when the other cannot be', async () => {
    const both = async () => [(await half()) !== undefined, (await sessionKey()) !== null]
    await keep()
    await dropSession()
    expect(await both()).toEqual([false, false])
    await keep()
    const inSession = breakSession('remove', 'set', 'clear')
    await dropSession()
    expect(await both()).toEqual([true, false])
    const onDisk = breakDisk('delete', 'put')
    await expect(dropSession()).rejects.toEqual(expect.objectContaining({ code: 'unavailable' }))
    inSession.mend()
    await dropSession()
    expect(await both()).toEqual([false, false])
    onDisk.mend()
    await keep()
    const again = breakDisk('delete', 'put')
    await dropSession()
    expect(await both()).toEqual([false, true])
    again.mend()
  })

  test.each([
    { half: 'the session’s storage', broken: () => breakSession('remove'), other: () => breakDisk('delete', 'put') },
    {
      half: 'the session’s storage, with all that is in it',
      broken: () => breakSession('remove', 'set'),
      other: () => breakDisk('delete', 'put'),
    },
    { half: 'IndexedDB', broken: () => breakDisk('delete'), other: () => breakSession('remove', 'set', 'clear') },
  ])('are worthless once the one in $half could only be overwritten', async ({ broken, other }) => {
    await keep()
    const faults = [broken(), other()]
    await dropSession()
    for (const fault of faults) fault.mend()
    expect(await restoreSession(made.vaultId)).toBeNull()
  })
})

describe('the half in IndexedDB', () => {
  test('is a key that no code can read out, with which nothing but this can be done', async () => {
    await keep()
    const key = await sessionKey()
    expect(key).toMatchObject({
      extractable: false,
      usages: ['encrypt', 'decrypt'],
      algorithm: { name: 'AES-GCM', length: 256 },
    })
    if (key === null) throw new Error('expected a key')
    for (const format of ['raw', 'jwk'] as const) await expect(crypto.subtle.exportKey(format, key)).rejects.toThrow()
  })

  test('is another after each unlocking, and so is the other half', async () => {
    const custodian = new Custodian()
    const seen: { key: CryptoKey | null; wrapped: number[] }[] = []
    for (let nth = 0; nth < 2; nth++) {
      await custodian.unlock(password)
      seen.push({ key: await sessionKey(), wrapped: (await half()).wrapped })
    }
    const [one, two] = seen
    if (!one?.key || !two) throw new Error('expected two sessions')
    expect(two.wrapped).not.toEqual(one.wrapped)
    // The first key does not open the second half: they are different keys, not one key written twice.
    const bytes = Uint8Array.from(two.wrapped)
    const additionalData = new TextEncoder().encode(`fieldseal/v1/session|${made.vaultId}`)
    const open = (key: CryptoKey) =>
      crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData }, key, bytes.slice(12))
    await expect(open(one.key)).rejects.toThrow()
    expect(two.key && new Uint8Array(await open(two.key))).toEqual(made.masterKey)
  })
})

describe('the half in the session’s storage', () => {
  test('holds no 32 bytes that open the vault, wherever in it they are looked for', async () => {
    await keep()
    const bytes = Uint8Array.from((await half()).wrapped)
    const tried = []
    for (let at = 0; at + 32 <= bytes.length; at++) {
      const key = bytes.slice(at, at + 32)
      for (const one of [key, key.toReversed()]) {
        expect(() => reopenVault(made.record, one as MasterKey)).toThrow(expect.objectContaining({ code: 'damaged' }))
        expect(
          openSmall(one, Buffer.from(made.record.body, 'base64url'), new TextEncoder().encode(made.record.header)),
        ).toBeNull()
        tried.push(one)
      }
    }
    expect(tried.length).toBe(58)
  })
})

describe('a background that has died', () => {
  test('goes on unlocked while both halves are there, and is locked when either is gone', async () => {
    await new Custodian().unlock(password)
    const kept = await half()
    expect((await vaultState(new Custodian())).vault).toBe('unlocked')
    await session.clear()
    await expect(textsOf(new Custodian()).seal('x', null)).rejects.toEqual(locked)
    await session.set({ session: kept })
    expect((await vaultState(new Custodian())).vault).toBe('unlocked')
    await (await database()).clear('session')
    await expect(textsOf(new Custodian()).seal('x', null)).rejects.toEqual(locked)
  })

  test('goes on after the password was changed, the vault recovered and the recovery key replaced', async () => {
    const custodian = new Custodian()
    await recover(custodian, recoveryKey, another)
    expect(await vaultState(new Custodian())).toMatchObject({ vault: 'unlocked', renewRecovery: true })
    await replaceRecoveryKey(new Custodian(), proposeRecoveryKey())
    expect(await vaultState(new Custodian())).toMatchObject({ vault: 'unlocked', renewRecovery: false })
    await changePassword(new Custodian(), another, password)
    expect(await vaultState(new Custodian())).toMatchObject({ vault: 'unlocked', renewRecovery: false })
  })
})
