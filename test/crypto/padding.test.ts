import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPadding, pad, padme } from '../../src/crypto/padding.ts'
import * as twin from './twin.ts'

test('padme equals its twin and never adds more than an eighth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1 << 20 }), (n) => {
      expect(padme(n)).toBe(twin.padme(n))
      expect(padme(padme(n))).toBe(padme(n))
      expect(padme(n) / n).toBeLessThan(1.13)
    }),
  )
})

test('what was padded comes back, whatever it ends with, behind room for a head', () => {
  const ends = fc.constantFrom([], [0], [0x80], [0x80, 0, 0])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), ends, fc.constantFrom(0, 9), (bytes, end, headBytes) => {
      const whole = Uint8Array.from([...bytes, ...end])
      const padded = pad(headBytes, whole)
      expect(padded.length).toBe(twin.padme(Math.max(32, headBytes + whole.length + 1)))
      expect(padded.subarray(0, headBytes)).toEqual(new Uint8Array(headBytes))
      expect(padded.slice(headBytes, findPadding(padded, headBytes))).toEqual(whole)
    }),
  )
})

test('padding that runs into the head is damage', () => {
  expect(findPadding(pad(9, new Uint8Array(0)), 9)).toBe(9)
  expect(() => findPadding(pad(8, new Uint8Array(0)), 9)).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test('another mark than 0x80 is damage', () => {
  for (const mark of [0x81, 0x40, 0x01])
    expect(() => findPadding(new Uint8Array(32).fill(mark, 20, 21), 9)).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    )
})

test('zeros only, a length that Padmé does not give, and too short are damage', () => {
  for (const bytes of [new Uint8Array(32), pad(0, new Uint8Array(40)).slice(0, 41), Uint8Array.of(1, 0x80)])
    expect(() => findPadding(bytes, 0)).toThrow(expect.objectContaining({ code: 'damaged' }))
  expect(() => findPadding(Uint8Array.from([...new Uint8Array(32), 0x80]), 0)).toThrow('damaged') // 33 bytes
})
