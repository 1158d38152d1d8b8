import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import {
  type Passkey,
  passkeyName,
  unlockWithPasskey,
  withoutPasskey,
  withPasskey,
  withPasskeyName,
} from '../../src/keyring/passkeys.ts'
import { isPasskeySlot, type PasskeySlot, type VaultHeader, type VaultRecord } from '../../src/keyring/record.ts'
import { withoutSlot } from '../../src/keyring/unlockMethods.ts'
import {
  createVault,
  reopenVault,
  unlockWithRecovery,
  type Vault,
  withSettings,
  withSlots,
} from '../../src/keyring/vault.ts'
import { maxPasskeys } from '../../src/policy.ts'
import { altered } from '../altered.ts'
import * as twin from '../crypto/twin.ts'

const now = new Date('2026-11-26T02:00:00.000Z')
const later = new Date('2026-12-01T08:30:00.500Z')
const recovery = newRecoverySecret()
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code })
const wrongSecret = failing('wrong-secret')

const newPasskey = (idBytes = 32): Passkey => ({
  credentialId: encodeBase64url(randomBytes(idBytes)),
  salt: encodeBase64url(randomBytes(32)),
  prf: randomBytes(32) as PrfOutput,
})
const laptop = newPasskey()
const phone = newPasskey(16)

let plain: Vault
let vault: Vault
beforeAll(async () => {
  plain = await createVault({ password: 'a password', recovery, cost: leastCost }, now)
  vault = withPasskey(withPasskey(plain, laptop, 'Laptop', later), phone, 'Phone', later)
})

const slots = ({ header }: Vault) => header.slots.filter(isPasskeySlot)
const slotOf = (of: Vault, { credentialId }: Passkey): PasskeySlot => {
  const slot = slots(of).find((each) => each.credentialId === credentialId)
  if (slot === undefined) throw new Error('expected a slot')
  return slot
}
/** The stored record with its header edited, as whoever can write to the disk could. */
function edited(change: (laptopSlot: Editable, phoneSlot: Editable, header: { vaultId: string }) => void): VaultRecord {
  const header = JSON.parse(vault.record.header)
  const [one, two] = header.slots.filter(({ kind }: Editable) => kind === 'passkey')
  change(one, two, header)
  return { ...vault.record, header: JSON.stringify(header) }
}
type Editable = { -readonly [field in keyof PasskeySlot]: string }

