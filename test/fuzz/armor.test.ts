// The armor decoder under fire: 100,000 texts, or a share of them (depth.ts), for each of its three doors, made from genuine ones by what sites and enemies
// do to text. Whatever comes, the answer is a value or a Failure; it agrees with the slow twin; and the work is linear.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSealed, marker, parseFirst, parseSealed } from '../../src/crypto/armor.ts'
import { decodeBlocks, encodeBlocks } from '../../src/crypto/base62.ts'
import { Failure } from '../../src/failure.ts'
import * as twin from '../crypto/twin.ts'
import { vectors } from '../crypto/vectors.ts'
import { casesOf, seed } from '../depth.ts'

const numRuns = casesOf(100_000)
const genuine = [...new Set(vectors.text.map(({ sealed }) => sealed).filter(({ length }) => length < 400))]
const refused = vectors.textRefused.map(({ sealed }) => sealed).filter(({ length }) => length < 400)
const bits = [
  marker,
  'sealed',
  's',
  '1',
  '2',
  '0',
  'z',
  'Z',
  '>',
  ' ',
  '\n',
  '\t',
  '\r\n> ',
  '\u200b',
  '\u00ad',
  'é',
  '😀',
  '\0',
]
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** One thing done to a text, by three numbers. */
const harm = fc.tuple(fc.nat(8), fc.nat(999), fc.nat(999))
const harmed = fc
  .tuple(fc.constantFrom(...genuine, ...genuine, ...refused, ''), fc.array(harm, { maxLength: 4 }))
  .map(([text, harms]) => harms.reduce(harmText, text))

function harmText(text: string, [kind, one, two]: [number, number, number]): string {
  const at = one % (text.length + 1)
  const bit = bits[two % bits.length] ?? ''
  const other = genuine[two % genuine.length] ?? ''
  const letter = digits[two % digits.length] ?? ''
  if (kind === 0) return text.slice(0, at)
  if (kind === 1) return text.slice(at)
  if (kind === 2) return text.slice(0, at) + letter + text.slice(at + 1)
  if (kind === 3) return text.slice(0, at) + bit + text.slice(at)
  if (kind === 4) return text.slice(0, at) + other.slice(two % (other.length + 1))
  if (kind === 5) return text.slice(0, at) + text.slice(at + 1 + (two % 50))
  if (kind === 6) return text + bit + other
  if (kind === 7) return text.replace('1', String(two % 10))
  return text.slice(0, at) + letter.repeat(two % 50) + text.slice(at)
}

/** What `work` comes to: its value, or the code of its Failure. Anything else that is thrown fails the test. */
function outcome<T>(work: () => T): T | Failure['code'] {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code
    throw thrown
  }
}

const same = (one: Uint8Array, two: Uint8Array) => Buffer.from(one).equals(two)

