import { describe, expect, test } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { openText, sealText } from '../../src/crypto/text.ts'
import { allKeys, newestKey, newestPersonal } from '../../src/keyring/circles.ts'
import { importCircles, importedCircleId } from '../../src/keyring/importCircles.ts'
import { rotateVault } from '../../src/keyring/masterKeyRotation.ts'
import { mergeVaults } from '../../src/keyring/merge.ts'
import { withBody } from '../../src/keyring/vault.ts'
import { bareVault, done, essence, start } from './devices.ts'

const at = (minutes: number) => new Date(start + minutes * 60_000)
const mine = done(bareVault(), { act: 'circle', id: 'a', name: 'Mine' }, at(1))
const theirs = done(bareVault(), { act: 'circle', id: 'a', name: 'Theirs' }, at(2))
const proofs = {
  password: 'password',
  recovery: { kind: 'new', secret: newRecoverySecret() },
  passkeys: [],
} as const
const names = (vault: typeof mine) => vault.body.circles.map(({ name }) => name).sort()

describe('the circles of another vault', () => {
  test('open what was sealed under them, and change nothing of what is sealed under here', async () => {
    const both = importCircles(mine, theirs, at(3))
    const text = await sealText(newestPersonal(theirs.body), { text: 'hello', minutes: 1, origin: null })
    expect((await openText(allKeys(both.body), text)).text).toBe('hello')
    expect(newestPersonal(both.body)).toEqual(newestPersonal(mine.body))
    expect(names(both)).toEqual(['Mine', 'Personal', 'Personal (from another vault)', 'Theirs'])
    expect(both.body.circles.find(({ id }) => id === 'a')).toEqual(mine.body.circles.find(({ id }) => id === 'a'))
    expect(both.header.revision).toBe(mine.header.revision + 1)
  })

  test('only open: nothing is ever sealed here under a key that somebody else has, after a new master key either', async () => {
    const both = importCircles(mine, theirs, at(3))
    const foreign = (vault: typeof mine) => vault.body.circles.filter(({ keys }) => newestKey({ keys }) === undefined)
    expect(names({ ...both, body: { ...both.body, circles: foreign(both) } })).toEqual([
      'Personal (from another vault)',
      'Theirs',
    ])
    for (const { keys } of foreign(both))
      for (const key of keys) expect(key).toMatchObject({ opens: true, from: 'other-vault' })
    const rotated = await rotateVault(both, proofs, leastCost, at(4))
    expect(foreign(rotated)).toEqual(foreign(both))
  })

  test('added twice are there once, and are the same on every device', () => {
    const both = importCircles(mine, theirs, at(3))
    expect(importCircles(both, theirs, at(4))).toBe(both)
    const elsewhere = importCircles(mine, theirs, at(5))
    expect(mergeVaults(both, elsewhere, at(6)).body.circles).toEqual(mergeVaults(elsewhere, both, at(6)).body.circles)
    expect(names(mergeVaults(both, elsewhere, at(6)))).toEqual(names(both))
  })

  test('bring only their new keys the next time, under the name they were given here', () => {
    const both = importCircles(mine, theirs, at(3))
    const id = importedCircleId(theirs.vaultId, 'a')
    const circles = both.body.circles.map((circle) => (circle.id === id ? { ...circle, name: 'Renamed' } : circle))
    const renamed = withBody(both, { ...both.body, circles }, at(4))
    const more = done(theirs, { act: 'key', id: 'a' }, at(5))
    const again = importCircles(renamed, more, at(6))
    expect(again.body.circles.find((circle) => circle.id === id)).toMatchObject({
      name: 'Renamed',
      keys: [{ epoch: 1 }, { epoch: 2 }],
    })
  })

  test('that were deleted here are there again, and those deleted there stay without a name', () => {
    const both = importCircles(mine, theirs, at(3))
    const id = importedCircleId(theirs.vaultId, 'a')
    const deleted = withBody(both, { ...both.body, circles: both.body.circles.filter((one) => one.id !== id) }, at(4))
    expect(Object.keys(deleted.body.retired ?? {})).toEqual([id])
    const again = importCircles(deleted, theirs, at(5))
    expect(names(again)).toEqual(names(both))
    expect(again.body.retired).toBeUndefined()
    expect(essence(mergeVaults(again, deleted, at(6)))).toBe(essence(again))

    const gone = done(theirs, { act: 'circle', id: 'a', name: null }, at(7))
    const kept = importCircles(mine, gone, at(8))
    expect(names(kept)).toEqual(['Mine', 'Personal', 'Personal (from another vault)'])
    expect(Object.keys(kept.body.retired ?? {})).toEqual([id])
    expect(importCircles(kept, gone, at(9))).toBe(kept)
  })

  test('that this vault has too are left alone; of the same vault there are none', () => {
    const shared = mine.body.circles.filter(({ id }) => id === 'a')
    const other = withBody(bareVault(), { ...mine.body, circles: [...bareVault().body.circles, ...shared] }, at(2))
    expect(names(importCircles(mine, other, at(3)))).toEqual(['Mine', 'Personal', 'Personal (from another vault)'])
    expect(() => importCircles(mine, mine, at(3))).toThrow('refused')
  })
})
