// Transfers between a window's end and the whole background: what ends one in its middle, and what each counts for.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { readBackup } from '../../src/keyring/backup.ts'
import type { Vault } from '../../src/keyring/vault.ts'
import { emptyDevice, password, placeUnlocked, quickVault } from '../custody/device.ts'
import { World } from './world.ts'

vi.mock('hash-wasm', () => import('../custody/argon2.ts'))

const [one, two, token] = ['1', '2', 't'].map((letter) => letter.repeat(22)) as [string, string, string]
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code })
const long = (start: string) => `${start} ${'x'.repeat(1_050_000)}`
const batch = (text: string) => ({ texts: [{ text, origin: null, url: null, createdAt: 0, changedAt: 0 }] })

let made: Vault
let world: World
beforeAll(async () => {
  made = await quickVault({ ...leastCost, iterations: 11 })
})
beforeEach(async () => {
  await emptyDevice()
  world = new World()
  await placeUnlocked(made)
  await world.start()
  for (const [id, text] of [
    [one, 'one'],
    [two, 'two'],
  ] as const)
    await world.answered('createEntry', 'library', { id, text: long(text) })
})
afterEach(() => {
  world.kill()
  vi.restoreAllMocks()
})

const lock = async () => void (await world.answered('lock', 'options', {}))
const state = () => world.answered('getVaultState', 'options', {})

describe('a lock in the middle', () => {
  test('ends a backup, and it does not count as made', async () => {
    await expect(world.received('makeBackup', 'options', { only: null }, { between: lock })).rejects.toEqual(
      failing('locked'),
    )
    await world.answered('unlock', 'popup', { password })
    expect((await state()).backup?.at).toBeNull()
  })

  test('ends an export after its first chunk', async () => {
    const got: string[] = []
    const between = async () => {
      got.push('chunk')
      await lock()
    }
    const exporting = world.received('exportTexts', 'library', { ids: [one, two] }, { between })
    await expect(exporting).rejects.toEqual(failing('locked'))
    expect(got).toEqual(['chunk'])
  })

  test('ends an import: what was stored before is there, and no more', async () => {
    const importing = world.sent('importTexts', 'library', { token }, ['a', 'b', 'c'].map(batch), { between: lock })
    await expect(importing).rejects.toEqual(failing('locked'))
    await world.answered('unlock', 'popup', { password })
    expect((await world.answered('getLibraryState', 'library', {})).documents).toBe(3)
  })
})

describe('a proof', () => {
  const exported = (more: object = {}) => world.received('exportTexts', 'library', { ids: [one, two] }, more)
  const prove = async () => void (await world.answered('proveByPassword', 'library', { password, strong: null }))

  test('is needed for an export, and is all that it waits for', async () => {
    await lock()
    await world.answered('unlock', 'popup', { password })
    await expect(exported()).rejects.toEqual(failing('proof-needed'))
    const mend = vi.fn(prove)
    expect((await exported({ mend })).chunks.length).toBe(2)
    expect(mend).toHaveBeenCalledOnce()
  })

  test('that ends in the middle is asked for again there, and no text comes twice', async () => {
    let locks = 1
    const between = async () => {
      if (locks-- <= 0) return
      await lock()
      await world.answered('unlock', 'popup', { password })
    }
    const mend = vi.fn(prove)
    const { chunks } = await exported({ between, mend })
    expect(chunks.map(({ texts }) => texts.map(({ text }) => text.slice(0, 3)))).toEqual([['one'], ['two']])
    expect(mend).toHaveBeenCalledOnce()
  })

  test('is not needed for what stays sealed', async () => {
    await lock()
    await world.answered('unlock', 'popup', { password })
    expect(readBackup(await world.backup()).documents.length).toBe(2)
  })
})

describe('a backup', () => {
  const madeAt = async () => (await state()).backup?.at ?? null

  test('that the window gives up before its end does not count as made', async () => {
    const life = new AbortController()
    let chunks = 0
    const between = async () => {
      chunks++
      if (chunks === 2) life.abort()
    }
    const making = world.received('makeBackup', 'options', { only: null }, { between, signal: life.signal })
    await expect(making).rejects.toEqual(failing('cancelled'))
    expect(await madeAt()).toBeNull()
  })

  test('of some entries does not count as made, and holds these alone; one of everything does', async () => {
    const { chunks } = await world.received('makeBackup', 'library', { only: [two] })
    const file = readBackup(chunks.map(({ text }) => text).join(''))
    expect([file.state, file.documents.map(({ document }) => document.id)]).toEqual(['whole', [two]])
    expect(await madeAt()).toBeNull()
    await world.backup('library')
    expect(await madeAt()).toEqual(expect.any(Number))
  })

  test('of many entries, of which most are gone, holds those that are there', async () => {
    const gone = Array.from({ length: 350 }, (_, index) => `gone${index}`)
    const only = [...gone.slice(0, 120), one, ...gone.slice(120), two]
    const { chunks, result } = await world.received('makeBackup', 'library', { only })
    const file = readBackup(chunks.map(({ text }) => text).join(''))
    expect([file.state, file.documents.map(({ document }) => document.id)]).toEqual(['whole', [one, two]])
    expect(result).toEqual({ documents: 2 })
  })

  test('of some entries has each with its earlier texts once', async () => {
    for (const id of [one, two])
      for (let revision = 1; revision < 5; revision++)
        await world.answered('saveEntry', 'library', { id, revision, text: long(`${id.slice(0, 1)} at ${revision}`) })
    const { chunks } = await world.received('makeBackup', 'library', { only: [one, two] })
    expect(chunks.length).toBeGreaterThan(4)
    const { documents, state: whole } = readBackup(chunks.map(({ text }) => text).join(''))
    const ids = documents.map(({ document }) => document.id)
    expect([whole, new Set(ids).size, ids.length]).toEqual(['whole', 10, 10])
  })
})

test('each chunk postpones the auto-lock, as a person’s act does', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const lockAt = async () => (await state()).locking?.at ?? 0
    for (const name of ['makeBackup', 'importTexts'] as const) {
      const seen: number[] = [await lockAt()]
      const between = async () => {
        seen.push(await lockAt())
        vi.setSystemTime(Date.now() + 60_000)
      }
      if (name === 'makeBackup') await world.received(name, 'options', { only: null }, { between })
      else await world.sent(name, 'library', { token }, ['a', 'b', 'c'].map(batch), { between })
      expect(seen.length).toBeGreaterThan(2)
      expect(seen.toSorted((a, b) => a - b)).toEqual(seen)
      expect(seen.at(-1)).toBeGreaterThan(seen[1] ?? 0)
    }
  } finally {
    vi.useRealTimers()
  }
})
