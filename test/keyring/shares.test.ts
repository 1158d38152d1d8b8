// Shares of a vault: what opens it, what does not, and which of them is to blame.

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeBase64url } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { combineShares, makeShares, newSharesSecret, type Share } from '../../src/crypto/shares.ts'
import { parseRecord } from '../../src/keyring/record.ts'
import {
  sharesSlotOf,
  slotFor,
  tryShares,
  unlockWithShares,
  withoutShares,
  withShares,
} from '../../src/keyring/shares.ts'
import {
  createVault,
  recoveryFits,
  unlockWithPassword,
  type Vault,
  withNewPassword,
  withSlots,
} from '../../src/keyring/vault.ts'
import * as twin from '../crypto/twin.ts'

const now = new Date('2026-11-26T02:00:00.000Z')
const later = new Date('2026-11-27T02:00:00.000Z')
const recovery = newRecoverySecret()
const wrongSecret = expect.objectContaining({ code: 'wrong-secret' })
const mistyped = expect.objectContaining({ code: 'mistyped' })
const damaged = expect.objectContaining({ code: 'damaged' })

let bare: Vault
let shares: Share[]
let vault: Vault
beforeAll(async () => {
  bare = await createVault({ password: 'pässword', recovery, cost: leastCost }, now)
  shares = await makeShares(newSharesSecret(), 3, 5)
  vault = await withShares(bare, shares, now)
})

const at = (...places: number[]) => places.map((place) => shares[place]).filter((share) => share !== undefined)
/** The share with `by` added to its value at `at`. Two that are forged in the same place may make up for each other. */
const forged = (share: Share | undefined, at = 3, by = 1): Share => {
  if (share === undefined) throw new TypeError('expected a share')
  const point = Uint8Array.from(share.point)
  point[at] = (point[at] ?? 0) ^ by
  return { ...share, point }
}

describe('a slot for shares', () => {
  test('stands beside the others, which stay good, at the next revision', async () => {
    expect(vault.header.slots.map(({ kind }) => kind)).toEqual(['password', 'recovery', 'shares'])
    expect(vault.header.revision).toBe(2)
    expect(sharesSlotOf(vault.header)).toMatchObject({
      createdAt: now.toISOString(),
      set: encodeBase64url(shares[0]?.set ?? new Uint8Array()),
      threshold: 3,
      count: 5,
    })
    expect(recoveryFits(vault, recovery)).toBe(true)
    expect((await unlockWithPassword(vault.record, 'pässword')).masterKey).toEqual(bare.masterKey)
  })

  test('is opened by any three of five and by no two, as the format says', () =>
    fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 1 }), async (places) => {
        const opening = unlockWithShares(vault.record, at(...places))
        if (places.length < 3) await expect(opening).rejects.toEqual(wrongSecret)
        else expect((await opening).masterKey).toEqual(vault.masterKey)
        const secret = await combineShares(at(...places))
        const asTwin = () => twin.openVault(vault.record, secret ?? new Uint8Array(16), 'shares').masterKey
        if (places.length < 3) expect(asTwin).toThrow()
        else expect(asTwin()).toEqual(Buffer.from(vault.masterKey))
      }),
      { numRuns: 40 },
    ))

  test('gives way to that of another set: the old shares then open nothing', async () => {
    const fresh = await makeShares(newSharesSecret(), 2, 2)
    const next = await withShares(vault, fresh, later)
    expect(next.header.slots.filter(({ kind }) => kind === 'shares').length).toBe(1)
    expect((await unlockWithShares(next.record, fresh)).masterKey).toEqual(vault.masterKey)
    await expect(unlockWithShares(next.record, shares)).rejects.toEqual(wrongSecret)
    await expect(unlockWithShares(vault.record, fresh)).rejects.toEqual(wrongSecret)
  })

  test('of the same set is left as it is, and one that was taken out opens nothing', async () => {
    expect(await withShares(vault, shares, later)).toBe(vault)
    const without = withoutShares(vault, later)
    expect(without.header.slots.map(({ kind }) => kind)).toEqual(['password', 'recovery'])
    expect(withoutShares(without, later)).toBe(without)
    await expect(unlockWithShares(without.record, shares)).rejects.toEqual(wrongSecret)
  })

  test('outlives a new password', async () => {
    const next = await withNewPassword(vault, 'another', leastCost, later)
    expect((await unlockWithShares(next.record, at(4, 2, 0))).masterKey).toEqual(vault.masterKey)
  })

  test('is made for nothing but the whole of one set that agrees', async () => {
    const others = await makeShares(newSharesSecret(), 3, 5)
    for (const wrong of [
      [],
      at(0, 1, 2),
      at(0, 1, 2, 3, 3),
      at(1, 0, 2, 3, 4),
      [...at(0, 1, 2, 3), forged(shares[4])],
      [forged(shares[0]), ...at(1, 2, 3, 4)],
      [...at(0, 1, 2, 3), ...others.slice(4)],
    ])
      await expect(withShares(bare, wrong, now)).rejects.toEqual(mistyped)
  })

  test('that is not well-formed damages the record', () => {
    const changes: Record<string, unknown>[] = [
      { set: 'AAAA' },
      { set: 7 },
      { threshold: 1 },
      { threshold: 6 },
      { threshold: 2.5 },
      { count: 17 },
      { count: '5' },
      { salt: 'AAAA' },
      { wrappedKey: 'AAAA' },
      { createdAt: 'yesterday' },
    ]
    for (const change of changes) {
      const header = JSON.parse(vault.record.header)
      Object.assign(header.slots[2], change)
      expect(() => parseRecord({ ...vault.record, header: JSON.stringify(header) }), JSON.stringify(change)).toThrow(
        damaged,
      )
    }
  })

  test('is bound to its vault, its id and its kind', async () => {
    for (const change of [{ id: 'other' }, { kind: 'recovery' }]) {
      const header = JSON.parse(vault.record.header)
      Object.assign(header.slots[2], change)
      const opening = unlockWithShares({ ...vault.record, header: JSON.stringify(header) }, shares)
      await expect(opening).rejects.toEqual(wrongSecret)
    }
    const header = JSON.parse(vault.record.header)
    header.vaultId = encodeBase64url(new Uint8Array(16))
    await expect(unlockWithShares({ ...vault.record, header: JSON.stringify(header) }, shares)).rejects.toEqual(
      wrongSecret,
    )
  })
})

