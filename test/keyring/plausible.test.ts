// No number and no date ends a vault: what no honest state gets to is refused, what a wrong clock wrote is brought back to the
// present by the next change, and "one more" is always something that can be read again.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { personalId, type VaultBody } from '../../src/keyring/body.ts'
import { newestKey } from '../../src/keyring/circles.ts'
import { mergeVaults } from '../../src/keyring/merge.ts'
import {
  isAhead,
  maxEpoch,
  maxEpochsAhead,
  maxRevision,
  maxRevisionsAhead,
  refuseImplausibleAlone,
} from '../../src/keyring/plausible.ts'
import { rotateCircle, rotateMasterKey } from '../../src/keyring/rotation.ts'
import { reopenVault, sealVault, type Vault, withBody, withSettings } from '../../src/keyring/vault.ts'
import { bareVault } from './devices.ts'

const day = 86_400_000
const now = new Date('2026-11-29T12:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const iso = (ms: number) => later(ms).toISOString()
const first = withSettings(bareVault(), { a: 1 }, later(-day))
const last = Number.MAX_SAFE_INTEGER
const endOfDates = '9999-12-31T23:59:59.999Z'

/** A state of the same vault, under the same master key, that says something else of itself. */
function saying(change: Partial<VaultBody>, revision = first.header.revision + 1, base = first): Vault {
  return sealVault(base.masterKey, { ...base.header, revision }, { ...base.body, settings: { b: 1 }, ...change })
}
function withPersonalKeyDated(createdAt: string): Partial<VaultBody> {
  const circles = first.body.circles.map((circle) =>
    circle.id === personalId ? { ...circle, keys: circle.keys.map((key) => ({ ...key, createdAt })) } : circle,
  )
  return { circles }
}
const stamped = (stamp: number): Partial<VaultBody> => ({ stamps: { ...first.body.stamps, 'setting:b': stamp } })

function outcome(work: () => unknown): string {
  try {
    work()
    return 'fine'
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code
    throw thrown
  }
}

/** Whether a vault can be read again. */
function readable({ record, masterKey }: Vault): Vault {
  return reopenVault(record, masterKey)
}

const ours = first.header.revision
const merged: [string, Vault, string][] = [
  ['the last plausible revision but one', saying({}, ours + maxRevisionsAhead - 1), 'fine'],
  ['the last plausible revision', saying({}, ours + maxRevisionsAhead), 'fine'],
  ['a revision above it', saying({}, ours + maxRevisionsAhead + 1), 'implausible'],
  ['the last revision there is', saying({}, last), 'implausible'],
  ['the last plausible epoch but one', saying({ masterEpoch: maxEpochsAhead }), 'fine'],
  ['the last plausible epoch', saying({ masterEpoch: 1 + maxEpochsAhead }), 'fine'],
  ['an epoch above it', saying({ masterEpoch: 2 + maxEpochsAhead }), 'implausible'],
  ['the last epoch there is', saying({ masterEpoch: last }), 'implausible'],
  ['the last plausible stamp but one', saying(stamped(now.getTime() + day - 1)), 'fine'],
  ['the last plausible stamp', saying(stamped(now.getTime() + day)), 'fine'],
  ['a stamp above it', saying(stamped(now.getTime() + day + 1)), 'clock'],
  ['the last stamp there is', saying(stamped(last)), 'clock'],
  ['the last plausible date of a key but one', saying(withPersonalKeyDated(iso(day - 1))), 'fine'],
  ['the last plausible date of a key', saying(withPersonalKeyDated(iso(day))), 'fine'],
  ['a date of a key above it', saying(withPersonalKeyDated(iso(day + 1))), 'clock'],
  ['the last date there is', saying(withPersonalKeyDated(endOfDates)), 'clock'],
  ['a master key dated in the future', saying({ masterRotatedAt: iso(day + 1) }), 'clock'],
]
test.each(merged)('%s, in a state that comes from elsewhere: %s', (_what, theirs, expected) => {
  expect(outcome(() => mergeVaults(first, theirs, now))).toBe(expected)
  if (expected === 'fine') readable(mergeVaults(first, theirs, now))
})

test.each([
  ['a revision', saying({}, maxRevision), saying({}, maxRevision + 1)],
  ['an epoch', saying({ masterEpoch: maxEpoch }), saying({ masterEpoch: maxEpoch + 1 })],
])('%s has a bound, too, where there is no vault to compare with', (_what, plausible, absurd) => {
  expect(outcome(() => refuseImplausibleAlone(plausible))).toBe('fine')
  expect(outcome(() => refuseImplausibleAlone(absurd))).toBe('implausible')
})

test('what this device has itself is no reason to refuse a state that has it too', () => {
  const mine = saying(stamped(now.getTime() + 30 * day))
  const theirs = saying({
    ...stamped(now.getTime() + 30 * day),
    circles: rotateCircle(first.body, personalId, now).circles,
  })
  expect(outcome(() => mergeVaults(mine, theirs, now))).toBe('fine')
})

describe.each([
  ['at the last number', last],
  ['at the last but one', last - 1],
])('a vault that is %s', (_what, number) => {
  const full = saying({
    ...stamped(number),
    ...withPersonalKeyDated(endOfDates),
    masterEpoch: number,
    masterRotatedAt: endOfDates,
  })

  test.each([
    ['by a right clock', now],
    ['by one that shows 2015', new Date('2015-01-01T00:00:00.000Z')],
  ])('is changed %s, and can be read again', (_clock, when) => {
    const changed = readable(withSettings(full, { c: 1 }, when))
    readable(withSettings(changed, { c: 2 }, when))
    readable(withBody(full, rotateCircle(full.body, personalId, when), when))
  })

  test('is given a new text key that counts, and a new master key', async () => {
    const rotated = readable(withBody(full, rotateCircle(full.body, personalId, now), now))
    const before = full.body.circles[0]?.keys.map(({ key }) => key) ?? []
    expect(before).not.toContain(newestKey(rotated.body.circles[0] ?? { keys: [] })?.key)
    readable(await rotateMasterKey(full, async () => [{ id: 'new', kind: 'test' }], now))
  })
})

test('a vault at the last revision is refused a change, and opens still', () => {
  const full = saying({}, last)
  expect(() => readable(withSettings(full, { c: 1 }, now))).toThrow(Failure)
  readable(full)
  readable(withSettings(saying({}, last - 1), { c: 1 }, now))
})

describe('a device whose clock was wrong', () => {
  const at2015 = new Date('2015-03-01T00:00:00.000Z')
  const nextYear = later(365 * day)

  test('by a year ahead is refused, and no more after its next change', () => {
    const wrong = withBody(
      withSettings(first, { late: 1 }, nextYear),
      rotateCircle(first.body, personalId, nextYear),
      nextYear,
    )
    expect(outcome(() => mergeVaults(first, wrong, now))).toBe('clock')
    expect(isAhead(wrong, now)).toBe(true)
    const right = withSettings(wrong, { more: 1 }, now)
    expect(isAhead(right, now)).toBe(false)
    const both = mergeVaults(first, right, now)
    expect(newestKey(both.body.circles[0] ?? { keys: [] })?.key).toBe(
      newestKey(wrong.body.circles[0] ?? { keys: [] })?.key,
    )
  })

  test('by years behind refuses what others have, changes its own, and takes theirs once it is right', () => {
    const others = withSettings(first, { theirs: 1 }, now)
    expect(outcome(() => mergeVaults(first, others, at2015))).toBe('clock')
    const mine = withSettings(first, { mine: 1 }, at2015)
    // Nothing is brought to a present that cannot be.
    expect(mine.body.stamps?.['setting:a']).toBe(first.body.stamps?.['setting:a'])
    expect(mergeVaults(mine, others, now).body.settings).toEqual({ a: 1, mine: 1, theirs: 1 })
    expect(mergeVaults(others, mine, now).body.settings).toEqual({ a: 1, mine: 1, theirs: 1 })
  })

  test('of three, each with another: all have the same once the clocks are right and each has changed something', () => {
    const [ahead, behind, right] = [
      withSettings(first, { ahead: 1 }, nextYear),
      withSettings(first, { behind: 1 }, at2015),
      withSettings(first, { right: 1 }, now),
    ]
    const devices = [ahead, behind, right].map((vault, index) =>
      withSettings(vault, { [`after${index}`]: 1 }, later(index)),
    )
    for (let round = 0; round < 3; round++)
      for (const mine of devices.keys())
        for (const theirs of [...devices]) devices[mine] = mergeVaults(devices[mine] as Vault, theirs, later(10))
    const settings = devices.map(({ body }) => body.settings)
    expect(new Set(settings.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(settings[0]).toEqual({ a: 1, ahead: 1, behind: 1, right: 1, after0: 1, after1: 1, after2: 1 })
  })
})
