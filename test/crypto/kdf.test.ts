import { argon2Sync, hkdfSync } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  costOf,
  defaultCost,
  derive,
  isCostAllowed,
  leastCost,
  mostCost,
  passwordKey,
  smallCost,
} from '../../src/crypto/kdf.ts'
import { fromHex, toHex } from './bytes.ts'

const salt = fromHex('0102030405060708090a0b0c0d0e0f10')

afterEach(() => {
  setFlagsFromString('--wasm-max-mem-pages=65536')
  vi.restoreAllMocks()
})

describe('a password', () => {
  test('gives what another implementation of Argon2id gives', async () => {
    for (const cost of [leastCost, { memoryKiB: 19_999, iterations: 2, parallelism: 3 }, smallCost]) {
      const { memoryKiB: memory, iterations: passes, parallelism } = cost
      const expected = argon2Sync('argon2id', {
        message: 'pässword',
        nonce: salt,
        memory,
        passes,
        parallelism,
        tagLength: 32,
      })
      expect(toHex(await passwordKey('pässword', salt, cost))).toBe(expected.toString('hex'))
    }
  })

  test('gives one key however its characters are composed', async () => {
    const keys = ['ﬁ\u00e9', 'fie\u0301'].map((password) => passwordKey(password, salt, leastCost))
    const [one, other] = await Promise.all(keys)
    expect(one).toEqual(other)
    expect(await passwordKey('Fie\u0301', salt, leastCost)).not.toEqual(one)
  })

  test('fails with `memory` when WebAssembly cannot grow so far, and works again afterwards', async () => {
    setFlagsFromString('--wasm-max-mem-pages=512') // 32 MiB
    await expect(passwordKey('password', salt, defaultCost)).rejects.toMatchObject({ code: 'memory' })
    setFlagsFromString('--wasm-max-mem-pages=65536')
    expect((await passwordKey('password', salt, defaultCost)).length).toBe(32)
  })

  test('fails with `memory` when no WebAssembly memory can be had at all, and in the words of Firefox', async () => {
    setFlagsFromString('--wasm-max-mem-pages=1')
    await expect(passwordKey('password', salt, leastCost)).rejects.toMatchObject({ code: 'memory' })
    setFlagsFromString('--wasm-max-mem-pages=65536')
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue('out of memory')
    await expect(passwordKey('password', salt, leastCost)).rejects.toMatchObject({ code: 'memory' })
  })

  test('does not call it memory when WebAssembly is forbidden', async () => {
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new WebAssembly.CompileError('blocked by CSP'))
    await expect(passwordKey('password', salt, leastCost)).rejects.toBeInstanceOf(WebAssembly.CompileError)
  })

  test('is neither empty nor worked on at a cost out of bounds', async () => {
    await expect(passwordKey('', salt, leastCost)).rejects.toBeInstanceOf(RangeError)
    await expect(passwordKey('x', salt, { ...leastCost, iterations: 1 })).rejects.toBeInstanceOf(RangeError)
  })
})

describe('a cost', () => {
  test('is allowed from its least to its most, in each part', () => {
    for (const cost of [defaultCost, smallCost, leastCost, mostCost]) expect(isCostAllowed(cost)).toBe(true)
    for (const part of ['memoryKiB', 'iterations', 'parallelism'] as const)
      for (const value of [leastCost[part] - 1, mostCost[part] + 1, leastCost[part] + 0.5, Number.NaN])
        expect(isCostAllowed({ ...defaultCost, [part]: value }), `${part} ${value}`).toBe(false)
    expect(leastCost).toMatchObject({ memoryKiB: 19 * 1024, iterations: 2 })
    expect(mostCost).toMatchObject({ memoryKiB: 1024 * 1024, iterations: 16 })
  })

  test('of the small kind is as much work as the usual one', () => {
    expect(costOf(smallCost)).toBe(costOf(defaultCost))
  })
})

test('HKDF gives what another implementation gives', () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.uint8Array(),
      fc.string(),
      fc.integer({ min: 1, max: 99 }),
      (ikm, salt, info, length) => {
        const expected = Buffer.from(hkdfSync('sha256', ikm, salt, info, length))
        expect(toHex(derive(ikm, salt, info, length))).toBe(expected.toString('hex'))
      },
    ),
  )
})