describe('a passkey', () => {
  test('opens the vault that it was added to, each by itself, and the other secrets go on doing so', () => {
    for (const { credentialId, prf } of [laptop, phone])
      expect(unlockWithPasskey(vault.record, credentialId, prf)).toEqual(vault)
    expect(unlockWithRecovery(vault.record, recovery)).toEqual(vault)
    expect(reopenVault(vault.record, plain.masterKey)).toEqual(vault)
  })

  test('is wrapped as FORMAT.md says: a twin of another make opens it', () => {
    for (const { credentialId, prf } of [laptop, phone])
      expect(twin.openVaultByPasskey(vault.record, credentialId, prf)).toEqual(vault.body)
  })

  test('that is not in the vault opens nothing, nor another answer of one that is', () => {
    const tries: [string, PrfOutput][] = [
      [newPasskey().credentialId, laptop.prf],
      [laptop.credentialId, phone.prf],
      [phone.credentialId, laptop.prf],
    ]
    for (const [id, prf] of tries) expect(() => unlockWithPasskey(vault.record, id, prf)).toThrow(wrongSecret)
    expect(() => unlockWithPasskey(plain.record, laptop.credentialId, laptop.prf)).toThrow(wrongSecret)
    fc.assert(
      fc.property(fc.nat(255), (bit) => {
        const prf = laptop.prf.slice() as PrfOutput
        prf[bit >> 3] = (prf[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => unlockWithPasskey(vault.record, laptop.credentialId, prf)).toThrow(wrongSecret)
      }),
    )
  })

  test('whose slot was tampered with looks like a wrong one', () => {
    const changes: Parameters<typeof edited>[0][] = [
      (slot, { salt }) => Object.assign(slot, { salt }),
      (slot) => Object.assign(slot, { id: 'another' }),
      (slot, { id }, header) => Object.assign(header, { slots: [{ ...slot, id }] }),
      (slot, other) => Object.assign(slot, { wrappedKey: other.wrappedKey }),
      (slot) =>
        Object.assign(slot, {
          wrappedKey: altered(slot.wrappedKey),
        }),
      (slot) => Object.assign(slot, { credentialId: altered(phone.credentialId, -2) }),
      (slot) => Object.assign(slot, { kind: 'someday' }),
      (_slot, _other, header) => Object.assign(header, { vaultId: 'A'.repeat(22) }),
    ]
    for (const change of changes)
      expect(() => unlockWithPasskey(edited(change), laptop.credentialId, laptop.prf), String(change)).toThrow(
        wrongSecret,
      )
  })

  test('is not taken for a recovery key or the other way round, though both are wrapped alike', () => {
    const asRecovery = edited((slot) => Object.assign(slot, { kind: 'recovery', salt: slot.salt.slice(0, 22) }))
    const secret = laptop.prf.slice(0, 16) as unknown as Parameters<typeof unlockWithRecovery>[1]
    expect(() => unlockWithRecovery(asRecovery, secret)).toThrow()
  })

  test('that was given another id in the record opens its slot, and then the record is damaged', () => {
    const { credentialId } = newPasskey()
    const record = edited((slot) => Object.assign(slot, { credentialId }))
    expect(() => unlockWithPasskey(record, credentialId, laptop.prf)).toThrow(failing('damaged'))
  })
})

describe('adding a passkey', () => {
  test('leaves the vault of before as it was, and every other slot', () => {
    const before = structuredClone(plain)
    const next = withPasskey(plain, laptop, 'Laptop', later)
    expect(plain).toEqual(before)
    expect(next.header.slots.slice(0, -1)).toEqual(plain.header.slots)
    expect(next.header.revision).toBeGreaterThan(plain.header.revision)
    expect(slotOf(next, laptop)).toMatchObject({ createdAt: later.toISOString(), salt: laptop.salt })
  })

  test('keeps its answer nowhere, and its name in the sealed body alone', () => {
    const written = JSON.stringify([vault.header, vault.body, vault.record])
    for (const spelling of [encodeBase64url(laptop.prf), Buffer.from(laptop.prf).toString('hex')])
      expect(written).not.toContain(spelling)
    expect(vault.record.header).not.toContain('Laptop')
    expect(slots(vault).map(({ id }) => passkeyName(vault.body, id))).toEqual(['Laptop', 'Phone'])
  })

  test('twice adds it once; with another answer it is refused', () => {
    expect(withPasskey(vault, laptop, 'Laptop again', later)).toBe(vault)
    const { prf } = newPasskey()
    expect(() => withPasskey(vault, { ...laptop, prf }, 'x', later)).toThrow(failing('already-there'))
  })

  test('goes up to eight; a record with more, as after a merge, is read and opened', () => {
    let many = plain
    const added = Array.from({ length: maxPasskeys }, () => newPasskey())
    for (const each of added) many = withPasskey(many, each, 'x', later)
    expect(slots(many)).toHaveLength(8)
    expect(() => withPasskey(many, newPasskey(), 'x', later)).toThrow(failing('refused'))
    const merged = withSlots(many, [...many.header.slots, ...slots(vault)], later)
    expect(unlockWithPasskey(merged.record, laptop.credentialId, laptop.prf)).toEqual(merged)
  })
})

describe('the name of a passkey', () => {
  test('can be changed, and what else the settings hold stays', () => {
    const kept = withSettings(vault, { theme: 'dark' }, later)
    const { id } = slotOf(kept, laptop)
    const next = withPasskeyName(kept, id, 'Old laptop', later)
    expect(passkeyName(next.body, id)).toBe('Old laptop')
    expect(passkeyName(next.body, slotOf(next, phone).id)).toBe('Phone')
    expect(next.body.settings).toMatchObject({ theme: 'dark' })
    expect(withPasskeyName(next, id, 'Old laptop', later)).toBe(next)
    expect(() => withPasskeyName(next, 'nobody', 'x', later)).toThrow(failing('gone'))
    expect(() => withPasskeyName(next, next.header.slots[0]?.id ?? '', 'x', later)).toThrow(failing('gone'))
    for (const name of ['', 'x'.repeat(65)]) expect(() => withPasskeyName(next, id, name, later)).toThrow(RangeError)
  })

  test('is none where the body holds nothing fit to be one', () => {
    const { id } = slotOf(vault, laptop)
    for (const passkeyNames of [undefined, null, 7, 'x', [], {}, { [id]: 7 }, { [id]: '' }, { [id]: 'x'.repeat(65) }])
      expect(passkeyName(withSettings(vault, { passkeyNames }, later).body, id)).toBeNull()
    for (const id of ['__proto__', 'constructor', 'toString']) expect(passkeyName(vault.body, id)).toBeNull()
  })
})

describe('removing a passkey', () => {
  test('closes this way alone, and forgets the name', () => {
    const { id } = slotOf(vault, laptop)
    const next = withoutPasskey(vault, id, later)
    expect(() => unlockWithPasskey(next.record, laptop.credentialId, laptop.prf)).toThrow(wrongSecret)
    expect(unlockWithPasskey(next.record, phone.credentialId, phone.prf)).toEqual(next)
    expect(unlockWithRecovery(next.record, recovery).masterKey).toEqual(vault.masterKey)
    expect(JSON.stringify(next.body)).not.toContain('Laptop')
    expect(withoutPasskey(next, id, later)).toBe(next)
  })

  test('takes no other kind of slot out', () => {
    for (const { id } of plain.header.slots) expect(() => withoutPasskey(plain, id, later)).toThrow(failing('refused'))
  })
})

describe('the last slot that a person can use', () => {
  const only = (kept: VaultHeader['slots']) => withSlots(vault, kept, later)

  test('stays, whatever its kind', () => {
    for (const slot of vault.header.slots) {
      expect(() => withoutSlot(only([slot]), slot.id, later)).toThrow(failing('last-slot'))
      expect(() => withoutSlot(only([slot, { id: 'x', kind: 'someday' }]), slot.id, later)).toThrow(
        failing('last-slot'),
      )
    }
    const slot = slotOf(vault, laptop)
    expect(() => withoutPasskey(only([slot]), slot.id, later)).toThrow(failing('last-slot'))
  })

  test('is not the one that goes while another stays', () => {
    const [password, recoverySlot] = vault.header.slots
    if (!password || !recoverySlot) throw new Error('expected two slots')
    for (const other of [password, recoverySlot, slotOf(vault, phone), { id: 's', kind: 'shares' }]) {
      const slot = slotOf(vault, laptop)
      expect(withoutSlot(only([slot, other]), slot.id, later).header.slots).toEqual([other])
    }
    expect(withoutSlot(vault, 'nobody', later)).toBe(vault)
  })
})
