// What only the extension itself shows, in a light and a dark scheme: the real popup, and readers in a page. axe finds nothing
// serious or critical, and the keyboard alone unlocks. All other pages and states: test/dom/access.test.ts.

import type { Frame, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask, askFromContent } from './asking.ts'
import { faults, focus, schemes, setScheme, tabTo } from './looking.ts'
import { kinds, pause, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { lock, named, placeVault, press, says, switchOn, unlock } from './steps.ts'

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
    await look(await popupOver(), 'Lock')
    await session.closePopup()
    await switchOn(session, site)
    const popup = await popupOver()
    await says(popup, 'No sealed texts on this page')
    await look(popup, 'Lock')
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
    const { sealed: nowhere } = (await answered(ask(onboarding, 'practiceSeal', { text: 'x' }))) as { sealed: string }
    const damaged = `${sealed.slice(0, -3)}${sealed.endsWith('000') ? '111' : '000'}`
    for (const each of [options, onboarding]) await each.close()
    // The last stands on top: Chromium does not tell of frames that are out of sight to assistive technology.
    for (const note of [damaged, nowhere, sealed]) {
      await fetch(`${setting.site.origin}/notes`, { method: 'POST', body: new URLSearchParams({ title: '', note }) })
    }
    await lookAtReaders(['Damaged', 'outside any site', 'Open in a window'])
    const other = await session.newPage(setting.site.origin)
    const frame = await readerThatSays('Show ciphertext', other)
    const shows = () => frame.evaluate(() => (document.body.textContent ?? '').includes('Show opened text'))
    // Chromium drops clicks on a frame that has just moved, so that nobody is tricked into one.
    const pressed = async () => (await shows()) || (await press(frame, 'Show ciphertext').then(shows))
    await waitFor('the ciphertext to be shown', pressed, { everyMs: 600 })
    expect(await faults(frame, 'light')).toEqual([])
    await other.close()
    await site.bringToFront()
  })

  test('the reader in a page, locked', async () => {
    await site.bringToFront()
    await lock(session, site)
    await lookAtReaders(['Unlock to read'])
  })

  test('the popup unlocks with the keyboard alone, and says so when the password is wrong', async () => {
    await site.bringToFront()
    const popup = await popupOver()
    await named(popup, 'Unlock', 'button')
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
    await named(popup, 'Lock', 'button', 30_000)
    await tabTo(popup, 'Lock')
    await popup.keyboard.press('Enter')
    await named(popup, 'Unlock', 'button')
    await session.closePopup()
    await unlock(session, password, site)
  })

  /** Whatever is there now has no fault, in either scheme. */
  async function look(page: Page, words?: string): Promise<void> {
    if (words !== undefined) await named(page, words)
    const found: string[] = []
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      found.push(...(await faults(page, scheme)))
    }
    expect(found).toEqual([])
  }

  const popupOver = () => session.realPopup(site)

  function readerThatSays(words: string, page = site): Promise<Frame> {
    return waitFor(`a reader that says “${words}”`, async () => {
      const seen: string[] = []
      for (const frame of await session.readerFrames(page)) {
        // A frame that is just going away never answers.
        const said = frame.evaluate(() => document.body.textContent).catch(String)
        const text = await Promise.race([said, pause(2000).then(() => 'nothing yet')])
        if (text.includes(words)) return frame
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
      for (const words of states) {
        const frame = await readerThatSays(words)
        // What lies behind a frame is the page's, and not to be seen from inside: this is the same colour.
        const ground = await site.$eval('article', (card) => getComputedStyle(card).backgroundColor)
        await frame.evaluate((colour) => document.documentElement.style.setProperty('background', colour), ground)
        found.push(...(await faults(frame, scheme)))
      }
    }
    expect(found).toEqual([])
  }
})
