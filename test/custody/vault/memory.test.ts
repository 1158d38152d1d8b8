// The vault with the real Argon2id, on devices that have the memory for it and on those that have not.

import { setFlagsFromString } from 'node:v8'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultCost, smallCost } from '../../../src/crypto/kdf.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { parseRecord } from '../../../src/keyring/record.ts'
import { passwordSlotCost } from '../../../src/keyring/vault.ts'
import { another, emptyDevice, password, placeVault, quickVault, recoveryKey, storedRow } from '../device.ts'

beforeEach(emptyDevice)
afterEach(() => setFlagsFromString('--wasm-max-mem-pages=65536'))

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })

describe('a device', () => {
  test('that has the memory makes its vault with 64 MiB and 3 passes, and unlocks by its password alone', async () => {
    const custodian = new Custodian()
    await custodian.create(password, recoveryKey)
    expect(passwordSlotCost(parseRecord(await storedRow()).header)).toEqual(defaultCost)
    await custodian.lock()
    await expect(custodian.unlock(another)).rejects.toEqual(code('wrong-secret'))
    await custodian.unlock(password)
    expect((await vaultState(custodian)).vault).toBe('unlocked')
  })

  test('that cannot give 64 MiB makes its vault with 32 MiB and 6 passes, says so in the slot, and unlocks', async () => {
    setFlagsFromString('--wasm-max-mem-pages=900') // 56 MiB
    const custodian = new Custodian()
    await custodian.create(password, recoveryKey)
    expect(passwordSlotCost(parseRecord(await storedRow()).header)).toEqual(smallCost)
    const revision = (await storedRow()).revision
    await custodian.lock()
    await custodian.unlock(password)
    expect((await vaultState(custodian)).vault).toBe('unlocked')
    // As much work as the usual cost: there is nothing to make stronger.
    setFlagsFromString('--wasm-max-mem-pages=65536')
    await custodian.unlock(password)
    expect((await storedRow()).revision).toBe(revision)
  })

  test('that cannot give the memory its vault asks for says `memory` and stays locked', async () => {
    await placeVault(await quickVault(defaultCost))
    setFlagsFromString('--wasm-max-mem-pages=900')
    const custodian = new Custodian()
    await expect(custodian.unlock(password)).rejects.toEqual(code('memory'))
    expect((await vaultState(custodian)).vault).toBe('locked')
  })
})
