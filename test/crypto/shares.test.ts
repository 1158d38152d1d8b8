import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SharesSecret } from '../../src/bytes.ts'
import {
  combineShares,
  diagnoseShare,
  formatShare,
  makeShares,
  newSharesSecret,
  parseShare,
  type Share,
} from '../../src/crypto/shares.ts'
import { fromHex, toHex } from './bytes.ts'
import * as twin from './twin.ts'
import { vectors } from './vectors.ts'

const alphabet = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
const mistyped = expect.objectContaining({ code: 'mistyped' })
const newer = expect.objectContaining({ code: 'newer-version' })
const anySecret = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Uint8Array(bytes) as SharesSecret)
const anyNumbers = fc
  .tuple(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 2, max: 16 }))
  .map(([a, b]) => ({ threshold: Math.min(a, b), count: Math.max(a, b) }))

/** Some shares of a set, in any order. */
const some = (shares: readonly Share[], many: number) =>
  fc.shuffledSubarray([...shares], { minLength: many, maxLength: many })

describe('shares', () => {
  test('any threshold of them give the secret, in any order, and so do more', () =>
    fc.assert(
      fc.asyncProperty(anySecret, anyNumbers, fc.gen(), async (secret, { threshold, count }, gen) => {
        const shares = await makeShares(secret, threshold, count)
        expect(shares.length).toBe(count)
        const many = gen(fc.integer, { min: threshold, max: count })
        const chosen = gen(() => some(shares, many))
        expect(await combineShares(chosen)).toEqual(secret)
        expect(toHex(twin.combineShares(chosen.map(({ point }) => Buffer.from(point))))).toBe(toHex(secret))
      }),
      { numRuns: 40 },
    ))

  test('fewer give nothing, or something else', () =>
    fc.assert(
      fc.asyncProperty(anySecret, anyNumbers, fc.gen(), async (secret, { threshold, count }, gen) => {
        const shares = await makeShares(secret, threshold, count)
        const few = gen(() => some(shares, threshold - 1))
        expect(await combineShares(few)).not.toEqual(secret)
      }),
      { numRuns: 60 },
    ))

  test('fewer fit every other secret as well: a last share can be found that makes them give it', () =>
    fc.assert(
      fc.asyncProperty(anySecret, anySecret, async (secret, wished) => {
        const [held, other] = await makeShares(secret, 2, 2)
        if (!held || !other) throw new TypeError('expected two shares')
        // The secret is held·a ⊕ other·b, byte by byte; so some byte of the other gives any secret one wishes.
        const point = Uint8Array.from(other.point)
        for (let at = 0; at < 16; at++)
          for (let byte = 0; byte < 256; byte++) {
            point[at] = byte
            if ((await combineShares([held, { ...other, point }]))?.[at] === wished[at]) break
          }
        expect(await combineShares([held, { ...other, point }])).toEqual(wished)
      }),
      { numRuns: 5 },
    ))

  test('of two sets, one alone, or one twice, are not combined', async () => {
    const secret = newSharesSecret()
    const [[a, b], [c]] = [await makeShares(secret, 2, 3), await makeShares(secret, 2, 3)]
    if (!a || !b || !c) throw new TypeError('expected shares')
    for (const shares of [[], [a], [a, c], [a, a], [a, { ...a, index: 2 }], [a, { ...b, count: 4 }]])
      expect(await combineShares(shares)).toBeNull()
    expect(await combineShares([a, b])).toEqual(secret)
  })

  test('that one altered give something else', async () => {
    const secret = newSharesSecret()
    const [a, b] = await makeShares(secret, 2, 2)
    if (!a || !b) throw new TypeError('expected shares')
    for (let at = 0; at < 16; at++) {
      const point = Uint8Array.from(b.point)
      point[at] = (point[at] ?? 0) ^ 1
      expect(await combineShares([a, { ...b, point }])).not.toEqual(secret)
    }
  })

  test('are two to sixteen, and no more needed than made', async () => {
    for (const [threshold, count] of [
      [1, 2],
      [3, 2],
      [2, 17],
      [2.5, 3],
      [0, 0],
      [Number.NaN, 3],
    ] as const)
      await expect(makeShares(newSharesSecret(), threshold, count)).rejects.toThrow(RangeError)
  })
})

