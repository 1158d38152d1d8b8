// Passkeys in custody: unlocking, adding, naming and removing as our windows ask for it, and the list of ways in. What a
// passkey gave is wiped, and lies nowhere.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../../src/bytes.ts'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { passkeyHandlers } from '../../../src/custody/access/passkeys.ts'
import { changePassword } from '../../../src/custody/access/password.ts'
import { recover } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { codeOf } from '../../../src/failure.ts'
import { withPasskey } from '../../../src/keyring/passkeys.ts'
import { unlockWithRecovery, type Vault, withBody, withSlots } from '../../../src/keyring/vault.ts'
import type { Caller } from '../../../src/messages/handlers.ts'
import { altered } from '../../altered.ts'
import { argon2id } from '../argon2.ts'
import {
  another,
  dump,
  emptyDevice,
  password,
  place,
  placeUnlocked,
  placeVault,
  quickVault,
  recoveryKey,
  restartBrowser,
  rowOf,
  rowsOf,
  spellings,
  storedRow,
} from '../device.ts'
import { breakWrite } from '../faults.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const credentialId = encodeBase64url(randomBytes(20))
const salt = encodeBase64url(randomBytes(32))
const secret = randomBytes(32) as PrfOutput
const prf = () => [...secret]
const now = new Date('2026-11-26T02:00:00.000Z')
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const asker = { role: 'options' } as Caller

let plain: Vault
let vault: Vault
let passkeyId: string
beforeAll(async () => {
  plain = await quickVault(defaultCost)
  vault = withPasskey(plain, { credentialId, salt, prf: secret }, 'Laptop', now)
  passkeyId = vault.header.slots.at(-1)?.id ?? ''
})
beforeEach(emptyDevice)

/** A background, as our windows know it. */
function background() {
  const custodian = new Custodian()
  const answers = passkeyHandlers(custodian, async (change) => {
    await change()
    return {}
  })
  const state = async () => (await vaultState(custodian)).vault
  return {
    custodian,
    state,
    unlock: (given = prf(), id = credentialId) => answers.unlockByPasskey({ credentialId: id, prf: given }, asker),
    add: (name = 'Laptop', given = prf()) => answers.addPasskey({ name, credentialId, salt, prf: given }, asker),
    rename: (name: string, id = passkeyId) => answers.renamePasskey({ id, name }, asker),
    remove: (id = passkeyId) => answers.removePasskey({ id }, asker),
    prove: (id = passkeyId, given = prf()) => answers.checkPasskey({ id, prf: given }, asker),
    ways: async () => (await answers.listUnlockMethods({}, asker)).methods,
  }
}

describe('unlocking by a passkey', () => {
  test('opens what was sealed before, and outlives the background like any unlocking', async () => {
    await placeUnlocked(vault)
    const sealed = await textsOf(new Custodian()).seal('a text', null)
    await new Custodian().lock()
    const { unlock, state } = background()
    expect(await state()).toBe('locked')
    await unlock()
    expect((await textsOf(new Custodian()).open(sealed)).text).toBe('a text')
    await restartBrowser()
    expect(await background().state()).toBe('locked')
  })

  test('that fails says wrong-secret, whatever it is that does not fit, and leaves the vault locked', async () => {
    await placeVault(vault)
    const { unlock, state } = background()
    await expect(unlock(prf().reverse())).rejects.toEqual(code('wrong-secret'))
    await expect(unlock(prf(), encodeBase64url(randomBytes(20)))).rejects.toEqual(code('wrong-secret'))
    expect(await state()).toBe('locked')
    expect(await storedRow()).toEqual(rowOf(vault))
  })

  test('believes no record that this device knows better than to believe', async () => {
    const newer = withBody(vault, vault.body, now)
    await place(rowOf(vault), { revision: newer.header.revision, cost: defaultCost })
    await expect(background().unlock()).rejects.toEqual(code('rollback'))
    const { body } = vault.record
    await place({ ...rowOf(vault), body: altered(body, -2) }, null)
    await expect(background().unlock()).rejects.toEqual(code('damaged'))
    await emptyDevice()
    await expect(background().unlock()).rejects.toEqual(code('no-vault'))
  })

  test('does not take effect after a lock that came meanwhile', async () => {
    await placeVault(vault)
    const { custodian, unlock, state } = background()
    const unlocking = unlock()
    await Promise.all([expect(unlocking).rejects.toEqual(code('locked')), custodian.lock()])
    expect(await state()).toBe('locked')
  })

  test('needs no Argon2id, so that it works where the memory for that cannot be had', async () => {
    await placeVault(vault)
    const passkeys = background()
    argon2id.mockClear()
    await passkeys.unlock()
    expect(await passkeys.state()).toBe('unlocked')
    expect(argon2id).not.toHaveBeenCalled()
  })
})

describe('what a passkey gave', () => {
  test('is wiped where it came from, also after a failure', async () => {
    await placeUnlocked(plain)
    const { add, unlock, custodian } = background()
    const given = [prf(), prf(), prf(), prf().reverse()] as const
    await add('Laptop', given[0])
    await custodian.lock()
    await expect(add('Laptop', given[1])).rejects.toEqual(code('locked'))
    await unlock(given[2])
    await expect(unlock(given[3])).rejects.toEqual(code('wrong-secret'))
    for (const each of given) expect(each).toEqual(Array.from({ length: 32 }, () => 0))
  })

  test('lies nowhere on the device, nor does the name in the clear', async () => {
    await placeUnlocked(plain)
    const { add, unlock, custodian } = background()
    await add('A name to look for')
    await custodian.lock()
    await unlock()
    const all = await dump()
    expect(all).toContain(credentialId)
    for (const spelling of spellings(secret)) expect(all).not.toContain(spelling)
    for (const spelling of spellings('A name to look for')) expect(all).not.toContain(spelling)
  })
})

