import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../../src/bytes.ts'
import { leastCost } from '../../../src/crypto/kdf.ts'
import { recover } from '../../../src/custody/access/recoveryKey.ts'
import { rotateCircleKey, rotateMasterKey } from '../../../src/custody/access/rotation.ts'
import { Reencryption } from '../../../src/custody/library/reencryption.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { newDocument, openDocument } from '../../../src/keyring/documents.ts'
import { unlockWithPasskey, withoutPasskey, withPasskey } from '../../../src/keyring/passkeys.ts'
import { documentKeyring } from '../../../src/keyring/rotation.ts'
import { reopenVault, type Vault } from '../../../src/keyring/vault.ts'
import type { Request } from '../../../src/messages/protocol.ts'
import { readDraft, readDrafts, writeDraft } from '../../../src/storage/drafts.ts'
import { isWrappedNow } from '../../keyring/devices.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeUnlocked,
  quickVault,
  recoveryKey,
  renewal,
  restartBrowser,
  rowOf,
  storedRow,
} from '../device.ts'
import { breakWrite } from '../faults.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const code = (name: string) => expect.objectContaining({ code: name })
const now = new Date('2026-11-23T12:00:00.000Z')
let made: Vault
let custodian: Custodian

/** Does all that is left to be done, unless it is stopped. */
async function rekeyDocuments(custodian: Custodian): Promise<void> {
  const reencryption = new Reencryption(custodian, async () => undefined)
  reencryption.resume()
  await reencryption.whenIdle()
}

beforeAll(async () => {
  made = await quickVault({ ...leastCost, iterations: 11 })
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
  custodian = new Custodian()
})

async function unlockedVault(): Promise<Vault> {
  const vault = await custodian.unlockedVault()
  if (vault === null) throw new Error('expected it to be unlocked')
  return vault
}

const laptop = {
  credentialId: encodeBase64url(randomBytes(20)),
  salt: encodeBase64url(randomBytes(32)),
  prf: randomBytes(32) as PrfOutput,
}

/** Adds the passkey, and gives the id of its slot. */
async function withLaptop(): Promise<string> {
  await custodian.change((vault) => withPasskey(vault, laptop, 'Laptop', now))
  return (await unlockedVault()).header.slots.at(-1)?.id ?? ''
}

async function drafts(count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await writeDraft(await newDocument(documentKeyring(made), { text: `text ${n}` }, now, `draft-${n}`), true)
}

async function allWrapped(): Promise<boolean> {
  const keyring = documentKeyring(await unlockedVault())
  return (await readDrafts(false)).every((row) => isWrappedNow(keyring, row))
}

describe('a new master key', () => {
  test('opens by the password and the new recovery key; texts, also older ones, stay readable', async () => {
    const sealed = await textsOf(custodian).seal('sealed before', null)
    await rotateMasterKey(custodian, renewal())
    await expect(reopenVaultOf(made)).rejects.toThrow(code('damaged'))
    expect((await textsOf(custodian).open(sealed)).text).toBe('sealed before')
    await restartBrowser()
    const later = new Custodian()
    await later.unlock(password)
    expect((await textsOf(later).open(sealed)).text).toBe('sealed before')
    await recover(later, anotherRecoveryKey, another)
    await expect(recover(later, recoveryKey, password)).rejects.toThrow(code('wrong-secret'))
  })

  test('seals texts under keys that whoever had the vault before has not', async () => {
    await rotateMasterKey(custodian, renewal())
    const sealed = await textsOf(custodian).seal('after', null)
    await emptyDevice()
    await placeUnlocked(made)
    await expect(textsOf(new Custodian()).open(sealed)).rejects.toThrow(code('not-for-us'))
  })

  test('asked for twice, is made once', async () => {
    await rotateMasterKey(custodian, renewal())
    const row = await storedRow()
    await rotateMasterKey(custodian, renewal())
    expect(await storedRow()).toEqual(row)
  })

  test('keeps the recovery key and the passkeys that are proved with it; asked for twice, it is made once', async () => {
    const id = await withLaptop()
    const same = () => renewal({ recovery: { kind: 'same', recoveryKey }, passkeys: [{ id, prf: [...laptop.prf] }] })
    await rotateMasterKey(custodian, same())
    const row = await storedRow()
    expect(unlockWithPasskey(row, laptop.credentialId, laptop.prf).header.slots.map((slot) => slot.id)).toContain(id)
    await rotateMasterKey(custodian, same())
    expect(await storedRow()).toEqual(row)
    await restartBrowser()
    await recover(new Custodian(), recoveryKey, another)
  })

  test('is not made where it was replaced meanwhile, or what is to be kept is not there any more', async () => {
    const id = await withLaptop()
    const passkeys = () => [{ id, prf: [...laptop.prf] }]
    const before = await storedRow()
    await expect(rotateMasterKey(custodian, renewal({ epoch: 2 }))).rejects.toThrow(code('conflict'))
    const wrong = renewal({ passkeys: [{ id, prf: [...laptop.prf].reverse() }] })
    await expect(rotateMasterKey(custodian, wrong)).rejects.toThrow(code('conflict'))
    const another: Partial<Request<'rotateMasterKey'>> = { recovery: { kind: 'same', recoveryKey: anotherRecoveryKey } }
    await expect(rotateMasterKey(custodian, renewal(another))).rejects.toThrow(code('conflict'))
    expect(await storedRow()).toEqual(before)
    await custodian.change((vault) => withoutPasskey(vault, id, now))
    await expect(rotateMasterKey(custodian, renewal({ passkeys: passkeys() }))).rejects.toThrow(code('conflict'))
    await rotateMasterKey(custodian, renewal())
    await expect(rotateMasterKey(custodian, renewal({ passkeys: passkeys() }))).rejects.toThrow(code('conflict'))
  })

  test('wipes what passkeys gave, also when it comes to nothing', async () => {
    const id = await withLaptop()
    for (const secret of [another, password]) {
      const asked = renewal({ password: secret, passkeys: [{ id, prf: [...laptop.prf] }] })
      await rotateMasterKey(custodian, asked).catch(() => undefined)
      expect(asked.passkeys[0]?.prf).toEqual(Array.from({ length: 32 }, () => 0))
    }
  })

  test.each([
    ['a wrong password', another, anotherRecoveryKey, 'wrong-secret'],
    ['a mistyped recovery key', password, anotherRecoveryKey.slice(1), 'mistyped'],
  ])('by %s is not made', async (_what, secret, key, failure) => {
    await expect(
      rotateMasterKey(custodian, renewal({ password: secret, recovery: { kind: 'new', recoveryKey: key } })),
    ).rejects.toThrow(code(failure))
    expect(await storedRow()).toEqual(rowOf(made))
  })

  test('with any one write lost or cut off leaves the old state or the new one, usable, and no document lost', async () => {
    await drafts(3)
    for (const kind of ['lost', 'crash'] as const)
      for (let nth = 1; ; nth++) {
        await emptyDevice()
        await placeUnlocked(made)
        await drafts(3)
        custodian = new Custodian()
        const fault = breakWrite(nth, kind)
        const done = await rotateMasterKey(custodian, renewal())
          .then(() => rekeyDocuments(custodian))
          .then(
            () => true,
            () => false,
          )
        fault.mend()
        if (!fault.happened()) {
          expect(done).toBe(true)
          break
        }
        await restartBrowser()
        custodian = new Custodian()
        await custodian.unlock(password)
        const keyring = documentKeyring(await unlockedVault())
        const opened = await Promise.all((await readDrafts(false)).map((row) => openDocument(keyring, row)))
        expect(opened.map(({ content }) => content.text).sort()).toEqual(['text 0', 'text 1', 'text 2'])
        await rekeyDocuments(custodian)
        expect(await allWrapped()).toBe(true)
      }
  })
})

