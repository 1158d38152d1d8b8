// Every write of every change of the vault is made to fail, one after the other and in each way there is. Whatever is
// found afterwards is the old state or the new, whole, and what the caller was told is true of it.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { parseRecovery } from '../../src/crypto/recovery.ts'
import { changePassword } from '../../src/custody/access/password.ts'
import { recover, replaceRecoveryKey } from '../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../src/custody/access/vaultState.ts'
import { Custodian } from '../../src/custody/vault/custodian.ts'
import { openByPassword } from '../../src/custody/vault/vaultRecord.ts'
import { codeOf } from '../../src/failure.ts'
import { recoveryFits, unlockWithRecovery, type Vault } from '../../src/keyring/vault.ts'
import { readVault } from '../../src/storage/vaults.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeVault,
  quickVault,
  recoveryKey,
  restartBrowser,
  rowOf,
  storedRow,
} from './device.ts'
import { breakWrite, type Fault, type Kind } from './faults.ts'
import { textsOf } from './textsOf.ts'

vi.mock('hash-wasm', () => import('./argon2.ts'))

let made: Vault
beforeAll(async () => {
  made = await quickVault({ ...leastCost, iterations: 11 }) // as much work as today's: not made stronger
})
let fault: Fault | null = null
beforeEach(emptyDevice)
afterEach(() => {
  fault?.mend()
  fault = null
})

/** Runs `change` with its n-th write failing. What it came to, and whether there was an n-th write. */
async function broken(nth: number, kind: Kind, change: () => Promise<unknown>, name?: string) {
  fault = breakWrite(nth, kind, name)
  const outcome = await change().then(
    () => 'done',
    (thrown: unknown) => codeOf(thrown, 'damaged'),
  )
  fault.mend()
  return { outcome, happened: fault.happened() }
}

/** The vault opens with this password in a background that knows nothing, and still opens what was sealed before. */
async function usable(secret: string, sealed: string | null): Promise<void> {
  await restartBrowser()
  const custodian = new Custodian()
  await custodian.unlock(secret)
  if (sealed !== null) expect((await textsOf(custodian).open(sealed)).text).toBe('kept')
  expect((await textsOf(custodian).open(await textsOf(custodian).seal('new', null))).text).toBe('new')
}

async function withSealed(): Promise<{ custodian: Custodian; sealed: string }> {
  await placeVault(made)
  const custodian = new Custodian()
  await custodian.unlock(password)
  return { custodian, sealed: await textsOf(custodian).seal('kept', null) }
}

describe.each(['lost', 'crash'] as const)('with any one write %s', (kind) => {
  test('making a vault leaves none, or one that is usable', async () => {
    let writes = 0
    for (let nth = 1; ; nth++, writes++) {
      await emptyDevice()
      const { outcome, happened } = await broken(nth, kind, () => new Custodian().create(password, recoveryKey))
      if (!happened) break
      const stored = await readVault()
      expect(outcome, `write ${nth}`).toBe(stored === null ? 'unavailable' : 'done')
      if (stored === null) await new Custodian().create(password, recoveryKey)
      await usable(password, null)
    }
    expect(writes).toBe(5)
  })

  test('changing the password leaves the old one or the new one, and says which', async () => {
    const { sealed } = await withSealed()
    let [now, next] = [password, another]
    let writes = 0
    for (let nth = 1; ; nth++, writes++) {
      const before = await storedRow()
      const { outcome, happened } = await broken(nth, kind, () => changePassword(new Custodian(), now, next))
      if (!happened) break
      const after = await storedRow()
      expect(outcome, `write ${nth}`).toBe(after.revision === before.revision ? 'unavailable' : 'done')
      if (outcome === 'done') [now, next] = [next, now]
      else expect(after).toEqual(before)
      await usable(now, sealed)
      expect(recoveryFits(after, parseRecovery(recoveryKey))).toBe(true)
    }
    expect(writes).toBe(5)
  })

  test('recovering leaves the old password or the new one, and the recovery key good', async () => {
    const { sealed } = await withSealed()
    let [now, next] = [password, another]
    let writes = 0
    for (let nth = 1; ; nth++, writes++) {
      const before = await storedRow()
      const { outcome, happened } = await broken(nth, kind, () => recover(new Custodian(), recoveryKey, next))
      if (!happened) break
      expect(outcome, `write ${nth}`).toBe((await storedRow()).revision === before.revision ? 'unavailable' : 'done')
      if (outcome === 'done') [now, next] = [next, now]
      await usable(now, sealed)
      expect(unlockWithRecovery(await storedRow(), parseRecovery(recoveryKey)).masterKey).toEqual(made.masterKey)
    }
    expect(writes).toBe(5)
  })

  test('replacing the recovery key leaves one of the two good, and says which', async () => {
    const { sealed } = await withSealed()
    let [now, next] = [recoveryKey, anotherRecoveryKey]
    let writes = 0
    for (let nth = 1; ; nth++, writes++) {
      const custodian = new Custodian()
      await custodian.unlock(password)
      await custodian.giveProof(openByPassword(password))
      const { outcome, happened } = await broken(nth, kind, () => replaceRecoveryKey(new Custodian(), next))
      if (!happened) break
      if (outcome === 'done') [now, next] = [next, now]
      else expect(outcome, `write ${nth}`).toBe('unavailable')
      const row = await storedRow()
      expect([recoveryFits(row, parseRecovery(now)), recoveryFits(row, parseRecovery(next))]).toEqual([true, false])
      await usable(password, sealed)
    }
    expect(writes).toBe(5)
  })

  test('unlocking, also a slot that is to be made stronger, leaves a vault that unlocks', async () => {
    const weak = await quickVault()
    let writes = 0
    for (let nth = 1; ; nth++, writes++) {
      await emptyDevice()
      await placeVault(weak)
      const { happened } = await broken(nth, kind, () => new Custodian().unlock(password))
      if (!happened) break
      await usable(password, null)
    }
    expect(writes).toBeGreaterThanOrEqual(5)
  })
})

