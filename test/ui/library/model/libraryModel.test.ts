// What the library's tab asks of the background, and when: the list before anything else; and now and then while it is looked
// at, since a browser ends a background that nobody asks anything for half a minute.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LockSignal } from '../../../../src/messages/lockSignal.ts'
import type { Name } from '../../../../src/messages/protocol.ts'
import { LibraryModel } from '../../../../src/ui/library/model/libraryModel.ts'

const endedAfterMs = 30_000
const asked: Name[] = []
const answers: Partial<Record<Name, unknown>> = {
  listEntries: { total: 0, offset: 0, reading: null, entries: [] },
  getLibraryState: { documents: 0, drafts: 0, keepTexts: true, rekeyAfterDays: 365, unkept: null, reencryption: null },
}
let holds: Promise<void> | null = null
let heard: ((what: LockSignal['what']) => void) | null = null

vi.mock('../../../../src/messages/call.ts', () => ({
  call: async (name: Name) => {
    asked.push(name)
    await holds
    return answers[name]
  },
}))
vi.mock('../../../../src/messages/lockSignal.ts', () => ({
  onLockSignal: (hear: typeof heard) => {
    heard = hear
    return () => {
      heard = null
    }
  },
  onSessionChange: () => () => undefined,
}))

const page = { visibilityState: 'visible' }
let close: () => void
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  page.visibilityState = 'visible'
  asked.length = 0
  holds = null
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function open(): LibraryModel {
  const library = new LibraryModel()
  close = library.open(() => undefined)
  return library
}

it('asks for the list at once, and for nothing else before that was answered', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  holds = promise
  open()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toEqual(['listEntries'])
  resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.slice(1).sort()).toEqual(['getLibraryState', 'listEntries'])
})

it('keeps the background awake while it is looked at, and no longer', async () => {
  open()
  await vi.advanceTimersByTimeAsync(0)
  for (let index = 0; index < 5; index++) {
    asked.length = 0
    await vi.advanceTimersByTimeAsync(endedAfterMs - 1_000)
    expect(asked).toContain('getLibraryState')
  }
  page.visibilityState = 'hidden'
  asked.length = 0
  await vi.advanceTimersByTimeAsync(10 * endedAfterMs)
  expect(asked).toEqual([])
  page.visibilityState = 'visible'
  await vi.advanceTimersByTimeAsync(endedAfterMs)
  expect(asked).toContain('getLibraryState')
  close()
  asked.length = 0
  await vi.advanceTimersByTimeAsync(10 * endedAfterMs)
  expect(asked).toEqual([])
})

it('shows nothing of it any more once the vault is locked', async () => {
  const library = open()
  await vi.advanceTimersByTimeAsync(0)
  expect(library.state.value).not.toBeNull()
  heard?.('locked')
  expect(library.state.value).toBeNull()
  expect(library.texts.shown.value).toBeNull()
  await vi.advanceTimersByTimeAsync(endedAfterMs)
  expect(library.state.value).toBeNull()
})
