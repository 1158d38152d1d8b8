// The whole way by real keys on a real screen: the toolbar popup by its shortcut, the browser's own permission prompt, and
// each of the commands. Nothing here is dispatched from inside the browser.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { type Display, startDisplay } from './display.ts'
import { type BackgroundScope, kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { settled } from './settled.ts'
import { openFound, putIn } from './shelves.ts'
import {
  clear,
  fieldNamed,
  loadAgain,
  named,
  placeVault,
  press,
  reads,
  says,
  sealedIn,
  switchOn,
  valueIn,
} from './steps.ts'
import { until } from './until.ts'

const text = 'typed with real keys'
const written = 'written beside the page'

describe.each(kinds)('by real keys in %s', (kind) => {
  let display: Display
  let setting: Setting
  let session: Session
  let page: Page
  // In Chromium Alt+Shift+C belongs to tab groups.
  const composeKeys = kind === 'firefox' ? 'alt+shift+c' : 'alt+shift+e'
  // In Firefox on Linux the History menu takes Alt+Shift+S before any extension has it.
  const sealKeys = kind === 'firefox' ? 'alt+shift+k' : 'alt+shift+s'
  const focusNote = async () => {
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).click()
    await until(
      page,
      'the field to have the focus',
      () => document.hasFocus() && document.activeElement?.matches('textarea, input'),
    )
    await settled(session, page)
  }

  beforeAll(async () => {
    display = await startDisplay()
    setting = await setUp(kind, { display })
    session = setting.session
    await placeVault(session, password)
    page = await session.newPage(setting.site.origin)
  })
  afterAll(async () => {
    await setting?.end()
    await display?.stop()
  })

  test('on a site that is off, the shortcut seals on the tab at hand', async () => {
    await focusNote()
    await display.type(text)
    await waitFor('the text to be typed', async () => (await valueIn(page, 'Note')) === text)
    // On a busy machine the first press after the start is now and then lost on its way: a person presses again.
    const isSealed = async () => (await valueIn(page, 'Note')).startsWith('sealed1')
    const pressed = async () => (await isSealed()) || (await display.keys(sealKeys))
    await waitFor('the shortcut to be heard', async () => (await pressed()) === true, { everyMs: 5_000 })
    await sealedIn(page, 'Note')
    expect(await session.grantedSites()).toEqual([])
  })

  test('undo by the keyboard takes it back', async () => {
    await settled(session, page)
    await display.keys('ctrl+z')
    await waitFor('the text to be back', async () => (await valueIn(page, 'Note')) === text)
    await clear(page, 'Note')
  })

  test('the popup opens by its shortcut, and the browser’s own prompt grants the site', async () => {
    await page.bringToFront()
    await switchOn(session, page)
    expect(await session.grantedSites()).toEqual(['http://127.0.0.1/*'])
  })

  test('the shortcut seals, and on a sealed text opens our window with it', async () => {
    await focusNote()
    await display.type(text)
    await waitFor('the text to be typed', async () => (await valueIn(page, 'Note')) === text)
    await display.keys(sealKeys)
    await sealedIn(page, 'Note')
    await settled(session, page)
    await display.keys(sealKeys)
    const composer = await session.ownPage('composer.html')
    await waitFor('the opened text', async () => (await valueIn(composer, words('composer.write.text'))) === text)
    await composer.close()
    await page.bringToFront()
    await press(page, 'Save note')
    await reads(session, page, [text])
  })

  test('the composer opens by its shortcut, is typed in, and seals by Ctrl+Enter', async () => {
    await focusNote()
    await display.keys(composeKeys)
    const composer = await session.ownPage('composer.html')
    await waitFor('the text box to have the focus', () =>
      composer.evaluate(() => document.activeElement?.tagName === 'TEXTAREA' && document.hasFocus()),
    )
    await display.type(written)
    await waitFor('it to be typed', async () => (await valueIn(composer, words('composer.write.text'))) === written)
    await display.keys('ctrl+Return')
    await waitFor('the composer to close', async () => (await session.ownPages('composer.html')).length === 0)
    await sealedIn(page, 'Note')
    await page.bringToFront()
    await press(page, 'Save note')
    await reads(session, page, [text, written])
  })

  test('the page is opened once by its shortcut where the site is off', async () => {
    await session.revokeAll()
    await loadAgain(page)
    await settled(session, page)
    expect(await session.readerFrames(page)).toEqual([])
    await focusNote()
    await display.keys('alt+shift+o')
    await reads(session, page, [text, written])
    expect(await session.grantedSites()).toEqual([])
  })

  describe('a text that was copied in a window of ours', () => {
    const secret = 'copied\nfrom the library'
    let library: Page
    const copy = async () => {
      await library.bringToFront()
      await press(library, words('libraryEntry.copyPlaintext'))
      await says(library, words('app.copied.there'))
    }
    /** What any page or program gets: pasted between two letters, so that nothing pasted is seen too. */
    const paste = async () => {
      await focusNote()
      for (const keys of ['ctrl+a', 'a', 'ctrl+v', 'b']) await display.keys(keys)
      return waitFor('the paste to be over', async () => /^a([\s\S]*)b$/.exec(await valueIn(page, 'Note'))?.slice(1))
    }
    const alarm = (): Promise<unknown> => session.inBackground(({ chrome }) => chrome.alarms?.get?.('clipboard'))
    /** The minute is over, for a background that is dead by then. */
    const letTheMinuteEnd = async () => {
      const in500Ms = ({ chrome }: BackgroundScope) => chrome.alarms?.create?.('clipboard', { when: Date.now() + 500 })
      await session.inBackground(in500Ms)
      await session.killBackground()
    }

    test('is cleared by “Clear now”, without any permission', async () => {
      library = await session.openExtensionPage('library.html')
      await putIn(library, [{ text: secret }])
      await openFound(library, secret.slice(0, 6), secret.slice(0, 6))
      await copy()
      expect(await paste()).toEqual([secret])
      expect(await alarm()).toBeFalsy()
      await library.bringToFront()
      await press(library, words('app.copied.clear'))
      await says(library, words('app.copied.cleared'))
      expect(await paste()).toEqual([''])
    })

    test('is cleared after a minute once that is on, also by a background that died', async () => {
      const options = await session.openExtensionPage('options.html')
      const name = words('options.clipboard.clear')
      await press(options, name, 'switch')
      await session.acceptPrompt()
      const isOn = async () => (await named(options, name, 'switch')).evaluate((each) => each.ariaChecked === 'true')
      await waitFor('the switch to be on', isOn)
      await options.close()
      await copy()
      await says(library, words('app.copied.watched'))
      expect(await alarm()).toMatchObject({ periodInMinutes: 1 })
      await letTheMinuteEnd()
      await says(library, words('app.copied.cleared'))
      expect(await paste()).toEqual([''])
    })

    test('is left alone once something else was copied', async () => {
      await copy()
      await focusNote()
      for (const keys of ['ctrl+a', 'x', 'ctrl+a', 'ctrl+c']) await display.keys(keys)
      await library.bringToFront()
      await letTheMinuteEnd()
      await says(library, words('app.copied.gone'))
      expect(await paste()).toEqual(['x'])
      await clear(page, 'Note')
    })
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})
