// How our windows hear of locks and unlocks: by a mark in the session's storage, which says what happened and no more.

import { afterEach, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { lockSignalKey, onLockSignal } from '../../src/messages/lockSignal.ts'

const { session, local } = fakeBrowser.storage
afterEach(() => fakeBrowser.reset())

test('a window hears every mark, until it stops listening', async () => {
  const heard: string[] = []
  const stop = onLockSignal((what) => heard.push(what))
  for (const what of ['unlocked', 'flush', 'locked']) await session.set({ [lockSignalKey]: { at: 1, what } })
  stop()
  await session.set({ [lockSignalKey]: { at: 2, what: 'unlocked' } })
  expect(heard).toEqual(['unlocked', 'flush', 'locked'])
})

test('a window hears nothing of other entries, of other storage, and of what is no mark', async () => {
  const heard: string[] = []
  onLockSignal((what) => heard.push(what))
  await session.set({ session: { at: 1, what: 'locked' } })
  await local.set({ [lockSignalKey]: { at: 1, what: 'locked' } })
  for (const odd of ['locked', 1, {}, { at: 1, what: 'gone' }, { at: 1, what: 'locked', more: 1 }, []])
    await session.set({ [lockSignalKey]: odd })
  await session.remove(lockSignalKey)
  expect(heard).toEqual([])
})
