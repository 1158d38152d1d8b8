import { bech32m } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecoverySecret } from '../../src/bytes.ts'
import { diagnoseRecovery, formatRecovery, newRecoverySecret, parseRecovery } from '../../src/crypto/recovery.ts'
import { someOf } from '../depth.ts'
import * as twin from './twin.ts'
import { vectors } from './vectors.ts'

const alphabet = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
const anySecret = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytes as RecoverySecret)
const mistyped = expect.objectContaining({ code: 'mistyped' })

describe('a recovery key', () => {
  test('equals its twin and is read back', () => {
    fc.assert(
      fc.property(anySecret, (secret) => {
        expect(formatRecovery(secret)).toBe(twin.formatRecovery(secret))
        expect(parseRecovery(formatRecovery(secret))).toEqual(secret)
        expect(diagnoseRecovery(formatRecovery(secret))).toEqual({ kind: 'fine' })
      }),
    )
  })

  test('is 16 random bytes', () => {
    expect(newRecoverySecret().length).toBe(16)
    expect(newRecoverySecret()).not.toEqual(newRecoverySecret())
  })

  test('is read in any case, with any spacing and any dashes', () => {
    for (const { text } of vectors.recovery) {
      const secret = parseRecovery(text)
      const bare = text.replaceAll('-', '')
      const mixed = bare.slice(0, 9).toLowerCase() + bare.slice(9)
      for (const typed of [
        bare,
        bare.toLowerCase(),
        mixed,
        text.replaceAll('-', ' – '),
        ` ${bare}\n`,
        [...bare].join('\u00a0'),
      ])
        expect(parseRecovery(typed)).toEqual(secret)
    }
  })

  test('with up to four letters changed is mistyped', () => {
    fc.assert(
      fc.property(
        anySecret,
        fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 1, max: 31 })), {
          minLength: 1,
          maxLength: 4,
          selector: ([at]) => at,
        }),
        (secret, changes) => {
          const letters = [...formatRecovery(secret).replaceAll('-', '')]
          for (const [at, by] of changes) letters[at] = alphabet.charAt((alphabet.indexOf(letters[at] ?? '') + by) % 32)
          expect(() => parseRecovery(letters.join(''))).toThrow(mistyped)
        },
      ),
    )
  })

  test('whose two left-over bits are not zero is mistyped, though its checksum fits', () => {
    const typed = twin.bechLetters([...new Array<number>(25).fill(0), 1])
    expect(() => parseRecovery(typed)).toThrow(mistyped)
    expect(diagnoseRecovery(typed)).not.toEqual({ kind: 'fine' })
  })

  test('with a 1 in it, which bech32m takes for its separator, is mistyped even if the checksum then fits', () => {
    const typed = bech32m.encode('fsrk1q', new Array<number>(24).fill(0)).slice('fsrk1'.length)
    expect(typed.length).toBe(32)
    expect(() => parseRecovery(typed)).toThrow(mistyped)
  })
})

describe('a mistyped recovery key', () => {
  const [{ text } = { text: '' }] = vectors.recovery
  const bare = text.replaceAll('-', '')

  test('with one wrong letter is told by its group, for every place and letter', () => {
    const mistakes = Array.from(bare, (right, at) =>
      [...alphabet.replace(right, '')].map((letter) => ({ at, letter })),
    ).flat()
    expect(mistakes.length).toBe(32 * 31)
    for (const { at, letter } of someOf(mistakes)) {
      const typed = bare.slice(0, at) + letter + bare.slice(at + 1)
      expect(diagnoseRecovery(typed)).toEqual({ kind: 'group', group: Math.floor(at / 4) + 1 })
    }
  })

  test('with two neighbours exchanged is told by the group of the first', () => {
    for (let at = 0; at < 31; at++) {
      const [one, two] = [bare.charAt(at), bare.charAt(at + 1)]
      if (one === two) continue
      const typed = bare.slice(0, at) + two + one + bare.slice(at + 2)
      expect(diagnoseRecovery(typed)).toEqual({ kind: 'group', group: Math.floor(at / 4) + 1 })
    }
  })

  test('with errors in several places is wrong somewhere', () => {
    expect(diagnoseRecovery(`QQ${bare.slice(2, 30)}QQ`)).toEqual({ kind: 'somewhere' })
  })

  test('with a character that no recovery key has is told by its group', () => {
    expect(diagnoseRecovery(text.replace('R998', 'R9B8'))).toEqual({ kind: 'letter', group: 4 })
    expect(diagnoseRecovery('1')).toEqual({ kind: 'letter', group: 1 })
  })

  test('with letters missing or too many is told by how many there are', () => {
    expect(diagnoseRecovery(bare.slice(1))).toEqual({ kind: 'length', letters: 31 })
    expect(diagnoseRecovery(`${text}-QQ`)).toEqual({ kind: 'length', letters: 34 })
    expect(diagnoseRecovery('')).toEqual({ kind: 'length', letters: 0 })
  })

  test('is never told what it should have been', () => {
    const typed = `A${bare.slice(1)}`
    expect(JSON.stringify(diagnoseRecovery(typed))).toBe('{"kind":"group","group":1}')
  })
})
