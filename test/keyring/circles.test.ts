import { expect, test } from 'vitest'
import { newBody } from '../../src/keyring/body.ts'
import { allKeys, newestKey, newestPersonal, personalKeys } from '../../src/keyring/circles.ts'
import { toHex } from '../crypto/bytes.ts'

const createdAt = '2026-11-23T12:00:00.000Z'
const epoch = (number: number, byte: number) => ({
  epoch: number,
  key: Buffer.alloc(32, byte).toString('base64url'),
  createdAt,
})
const body = {
  circles: [
    { id: 'friends', name: 'Friends', keys: [epoch(1, 0xf1), epoch(2, 0xf2)] },
    { id: 'personal', name: 'Personal', keys: [epoch(2, 0xa2), epoch(10, 0xaa), epoch(1, 0xa1)] },
  ],
}
const firstBytes = (keys: readonly Uint8Array[]) => keys.map((key) => toHex(key).slice(0, 2))

test('the newest epoch seals, and comes first for opening', () => {
  expect(firstBytes([newestPersonal(body)])).toEqual(['aa'])
  expect(firstBytes(personalKeys(body))).toEqual(['aa', 'a2', 'a1'])
})

test('every circle opens, Personal first', () => {
  expect(firstBytes(allKeys(body))).toEqual(['aa', 'a2', 'a1', 'f2', 'f1'])
})

test('a key that only opens is never sealed under, however late it was made, and comes last for opening', () => {
  const late = { ...epoch(11, 0xee), createdAt: '2031-01-01T00:00:00.000Z', opens: true, from: 'other-vault' } as const
  const [friends, personal] = body.circles
  if (!friends || !personal) throw new TypeError('expected two circles')
  const with_ = { circles: [friends, { ...personal, keys: [late, ...personal.keys] }] }
  expect(firstBytes([newestPersonal(with_)])).toEqual(['aa'])
  expect(firstBytes(personalKeys(with_))).toEqual(['aa', 'a2', 'a1', 'ee'])
  expect(newestKey({ keys: [late] })).toBeUndefined()
  expect(() => newestPersonal({ circles: [{ ...personal, keys: [late] }] })).toThrow('damaged')
})

test('a body without Personal is damaged where one key is needed', () => {
  expect(() => newestPersonal({ circles: [] })).toThrow('damaged')
})

test('a new body has one key of 32 random bytes', () => {
  const keys = [newBody(new Date(0)), newBody(new Date(0))].map(newestPersonal)
  expect(keys.map((key) => key.length)).toEqual([32, 32])
  expect(keys[0]).not.toEqual(keys[1])
})