describe('shares at hand', () => {
  test('that are too few are not tried at all', async () => {
    expect(await tryShares(vault.header, at(0, 1))).toEqual({ masterKey: null, tried: false, wrong: [] })
    expect(await tryShares(bare.header, shares)).toEqual({ masterKey: null, tried: false, wrong: [] })
  })

  test('just enough, one of them forged, do not open, and which one can’t be told', async () => {
    expect(await tryShares(vault.header, [...at(0, 1), forged(shares[2])])).toEqual({
      masterKey: null,
      tried: true,
      wrong: [],
    })
  })

  test('one more than enough open in spite of a forged one, wherever it stands, and it is told', () =>
    fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 4 }), fc.nat(3), async (places, bad) => {
        const some = at(...places).map((share, place) => (place === bad ? forged(share) : share))
        expect(await tryShares(vault.header, some)).toEqual({ masterKey: vault.masterKey, tried: true, wrong: [bad] })
      }),
      { numRuns: 25 },
    ))

  test('with two forged ones of five are told as well', async () => {
    const some = [forged(shares[0]), ...at(1, 2), forged(shares[3], 4), ...at(4)]
    expect((await tryShares(vault.header, some)).wrong).toEqual([0, 3])
    expect((await unlockWithShares(vault.record, some)).masterKey).toEqual(vault.masterKey)
  })

  test('that were forged to make up for each other do not make the genuine ones seem wrong', async () => {
    const [one, two, ...rest] = await makeShares(newSharesSecret(), 3, 6)
    if (!one || !two) throw new TypeError('expected six shares')
    const six = await withShares(bare, [one, two, ...rest], now)
    const genuine = await combineShares([one, two, ...rest.slice(0, 1)])
    for (let by = 1; by < 256; by++) {
      const some = [forged(one), forged(two, 3, by), ...rest]
      if (!isDeepStrictEqual(await combineShares(some.slice(0, 3)), genuine)) continue
      expect(await tryShares(six.header, some)).toEqual({ masterKey: bare.masterKey, tried: true, wrong: [0, 1] })
      return
    }
    expect.unreachable('no forgery makes up for another')
  })

  test('of another set, or that say other numbers, are of no slot', async () => {
    const [own, other] = [shares[0], (await makeShares(newSharesSecret(), 3, 5))[0]]
    if (!own || !other) throw new TypeError('expected shares')
    const found = [own, other, { ...own, threshold: 2 }, { ...own, count: 6 }].map((share) =>
      slotFor(vault.header, share),
    )
    expect(found).toEqual([sharesSlotOf(vault.header), null, null, null])
    const few = [...at(0, 1), { ...other, index: 3 }]
    await expect(unlockWithShares(vault.record, few)).rejects.toEqual(wrongSecret)
  })
})

test('two sets, each made on a device of its own, both open, until new shares take the place of both', async () => {
  const second = await makeShares(newSharesSecret(), 2, 2)
  const elsewhere = await withShares(bare, second, later)
  const both = withSlots(vault, [...vault.header.slots, ...elsewhere.header.slots.slice(2)], later)
  expect(sharesSlotOf(both.header)).toMatchObject({ threshold: 2, count: 2 })
  for (const set of [shares, second])
    expect((await unlockWithShares(both.record, set)).masterKey).toEqual(vault.masterKey)
  await expect(unlockWithShares(both.record, [...at(0, 1), ...second.slice(1)])).rejects.toEqual(wrongSecret)
  const fresh = await makeShares(newSharesSecret(), 2, 3)
  const next = await withShares(both, fresh, later)
  for (const set of [shares, second]) await expect(unlockWithShares(next.record, set)).rejects.toEqual(wrongSecret)
  expect((await unlockWithShares(next.record, fresh)).masterKey).toEqual(vault.masterKey)
  expect(withoutShares(both, later).header.slots.length).toBe(2)
})