describe('the armor decoder', () => {
  test('decodes blocks, or refuses them as damaged, as its twin does', () => {
    const letters = fc.tuple(harmed, fc.nat(2)).map(([text, cut]) => (cut === 0 ? text : text.slice(marker.length)))
    let decoded = 0
    fc.assert(
      fc.property(letters, (text) => {
        const got = outcome(() => decodeBlocks(text))
        // The twin decodes anything of its letters; what it spells otherwise than it was is no base62 of ours.
        const bytes = /^[0-9A-Za-z]*$/.test(text) ? twin.fromBase62(text) : null
        const fits = bytes !== null && bytes.length <= (text.length * 6) / 8 && twin.base62(bytes) === text
        if (typeof got === 'string') return got === 'damaged' && !fits
        decoded++
        return fits && same(got, bytes) && encodeBlocks(got) === text
      }),
      { numRuns, seed },
    )
    expect(decoded).toBeGreaterThan(numRuns / 10)
  })

  test('takes a sealed text apart only if it is spelled as its parts are', () => {
    let parsed = 0
    fc.assert(
      fc.property(harmed, (text) => {
        const got = outcome(() => parseSealed(text))
        if (typeof got === 'string') return got === (/^sealed[2-9]/.test(text) ? 'newer-version' : 'damaged')
        parsed++
        const { len, salt, keyTag, ciphertext, head } = got
        const bytes = Buffer.concat([Buffer.from([len >> 16, (len >> 8) & 255, len & 255]), salt, keyTag, ciphertext])
        return (
          ciphertext.length === len &&
          twin.padme(len - 16) === len - 16 &&
          same(head, Buffer.concat([Buffer.from(marker), bytes.subarray(0, 35)])) &&
          `${marker}${twin.base62(bytes)}` === text
        )
      }),
      { numRuns, seed },
    )
    expect(parsed).toBeGreaterThan(numRuns / 10)
  })

  test('takes the first sealed text apart that a finder finds, without looking for it where it is all there is', () => {
    let found = 0
    const somewhere = fc.oneof(
      harmed,
      fc.tuple(harmed, fc.constantFrom('', ...bits), harmed).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(somewhere, (text) => {
        const [first] = findSealed(text)
        const slow = first?.fault ?? outcome(() => parseSealed(first?.sealed ?? text.trim()))
        const got = outcome(() => parseFirst(text))
        if (typeof got === 'string' || typeof slow === 'string') return got === slow
        found++
        return same(got.head, slow.head) && same(got.ciphertext, slow.ciphertext)
      }),
      { numRuns, seed },
    )
    expect(found).toBeGreaterThan(numRuns / 10)
  })

  test('finds texts in order, apart, as they are spelled there, and whole only where they can be parsed', () => {
    const page = fc.array(fc.oneof(harmed, fc.constantFrom(...bits)), { maxLength: 3 }).map((parts) => parts.join(''))
    const counts = { whole: 0, faulty: 0 }
    fc.assert(
      fc.property(page, (text) => {
        let last = 0
        for (const { start, end, sealed, fault } of findSealed(text)) {
          if (start < last || end <= start || end > text.length) return false
          last = end
          if (!/^sealed[1-9][0-9A-Za-z]*$/.test(sealed)) return false
          // Nothing is left out of what stands there but what is no letter.
          if (text.slice(start, end).replace(/[^0-9A-Za-z]/g, '') !== sealed) return false
          const parse = outcome(() => parseSealed(sealed))
          if ((fault === null) !== (typeof parse !== 'string')) return false
          if (fault === 'newer-version' && parse !== 'newer-version') return false
          counts[fault === null ? 'whole' : 'faulty']++
        }
        return true
      }),
      { numRuns, seed },
    )
    expect(Math.min(counts.whole, counts.faulty)).toBeGreaterThan(numRuns / 10)
  })

  test('looks at no letter more than a few times, however the text is made', () => {
    const pieces = fc.oneof(fc.constantFrom(...bits), harmed)
    const long = fc
      .tuple(fc.array(pieces, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 300 }))
      .map(([parts, times]) => parts.join('').repeat(times).slice(0, 40_000))
    fc.assert(
      fc.property(long, (text) => {
        const looked = countLetters(() => findSealed(text))
        return looked <= 12 * text.length + 1_000
      }),
      { numRuns: casesOf(2_000), seed },
    )
  })
})

/** The letters that `work` cuts out of texts or matches in them. Backtracking inside one match is not seen. */
function countLetters(work: () => void): number {
  const { slice } = String.prototype
  const { exec, test: matches } = RegExp.prototype
  let looked = 0
  const counting = {
    slice(this: string, ...at: [number?, number?]) {
      const cut = slice.apply(this, at)
      looked += cut.length
      return cut
    },
    exec(this: RegExp, text: string) {
      const from = this.lastIndex
      const found = exec.call(this, text)
      looked += this.global ? (found ? this.lastIndex : text.length) - from : (found?.[0].length ?? 1)
      return found
    },
    test(this: RegExp, text: string) {
      looked += text.length
      return matches.call(this, text)
    },
  }
  const put = (where: object, name: string, value: unknown) =>
    Object.defineProperty(where, name, { value, writable: true, enumerable: false, configurable: true })
  put(String.prototype, 'slice', counting.slice)
  put(RegExp.prototype, 'exec', counting.exec)
  put(RegExp.prototype, 'test', counting.test)
  try {
    work()
    return looked
  } finally {
    put(String.prototype, 'slice', slice)
    put(RegExp.prototype, 'exec', exec)
    put(RegExp.prototype, 'test', matches)
  }
}
