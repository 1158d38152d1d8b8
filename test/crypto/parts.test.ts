// Bytes cut into parts and put together again, whatever the way did to them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomBytes } from '../../src/bytes.ts'
import { findParts, join, partsAtMost, split } from '../../src/crypto/parts.ts'

const damaged = expect.objectContaining({ name: 'Failure', code: 'damaged' })
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 2000 }).map((bytes) => new Uint8Array(bytes))

describe('parts', () => {
  test('hold bytes of any length, and come together in any order', () => {
    fc.assert(
      fc.property(someBytes, fc.func(fc.double({ noNaN: true })), (bytes, draw) => {
        const texts = split(bytes)
        const shuffled = texts.toSorted((a, b) => draw(a) - draw(b))
        const { parts, damaged: wrong, newer } = findParts(shuffled.join('\n'))
        expect([parts.length, wrong, newer]).toEqual([texts.length, 0, 0])
        expect(join(parts)).toEqual(bytes)
        expect(parts.map(({ text }) => text)).toEqual(shuffled)
      }),
    )
  })

  test('are made of letters that a QR code has a short way for, and fit its tenth size', () => {
    for (const text of split(randomBytes(5000))) {
      expect(text).toMatch(/^[0-9A-Z:.]+$/)
      expect(text.length).toBeLessThanOrEqual(395)
    }
  })

  test('are found in what mail makes of them: quoted, wrapped, in small letters, between words', () => {
    const bytes = randomBytes(700)
    const mail = split(bytes)
      .map((text) => `Hello!\n> ${text.toLowerCase().replaceAll(/(.{60})/g, '$1\r\n> ')} Best regards, A. B.`)
      .join('\n\n')
    expect(join(findParts(mail).parts)).toEqual(bytes)
  })

  test('of two transfers are told apart', () => {
    fc.assert(
      fc.property(someBytes, someBytes, fc.func(fc.double({ noNaN: true })), (one, other, draw) => {
        const mixed = [...split(one), ...split(other)].toSorted((a, b) => draw(a) - draw(b))
        const { parts } = findParts(mixed.join(''))
        const [mine] = findParts(split(one)[0] ?? '').parts
        expect(
          join([
            ...new Map(
              parts.filter(({ transfer }) => transfer === mine?.transfer).map((part) => [part.index, part]),
            ).values(),
          ]),
        ).toEqual(one)
      }),
    )
  })

  test('with a wrong or missing letter are left out and counted', () => {
    const [text = ''] = split(randomBytes(100))
    fc.assert(
      fc.property(fc.nat(text.length - 10), fc.constantFrom(...'ABCDEFGH234567'), (at, letter) => {
        const from = 8 + at
        const wrong = text.slice(0, from) + letter + text.slice(from + 1)
        if (wrong === text) return
        expect(findParts(wrong)).toEqual({ parts: [], damaged: 1, newer: 0 })
      }),
    )
    expect(findParts(text.slice(0, -1))).toEqual({ parts: [], damaged: 1, newer: 0 })
    expect(findParts(text.slice(0, 40) + text)).toMatchObject({ parts: [{ text }], damaged: 1 })
    expect(findParts(text.slice(0, 40))).toEqual({ parts: [], damaged: 1, newer: 0 })
    expect(findParts(text.replace('FSPAIR1', 'FSPAIR2'))).toEqual({ parts: [], damaged: 0, newer: 1 })
    expect(findParts('FSPAIR1:.').damaged).toBe(1)
  })

  test('are found in nothing else, and nothing hangs or throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => findParts(text).parts.length === 0))
    const { parts, damaged: wrong } = findParts('FSPAIR1:'.repeat(300_000))
    expect([parts.length, wrong]).toEqual([0, 300_000])
    expect(findParts(`FSPAIR1:${'A'.repeat(2_000_000)}`).damaged).toBe(1)
  })

  test('are not put together when one is missing, twice there or of another transfer', () => {
    const { parts } = findParts(split(randomBytes(1000)).join(''))
    const { parts: others } = findParts(split(randomBytes(1000)).join(''))
    expect(() => join([])).toThrow(damaged)
    expect(() => join(parts.slice(1))).toThrow(damaged)
    expect(() => join(parts.slice(0, -1))).toThrow(damaged)
    expect(() => join([...parts, ...parts.slice(0, 1)])).toThrow(damaged)
    expect(() => join([...parts.slice(0, -1), ...others.slice(-1)])).toThrow(damaged)
  })

  test('are never more than there may be', () => {
    expect(split(randomBytes(60_000)).length).toBeLessThan(partsAtMost)
    expect(() => split(new Uint8Array(0))).toThrow(RangeError)
    expect(() => split(new Uint8Array(224 * partsAtMost + 1))).toThrow(RangeError)
  })
})
