// Whoever held a master key before it was replaced goes on sealing states under it, and gets them to devices that have not
// heard of the new key yet. What they say must count nowhere once these devices meet the others.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MasterKey } from '../../src/bytes.ts'
import { encodeBase64url } from '../../src/bytes.ts'
import { Failure } from '../../src/failure.ts'
import { type EpochKey, personalId, type VaultBody } from '../../src/keyring/body.ts'
import { allKeys, newestKey } from '../../src/keyring/circles.ts'
import { hasEarlierMasterKey, mergeVaults } from '../../src/keyring/merge.ts'
import { rotateCircle, rotateMasterKey } from '../../src/keyring/rotation.ts'
import { sealVault, type Vault, withBody, withSettings, withSlots } from '../../src/keyring/vault.ts'
import { casesOf, seed } from '../depth.ts'
import { type Act, anyAct, bareVault, done, essence, randomKey, start } from './devices.ts'

const minute = 60_000
const at = (minutes: number) => new Date(start + minutes * minute)
const home = done(bareVault(), { act: 'circle', id: 'home', name: 'Home' }, at(0))
const first = withSlots(
  withSettings(home, { kept: true, autoLock: { minutes: 5 } }, at(0)),
  slots('first', 'passkey'),
  at(0),
)

describe('a state sealed under a master key that was replaced, taken in by a device that had not heard of it', () => {
  const lies = thiefs(first, { stamp: at(60).getTime(), createdAt: at(60).toISOString(), epoch: 40, past: [] }, 'x')

  test('brings no key to seal under, no setting, no slot and no removal to a device that had', async () => {
    const mine = await renewed(first, at(10))
    const late = mergeVaults(first, lies, at(20))
    expect(late.body.settings).toMatchObject({ thief: 'x', autoLock: { minutes: null } })
    expect(encodeBase64url(personalOf(late))).toBe(thiefKeys(lies)[0])
    for (const both of [mergeVaults(mine, late, at(30)), mergeVaults(late, mine, at(30))]) {
      expect(both.masterKey).toEqual(mine.masterKey)
      expect(idsOf(both)).toEqual(idsOf(mine))
      expect(both.body.settings).toEqual(mine.body.settings)
      expect(both.body.stamps).toEqual(mine.body.stamps)
      expect(personalOf(both)).toEqual(personalOf(mine))
      expect(namesIn(both)).toEqual(namesIn(mine))
    }
  })

  test('brings its keys to open with, without a name or a date of their own', async () => {
    const both = mergeVaults(await renewed(first, at(10)), mergeVaults(first, lies, at(20)), at(30))
    const brought = { createdAt: '1970-01-01T00:00:00.000Z', opens: true, from: 'before-rotation' }
    for (const key of thiefKeys(lies)) expect(keysIn(both.body).find((one) => one.key === key)).toMatchObject(brought)
    expect(both.body.retired?.thief).toMatchObject([brought])
  })

  test('changes nothing of a key that is known: no date that makes it the newest, no mark', async () => {
    const circles = first.body.circles.map((circle) => ({
      ...circle,
      keys: circle.keys.map((key) => ({ ...key, createdAt: at(500).toISOString(), opens: true as const, more: 1 })),
    }))
    const mine = await renewed(first, at(10))
    const theirs = sealVault(first.masterKey, first.header, { ...first.body, circles })
    expect(mergeVaults(mine, theirs, at(30))).toBe(mine)
  })

  test('is the earlier one whatever it says of itself, also where two were replaced and each is said to be the later', async () => {
    const second = await renewed(first, at(10))
    const third = await renewed(second, at(20))
    const past = [{ key: keyOf(second), until: at(1).toISOString(), madeAt: at(1).toISOString() }]
    const forged = sealVault(first.masterKey, first.header, {
      ...first.body,
      masterEpoch: 90,
      masterRotatedAt: at(600).toISOString(),
      pastMasterKeys: past,
    })
    for (const theirs of [forged, mergeVaults(second, forged, at(25))]) {
      expect(hasEarlierMasterKey(theirs, third)).toBe(true)
      for (const both of [mergeVaults(third, theirs, at(30)), mergeVaults(theirs, third, at(30))])
        expect(both.masterKey).toEqual(third.masterKey)
    }
  })
})

describe('what a state under a stolen key says of when that key was made', () => {
  const forged = sealVault(first.masterKey, first.header, { ...first.body, masterRotatedAt: at(900).toISOString() })

  test('does not outlast the state that was there', () => {
    expect(mergeVaults(first, forged, at(20)).body.masterRotatedAt).toBe(first.body.masterRotatedAt)
    expect(mergeVaults(forged, first, at(20)).body.masterRotatedAt).toBe(first.body.masterRotatedAt)
  })

  test('does not make it the later one of a key that took its place, also where that was noted with it', async () => {
    const mine = await renewed(forged, at(10))
    expect(mine.body.pastMasterKeys).toMatchObject([{ madeAt: at(900).toISOString() }])
    expect(hasEarlierMasterKey(forged, mine)).toBe(true)
    for (const both of [mergeVaults(mine, forged, at(20)), mergeVaults(forged, mine, at(20))])
      expect(both.masterKey).toEqual(mine.masterKey)
  })
})

