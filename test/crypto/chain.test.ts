import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { extendChain, newChain } from '../../src/crypto/chain.ts'

const over = (pieces: readonly string[]) => pieces.reduce((chain, piece) => extendChain(chain, utf8(piece)), newChain())

test('is SHA-256 of the value before and the piece, from zeros on', () => {
  const sha256 = (...parts: Uint8Array[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
  const first = sha256(new Uint8Array(32), utf8('one\n'))
  expect(Buffer.from(over(['one\n']))).toEqual(first)
  expect(Buffer.from(over(['one\n', 'two\n']))).toEqual(sha256(first, utf8('two\n')))
  expect(over([])).toEqual(new Uint8Array(32))
})

test('differs for other pieces, another order, and other cuts', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(Buffer.from(over(a)).equals(Buffer.from(over(b)))).toBe(same)
    }),
  )
  expect(over(['ab', 'c'])).not.toEqual(over(['a', 'bc']))
})
