// What a window of ours knows of the vault: what the background says, asked anew at every mark; a lock at once; and in the
// library's tab an unlocking at once, which is looked up after what that tab asks first.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LockSignal } from '../../../src/messages/lockSignal.ts'
import { Vault } from '../../../src/ui/app/vault.ts'

/** What each look is answered with, from outside. */
const looks: PromiseWithResolvers<unknown>[] = []
let mark: ((what: LockSignal['what']) => void) | null = null

vi.mock('../../../src/messages/call.ts', () => ({
  call: () => {
    const look = Promise.withResolvers<unknown>()
    looks.push(look)
    return look.promise
  },
}))
vi.mock('../../../src/messages/lockSignal.ts', () => ({
  onLockSignal: (hear: typeof mark) => {
    mark = hear
    return () => undefined
  },
}))

const settle = () => vi.advanceTimersByTimeAsync(0)
async function watching(atOnce: boolean, first: string): Promise<Vault> {
  const vault = new Vault(atOnce)
  vault.watch()
  looks[0]?.resolve({ vault: first })
  await settle()
  return vault
}
const shown = (vault: Vault) => vault.seen.value?.vault

beforeEach(() => {
  vi.useFakeTimers()
  looks.length = 0
})
afterEach(() => vi.useRealTimers())

it('shows a lock before it is looked up', async () => {
  const vault = await watching(false, 'unlocked')
  mark?.('locked')
  expect(shown(vault)).toBe('locked')
  expect(looks.length).toBe(2)
})

it('shows an unlocking once it is looked up', async () => {
  const vault = await watching(false, 'locked')
  mark?.('unlocked')
  expect(looks.length).toBe(2)
  expect(shown(vault)).toBe('locked')
  looks[1]?.resolve({ vault: 'unlocked' })
  await settle()
  expect(shown(vault)).toBe('unlocked')
})

it('shows it at once where that is wanted, and looks it up when what is asked first has been asked', async () => {
  const vault = await watching(true, 'locked')
  mark?.('unlocked')
  expect(shown(vault)).toBe('unlocked')
  expect(looks.length).toBe(1)
  await settle()
  expect(looks.length).toBe(2)
  looks[1]?.resolve({ vault: 'locked' })
  await settle()
  expect(shown(vault)).toBe('locked')
})

it('shows no vault as unlocked that was not locked', async () => {
  const vault = await watching(true, 'none')
  mark?.('unlocked')
  expect(shown(vault)).toBe('none')
  expect(looks.length).toBe(2)
})

it('drops an answer that comes after that to a later look', async () => {
  const vault = await watching(false, 'unlocked')
  mark?.('locked')
  mark?.('unlocked')
  looks[2]?.resolve({ vault: 'unlocked' })
  await settle()
  looks[1]?.resolve({ vault: 'locked' })
  await settle()
  expect(shown(vault)).toBe('unlocked')
})

it('is left alone by a flush', async () => {
  await watching(false, 'unlocked')
  mark?.('flush')
  await settle()
  expect(looks.length).toBe(1)
})