const thiefStep = fc.record({
  act: fc.constant('thief' as const),
  key: fc.nat(9),
  on: fc.nat(9),
  lateBy: fc.constantFrom(-600, -1, 0, 1, 300, 1_400),
  epoch: fc.constantFrom(1, 2, 50, 900),
  past: fc.boolean(),
  joins: fc.constantFrom(false, false, false, true),
  base: fc.nat(50),
})
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: fc.constant('rotate' as const), on: fc.nat(3) }) },
  { weight: 3, arbitrary: thiefStep },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('merge' as const), on: fc.nat(3), from: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('change' as const),
      on: fc.nat(3),
      done: anyAct.filter(({ act }) => act !== 'slot') as fc.Arbitrary<Act>,
    }),
  },
)

test('by no interleaving of merges among two to four devices does such a state count, nor is an honest key lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 4 }),
      fc.array(step, { minLength: 4, maxLength: 16 }),
      async (count, steps) => {
        const devices: Vault[] = Array.from({ length: count }, () => first)
        /** What the thief has: master keys that were replaced, and the states that lay around under them. */
        const stolen = new Map<string, MasterKey>()
        const seen: Vault[] = [first]
        const created = new Map<string, Vault>([[keyOf(first), first]])
        const honest = new Set<string>()
        const planted = new Set<string>()
        for (const [nth, one] of steps.entries()) {
          const now = at((nth + 1) * 10)
          const on = one.on % count
          const before = devices[on] as Vault
          if (one.act === 'change') devices[on] = done(before, one.done, now)
          else if (one.act === 'merge') devices[on] = merged(before, devices[one.from % count] as Vault, now)
          else if (one.act === 'rotate') {
            const after = await renewed(before, now)
            devices[on] = after
            created.set(keyOf(after), after)
            stolen.set(keyOf(before), before.masterKey)
          } else {
            const key = [...stolen.keys()][one.key % Math.max(stolen.size, 1)]
            const under = key === undefined ? undefined : stolen.get(key)
            const bases = seen.filter((vault) => keyOf(vault) === key)
            const base = bases[one.base % Math.max(bases.length, 1)]
            if (key === undefined || under === undefined || base === undefined) continue
            const moment = {
              stamp: now.getTime() + one.lateBy * minute,
              createdAt: at((nth + 1) * 10 + one.lateBy).toISOString(),
            }
            const past = one.past ? [...stolen.keys()].filter((other) => other !== key) : []
            const state = thiefs(base, { ...moment, epoch: one.epoch, past }, `${nth}`)
            for (const added of thiefKeys(state)) planted.add(added)
            // To a device that is under this key, or where a person restores a file of it; or to a new device, that joins by it.
            const knows = keyOf(before) === key || before.body.pastMasterKeys?.some((master) => master.key === key)
            if (one.joins && on > 0) devices[on] = state
            else if (knows) devices[on] = merged(before, state, now)
            continue
          }
          const after = devices[on] as Vault
          seen.push(after)
          if (one.act === 'change') for (const key of keysIn(after.body)) if (!planted.has(key.key)) honest.add(key.key)
        }
        const ended = atRest(devices, at(400))
        expect(new Set(ended.map(essence)).size).toBe(1)
        const [vault] = ended
        if (vault === undefined || stolen.has(keyOf(vault))) return
        const made = created.get(keyOf(vault)) as Vault
        for (const circle of vault.body.circles) {
          const newest = newestKey(circle)?.key
          expect(newest !== undefined && planted.has(newest)).toBe(false)
        }
        for (const key of keysIn(vault.body))
          if (planted.has(key.key) && !keysIn(made.body).some((one_) => one_.key === key.key))
            expect(key.opens).toBe(true)
        const { thief, kept, autoLock } = vault.body.settings ?? {}
        const was = made.body.settings ?? {}
        expect({ thief, kept, autoLock }).toEqual({ thief: was.thief, kept: was.kept, autoLock: was.autoLock })
        expect(idsOf(vault)).toEqual(idsOf(made))
        expect(vault.body.circles.some(({ id }) => id === 'home')).toBe(
          made.body.circles.some(({ id }) => id === 'home'),
        )
        expect(vault.body.circles.some(({ id }) => id === 'thief')).toBe(
          made.body.circles.some(({ id }) => id === 'thief'),
        )
      },
    ),
    { numRuns: casesOf(400), seed },
  )
})

