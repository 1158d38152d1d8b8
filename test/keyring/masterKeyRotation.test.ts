// A new master key and what goes on opening the vault: what is proved, as it was, and nothing else.

import { beforeAll, describe, expect, test } from 'vitest'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { makeShares, newSharesSecret } from '../../src/crypto/shares.ts'
import { type RotationProofs, rotateVault, wasRotated } from '../../src/keyring/masterKeyRotation.ts'
import { mergeVaults } from '../../src/keyring/merge.ts'
import { passkeyName, unlockWithPasskey, withoutPasskey, withPasskey } from '../../src/keyring/passkeys.ts'
import { endedShares, shareHolders } from '../../src/keyring/recoveryNotes.ts'
import { unlockWithShares, withShares } from '../../src/keyring/shares.ts'
import {
  createVault,
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withBody,
  withSettings,
} from '../../src/keyring/vault.ts'

const made = new Date('2026-11-20T12:00:00.000Z')
const tested = '2026-11-22T12:00:00.000Z'
const now = new Date('2026-11-26T06:00:00.000Z')
const later = new Date('2026-11-26T07:00:00.000Z')
const password = 'password'
const [recovery, another] = [newRecoverySecret(), newRecoverySecret()]
const code = (name: string) => expect.objectContaining({ code: name })

const passkey = () => ({
  credentialId: encodeBase64url(randomBytes(20)),
  salt: encodeBase64url(randomBytes(32)),
  prf: randomBytes(32) as PrfOutput,
})
const [laptop, phone] = [passkey(), passkey()]
const idOf = (of: Vault, { credentialId }: { credentialId: string }) =>
  of.header.slots.find((slot) => 'credentialId' in slot && slot.credentialId === credentialId)?.id ?? ''
const proof = (of: Vault, one: typeof laptop) => ({ id: idOf(of, one), prf: one.prf })

let shares: Awaited<ReturnType<typeof makeShares>>
let before: Vault
beforeAll(async () => {
  const bare = await createVault({ password, recovery, cost: leastCost }, made)
  const keyed = withPasskey(withPasskey(bare, laptop, 'Laptop', made), phone, 'Phone', made)
  shares = await makeShares(newSharesSecret(), 2, 3)
  const shared = await withShares(keyed, shares, made)
  const set = encodeBase64url(shares[0]?.set ?? new Uint8Array())
  const notes = { recoveryTestedAt: tested, sharesUsed: true, shareHolders: { set, names: ['Ada', 'Bo', 'Cy'] } }
  const noted = withSettings(shared, notes, made)
  const slots = [...noted.header.slots, { id: 'later', kind: 'later' }]
  before = withBody({ ...noted, header: { ...noted.header, slots } }, noted.body, made)
})

const renew = (more: Partial<RotationProofs> = {}, of = before, at = now) =>
  rotateVault(of, { password, recovery: { kind: 'same', secret: recovery }, passkeys: [], ...more }, leastCost, at)