describe('after it, every document', () => {
  test('gets a key of its own again, however many there are, and once', async () => {
    await drafts(205)
    await rotateMasterKey(custodian, renewal())
    expect(await allWrapped()).toBe(false)
    await rekeyDocuments(custodian)
    expect(await allWrapped()).toBe(true)
    const rows = await readDrafts(false)
    await rekeyDocuments(custodian)
    expect(await readDrafts(false)).toEqual(rows)
  })

  test('gets a new one for the person who asks for that meanwhile, and sees it done', async () => {
    await drafts(600)
    await rotateMasterKey(custodian, renewal())
    const begun = Promise.withResolvers<void>()
    const reencryption = new Reencryption(custodian, async () => begun.resolve())
    reencryption.resume()
    await begun.promise
    const asked = new Date().toISOString()
    await reencryption.start()
    await reencryption.whenIdle()
    expect(await reencryption.state()).toEqual({ state: 'done', done: 600, of: 600, damaged: 0 })
    for (const row of await readDrafts(false))
      expect((row as unknown as { keyCreatedAt: string }).keyCreatedAt >= asked).toBe(true)
  })

  test('that was changed meanwhile keeps the change', async () => {
    await drafts(1)
    await rotateMasterKey(custodian, renewal())
    const vault = await unlockedVault()
    const changed = await newDocument(documentKeyring(vault), { text: 'changed' }, now, 'draft-0')
    const reencryption = rekeyDocuments(custodian)
    await writeDraft({ ...changed, revision: 1 }, true)
    await reencryption
    const { content } = await openDocument(documentKeyring(vault), await readDraft('draft-0'))
    expect(content.text).toBe('changed')
  })

  test('that is damaged stays as it lies, and is no reason to stop', async () => {
    await drafts(2)
    const row = { ...(await readDraft('draft-0')), revision: 7, id: 'draft-0' }
    await writeDraft(row, true)
    await rotateMasterKey(custodian, renewal())
    await rekeyDocuments(custodian)
    expect(await readDraft('draft-0')).toEqual(row)
    expect(isWrappedNow(documentKeyring(await unlockedVault()), await readDraft('draft-1'))).toBe(true)
  })

  test('waits while the vault is locked', async () => {
    await drafts(1)
    await rotateMasterKey(custodian, renewal())
    const row = await readDraft('draft-0')
    await custodian.lock()
    await rekeyDocuments(custodian)
    expect(await readDraft('draft-0')).toEqual(row)
    await custodian.unlock(password)
    await rekeyDocuments(custodian)
    expect(await allWrapped()).toBe(true)
  })
})

test('a new text key is what texts are sealed under, and the vault is the same otherwise', async () => {
  const sealed = await textsOf(custodian).seal('before', null)
  await rotateCircleKey(custodian)
  const after = await textsOf(custodian).seal('after', null)
  expect((await textsOf(custodian).open(sealed)).text).toBe('before')
  expect((await textsOf(custodian).open(after)).text).toBe('after')
  expect((await storedRow()).revision).toBe(2)
  await custodian.lock()
  await expect(rotateCircleKey(custodian)).rejects.toThrow(code('locked'))
})

async function reopenVaultOf(before: Vault): Promise<Vault> {
  return reopenVault(await storedRow(), before.masterKey)
}