test('an honest key that only a device had that was late is not lost, among however many devices it goes round', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        step.filter(({ act }) => act !== 'thief'),
        { maxLength: 14 },
      ),
      async (steps) => {
        const devices: Vault[] = [first, first, first]
        const keys = new Set<string>()
        for (const [nth, one] of steps.entries()) {
          const now = at((nth + 1) * 10)
          const on = one.on % 3
          const before = devices[on] as Vault
          if (one.act === 'change') devices[on] = done(before, one.done, now)
          else if (one.act === 'merge') devices[on] = mergeVaults(before, devices[one.from % 3] as Vault, now)
          else devices[on] = await renewed(before, now)
          for (const key of allKeys((devices[on] as Vault).body)) keys.add(encodeBase64url(key))
        }
        const [vault] = atRest(devices, at(400))
        const left = new Set(allKeys((vault as Vault).body).map(encodeBase64url))
        for (const key of keys) expect(left.has(key)).toBe(true)
      },
    ),
    { numRuns: casesOf(200), seed },
  )
})

/** As `rotateVault` makes it, with a slot that costs no work. */
async function renewed(vault: Vault, now: Date): Promise<Vault> {
  const rotated = await rotateMasterKey(vault, async () => slots(randomKey().slice(0, 8), 'passkey'), now)
  const ours = rotated.body.circles.filter((circle) => newestKey(circle) !== undefined)
  return withBody(
    rotated,
    ours.reduce((body, { id }) => rotateCircle(body, id, now), rotated.body),
    now,
  )
}

interface Lies {
  readonly stamp: number
  readonly createdAt: string
  readonly epoch: number
  readonly past: readonly string[]
}

/** What a thief makes of a state, under its master key: newest keys, settings, slots and removals, dated as they like. */
function thiefs(base: Vault, { stamp, createdAt, epoch, past }: Lies, value: string): Vault {
  const key = (epoch_ = 1): EpochKey => ({ epoch: epoch_, key: randomKey(), createdAt, planted: true })
  const circles = base.body.circles
    .filter(({ id }) => id !== 'home')
    .map((circle) => ({ ...circle, name: 'Stolen', keys: [...circle.keys, key(highest(circle.keys) + 900)] }))
  const { kept: _kept, ...settings } = base.body.settings ?? {}
  const touched = [
    'setting:kept',
    'setting:thief',
    'setting:autoLock',
    'circle:home',
    'circle:thief',
    'circle:personal',
  ]
  const removed = base.header.slots.map(({ id }) => `slot:${id}`)
  const body: VaultBody = {
    ...base.body,
    circles: [...circles.filter(({ id }) => id !== 'thief'), { id: 'thief', name: 'Thief', keys: [key()] }],
    settings: { ...settings, thief: value, autoLock: { minutes: null } },
    stamps: {
      ...base.body.stamps,
      ...Object.fromEntries([...touched, ...removed, `slot:thief${value}`].map((path) => [path, Math.max(1, stamp)])),
    },
    masterEpoch: epoch,
    masterRotatedAt: createdAt,
    pastMasterKeys: [
      ...(base.body.pastMasterKeys ?? []).filter(({ key: one }) => !past.includes(one)),
      ...past.map((one) => ({ key: one, until: createdAt, madeAt: createdAt })),
    ],
  }
  return sealVault(
    base.masterKey,
    { ...base.header, revision: base.header.revision + 500, slots: slots(`thief${value}`) },
    body,
  )
}

function highest(keys: readonly EpochKey[]): number {
  return Math.max(...keys.map(({ epoch }) => epoch))
}

function thiefKeys({ body }: Vault): string[] {
  return keysIn(body).flatMap(({ planted, key }) => (planted ? [key] : []))
}

function slots(...ids: string[]) {
  return ids.map((id) => ({ id, kind: 'test' }))
}

function keysIn({ circles, retired = {} }: VaultBody): EpochKey[] {
  return [...circles.map(({ keys }) => keys), ...Object.values(retired)].flat()
}

function idsOf({ header }: Vault): string[] {
  return header.slots.map(({ id }) => id).sort()
}

function namesIn({ body }: Vault): string[] {
  return body.circles.map(({ id, name }) => `${id}: ${name}`).sort()
}

function personalOf({ body }: Vault): Buffer {
  const circle = body.circles.find(({ id }) => id === personalId)
  return Buffer.from((circle && newestKey(circle)?.key) ?? '', 'base64url')
}

function keyOf({ masterKey }: Vault): string {
  return encodeBase64url(masterKey)
}

/** What is refused leaves the device as it is. */
function merged(mine: Vault, theirs: Vault, now: Date): Vault {
  try {
    return mergeVaults(mine, theirs, now)
  } catch (thrown) {
    if (thrown instanceof Failure) return mine
    throw thrown
  }
}

function atRest(devices: readonly Vault[], now: Date): Vault[] {
  const ended = [...devices]
  for (let round = 0; round < 3; round++)
    for (const mine of ended.keys())
      for (const theirs of [...ended]) ended[mine] = merged(ended[mine] as Vault, theirs, now)
  return ended
}