describe('proving a passkey', () => {
  test('changes nothing, wipes what was given, and fails for what does not open the vault', async () => {
    await placeUnlocked(vault)
    const { prove, custodian } = background()
    const [given, wrong] = [prf(), prf().reverse()]
    await prove(passkeyId, given)
    await expect(prove(passkeyId, wrong)).rejects.toEqual(code('wrong-secret'))
    for (const each of [given, wrong]) expect(each).toEqual(Array.from({ length: 32 }, () => 0))
    await expect(prove('AAAAAAAAAAAA')).rejects.toEqual(code('gone'))
    expect(await storedRow()).toEqual(rowOf(vault))
    await custodian.lock()
    await expect(prove()).rejects.toEqual(code('locked'))
  })
})

describe('adding, naming and removing', () => {
  test('are stored, and asked twice they do nothing the second time', async () => {
    await placeUnlocked(plain)
    const { add, rename, remove, ways } = background()
    await add()
    const id = (await ways()).find(({ kind }) => kind === 'passkey')?.id ?? ''
    const changes = [() => add(), () => rename('Old laptop', id), () => remove(id)]
    for (const change of changes) {
      await change()
      const once = [await storedRow(), await rowsOf('seen')]
      await change()
      expect([await storedRow(), await rowsOf('seen')]).toEqual(once)
    }
    expect((await ways()).map(({ kind }) => kind)).toEqual(['password', 'recovery'])
    expect(unlockWithRecovery(await storedRow(), parseRecovery(recoveryKey)).masterKey).toEqual(plain.masterKey)
  })

  test('need the vault unlocked', async () => {
    await placeVault(vault)
    const { add, rename, remove } = background()
    for (const change of [() => add(), () => rename('x'), () => remove()])
      await expect(change()).rejects.toEqual(code('locked'))
    expect(await storedRow()).toEqual(rowOf(vault))
  })

  test('survive a new password, set with the old one or with the recovery key', async () => {
    await placeVault(vault)
    const { custodian, unlock, state } = background()
    await changePassword(custodian, password, another)
    await custodian.lock()
    await recover(custodian, recoveryKey, password)
    await custodian.lock()
    await unlock()
    expect(await state()).toBe('unlocked')
  })

  test('never take the last way in', async () => {
    const only = withSlots(vault, vault.header.slots.slice(-1), now)
    await placeUnlocked(only)
    const { remove } = background()
    await expect(remove()).rejects.toEqual(code('last-slot'))
    expect(await storedRow()).toEqual(rowOf(only))
  })

  test.each(['lost', 'crash'] as const)('with any one write %s leave the old vault or the new one', async (kind) => {
    const opens = async () => {
      await restartBrowser()
      const { unlock, state } = background()
      await unlock().catch(() => undefined)
      return state()
    }
    const changes = [
      { before: () => plain, change: () => background().add(), done: 'unlocked', not: 'locked' },
      { before: () => vault, change: () => background().remove(), done: 'locked', not: 'unlocked' },
    ]
    for (const { before, change, done, not } of changes) {
      for (let nth = 1; ; nth++) {
        await emptyDevice()
        await placeUnlocked(before())
        const fault = breakWrite(nth, kind)
        const outcome = await change().then(
          () => 'done',
          (thrown: unknown) => codeOf(thrown, 'damaged'),
        )
        fault.mend()
        if (!fault.happened()) break
        expect(await opens(), `write ${nth}`).toBe(outcome === 'done' ? done : not)
        await new Custodian().unlock(password)
      }
    }
  })
})

describe('the list of ways in', () => {
  const since = now.toISOString()

  test('has every slot, without its wrapped key, and names only while it is unlocked', async () => {
    const some = withSlots(
      vault,
      [...vault.header.slots, { id: 'new', kind: 'someday', wrappedKey: 'x' } as never],
      now,
    )
    await placeVault(some)
    const { ways, custodian } = background()
    const [passwordSlot, recoverySlot] = some.header.slots as readonly { id: string; createdAt: string }[]
    const list = (name: string | null) => [
      { kind: 'password', id: passwordSlot?.id, since: passwordSlot?.createdAt, memoryKiB: 65536, passes: 3 },
      { kind: 'recovery', id: recoverySlot?.id, since: recoverySlot?.createdAt },
      { kind: 'passkey', id: passkeyId, since, name, credentialId, salt },
      { kind: 'other', id: 'new' },
    ]
    expect(await ways()).toEqual(list(null))
    await custodian.unlock(password)
    expect(await ways()).toEqual(list('Laptop'))
  })

  test('is none without a vault, or of a damaged one', async () => {
    const { ways } = background()
    await expect(ways()).rejects.toEqual(code('no-vault'))
    await place({ ...rowOf(vault), header: '{}' }, null)
    await expect(ways()).rejects.toEqual(code('damaged'))
  })
})