describe('under a new master key', () => {
  test('the recovery key and the passkeys that were proved stay as they were, by id, date, name and passkey', async () => {
    const passkeys = [proof(before, laptop)]
    const after = await renew({ passkeys })
    expect(after.masterKey).not.toEqual(before.masterKey)
    for (const kind of ['recovery', 'passkey'] as const) {
      const [was] = before.header.slots.filter((slot) => slot.kind === kind)
      const [is] = after.header.slots.filter((slot) => slot.kind === kind)
      expect({ ...is, wrappedKey: null }).toEqual({ ...was, wrappedKey: null })
      expect(is).not.toEqual(was)
    }
    expect(passkeyName(after.body, idOf(after, laptop))).toBe('Laptop')
    expect(unlockWithPasskey(after.record, laptop.credentialId, laptop.prf)).toEqual(after)
    expect(unlockWithRecovery(after.record, recovery)).toEqual(after)
    expect(await unlockWithPassword(after.record, password)).toEqual(after)
    expect(after.body.settings?.recoveryTestedAt).toBe(tested)
  })

  test('what was not proved opens nothing', async () => {
    const after = await renew({ passkeys: [proof(before, laptop)] })
    expect(() => unlockWithPasskey(after.record, phone.credentialId, phone.prf)).toThrow(code('wrong-secret'))
    await expect(unlockWithShares(after.record, shares.slice(0, 2))).rejects.toThrow(code('wrong-secret'))
    expect(after.header.slots.map(({ kind }) => kind).sort()).toEqual(['passkey', 'password', 'recovery'])
  })

  test('a new recovery key takes the place of the one before, and of what was noted of it', async () => {
    const after = await renew({ recovery: { kind: 'new', secret: another } })
    expect(unlockWithRecovery(after.record, another)).toEqual(after)
    expect(() => unlockWithRecovery(after.record, recovery)).toThrow(code('wrong-secret'))
    expect(after.body.settings?.recoveryTestedAt).toBeUndefined()
  })

  test('it is noted whose shares ended, until others are made', async () => {
    expect(endedShares(before)).toBeNull()
    const after = await renew()
    expect(endedShares(after)).toEqual({ at: now.toISOString(), threshold: 2, names: ['Ada', 'Bo', 'Cy'] })
    expect(shareHolders(after)).toBeNull()
    expect(after.body.settings?.sharesUsed).toBeUndefined()
    expect(endedShares(await withShares(after, await makeShares(newSharesSecret(), 2, 2), now))).toBeNull()
    for (const sharesEnded of [7, {}, { at: 'x', threshold: 2, names: ['', ''] }])
      expect(endedShares(withSettings(after, { sharesEnded }, now)) ?? null).toBeNull()
  })

  test.each([
    ['a recovery key that does not open it', { recovery: { kind: 'same', secret: another } as const }, 'wrong-secret'],
    ['the answer of another passkey', { passkeys: [{ ...laptop, id: '' }] }, 'gone'],
  ])('%s is not taken along, and there is no new key', async (_what, more, failure) => {
    await expect(renew(more)).rejects.toThrow(code(failure))
    const wrong = { id: idOf(before, laptop), prf: phone.prf }
    await expect(renew({ passkeys: [wrong] })).rejects.toThrow(code('wrong-secret'))
  })

  test('a passkey that is named twice is there once', async () => {
    const after = await renew({ passkeys: [proof(before, laptop), proof(before, laptop)] })
    expect(after.header.slots.filter(({ kind }) => kind === 'passkey').length).toBe(1)
    expect(await unlockWithPassword(after.record, password)).toEqual(after)
  })

  test('it is known again as done by the same proofs, and by no others', async () => {
    const passkeys = [proof(before, laptop)]
    const proofs = { password, recovery: { kind: 'same', secret: recovery }, passkeys } as const
    const after = await renew({ passkeys })
    expect(wasRotated(before, 1, proofs)).toBe(false)
    expect(wasRotated(after, 1, proofs)).toBe(true)
    expect(wasRotated(after, 2, proofs)).toBe(false)
    expect(wasRotated(after, 1, { ...proofs, recovery: { kind: 'new', secret: another } })).toBe(false)
    expect(wasRotated(after, 1, { ...proofs, passkeys: [proof(before, phone)] })).toBe(false)
  })
})

describe('two devices,', () => {
  const passkeys = () => [proof(before, laptop), proof(before, phone)]

  test('one of which takes a passkey out under the key that the other replaces: whoever stole that key could, so it stays', async () => {
    const there = withoutPasskey(before, idOf(before, phone), later)
    const here = await renew({ passkeys: passkeys() })
    for (const both of [mergeVaults(here, there, later), mergeVaults(there, here, later)])
      for (const { credentialId, prf } of [phone, laptop])
        expect(unlockWithPasskey(both.record, credentialId, prf).masterKey).toEqual(here.masterKey)
  })

  test('both with a new master key: the later one’s ways to unlock are those that it kept', async () => {
    const here = await renew({ recovery: { kind: 'new', secret: another } })
    const there = await renew({ passkeys: passkeys() }, before, later)
    for (const both of [mergeVaults(here, there, later), mergeVaults(there, here, later)]) {
      expect(both.masterKey).toEqual(there.masterKey)
      expect(unlockWithRecovery(both.record, recovery)).toBeTruthy()
      expect(unlockWithPasskey(both.record, phone.credentialId, phone.prf)).toBeTruthy()
      expect(passkeyName(both.body, idOf(both, phone))).toBe('Phone')
    }
  })

  test('one of which had taken a passkey out before its new master key: the later key’s slots count as they are', async () => {
    const without = withoutPasskey(before, idOf(before, phone), now)
    const here = await renew({}, without)
    const there = await renew({ passkeys: passkeys() }, before, later)
    for (const both of [mergeVaults(here, there, later), mergeVaults(there, here, later)])
      expect(unlockWithPasskey(both.record, phone.credentialId, phone.prf).masterKey).toEqual(there.masterKey)
  })
})
