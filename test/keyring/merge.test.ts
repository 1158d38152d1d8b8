import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64url, type MasterKey, randomBytes } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import type { VaultBody } from '../../src/keyring/body.ts'
import { allKeys, newestPersonal } from '../../src/keyring/circles.ts'
import { addsNothing, mergeVaults } from '../../src/keyring/merge.ts'
import { sealVault, type Vault, withBody, withSettings, withSlots } from '../../src/keyring/vault.ts'
import { casesOf, seed } from '../depth.ts'
import { anyAct, bareVault, contactsOf, done, essence, randomKey, resealed, start } from './devices.ts'

const now = new Date(start)
const at = (minutes: number) => new Date(start + minutes * 60_000)
const first = bareVault()

describe('whatever two to four devices do', () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ device: fc.nat(3), act: anyAct, clock: fc.integer({ min: -3, max: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ device: fc.nat(3), from: fc.nat(3) }) },
    ),
    { maxLength: 14 },
  )

  test('all come to the same, no key is lost, and each part is as its last change left it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), steps, (count, all) => {
        const devices = Array.from({ length: count }, () => first)
        const keys = new Set<string>(keysOf(first))
        const writes = new Map<string, Write>()
        for (const [nth, step] of all.entries()) {
          const device = step.device % count
          const before = devices[device] as Vault
          if ('from' in step) {
            devices[device] = mergeVaults(before, devices[step.from % count] as Vault, at(nth))
            continue
          }
          const after = done(before, step.act, at(nth * 2 + step.clock * 20))
          devices[device] = after
          for (const key of keysOf(after)) keys.add(key)
          note(writes, before, after)
        }
        const ended = merged(devices)
        expect(new Set(ended.map(essence)).size).toBe(1)
        expect(new Set(keysOf(ended[0] as Vault))).toEqual(keys)
        for (const [path, write] of writes)
          expect([path, valueAt(ended[0] as Vault, path)]).toEqual([path, write.value])
      }),
      { numRuns: casesOf(1500), seed },
    )
  })

  test('a change made with another in sight wins over it, also when the clock was moved back', () => {
    fc.assert(
      fc.property(anyAct, anyAct, fc.integer({ min: 1, max: 1_400 }), (one, other, back) => {
        const theirs = done(first, one, at(10_000))
        const mine = done(mergeVaults(first, theirs, at(10_000)), other, at(10_000 - back))
        expect(essence(mergeVaults(theirs, mine, at(10_000)))).toBe(essence(mine))
        expect(mergeVaults(mine, theirs, at(10_000))).toBe(mine)
      }),
    )
  })
})

describe('merging any three states of a vault', () => {
  const stamp = fc.integer({ min: 1, max: 3 })
  const anyState = fc
    .record({
      acts: fc.array(anyAct, { maxLength: 5 }),
      restamp: fc.dictionary(
        fc.constantFrom('setting:x', 'setting:y', 'circle:a', 'field:x', 'slot:first', 'passkeyName:a', 'odd'),
        stamp,
      ),
      early: fc.boolean(),
      rotations: fc.array(fc.nat(2), { maxLength: 2 }),
      more: fc.option(fc.constantFrom('p', 'q')),
    })
    .map(({ acts, restamp, early, rotations, more }) => {
      let vault = acts.reduce((before, act, nth) => done(before, act, at(early ? 0 : nth)), first)
      const stamps = { ...vault.body.stamps, ...restamp }
      vault = resealed(vault, (more === null ? {} : { more }) as object, { ...vault.body, stamps })
      return rotations.reduce((before, key, nth) => rotated(before, key, nth + 2), vault)
    })

  test('is the same in either order, in any grouping, and twice', () => {
    fc.assert(
      fc.property(anyState, anyState, anyState, (a, b, c) => {
        const of = (x: Vault, y: Vault) => mergeVaults(x, y, now)
        expect(essence(of(a, b))).toBe(essence(of(b, a)))
        expect(essence(of(of(a, b), c))).toBe(essence(of(a, of(b, c))))
        const both = of(a, b)
        expect(of(both, a)).toBe(both)
        expect(of(both, b)).toBe(both)
        expect(of(both, of(b, a))).toBe(both)
        expect(addsNothing(both, a) && addsNothing(both, b)).toBe(true)
        expect(addsNothing(a, b)).toBe(of(a, b) === a)
      }),
      { numRuns: casesOf(600), seed },
    )
  })
})