test('a write that the browser undid for no reason of ours is made once more, and no more than that', async () => {
  const { custodian } = await withSealed()
  expect(await broken(1, 'lost', () => changePassword(custodian, password, another), 'AbortError')).toEqual({
    outcome: 'done',
    happened: true,
  })
  await usable(another, null)
  const before = await storedRow()
  expect((await broken(1, 'crash', () => changePassword(custodian, another, password), 'AbortError')).outcome).toBe(
    'unavailable',
  )
  expect(await storedRow()).toEqual(before)
})

describe('a full disk', () => {
  test('is told as `full`, and leaves the old state usable', async () => {
    const { sealed, custodian } = await withSealed()
    await custodian.giveProof(openByPassword(password))
    const changes = [
      () => changePassword(custodian, password, another),
      () => recover(custodian, recoveryKey, another),
      () => replaceRecoveryKey(custodian, anotherRecoveryKey),
    ]
    for (const change of changes) {
      for (const kind of ['refused', 'lost'] as const) {
        expect((await broken(1, kind, change, 'QuotaExceededError')).outcome).toBe('full')
        expect(await storedRow()).toEqual(rowOf(made))
        expect((await textsOf(custodian).open(sealed)).text).toBe('kept')
      }
    }
    await usable(password, sealed)
  })

  test.each([
    ['what was seen', 1, 'unlocked'],
    ['the cue', 2, 'unlocked'],
    ['the one half of the session', 3, 'locked'],
    ['the other half of the session', 4, 'locked'],
  ] as const)('that cannot hold %s keeps no vault closed', async (_what, nth, later) => {
    await placeVault(made)
    const custodian = new Custodian()
    const { outcome, happened } = await broken(nth, 'refused', () => custodian.unlock(password), 'QuotaExceededError')
    expect([outcome, happened]).toEqual(['done', true])
    expect((await vaultState(custodian)).vault).toBe('unlocked')
    // Where the session could not be kept, the vault is open for as long as the background lives.
    expect((await vaultState(new Custodian())).vault).toBe(later)
    await custodian.lock()
    expect((await vaultState(custodian)).vault).toBe('locked')
  })

  test('that holds nothing at all opens the vault, and locks it', async () => {
    await placeVault(made)
    const custodian = new Custodian()
    expect((await broken(1, 'crash', () => custodian.unlock(password), 'QuotaExceededError')).outcome).toBe('done')
    expect((await vaultState(custodian)).vault).toBe('unlocked')
  })

  test('from the very first write on leaves no half of a vault', async () => {
    const { outcome } = await broken(
      1,
      'crash',
      () => new Custodian().create(password, recoveryKey),
      'QuotaExceededError',
    )
    expect(outcome).toBe('full')
    expect((await vaultState(new Custodian())).vault).toBe('none')
  })
})
