// Our pages open each other by addresses of ours, and the window that one is in is known by its address.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { closeThis, openTab, openUnlock, unlockWindow } from '../../../src/ui/app/windows.ts'

const origin = 'chrome-extension://ours'
const opened = vi.fn<(what: { url: string }) => Promise<unknown>>(async () => ({}))
const removed = vi.fn<(id: number) => Promise<void>>(async () => undefined)
const close = vi.fn()
let tab: { id: number } | undefined

beforeEach(() => {
  vi.clearAllMocks()
  vi.stubGlobal('location', { origin, hash: '' })
  vi.stubGlobal('window', { close })
  Object.assign(browser, {
    tabs: { create: opened, getCurrent: async () => tab, remove: removed },
    windows: { create: opened },
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a page of ours opens in a tab, at the part of it that is wanted', async () => {
  await openTab('/library.html')
  await openTab('/options.html#ways')
  expect(opened.mock.calls.map(([{ url }]) => url)).toEqual([`${origin}/library.html`, `${origin}/options.html#ways`])
})

test('the window to unlock in is a small one, and says what it is for', async () => {
  await openUnlock()
  await openUnlock('passkey')
  for (const [index, how] of ['unlock', 'passkey'].entries())
    expect(opened.mock.calls[index]?.[0]).toMatchObject({ url: `${origin}/popup.html#${how}`, type: 'popup' })
})

test('it knows itself by its address, and the toolbar’s popup is none', () => {
  expect(unlockWindow()).toBe(null)
  for (const how of ['unlock', 'passkey']) {
    vi.stubGlobal('location', { origin, hash: `#${how}` })
    expect(unlockWindow()).toBe(how)
  }
  vi.stubGlobal('location', { origin, hash: '#other' })
  expect(unlockWindow()).toBe(null)
})

test('a tab that may not close itself is closed by the browser', async () => {
  tab = { id: 7 }
  await closeThis()
  expect(close).toHaveBeenCalled()
  expect(removed).toHaveBeenCalledExactlyOnceWith(7)
  tab = undefined
  await closeThis()
  expect(removed).toHaveBeenCalledOnce()
})
