// The life of a permission: given and taken by our switches and by the browser's own pages, for one site, for all, for all but
// one; and what is chosen for a site. Whatever changes, changes at once in open pages, in all their frames.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { giveAgain, takeAway } from './browserUi.ts'
import { faults, schemes, setScheme } from './looking.ts'
import { ourButton, oursIn } from './ours.ts'
import { type Pages, servePages } from './pages.ts'
import { kinds, type Session, siteOf, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { settled } from './settled.ts'
import {
  fieldNamed,
  fill,
  loadAgain,
  named,
  placeVault,
  press,
  reads,
  says,
  sealedIn,
  sealField,
  switchOn,
} from './steps.ts'

const secret = 'only where it is on'
const everywhere = '*://*/*'
const below = '*://*.localhost/*'
declare const chrome: { permissions: { request(asked: { origins: string[] }): Promise<boolean> } }

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  let sealed: string
  const site = () => siteOf(pages.origin)
  /** The same server under a name of its own, which to browsers is another site. */
  const other = () => pages.origin.replace('127.0.0.1', 'localhost')

  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    pages.set('/', { body: '<label>Text <textarea></textarea></label>' })
    page = await session.newPage(`${pages.origin}/`)
    await switchOn(session, page)
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    sealed = await sealedIn(page, 'Text')
    pages.set('/inner', { body: `<p>${sealed}</p>` })
    pages.set('/texts', {
      body: `<p>${sealed}</p><p>Beside ${sealed} it</p><iframe src="/inner" width=600></iframe>
        <label>Text <textarea rows=3></textarea></label>`,
    })
    await page.close()
    page = await session.newPage(`${pages.origin}/texts`)
    session.problems.length = 0
  })
  afterAll(async () => {
    expect(session.problems).toEqual([])
    await pages?.close()
    await setting?.end()
  })

  const opened = (count: number) => reads(session, page, Array(count).fill(secret))
  /** No frame, no host, no style of ours, in the page and the frame in it. */
  const bare = () =>
    waitFor('nothing of ours to be left', async () => {
      for (const frame of [page, ...page.frames()]) {
        const left = await frame.evaluate(() => document.querySelectorAll('div, p span, [style]').length).catch(() => 0)
        if (left > 0) throw new Error(`${left} things are left`)
      }
      return (await session.readerFrames(page)).length === 0
    })

  test('taken away in the browser’s own settings, everything of ours goes at once, in all frames; given back, it comes to life', async () => {
    await opened(3)
    await (await fieldNamed(page, 'Text')).focus()
    await ourButton(session, page, words('page.button.more'))
    await takeAway(session, site())
    await bare()
    expect(await page.evaluate(() => document.querySelector('p')?.textContent)).toBe(sealed)
    await giveAgain(session, site())
    await page.bringToFront()
    await opened(3)
    expect(session.pageProblems.filter((line) => !line.includes('404'))).toEqual([])
  })

  test('texts do not open by themselves where that is switched off in the popup, but by a command', async () => {
    await inPopup('Open texts automatically')
    await bare0()
    const popup = await session.realPopup(page)
    await press(popup, 'Open texts on this page')
    await says(popup, 'opened on the page')
    await session.closePopup()
    await opened(3)
    await loadAgain(page)
    await settled(session, page)
    expect((await session.readerFrames(page)).length).toBe(0)
    await inPopup('Open texts automatically')
    await opened(3)
  })

  test('the button is not shown where that is switched off, at once, and in options it is switched on again', async () => {
    await (await fieldNamed(page, 'Text')).focus()
    await ourButton(session, page, words('page.button.more'))
    await inPopup('Show the button')
    await waitFor('the button to go', async () => (await buttonsHere()) === 0)
    const options = await session.openExtensionPage('options.html')
    await press(options, 'Show the button 127.0.0.1'.replace('127', 'http://127'), 'switch')
    await options.close()
    await page.bringToFront()
    await (await fieldNamed(page, 'Text')).focus()
    await waitFor('the button', async () => (await buttonsHere()) > 0)
  })

  test('on all sites: asked for in the options, with what it means; a site is excepted by its switch, others are kept', async () => {
    const options = await session.openExtensionPage('options.html')
    await says(options, words('optionsSites.all.means'))
    await answerForAll()
    await press(options, words('optionsSites.all.label'), 'switch')
    await says(options, 'Fieldseal is on at all sites')
    await says(options, 'http://127.0.0.1', 20_000)
    for (const scheme of schemes) {
      await setScheme(session, options, scheme)
      expect(await faults(options, scheme)).toEqual([])
    }
    const elsewhere = await session.newPage(`${other()}/texts`)
    await waitFor('a frame elsewhere', async () => (await session.readerFrames(elsewhere)).length > 0)
    const popup = await session.realPopup(elsewhere)
    await says(popup, 'On, as on all sites')
    await press(popup, 'Use on this site', 'switch')
    await says(popup, 'Off here, though on all other sites')
    await session.closePopup()
    await waitFor('no frame elsewhere', async () => (await session.readerFrames(elsewhere)).length === 0)
    await loadAgain(elsewhere)
    await settled(session, elsewhere)
    expect((await session.readerFrames(elsewhere)).length).toBe(0)
    // No script at all: the permission is there, the registration leaves the site out.
    expect(await excluded()).toEqual([siteOf(other())])
    // A site that is on does not shine through in a page that is excepted.
    await elsewhere.evaluate(async (src) => {
      const frame = document.createElement('iframe')
      frame.src = src
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await loaded
    }, `${pages.origin}/inner`)
    await settled(session, elsewhere)
    expect((await session.readerFrames(elsewhere)).length).toBe(0)

    await elsewhere.evaluate(() => document.querySelector('body > iframe:last-of-type')?.remove())
    await options.bringToFront()
    await says(options, words('optionsSites.stateExcepted'))
    await press(options, words('optionsSites.switchOn'))
    await says(options, 'on at http://localhost again')
    await elsewhere.bringToFront()
    await waitFor('frames elsewhere', async () => (await session.readerFrames(elsewhere)).length > 0)
    await options.bringToFront()
    await press(options, words('optionsSites.all.label'), 'switch')
    await says(options, 'no longer on at all sites')
    expect(await session.grantedSites()).toEqual([site()])
    await waitFor('no frame elsewhere', async () => (await session.readerFrames(elsewhere)).length === 0)
    await elsewhere.close()
    await options.close()
    await page.bringToFront()
    await opened(3)
  })

  test('what the browser lists in its own way is listed, named and removed', async () => {
    await giveAgain(session, below)
    const options = await session.openExtensionPage('options.html')
    if (kind === 'chromium') await options.evaluate((one) => chrome.permissions.request({ origins: [one] }), below)
    await says(options, 'localhost and all below it')
    const removes = await options.$$('li button')
    expect(removes.length).toBeGreaterThan(0)
    await press(options, words('optionsSites.remove'))
    await waitFor('one to be gone', async () => (await session.grantedSites()).length === 1)
    await options.close()
  })

  async function inPopup(name: string): Promise<void> {
    const popup = await session.realPopup(page)
    const before = await stateOf(popup, name)
    await press(popup, name, 'switch')
    await waitFor('the switch to flip', async () => (await stateOf(popup, name)) !== before)
    await session.closePopup()
    await page.bringToFront()
  }
  const stateOf = async (place: Page, name: string) =>
    (await named(place, name, 'switch')).evaluate((each) => each.getAttribute('aria-checked'))
  const bare0 = () => waitFor('the frames to go', async () => (await session.readerFrames(page)).length === 0)
  const buttonsHere = async () => (await oursIn(session, page)).buttons.filter(({ name }) => name === 'More').length
  const excluded = () =>
    session.inBackground(async ({ browser }) => {
      const scripts = (await browser.scripting?.getRegisteredContentScripts?.()) as { excludeMatches?: string[] }[]
      return scripts[0]?.excludeMatches ?? []
    })
  async function answerForAll(): Promise<void> {
    // Chromium headless shows no prompt; what was allowed in its own settings needs none.
    if (kind === 'chromium') await giveAgain(session, everywhere)
    else await session.answerPrompts(pages.origin)
  }
})
