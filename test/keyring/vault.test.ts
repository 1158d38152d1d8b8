import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { leastCost, type PasswordCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import type { VaultBody } from '../../src/keyring/body.ts'
import { parseRecord, type VaultRecord } from '../../src/keyring/record.ts'
import {
  createVault,
  passwordSlotCost,
  recoveryFits,
  reopenVault,
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withBody,
  withNewPassword,
  withNewRecovery,
  withPasswordAtCost,
  withSlots,
} from '../../src/keyring/vault.ts'
import { altered } from '../altered.ts'
import { masterKey } from '../crypto/bytes.ts'
import { argon2idRuns } from '../crypto/everywhere.ts'
import * as twin from '../crypto/twin.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const later = new Date('2026-12-01T08:30:00.500Z')
const recovery = newRecoverySecret()
const cost = leastCost
const wrongSecret = expect.objectContaining({ code: 'wrong-secret' })
const damaged = expect.objectContaining({ code: 'damaged' })
let vault: Vault

beforeAll(async () => {
  vault = await createVault({ password: 'pässword', recovery, cost }, now)
})

describe('a new vault', () => {
  test('has one circle, one key, a cue, no settings, a password slot and a recovery slot, and knows of both', () => {
    expect(vault.header).toMatchObject({ revision: 1, updatedAt: now.toISOString() })
    expect(vault.header.slots.map(({ kind }) => kind)).toEqual(['password', 'recovery'])
    expect(vault.body.circles.map(({ id, name, keys }) => [id, name, keys.length])).toEqual([
      ['personal', 'Personal', 1],
    ])
    expect(vault.body.cue?.words.length).toBe(2)
    expect(vault.body.settings).toEqual({})
    expect(vault.body.knownWays).toEqual(vault.header.slots.map(({ id }) => id).sort())
  })

  test('opens with its password, its recovery key and its master key, as the same value', async () => {
    expect(await unlockWithPassword(vault.record, 'pässword')).toEqual(vault)
    expect(unlockWithRecovery(vault.record, recovery)).toEqual(vault)
    expect(reopenVault(vault.record, vault.masterKey)).toEqual(vault)
  })

  test('opens however the characters of its password are composed', async () => {
    expect((await unlockWithPassword(vault.record, 'pa\u0308ssword')).vaultId).toBe(vault.vaultId)
  })

  test('opens in the twin, and one that the twin made opens here', async () => {
    for (const secret of ['pässword', recovery])
      expect(twin.openVault(vault.record, secret)).toEqual({
        masterKey: Buffer.from(vault.masterKey),
        body: vault.body,
      })
    const record = twin.makeVault(
      { password: 'zwilling', recovery, kdf: cost },
      vault.masterKey,
      vault.body,
      now.toISOString(),
    )
    expect((await unlockWithPassword(record, 'zwilling')).body).toEqual(vault.body)
    expect(unlockWithRecovery(record, recovery).masterKey).toEqual(vault.masterKey)
  })

  test('shares nothing with another of the same secrets', async () => {
    const other = await createVault({ password: 'pässword', recovery, cost }, now)
    expect(other.vaultId).not.toBe(vault.vaultId)
    expect(other.masterKey).not.toEqual(vault.masterKey)
    expect(other.body.circles).not.toEqual(vault.body.circles)
  })

  test('is not made with an empty password', async () => {
    await expect(createVault({ password: '', recovery, cost }, now)).rejects.toMatchObject({ code: 'weak-password' })
  })

  test('does not hold its secrets in the record', () => {
    const stored = JSON.stringify(vault.record)
    const secrets = [Buffer.from(vault.masterKey), Buffer.from(recovery)].map((bytes) => bytes.toString('base64url'))
    for (const secret of [...secrets, 'Personal', 'pässword', vault.body.circles[0]?.keys[0]?.key])
      expect(stored).not.toContain(secret)
  })
})

describe('a wrong secret', () => {
  test('is what another password, recovery key or an empty password is', async () => {
    await expect(unlockWithPassword(vault.record, 'password')).rejects.toEqual(wrongSecret)
    await expect(unlockWithPassword(vault.record, '')).rejects.toEqual(wrongSecret)
    expect(() => unlockWithRecovery(vault.record, newRecoverySecret())).toThrow(wrongSecret)
    expect(recoveryFits(vault, recovery) && recoveryFits(vault.record, recovery)).toBe(true)
    expect(recoveryFits(vault, newRecoverySecret()) || recoveryFits(vault.record, newRecoverySecret())).toBe(false)
  })

  test('is what a tampered slot looks like', async () => {
    const record = edited((header) => {
      for (const slot of header.slots) slot.wrappedKey = altered(slot.wrappedKey, 0)
    })
    await expect(unlockWithPassword(record, 'pässword')).rejects.toEqual(wrongSecret)
    expect(() => unlockWithRecovery(record, recovery)).toThrow(wrongSecret)
  })

  test('is a slot under another id, kind or vault', () => {
    const changes: ((header: Editable) => void)[] = [
      (header) => {
        for (const slot of header.slots) slot.id += 'x'
      },
      (header) => {
        header.vaultId =
          `A${header.vaultId.slice(1)}` === header.vaultId
            ? `B${header.vaultId.slice(1)}`
            : `A${header.vaultId.slice(1)}`
      },
    ]
    for (const change of changes) expect(() => unlockWithRecovery(edited(change), recovery)).toThrow(wrongSecret)
  })
})

describe('a damaged record', () => {
  test('is one whose header was edited in any way that leaves the slots whole', () => {
    const changes: ((header: Editable) => void)[] = [
      (header) => {
        header.revision++
      },
      (header) => {
        header.updatedAt = later.toISOString()
      },
      (header) => {
        header.slots.shift()
      },
      (header) => {
        header.slots.reverse()
      },
      (header) => {
        header.more = 1
      },
    ]
    for (const change of changes) {
      expect(() => unlockWithRecovery(edited(change), recovery)).toThrow(damaged)
      expect(() => reopenVault(edited(change), vault.masterKey)).toThrow(damaged)
    }
  })

  test('is one with any one character of the body changed', () => {
    fc.assert(
      fc.property(fc.nat(vault.record.body.length - 1), (at) => {
        const body = vault.record.body
        const record = {
          ...vault.record,
          body: altered(body, at),
        }
        expect(() => reopenVault(record, vault.masterKey)).toThrow(damaged)
      }),
    )
  })

  test('is one under another master key', () => {
    expect(() => reopenVault(vault.record, masterKey('00'.repeat(32)))).toThrow(damaged)
  })

  test('is one that authenticates but holds no vault body', () => {
    const bodies = [
      {},
      { circles: [] },
      { circles: [{ id: 'personal', name: 'Personal', keys: [] }] },
      { circles: [{ id: 'friends', name: 'Friends', keys: vault.body.circles[0]?.keys }] },
      { circles: [...vault.body.circles, ...vault.body.circles] },
      { circles: vault.body.circles.map((circle) => ({ ...circle, keys: [...circle.keys, ...circle.keys] })) },
      { circles: vault.body.circles.map((circle) => ({ ...circle, keys: [{ ...circle.keys[0], key: 'AAAA' }] })) },
      { ...vault.body, cue: { words: ['one'], colour: 'red' } },
      { ...vault.body, settings: [] },
      null,
    ]
    for (const body of bodies) {
      const record = twin.makeVault({ password: 'x', recovery, kdf: cost }, vault.masterKey, body, now.toISOString())
      expect(() => unlockWithRecovery(record, recovery), JSON.stringify(body)).toThrow(damaged)
    }
  })
})

describe('a change', () => {
  test('gives a new value and leaves the old one as it was', async () => {
    const before = structuredClone(vault)
    const changed = [
      withBody(vault, { ...vault.body, settings: { theme: 'dark' } }, later),
      withNewRecovery(vault, newRecoverySecret(), later),
      await withNewPassword(vault, 'another', cost, later),
    ]
    expect(vault).toEqual(before)
    for (const next of changed) {
      expect(next.header).toMatchObject({ revision: 2, updatedAt: later.toISOString() })
      expect(next.masterKey).toEqual(vault.masterKey)
      expect(reopenVault(next.record, vault.masterKey)).toEqual(next)
      expect(next.record.body.slice(0, 32)).not.toBe(vault.record.body.slice(0, 32))
    }
  })

  test('of the password takes the place of every password slot and leaves the recovery key', async () => {
    const next = await withNewPassword(vault, 'another', cost, later)
    expect(next.header.slots.map(({ kind }) => kind)).toEqual(['password', 'recovery'])
    const { stamps: _stamps, ...body } = (await unlockWithPassword(next.record, 'another')).body
    expect(body).toEqual(vault.body)
    await expect(unlockWithPassword(next.record, 'pässword')).rejects.toEqual(wrongSecret)
    expect(recoveryFits(next, recovery)).toBe(true)
    await expect(withNewPassword(vault, '', cost, later)).rejects.toMatchObject({ code: 'weak-password' })
  })

  test('of the cost keeps the id of the password slot, and leaves the slots of other passwords alone', async () => {
    const [second] = (await withNewPassword(vault, 'second', cost, later)).header.slots
    if (!second) throw new TypeError('expected a slot')
    const both = withSlots(vault, [...vault.header.slots, second], later)
    const next = await withPasswordAtCost(both, 'pässword', { ...cost, iterations: 3 }, later)
    expect(next.header.slots.map(({ id }) => id)).toEqual(both.header.slots.map(({ id }) => id))
    expect(next.header.slots.slice(1)).toEqual(both.header.slots.slice(1))
    expect(next.header.slots[0]).toMatchObject({ kdf: { iterations: 3 } })
    for (const password of ['pässword', 'second']) await unlockWithPassword(next.record, password)
  })

  test('of the recovery key takes the place of the old one and leaves the password', async () => {
    const fresh = newRecoverySecret()
    const next = withNewRecovery(vault, fresh, later)
    expect(next.header.slots.map(({ kind }) => kind)).toEqual(['password', 'recovery'])
    expect([recoveryFits(next, fresh), recoveryFits(next.record, recovery)]).toEqual([true, false])
    expect((await unlockWithPassword(next.record, 'pässword')).masterKey).toEqual(vault.masterKey)
  })

  test('keeps what a later version put into the body, the header and the slots', async () => {
    const body = JSON.parse(JSON.stringify(vault.body))
    Object.assign(body, { contacts: [{ a: 1 }], constructor: 'odd' })
    Object.assign(body.circles[0], { colour: 'red' })
    Object.assign(body.circles[0].keys[0], { retired: true })
    Object.assign(body.cue, { font: 'serif' })
    const record = twin.makeVault({ password: 'x', recovery, kdf: cost }, vault.masterKey, body, now.toISOString())
    const read = unlockWithRecovery(record, recovery)
    const next = withBody(read, { ...read.body, settings: { theme: 'dark' } }, later)
    expect(reopenVault(next.record, next.masterKey).body).toEqual({
      ...body,
      settings: { theme: 'dark' },
      stamps: { 'setting:theme': later.getTime() },
    })

    const someday = { id: 'k', kind: 'someday', createdAt: now.toISOString(), of: 'AAAA', wrappedKey: 'AAAA' }
    const known = { ...vault, header: { ...vault.header, more: 1, slots: [...vault.header.slots, someday] } }
    const rewritten = withNewRecovery(await withNewPassword(known, 'x', cost, later), recovery, later)
    expect(parseRecord(rewritten.record).header).toMatchObject({ more: 1 })
    expect(rewritten.header.slots).toContainEqual(someday)
  })

  test('to a body that could not be read back is refused', () => {
    const bodies = [{ circles: [] }, { ...vault.body, cue: 1 }] as unknown as VaultBody[]
    for (const body of bodies) expect(() => withBody(vault, body, later)).toThrow(TypeError)
    const long = { ...vault.body, settings: { long: 'x'.repeat(1024 * 1024) } }
    expect(() => withBody(vault, long, later)).toThrow(expect.objectContaining({ code: 'too-long' }))
  })
})

describe('the cost of the password', () => {
  const atLeast = (least: PasswordCost | null) =>
    argon2idRuns(() => unlockWithPassword(vault.record, 'pässword', least))

  test('lower than last seen is weakened, before any work is done', async () => {
    const { count, result } = await argon2idRuns(() =>
      unlockWithPassword(vault.record, 'pässword', { ...cost, iterations: cost.iterations + 1 }).catch(
        (thrown) => thrown,
      ),
    )
    expect(result).toMatchObject({ code: 'weakened' })
    expect(count).toBe(0)
  })

  test('equal or higher opens, with less memory too', async () => {
    for (const least of [
      null,
      cost,
      { ...cost, parallelism: 4 },
      { memoryKiB: cost.memoryKiB / 2, iterations: 4, parallelism: 1 },
    ])
      expect((await atLeast(least)).result.vaultId).toBe(vault.vaultId)
  })

  test('is told as that of the weakest slot', async () => {
    expect(passwordSlotCost(vault.header)).toEqual(cost)
    const [strong] = (await withNewPassword(vault, 'strong', { ...cost, iterations: 3 }, later)).header.slots
    if (!strong) throw new TypeError('expected a slot')
    const both = { ...vault.header, slots: [strong, ...vault.header.slots] }
    expect(passwordSlotCost(both)).toEqual(cost)
    expect(passwordSlotCost({ ...vault.header, slots: vault.header.slots.slice(1) })).toBeNull()
  })

  test('is paid for each of several password slots until one opens', async () => {
    const other = await withNewPassword(vault, 'second', cost, later)
    const [second] = other.header.slots
    if (!second) throw new TypeError('expected a slot')
    const both = withBody(
      { ...vault, header: { ...vault.header, slots: [...vault.header.slots, second] } },
      vault.body,
      later,
    )
    for (const password of ['pässword', 'second'])
      expect((await unlockWithPassword(both.record, password)).body).toEqual(vault.body)
    expect((await withNewPassword(both, 'only', cost, later)).header.slots.map(({ kind }) => kind)).toEqual([
      'password',
      'recovery',
    ])
  })
})

interface Editable {
  vaultId: string
  revision: number
  updatedAt: string
  slots: { id: string; wrappedKey: string }[]
  more?: number
}

function edited(change: (header: Editable) => void): VaultRecord {
  const header: Editable = JSON.parse(vault.record.header)
  change(header)
  return { ...vault.record, header: JSON.stringify(header) }
}