describe('a merge', () => {
  test('gives mine where theirs brings nothing, and theirs where it has everything', () => {
    const later = withSettings(first, { theme: 'dark' }, at(1))
    expect(mergeVaults(later, first, at(2))).toBe(later)
    expect(mergeVaults(first, later, at(2))).toBe(later)
    expect(mergeVaults(first, first, at(2))).toBe(first)
  })

  test('is one above the higher revision, dated now, and sealed under the master key', () => {
    const mine = withSettings(withSettings(first, { a: 1 }, at(1)), { a: 2 }, at(2))
    const theirs = withSettings(first, { b: 1 }, at(3))
    const both = mergeVaults(mine, theirs, at(4))
    expect(both.header).toMatchObject({ revision: 4, updatedAt: at(4).toISOString(), vaultId: first.vaultId })
    expect(both.body.settings).toEqual({ a: 2, b: 1 })
    expect(mergeVaults(theirs, both, at(5))).toBe(both)
  })

  test('of two states with all the same takes neither, and one of a lower revision never as it is', () => {
    const theirs = withSettings(first, { b: 1 }, at(3))
    const rewritten = { ...first, header: { ...first.header, revision: 9 } }
    const both = mergeVaults(rewritten, theirs, at(4))
    expect(both.header.revision).toBe(10)
    expect(essence(both)).toBe(essence(theirs))
    expect(mergeVaults(theirs, both, at(5))).toBe(theirs)
  })

  test('with another vault is refused', () => {
    const other = bareVault()
    expect(() => mergeVaults(first, other, now)).toThrow('refused')
    expect(() => addsNothing(first, other)).toThrow('refused')
  })

  test('never loses a key of a circle that was deleted elsewhere', () => {
    const made = done(first, { act: 'circle', id: 'a', name: 'One' }, at(1))
    const rotatedThere = done(made, { act: 'key', id: 'a' }, at(3))
    const deletedHere = done(made, { act: 'circle', id: 'a', name: null }, at(4))
    expect(deletedHere.body.circles.map(({ id }) => id)).toEqual(['personal'])
    expect(keysOf(deletedHere)).toEqual(keysOf(made))
    const both = mergeVaults(deletedHere, rotatedThere, at(5))
    expect(both.body.circles.map(({ id }) => id)).toEqual(['personal'])
    expect(both.body.retired?.a?.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(keysOf(both).sort()).toEqual(keysOf(rotatedThere).sort())
    const renamedAfter = done(rotatedThere, { act: 'circle', id: 'a', name: 'Two' }, at(6))
    const again = mergeVaults(both, renamedAfter, at(7))
    expect(
      again.body.circles
        .map(({ id, keys }) => [id, keys.length])
        .sort()
        .reverse(),
    ).toEqual([
      ['personal', 1],
      ['a', 2],
    ])
    expect(again.body.retired).toBeUndefined()
  })

  test('seals under the newest key of both, also after a clock was moved back', () => {
    const mine = done(first, { act: 'key', id: 'personal' }, at(5))
    const theirs = done(first, { act: 'key', id: 'personal' }, at(9))
    const both = mergeVaults(mine, theirs, at(10))
    expect(both.body.circles[0]?.keys.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(newestPersonal(both.body)).toEqual(newestPersonal(theirs.body))
    const back = done(both, { act: 'key', id: 'personal' }, at(-1000))
    const settled = mergeVaults(back, withSettings(both, { x: 1 }, at(11)), at(12))
    expect(newestPersonal(settled.body)).toEqual(newestPersonal(back.body))
    expect(newestPersonal(settled.body)).not.toEqual(newestPersonal(both.body))
  })

  test('of a thousand circles on both sides is whole', () => {
    const filled = (from: number) => {
      const circles = Array.from({ length: 500 }, (_, n) => {
        const keys = [{ epoch: 1, key: randomKey(), createdAt: at(n).toISOString() }]
        return { id: `c${from + n}`, name: `Circle ${from + n}`, keys }
      })
      return withBody(first, { ...first.body, circles: [...first.body.circles, ...circles] }, at(from))
    }
    const [mine, theirs] = [filled(0), filled(500)]
    const both = mergeVaults(mine, theirs, at(2000))
    expect(both.body.circles.length).toBe(1001)
    expect(mergeVaults(both, mine, at(2001))).toBe(both)
  })

  test('beyond what a record can hold is refused, and changes neither', () => {
    const filled = (begins: string) => withSettings(first, { [begins]: begins.repeat(500_000) }, now)
    expect(() => mergeVaults(filled('a'), filled('b'), now)).toThrow('too-long')
    const slots = (of: string) => Array.from({ length: 20 }, (_, n) => ({ id: `${of}${n}`, kind: 'test' }))
    expect(() => mergeVaults(withSlots(first, slots('a'), now), withSlots(first, slots('b'), now), now)).toThrow(
      'too-long',
    )
    const circles = (of: string) =>
      Array.from({ length: 4_500 }, (_, n) => ({ id: `${of}${n}`, name: '', keys: first.body.circles[0]?.keys ?? [] }))
    const many = (of: string) =>
      withBody(first, { ...first.body, circles: [...first.body.circles, ...circles(of)] }, now)
    expect(() => mergeVaults(many('a'), many('b'), now)).toThrow('too-long')
  })
})

describe('slots', () => {
  const slot = (id: string, more = {}) => ({ id, kind: 'test', ...more })
  const ids = (vault: Vault) => vault.header.slots.map(({ id }) => id).sort()

  test('that were removed on one device are gone, those added on either are there', () => {
    const mine = withSlots(first, [slot('mine')], at(1))
    const theirs = withSlots(first, [slot('first'), slot('theirs')], at(2))
    expect(ids(mergeVaults(mine, theirs, at(3)))).toEqual(['mine', 'theirs'])
  })

  test('that were removed stay so, though they were changed later elsewhere: an upgrade brings no old password back', () => {
    const mine = withSlots(first, [slot('mine')], at(1))
    const theirs = withSlots(first, [slot('first', { cost: 9 })], at(2))
    expect(ids(mergeVaults(mine, theirs, at(3)))).toEqual(['mine'])
    expect(ids(mergeVaults(theirs, mine, at(3)))).toEqual(['mine'])
  })

  test('are never merged away altogether: then the devices are left as they are', () => {
    const password = { id: 'p', kind: 'password' }
    const recovery = { id: 'r', kind: 'recovery' }
    const both = withSlots(first, [password, recovery], at(1))
    const [mine, theirs] = [withSlots(both, [password], at(2)), withSlots(both, [recovery], at(2))]
    expect(() => mergeVaults(mine, theirs, at(3))).toThrow('conflict')
    const added = withSlots(first, [slot('first'), slot('second')], at(1))
    const others = [[slot('first')], [slot('second')]].map((slots) => withSlots(added, slots, at(2)))
    expect(() => mergeVaults(others[0] as Vault, others[1] as Vault, at(3))).toThrow('conflict')
  })
})

describe('what would be left to unlock with', () => {
  const [password, recovery, passkey, shares] = [
    slotOf('password'),
    slotOf('recovery'),
    slotOf('passkey'),
    slotOf('shares'),
  ]
  const other = { id: 'other', kind: 'later' }
  const sides = (one: Slot[], two: Slot[]) => {
    const all = withSlots(first, [...new Set([...one, ...two])], at(1))
    return [withSlots(all, one, at(2)), withSlots(all, two, at(2))] as const
  }

  test.each([
    ['a passkey alone, where both had a password or a recovery key', [password, passkey], [recovery, passkey]],
    ['shares alone, where both had a password or a recovery key', [password, shares], [recovery, shares]],
    ['nothing that opens, where both had passkeys or shares', [passkey, other], [shares, other]],
    ['nothing at all', [other], [passkey]],
  ])('is never %s', (_what, one, two) => {
    const [mine, theirs] = sides(one, two)
    for (const merge of [() => mergeVaults(mine, theirs, at(3)), () => mergeVaults(theirs, mine, at(3))])
      expect(merge).toThrow('conflict')
  })

  test.each([
    ['a passkey, where one side had no more', [passkey, shares], [password, passkey]],
    ['shares, where one side had no more', [passkey, shares], [password, shares]],
    ['a password', [password, shares], [password, passkey]],
  ])('may be %s', (_what, one, two) => {
    const [mine, theirs] = sides(one, two)
    const left = one.filter((slot) => two.includes(slot))
    expect(mergeVaults(mine, theirs, at(3)).header.slots).toEqual(left)
    expect(mergeVaults(theirs, mine, at(3)).header.slots).toEqual(left)
  })
})

describe('names of passkeys', () => {
  const namesOf = (vault: Vault) => vault.body.settings?.passkeyNames
  const called = (vault: Vault, passkeyNames: unknown, minute: number) =>
    withSettings(vault, { passkeyNames }, at(minute))

  test('that two devices gave to two of them are both kept, and of one the later', () => {
    const both = called(first, { a: 'A', b: 'B' }, 1)
    const mine = called(both, { a: 'Laptop', b: 'B' }, 2)
    const theirs = called(both, { a: 'Old laptop', b: 'Phone' }, 3)
    expect(namesOf(mergeVaults(mine, called(both, { a: 'A', b: 'Phone' }, 3), at(4)))).toEqual({
      a: 'Laptop',
      b: 'Phone',
    })
    expect(namesOf(mergeVaults(mine, theirs, at(4)))).toEqual({ a: 'Old laptop', b: 'Phone' })
  })

  test('go with a passkey that is taken out, whatever others are called meanwhile', () => {
    const both = called(first, { a: 'A', b: 'B' }, 1)
    const merged = mergeVaults(called(both, { b: 'B' }, 3), called(both, { a: 'A', b: 'Phone' }, 2), at(4))
    expect(namesOf(merged)).toEqual({ b: 'Phone' })
  })

  test('that are no map count as none, and merging comes to rest', () => {
    const odd = called(first, ['Laptop'], 1)
    const theirs = called(first, { a: 'Laptop' }, 2)
    const both = mergeVaults(odd, theirs, at(3))
    expect(namesOf(both)).toEqual({ a: 'Laptop' })
    expect(mergeVaults(both, odd, at(4))).toBe(both)
  })
})

describe('master keys', () => {
  test('that were replaced never win again, whatever epoch and date whoever stole them says', () => {
    const mine = rotated(first, 1, 2)
    const forged = withBody(first, { ...first.body, masterEpoch: 99, masterRotatedAt: at(9_000).toISOString() }, at(1))
    for (const both of [mergeVaults(mine, forged, at(3)), mergeVaults(forged, mine, at(3))]) {
      expect(both.masterKey).toEqual(mine.masterKey)
      expect(both.header.slots).toEqual(mine.header.slots)
    }
  })

  test('keep their slots, whatever was taken out under the earlier one meanwhile: whoever stole that one could', () => {
    const [kept, out] = [slotOf('passkey', 'kept'), slotOf('passkey', 'out')]
    const both = withSlots(first, [kept, out], at(1))
    const theirs = withSlots(both, [kept], at(9))
    const mine = rotated(both, 1, 2, [kept, out])
    for (const merged of [mergeVaults(mine, theirs, at(10)), mergeVaults(theirs, mine, at(10))])
      expect(merged.header.slots).toEqual(mine.header.slots)
  })

  test('of a higher epoch win with their slots and settings', () => {
    const theirs = rotated(first, 1, 2)
    const mine = withSlots(withSettings(first, { x: 1 }, at(9)), [{ id: 'late', kind: 'test' }], at(10))
    for (const both of [mergeVaults(mine, theirs, at(11)), mergeVaults(theirs, mine, at(11))]) {
      expect(both.masterKey).toEqual(theirs.masterKey)
      expect([both.header.slots, both.body]).toEqual([theirs.header.slots, theirs.body])
    }
  })

  test('that were both made anew: the later wins, and the other is kept', () => {
    const [mine, theirs] = [rotated(first, 1, 2), rotated(first, 2, 2)]
    const both = mergeVaults(mine, theirs, at(11))
    expect(both.masterKey).toEqual(theirs.masterKey)
    const past = (both.body.pastMasterKeys ?? []).map(({ key }) => key)
    expect(past.sort()).toEqual([encodeBase64url(first.masterKey), encodeBase64url(mine.masterKey)].sort())
    expect(mergeVaults(theirs, both, at(12))).toBe(both)
  })

  test('that are the first and bear no dates are told apart by themselves', () => {
    const other = sealVault(randomBytes(32) as MasterKey, first.header, first.body)
    const both = mergeVaults(first, other, at(1))
    expect(essence(both)).toBe(essence(mergeVaults(other, first, at(1))))
    expect(both.body.pastMasterKeys?.length).toBe(1)
  })
})

interface Slot {
  readonly id: string
  readonly kind: string
}

interface Write {
  readonly stamp: number
  readonly value: unknown
}

const masterKeys = Array.from({ length: 12 }, () => randomBytes(32) as MasterKey)

/** A slot that is well-formed, and opens nothing. */
function slotOf(kind: 'password' | 'recovery' | 'passkey' | 'shares', id: string = kind): Slot {
  const bytes = (length: number) => encodeBase64url(randomBytes(length))
  const slot = { id, kind, createdAt: at(0).toISOString(), wrappedKey: bytes(72) }
  const kdf = { algorithm: 'argon2id', ...leastCost, salt: bytes(16) }
  if (kind === 'password') return { ...slot, kdf } as Slot
  if (kind === 'passkey') return { ...slot, credentialId: bytes(16), salt: bytes(32) } as Slot
  return { ...slot, salt: bytes(16), ...(kind === 'shares' && { set: bytes(4), threshold: 2, count: 3 }) } as Slot
}

/** The vault under a new master key, the nth of those that this epoch may get, with a slot of its own. */
function rotated(vault: Vault, nth: number, epoch: number, slots = [{ id: `e${epoch}n${nth}`, kind: 'test' }]): Vault {
  const masterKey = masterKeys[(epoch - 2) * 3 + nth] as MasterKey
  const masterRotatedAt = at(epoch * 100 + nth).toISOString()
  const past = [...(vault.body.pastMasterKeys ?? []), { key: encodeBase64url(vault.masterKey), until: masterRotatedAt }]
  const next = withBody(
    { ...vault, header: { ...vault.header, slots } },
    { ...vault.body, masterEpoch: epoch, masterRotatedAt, pastMasterKeys: past },
    at(epoch * 100),
  )
  return sealVault(masterKey, next.header, next.body)
}

/** Merges each into each until nothing changes any more. */
function merged(devices: readonly Vault[]): Vault[] {
  const ended = [...devices]
  for (let round = 0; round < 2; round++) {
    for (const mine of ended.keys())
      for (const theirs of ended) ended[mine] = mergeVaults(ended[mine] as Vault, theirs, now)
  }
  for (const mine of ended) for (const theirs of ended) expect(mergeVaults(mine, theirs, now)).toBe(mine)
  return ended
}

function keysOf({ body }: Vault): string[] {
  return allKeys(body).map(encodeBase64url)
}

/** The slow twin of what a merge has to come to: for every part the value that was written last, by stamp and then by JSON. */
function note(writes: Map<string, Write>, before: Vault, after: Vault): void {
  for (const [path, stamp] of Object.entries(after.body.stamps ?? {})) {
    if (before.body.stamps?.[path] === stamp) continue
    for (const seen of Object.values(before.body.stamps ?? {})) expect(stamp).toBeGreaterThan(seen)
    const [last, value] = [writes.get(path), valueAt(after, path)]
    if (
      last === undefined ||
      stamp > last.stamp ||
      (stamp === last.stamp && text(value) > text(last.value)) ||
      gone(path, value)
    )
      if (!(last !== undefined && gone(path, last.value))) writes.set(path, { stamp, value })
  }
}

/** A slot that was removed stays so. */
function gone(path: string, value: unknown): boolean {
  return path.startsWith('slot:') && value === undefined
}

function text(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

function valueAt({ header, body }: Vault, path: string): unknown {
  const [, kind = '', id = ''] = /^([a-zA-Z]+):?(.*)$/.exec(path) ?? []
  if (kind === 'slot') return header.slots.find((slot) => slot.id === id)
  if (kind === 'passkeyName') return own((body.settings?.passkeyNames as object | undefined) ?? {}, id)
  if (kind === 'setting') return own(body.settings ?? {}, id)
  if (kind === 'contact') return contactsOf(body).find((contact) => contact.id === id)
  if (kind === 'field') return own(body, id)
  const { keys: _keys, ...circle } = body.circles.find((one) => one.id === id) ?? { id: '', keys: [] }
  return circle.id === '' ? undefined : circle
}

function own(of: VaultBody | object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(of, name)?.value
}
