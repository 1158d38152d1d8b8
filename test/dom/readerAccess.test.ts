// What only the extension itself shows, in a light and a dark scheme: the real popup, and readers in a page. axe finds nothing
// serious or critical, and the keyboard alone unlocks. All other pages and states: test/dom/ui/access.test.ts.

import type { Frame, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { altered } from '../altered.ts'
import { answered, ask, askFromContent } from '../e2e/asking.ts'
import { faults, focus, schemes, setScheme, tabTo } from '../e2e/looking.ts'
import { kinds, type Session, waitFor, within } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { lock, named, placeVault, press, says, switchOn, unlock } from '../e2e/steps.ts'
import { words } from '../words.ts'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    site = await session.newPage(setting.site.origin)
  })
  afterAll(() => setting?.end())

  test('the popup, unlocked', async () => {
    await site.bringToFront()
    await look(await popupOver(), words('popup.page.lock'))
    await session.closePopup()
    await switchOn(session, site)
    const popup = await popupOver()
    await says(popup, words('popup.site.noTexts'))
    await look(popup, words('popup.page.lock'))
    await session.closePopup()
  })

  test('the reader in a page: opened, as ciphertext, sealed elsewhere, and damaged', async () => {
    const options = await session.openExtensionPage('options.html')
    const onboarding = await session.openExtensionPage('onboarding.html')
    const here = askFromContent(options, setting.site.origin, 'seal', {
      text: 'Read me out\nline by line',
      replaces: null,
    })
    const { sealed } = (await answered(here)) as { sealed: string }
    const { sealed: nowhere } = (await answered(ask(onboarding, 'practiceSealing', { text: 'x' }))) as {
      sealed: string
    }
    const damaged = altered(sealed, -3)
    for (const each of [options, onboarding]) await each.close()
    // The last stands on top: Chromium does not tell of frames that are out of sight to assistive technology.
    for (const note of [damaged, nowhere, sealed]) {
      await fetch(`${setting.site.origin}/notes`, { method: 'POST', body: new URLSearchParams({ title: '', note }) })
    }
    await lookAtReaders([words('reader.closed.damaged'), words('reader.closed.nowhere'), words('reader.openInWindow')])
    const other = await session.newPage(setting.site.origin)
    const frame = await readerThatSays(words('reader.showCiphertext'), other)
    const shows = () =>
      frame.evaluate((label) => (document.body.textContent ?? '').includes(label), words('reader.showOpened'))
    // Chromium drops clicks on a frame that has just moved, so that nobody is tricked into one.
    const pressed = async () => (await shows()) || (await press(frame, words('reader.showCiphertext')).then(shows))
    await waitFor('the ciphertext to be shown', pressed, { everyMs: 600 })
    expect(await faults(frame, 'light')).toEqual([])
    await other.close()
    await site.bringToFront()
  })

  test('the reader in a page, locked', async () => {
    await site.bringToFront()
    await lock(session, site)
    await lookAtReaders([words('reader.unlock')])
  })

  test('the popup unlocks with the keyboard alone, and says so when the password is wrong', async () => {
    await site.bringToFront()
    const popup = await popupOver()
    await named(popup, words('popup.unlock.unlock'), 'button')
    await look(popup)
    expect((await focus(popup)).name).toBe('Password')
    await popup.keyboard.type('not the password')
    await popup.keyboard.press('Enter')
    await waitFor('it to be said', async () => (await popup.$$('[role="alert"]')).length > 0, { timeoutMs: 30_000 })
    expect((await focus(popup)).name).toBe('Password')
    await look(popup)
    await popup.keyboard.type(password)
    await tabTo(popup, 'Unlock')
    await popup.keyboard.press('Enter')
    await named(popup, words('popup.page.lock'), 'button', 30_000)
    await tabTo(popup, words('popup.page.lock'))
    await popup.keyboard.press('Enter')
    await named(popup, words('popup.unlock.unlock'), 'button')
    await session.closePopup()
    await unlock(session, password, site)
  })

  /** Whatever is there now has no fault, in either scheme. */
  async function look(page: Page, name?: string): Promise<void> {
    if (name !== undefined) await named(page, name)
    const found: string[] = []
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      found.push(...(await faults(page, scheme)))
    }
    expect(found).toEqual([])
  }

  const popupOver = () => session.realPopup(site)

  function readerThatSays(sentence: string, page = site): Promise<Frame> {
    return waitFor(`a reader that says “${sentence}”`, async () => {
      const seen: string[] = []
      for (const frame of await session.readerFrames(page)) {
        // A frame that is just going away never answers.
        const text = await within(
          frame.evaluate(() => document.body.textContent),
          2_000,
        ).catch(String)
        if (text.includes(sentence)) return frame
        seen.push(text)
      }
      throw new Error(`there are: ${JSON.stringify(seen)}`)
    })
  }

  /** The readers that say this have no fault, on a page that is dark and on one that is light. */
  async function lookAtReaders(states: readonly string[]): Promise<void> {
    const found: string[] = []
    await site.bringToFront()
    for (const scheme of [...schemes].reverse()) {
      await setScheme(session, site, scheme)
      // A reader takes on the look of its page when it is opened.
      await site.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
      for (const state of states) {
        const frame = await readerThatSays(state)
        // What lies behind a frame is the page's, and not to be seen from inside: this is the same colour.
        const ground = await site.$eval('article', (card) => getComputedStyle(card).backgroundColor)
        await frame.evaluate((colour) => document.documentElement.style.setProperty('background', colour), ground)
        found.push(...(await faults(frame, scheme)))
      }
    }
    expect(found).toEqual([])
  }
})
