// Bytes cut into parts and put together again, whatever the way did to them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomBytes } from '../../src/bytes.ts'
import { findFrames, joinFrames, maxFrames, splitIntoFrames } from '../../src/crypto/qrFrames.ts'

const damaged = expect.objectContaining({ name: 'Failure', code: 'damaged' })
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 2000 }).map((bytes) => new Uint8Array(bytes))

describe('parts', () => {
  test('hold bytes of any length, and come together in any order', () => {
    fc.assert(
      fc.property(someBytes, fc.func(fc.double({ noNaN: true })), (bytes, draw) => {
        const texts = splitIntoFrames(bytes)
        const shuffled = texts.toSorted((a, b) => draw(a) - draw(b))
        const { parts, damaged: wrong, newer } = findFrames(shuffled.join('\n'))
        expect([parts.length, wrong, newer]).toEqual([texts.length, 0, 0])
        expect(joinFrames(parts)).toEqual(bytes)
        expect(parts.map(({ text }) => text)).toEqual(shuffled)
      }),
    )
  })

  test('are made of letters that a QR code has a short way for, and fit its tenth size', () => {
    for (const text of splitIntoFrames(randomBytes(5000))) {
      expect(text).toMatch(/^[0-9A-Z:.]+$/)
      expect(text.length).toBeLessThanOrEqual(395)
    }
  })

  test('are found in what mail makes of them: quoted, wrapped, in small letters, between words', () => {
    const bytes = randomBytes(700)
    const mail = splitIntoFrames(bytes)
      .map((text) => `Hello!\n> ${text.toLowerCase().replaceAll(/(.{60})/g, '$1\r\n> ')} Best regards, A. B.`)
      .join('\n\n')
    expect(joinFrames(findFrames(mail).parts)).toEqual(bytes)
  })

  test('of two transfers are told apart', () => {
    fc.assert(
      fc.property(someBytes, someBytes, fc.func(fc.double({ noNaN: true })), (one, other, draw) => {
        const mixed = [...splitIntoFrames(one), ...splitIntoFrames(other)].toSorted((a, b) => draw(a) - draw(b))
        const { parts } = findFrames(mixed.join(''))
        const [mine] = findFrames(splitIntoFrames(one)[0] ?? '').parts
        expect(
          joinFrames([
            ...new Map(
              parts.filter(({ transfer }) => transfer === mine?.transfer).map((part) => [part.index, part]),
            ).values(),
          ]),
        ).toEqual(one)
      }),
    )
  })

  test('with a wrong or missing letter are left out and counted', () => {
    const [text = ''] = splitIntoFrames(randomBytes(100))
    fc.assert(
      fc.property(fc.nat(text.length - 10), fc.constantFrom(...'ABCDEFGH234567'), (at, letter) => {
        const from = 8 + at
        const wrong = text.slice(0, from) + letter + text.slice(from + 1)
        if (wrong === text) return
        expect(findFrames(wrong)).toEqual({ parts: [], damaged: 1, newer: 0 })
      }),
    )
    expect(findFrames(text.slice(0, -1))).toEqual({ parts: [], damaged: 1, newer: 0 })
    expect(findFrames(text.slice(0, 40) + text)).toMatchObject({ parts: [{ text }], damaged: 1 })
    expect(findFrames(text.slice(0, 40))).toEqual({ parts: [], damaged: 1, newer: 0 })
    expect(findFrames(text.replace('FSPAIR1', 'FSPAIR2'))).toEqual({ parts: [], damaged: 0, newer: 1 })
    expect(findFrames('FSPAIR1:.').damaged).toBe(1)
  })

  test('are found in nothing else, and nothing hangs or throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => findFrames(text).parts.length === 0))
    const { parts, damaged: wrong } = findFrames('FSPAIR1:'.repeat(300_000))
    expect([parts.length, wrong]).toEqual([0, 300_000])
    expect(findFrames(`FSPAIR1:${'A'.repeat(2_000_000)}`).damaged).toBe(1)
  })

  test('are not put together when one is missing, twice there or of another transfer', () => {
    const { parts } = findFrames(splitIntoFrames(randomBytes(1000)).join(''))
    const { parts: others } = findFrames(splitIntoFrames(randomBytes(1000)).join(''))
    expect(() => joinFrames([])).toThrow(damaged)
    expect(() => joinFrames(parts.slice(1))).toThrow(damaged)
    expect(() => joinFrames(parts.slice(0, -1))).toThrow(damaged)
    expect(() => joinFrames([...parts, ...parts.slice(0, 1)])).toThrow(damaged)
    expect(() => joinFrames([...parts.slice(0, -1), ...others.slice(-1)])).toThrow(damaged)
  })

  test('are never more than there may be', () => {
    expect(splitIntoFrames(randomBytes(60_000)).length).toBeLessThan(maxFrames)
    expect(() => splitIntoFrames(new Uint8Array(0))).toThrow(RangeError)
    expect(() => splitIntoFrames(new Uint8Array(224 * maxFrames + 1))).toThrow(RangeError)
  })
})
