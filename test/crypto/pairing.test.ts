// The one-time code as it is typed, and what is sealed under it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bytes, PairingCode } from '../../src/bytes.ts'
import {
  diagnosePairingCode,
  formatPairingCode,
  newPairingCode,
  openPairing,
  parsePairingCode,
  sealPairing,
} from '../../src/crypto/pairing.ts'

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const codes = fc
  .uint8Array({ minLength: 14, maxLength: 14, max: 31 })
  .map((words) => new Uint8Array(words) as PairingCode)
const bytes = new Uint8Array([1, 2, 3])
const minutes = 29_501_000

describe('a one-time code', () => {
  test('has 70 random bits, each word of 5 as likely', () => {
    const words = Array.from({ length: 400 }, () => [...newPairingCode()]).flat()
    expect(words.length).toBe(400 * 14)
    expect(new Set(words).size).toBe(32)
    expect(Math.max(...words)).toBe(31)
  })

  test('is five groups of four, and is read back in any case and spacing', () => {
    fc.assert(
      fc.property(codes, (words) => {
        const written = formatPairingCode(words)
        expect(written).toMatch(/^([02-9AC-HJ-NP-Z]{4}-){4}[02-9AC-HJ-NP-Z]{4}$/)
        for (const typed of [
          written,
          written.toLowerCase(),
          written.replaceAll('-', ' '),
          ` ${written.replaceAll('-', '–')}\n`,
        ])
          expect(parsePairingCode(typed)).toEqual(words)
      }),
    )
  })

  test('with a typing error is refused before anything is derived, and the group is told', () => {
    fc.assert(
      fc.property(codes, fc.nat(19), fc.constantFrom(...'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'), (words, at, letter) => {
        const right = formatPairingCode(words).replaceAll('-', '')
        const wrong = right.slice(0, at) + letter + right.slice(at + 1)
        if (wrong === right) return
        expect(() => parsePairingCode(wrong)).toThrow(code('mistyped'))
        expect(['group', 'somewhere']).toContain(diagnosePairingCode(wrong).kind)
      }),
    )
    expect(diagnosePairingCode('QQQQ-QQQQ')).toEqual({ kind: 'length', letters: 8 })
    expect(diagnosePairingCode('QQQQ-QBQQ-QQQQ-QQQQ-QQQQ')).toEqual({ kind: 'letter', group: 2 })
    expect(diagnosePairingCode(formatPairingCode(newPairingCode()))).toEqual({ kind: 'fine' })
  })
})

describe('what is sealed under a code', () => {
  test('opens with it, and says when it was sealed', () => {
    fc.assert(
      fc.property(
        codes,
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (words, held, at) => {
          const opened = openPairing(words, sealPairing(words, at, held))
          expect(opened).toEqual({ minutes: at, bytes: held })
        },
      ),
      { numRuns: 30 },
    )
  })

  test('is another each time, and opens with no other code', () => {
    const words = newPairingCode()
    const sealed = sealPairing(words, minutes, bytes)
    expect(sealPairing(words, minutes, bytes)).not.toEqual(sealed)
    expect(() => openPairing(newPairingCode(), sealed)).toThrow(code('wrong-secret'))
    const near = words.slice() as PairingCode
    near[13] = (near[13] ?? 0) ^ 1
    expect(() => openPairing(near, sealed)).toThrow(code('wrong-secret'))
  })

  test('does not open when any bit of it was changed, the date included', () => {
    const words = newPairingCode()
    const sealed = sealPairing(words, minutes, bytes)
    for (let at = 1; at < sealed.length; at++) {
      const altered = sealed.slice()
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => openPairing(words, altered)).toThrow(code('wrong-secret'))
    }
  })

  test('of a newer version is said to be one, and what is cut off is refused', () => {
    const words = newPairingCode()
    const sealed = sealPairing(words, minutes, bytes)
    expect(() => openPairing(words, withVersion(sealed, 2))).toThrow(code('newer-version'))
    expect(() => openPairing(words, withVersion(sealed, 0))).toThrow(code('damaged'))
    for (const length of [0, 1, 20]) expect(() => openPairing(words, sealed.slice(0, length))).toThrow(code('damaged'))
    for (let length = 21; length < sealed.length; length++)
      expect(() => openPairing(words, sealed.slice(0, length))).toThrow(code('wrong-secret'))
  })
})

function withVersion(sealed: Bytes, version: number): Bytes {
  const other = sealed.slice()
  other[0] = version
  return other
}
