import { afterEach, describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url, randomBytes, randomEach, randomToken } from '../src/bytes.ts'

test.each([
  [0, 16],
  [1, 16],
  [4_097, 16],
  [3, 65_536],
])('%i times %i random bytes are as many, and no two alike', (count, length) => {
  const all = randomEach(count, length)
  expect(all.length).toBe(count)
  expect(all.every((each) => each.length === length)).toBe(true)
  expect(new Set(all.map((each) => Buffer.from(each).toString('hex'))).size).toBe(count)
})

test.each([0, -1, 65_537, Number.NaN])('%d random bytes at once are not to be had', (length) => {
  expect(() => randomEach(2, length)).toThrow(RangeError)
})

test('a token is 22 letters of base64url, and never the same', () => {
  const tokens = Array.from({ length: 100 }, randomToken)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(new Set(tokens).size).toBe(100)
})

describe.each(['with', 'without'])('%s the platform', (platform) => {
  afterEach(() => {
    Reflect.deleteProperty(Uint8Array, 'fromBase64')
    Reflect.deleteProperty(Uint8Array.prototype, 'toBase64')
  })

  /** As lenient as browsers are. Node has these from version 25 on. */
  function start() {
    if (platform === 'without') return
    const fromBase64 = (text: string) => {
      if (/[^A-Za-z0-9_=\s-]/.test(text)) throw new SyntaxError()
      return new Uint8Array(Buffer.from(text, 'base64url'))
    }
    Object.assign(Uint8Array, { fromBase64 })
    Object.assign(Uint8Array.prototype, {
      toBase64(this: Uint8Array) {
        return Buffer.from(this).toString('base64url')
      },
    })
  }

  test.each([0, 1, 2, 3, 16, 24_575, 24_576, 24_577, 1_048_576])(
    '%i bytes are written as base64url and read',
    (length) => {
      start()
      const bytes = randomBytes(Math.min(length, 65_536))
      const all = new Uint8Array(length).map((_, index) => bytes[index % bytes.length] ?? 0)
      const text = encodeBase64url(all)
      expect(text).toBe(Buffer.from(all).toString('base64url'))
      expect(Buffer.from(decodeBase64url(text)).equals(all)).toBe(true)
    },
  )

  test.each(['A', 'AB', 'AA==', 'AA=', 'A A', ' AA', 'AA\n', '+/+/', 'AA*A', 'AAAé', 'AAA€'])(
    '%j is damaged',
    (text) => {
      start()
      expect(() => decodeBase64url(text)).toThrow('damaged')
    },
  )
})
