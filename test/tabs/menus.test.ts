// The context menus: when they are installed, and in which language.

import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { keepMenusInstalled } from '../../src/tabs/menus.ts'
import { words } from '../words.ts'

/** Menus by their ids, as the browser keeps them over its restarts. */
let titles: Map<string, string>
let refused: string[]

beforeEach(() => {
  fakeBrowser.reset()
  vi.restoreAllMocks()
  titles = new Map()
  refused = []
  Object.assign(browser, {
    contextMenus: {
      removeAll: async () => titles.clear(),
      create: ({ id, title }: { id: string; title: string }) => {
        if (titles.has(id)) refused.push(id)
        else titles.set(id, title)
      },
    },
  })
  keepMenusInstalled()
})

test('the menus are there once Fieldseal is installed', async () => {
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' })
  await vi.waitFor(() => expect(titles.get('seal-field')).toBe(words('menus.sealField')))
  expect([...titles.keys()]).toEqual(['seal-field', 'compose', 'open-pointed', 'put-back', 'open-page'])
})

test('their titles are in the language that the browser has since its start', async () => {
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' })
  await vi.waitFor(() => expect(titles.size).toBe(5))
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation((name) => `In another language: ${name}`)
  await fakeBrowser.runtime.onStartup.trigger()
  await vi.waitFor(() => expect(titles.get('compose')).toBe('In another language: menus_compose'))
  expect(titles.size).toBe(5)
})

test('an update with which the browser starts creates none of them twice', async () => {
  await Promise.all([
    fakeBrowser.runtime.onInstalled.trigger({ reason: 'update', previousVersion: '0.1.0' }),
    fakeBrowser.runtime.onStartup.trigger(),
  ])
  await vi.waitFor(() => expect(titles.size).toBe(5))
  expect(refused).toEqual([])
})
