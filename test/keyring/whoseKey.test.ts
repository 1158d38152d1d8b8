// Whose key a sealed text was sealed under, as an open vault tells it: of a thief's text and of a late device's alike.

import { describe, expect, test } from 'vitest'
import type { CircleKey } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { openTexts, sealText } from '../../src/crypto/text.ts'
import { TextKeys } from '../../src/crypto/textKeys.ts'
import { requireSingle } from '../../src/failure.ts'
import type { EpochKey, VaultBody } from '../../src/keyring/body.ts'
import { newestPersonal, openingKeys, sealedUnder } from '../../src/keyring/circles.ts'
import { importCircles } from '../../src/keyring/importCircles.ts'
import { rotateVault } from '../../src/keyring/masterKeyRotation.ts'
import { rotateCircle } from '../../src/keyring/rotation.ts'
import { type Vault, withBody } from '../../src/keyring/vault.ts'
import { circleKey } from '../crypto/bytes.ts'
import { bareVault, done, start } from './devices.ts'

const minute = 60_000
const at = (minutes: number) => new Date(start + minutes * minute)
const sealAt = (key: CircleKey, minutes: number) =>
  sealText(key, { text: 'a text', minutes: Math.floor(at(minutes).getTime() / minute), origin: null })
const own = { owner: 'personal', circle: null, earlier: false }

async function owner({ body }: { body: VaultBody }, sealed: string) {
  const keys = openingKeys(body)
  const opened = requireSingle(await openTexts(new TextKeys(keys.map(({ key }) => key)), [{ sealed, origin: null }]))
  const whose = keys[opened.keyIndex]
  if (whose === undefined) throw new RangeError('expected a key')
  return sealedUnder(whose, opened.minutes * minute)
}
const personal = ({ body }: Vault) => newestPersonal(body)

describe('a text under a key of Personal', () => {
  const before = bareVault()
  const replaced = withBody(before, rotateCircle(before.body, 'personal', at(60)), at(60))

  test('is one’s own, also under the key before where it was sealed in its time', async () => {
    expect(await owner(before, await sealAt(personal(before), 30))).toEqual(own)
    expect(await owner(replaced, await sealAt(personal(before), 30))).toEqual(own)
    expect(await owner(replaced, await sealAt(personal(before), 60))).toEqual(own)
    expect(await owner(replaced, await sealAt(personal(replaced), 61))).toEqual(own)
  })

  test('that had been replaced by its date says so: a thief’s, and a late device’s, which cannot be told apart', async () => {
    // The thief has the vault as it was; the late device has it too, and does not know better before it hears of the new key.
    const thief = await sealAt(personal(before), 61)
    const late = await sealAt(personal(before), 90)
    expect(await owner(before, late)).toEqual(own)
    for (const sealed of [thief, late]) expect(await owner(replaced, sealed)).toEqual({ ...own, earlier: true })
  })

  test('after a new master key is told in the same way', async () => {
    const proofs = {
      password: 'password',
      recovery: { kind: 'new', secret: newRecoverySecret() },
      passkeys: [],
    } as const
    const renewed = await rotateVault(before, proofs, leastCost, at(60))
    expect(await owner(renewed, await sealAt(personal(before), 59))).toEqual(own)
    expect(await owner(renewed, await sealAt(personal(before), 62))).toEqual({ ...own, earlier: true })
    expect(await owner(renewed, await sealAt(personal(renewed), 62))).toEqual(own)
  })
})

describe('a text under a key that is not of Personal', () => {
  const mine = done(bareVault(), { act: 'circle', id: 'a', name: 'Friends' }, at(1))
  const theirs = done(bareVault(), { act: 'circle', id: 'a', name: 'Their friends' }, at(2))
  const both = importCircles(mine, theirs, at(3))
  const newest = (vault: Vault, id: string) => {
    const found = vault.body.circles.find((circle) => circle.id === id)
    return newestPersonal({ circles: [{ id: 'personal', name: '', keys: found?.keys ?? [] }] })
  }

  test('is of the circle that it names', async () => {
    expect(await owner(mine, await sealAt(newest(mine, 'a'), 5))).toEqual({
      ...own,
      owner: 'circle',
      circle: 'Friends',
    })
  })

  test('of another vault is named so, and after what its circle was called there', async () => {
    expect(await owner(both, await sealAt(personal(theirs), 5))).toEqual({ ...own, owner: 'other-vault' })
    const sealed = await sealAt(newest(theirs, 'a'), 5)
    expect(await owner(both, sealed)).toEqual({ ...own, owner: 'other-vault', circle: 'Their friends' })
  })

  test('of a circle that was deleted here is of a circle that is gone; of another vault’s, still of that vault', async () => {
    const circles = both.body.circles.filter(({ id }) => id === 'personal')
    const without = withBody(both, { ...both.body, circles }, at(4))
    expect(await owner(without, await sealAt(newest(mine, 'a'), 5))).toEqual({ ...own, owner: 'removed-circle' })
    expect(await owner(without, await sealAt(personal(theirs), 5))).toEqual({ ...own, owner: 'other-vault' })
  })

  test('from before the master key was replaced is never one’s own, not in Personal either', async () => {
    const thief: EpochKey = {
      epoch: 2,
      key: Buffer.alloc(32, 0x7e).toString('base64url'),
      createdAt: at(90).toISOString(),
      opens: true,
      from: 'before-rotation',
    }
    const circles = mine.body.circles.map((circle) => ({ ...circle, keys: [...circle.keys, thief] }))
    const sealed = await sealAt(circleKey('7e'.repeat(32)), 91)
    expect(await owner({ body: { circles } }, sealed)).toEqual({ ...own, owner: 'before-rotation' })
    // And what it brings says nothing of one's own keys.
    expect(await owner({ body: { circles } }, await sealAt(personal(mine), 91))).toEqual(own)
  })

  test('of another vault that brings one’s own key is one’s own', async () => {
    const [key] = mine.body.circles.find(({ id }) => id === 'personal')?.keys ?? []
    if (key === undefined) throw new TypeError('expected a key')
    const copied = [{ ...key, opens: true, from: 'other-vault' } as const]
    const circles = [{ id: 'x', name: 'Stolen', keys: copied }, ...mine.body.circles]
    expect(await owner({ body: { circles } }, await sealAt(personal(mine), 5))).toEqual(own)
  })

  test.each([
    ['Their\u202e \u0000friends\n\n \u2066x', 'Their friends x'],
    ['\u200d \u200b\u2060', null],
    ['', null],
    ['x'.repeat(256), `${'x'.repeat(39)}…`],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['\ud800a', '\ufffda'],
  ])('names the circle %j as %j: a stranger may have written it', async (name, shown) => {
    const circles = both.body.circles.map((circle) => ({ ...circle, name }))
    const sealed = await sealAt(newest(theirs, 'a'), 5)
    expect(await owner({ body: { circles } }, sealed)).toEqual({ ...own, owner: 'other-vault', circle: shown })
  })
})