describe('a written share', () => {
  test('equals its twin and is read back, in any case and spacing', () =>
    fc.assert(
      fc.asyncProperty(anySecret, anyNumbers, async (secret, { threshold, count }) => {
        for (const share of await makeShares(secret, threshold, count)) {
          const text = formatShare(share)
          expect(text).toMatch(/^([0-9A-Z]{4}-){10}[0-9A-Z]{3}$/)
          expect(parseShare(text)).toEqual(share)
          expect(parseShare(text.toLowerCase().replaceAll('-', ' \n'))).toEqual(share)
          expect(diagnoseShare(text)).toEqual({ kind: 'fine' })
          const { set, point, ...numbers } = share
          const same = { ...numbers, set: toHex(set), point: Buffer.from(point) }
          expect(twin.formatShare(same)).toBe(text)
          expect(twin.readShare(text)).toEqual(same)
        }
      }),
      { numRuns: 20 },
    ))

  test('is read as the vectors say, and any threshold of them give the secret', async () => {
    for (const { secret, threshold, count, set, shares } of vectors.shares) {
      expect(shares.length).toBe(count)
      const parsed = shares.map(({ text }) => parseShare(text))
      for (const [at, share] of parsed.entries())
        expect(share).toEqual({
          threshold,
          count,
          set: fromHex(set),
          index: at + 1,
          point: fromHex(shares[at]?.point ?? ''),
        })
      for (const chosen of [parsed.slice(0, threshold), parsed.slice(-threshold), parsed])
        expect(toHex((await combineShares(chosen)) ?? new Uint8Array())).toBe(secret)
      const points = shares.map(({ text }) => twin.readShare(text).point)
      expect(twin.combineShares(points.slice(-threshold)).toString('hex')).toBe(secret)
      expect(twin.combineShares(points.slice(1, threshold)).toString('hex')).not.toBe(secret)
    }
  })

  test('with one wrong letter is told by its group, with more by a typing error', () => {
    const text = vectors.shares[0]?.shares[0]?.text ?? ''
    const bare = text.replaceAll('-', '')
    for (let at = 0; at < bare.length; at += 3) {
      const letter = alphabet.charAt((alphabet.indexOf(bare.charAt(at)) + 7) % 32)
      const typed = bare.slice(0, at) + letter + bare.slice(at + 1)
      expect(diagnoseShare(typed)).toEqual({ kind: 'group', group: Math.floor(at / 4) + 1 })
      expect(() => parseShare(typed)).toThrow(mistyped)
    }
    expect(diagnoseShare(`QQQ${bare.slice(3, 40)}QQQ`)).toEqual({ kind: 'somewhere' })
    expect(diagnoseShare(bare.slice(1))).toEqual({ kind: 'length', letters: 42 })
    expect(diagnoseShare(text.replace('-', '-1'))).toEqual({ kind: 'letter', group: 2 })
  })

  test('and a recovery key are never taken for each other', () => {
    const key = vectors.recovery[0]?.text ?? ''
    expect(() => parseShare(key)).toThrow(mistyped)
    expect(diagnoseShare(key)).toEqual({ kind: 'length', letters: 32 })
  })

  test('of a kind that is not known here is of a newer version', () => {
    const known = twin.readShare(vectors.shares[0]?.shares[0]?.text ?? '')
    const unknown = [
      { threshold: 1 },
      { threshold: 4, count: 3 },
      { index: 0 },
      { index: 4 },
      { point: Buffer.concat([known.point.subarray(0, 16), Buffer.alloc(1)]) },
    ]
    for (const change of unknown)
      expect(() => parseShare(twin.formatShare({ ...known, ...change })), JSON.stringify(change)).toThrow(newer)
  })
})
