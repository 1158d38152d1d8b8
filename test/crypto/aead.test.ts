import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Bytes, KeyEncryptionKey } from '../../src/bytes.ts'
import {
  contentKey,
  openContent,
  openEach,
  openSmall,
  sealContent,
  sealEach,
  sealSmall,
  unwrapKey,
  wrapKey,
} from '../../src/crypto/aead.ts'
import { fromHex } from './bytes.ts'

const key = fromHex('11'.repeat(32)) as KeyEncryptionKey
const aad = fromHex('aabb')
function one<T>(all: readonly T[]): T {
  const [first] = all
  if (first === undefined || all.length !== 1) throw new RangeError('expected one')
  return first
}

const ciphers = [
  { seal: async (bytes: typeof aad) => sealSmall(key, bytes, aad), open: openSmall, longer: 40 },
  { seal: async (bytes: typeof aad) => sealContent(key, bytes, aad), open: openContent, longer: 28 },
  {
    seal: async (bytes: Bytes) => one(await sealEach([{ key: await contentKey(key, 'encrypt'), bytes, aad }])),
    open: async (key: Bytes, bytes: Bytes, aad: Bytes) =>
      one(await openEach([{ key: await contentKey(key, 'decrypt'), bytes, aad }])),
    longer: 16,
  },
]

test('what is sealed opens, and is as much longer as is said', async () => {
  for (const { seal, open, longer } of ciphers)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 99 }), async (bytes) => {
        const sealed = await seal(bytes)
        expect(sealed.length).toBe(bytes.length + longer)
        expect(await open(key, sealed, aad)).toEqual(bytes)
      }),
      { numRuns: 20 },
    )
})

test('any changed bit, other data, another key or a part of it is null', async () => {
  for (const { seal, open } of ciphers) {
    const sealed = await seal(fromHex('0102030405'))
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await open(key, changed, aad)).toBeNull()
    }
    for (let length = 0; length < sealed.length; length++)
      expect(await open(key, sealed.slice(0, length), aad)).toBeNull()
    expect(await open(key, sealed, fromHex('aabc'))).toBeNull()
    expect(await open(fromHex('12'.repeat(32)), sealed, aad)).toBeNull()
  }
})

test('a wrapped key is 72 bytes and unwraps only as such', () => {
  const wrapped = wrapKey(key, fromHex('77'.repeat(32)), aad)
  expect(wrapped.length).toBe(72)
  expect(unwrapKey(key, wrapped, aad)).toEqual(fromHex('77'.repeat(32)))
  expect(unwrapKey(key, sealSmall(key, fromHex('77'.repeat(31)), aad), aad)).toBeNull()
})

test('sealed twice, the nonce differs', async () => {
  const bytes = fromHex('00')
  expect(sealSmall(key, bytes, aad).slice(0, 24)).not.toEqual(sealSmall(key, bytes, aad).slice(0, 24))
  expect((await sealContent(key, bytes, aad)).slice(0, 12)).not.toEqual(
    (await sealContent(key, bytes, aad)).slice(0, 12),
  )
})

test('of many, each is under its own key, and one that does not authenticate is null alone', async () => {
  const keys = ['11', '22', '33'].map((byte) => fromHex(byte.repeat(32)))
  const imported = (usage: 'encrypt' | 'decrypt') => Promise.all(keys.map((each) => contentKey(each, usage)))
  const plain = ['01', '0202', ''].map(fromHex)
  const sealed = await sealEach((await imported('encrypt')).map((key, at) => ({ key, bytes: plain[at] ?? aad, aad })))
  sealed[1]?.set([0, 0])
  const opened = await openEach((await imported('decrypt')).map((key, at) => ({ key, bytes: sealed[at] ?? aad, aad })))
  expect(opened).toEqual([plain[0], null, plain[2]])
})
