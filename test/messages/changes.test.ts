// How our windows hear of locks and unlocks: by a mark in the session's storage, which says what happened and no more.

import { afterEach, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { markKey, onMark } from '../../src/messages/changes.ts'

const { session, local } = fakeBrowser.storage
afterEach(() => fakeBrowser.reset())

test('a window hears every mark, until it stops listening', async () => {
  const heard: string[] = []
  const stop = onMark((what) => heard.push(what))
  for (const what of ['unlocked', 'flush', 'locked']) await session.set({ [markKey]: { at: 1, what } })
  stop()
  await session.set({ [markKey]: { at: 2, what: 'unlocked' } })
  expect(heard).toEqual(['unlocked', 'flush', 'locked'])
})

test('a window hears nothing of other entries, of other storage, and of what is no mark', async () => {
  const heard: string[] = []
  onMark((what) => heard.push(what))
  await session.set({ session: { at: 1, what: 'locked' } })
  await local.set({ [markKey]: { at: 1, what: 'locked' } })
  for (const odd of ['locked', 1, {}, { at: 1, what: 'gone' }, { at: 1, what: 'locked', more: 1 }, []])
    await session.set({ [markKey]: odd })
  await session.remove(markKey)
  expect(heard).toEqual([])
})
