// The library and the pages its texts were sealed on: what is sealed is kept, found there again, and put there again where it is
// missing. And the composer's unfinished texts, gone on with and discarded.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from './looking.ts'
import { noticed } from './ours.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { lists, rowsIn } from './shelves.ts'
import {
  clear,
  fieldNamed,
  fill,
  named,
  placeVault,
  press,
  says,
  sealedIn,
  sealField,
  switchOn,
  valueIn,
} from './steps.ts'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  let page: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    site = await session.newPage(setting.site.origin)
    await switchOn(session, site)
    page = await session.openExtensionPage('library.html')
    await says(page, 'Your library is empty')
  })
  afterAll(() => setting?.end())

  test('what is sealed on a page comes into the list by itself, with its site', async () => {
    await site.bringToFront()
    await fill(site, 'Note', 'Seeds for the spring')
    await sealField(session, site, 'Note')
    await sealedIn(site, 'Note')
    await page.bringToFront()
    await lists(page, ['Seeds for the spring'])
    expect((await rowsIn(page))[0]?.words).toContain('127.0.0.1')
    await page.click('[role="option"]')
    await named(page, 'Copy sealed text', 'button')
  })

  test('it is found where it stands', async () => {
    await press(page, 'Find on page')
    await says(page, 'It is on the page', 20_000)
    expect(await faults(page, 'light')).toEqual([])
  })

  test('where it is missing, it can be put there again', async () => {
    await site.bringToFront()
    await clear(site, 'Note')
    await page.bringToFront()
    await press(page, 'Find on page')
    await says(page, 'the sealed text is not on it', 20_000)
    await page.bringToFront()
    await press(page, 'Put it into a field there')
    await says(page, 'click the field that is to hold the sealed text', 20_000)
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).click()
    await waitFor('the field to hold it', async () => (await valueIn(site, 'Note')).startsWith('sealed1'))
  })

  test('put back into its field, changed there and sealed again, it is the same text', async () => {
    await noticed(session, site, /The sealed text is in the field/)
    await (await fieldNamed(site, 'Note')).click()
    await session.command('put-back', site)
    await press(await session.ownPage('composer.html'), 'Put it into the page')
    await waitFor('the text to be back', async () => (await valueIn(site, 'Note')) === 'Seeds for the spring')
    await waitFor('the window to close', async () => (await session.ownPages('composer.html')).length === 0)
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).click()
    await site.keyboard.press('End')
    await site.keyboard.type(' and the fall')
    await sealField(session, site, 'Note')
    await sealedIn(site, 'Note')
    await page.bringToFront()
    await lists(page, ['Seeds for the spring and the fall'])
    await named(page, 'Earlier versions', 'heading')
  })

  test('an unfinished text is listed, can be had back when it was discarded, and gone on with', async () => {
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).focus()
    await clear(site, 'Note')
    await session.command('compose', site)
    const composer = await session.ownPage('composer.html')
    await fill(composer, 'Text to seal', 'Begun in the evening')
    await says(composer, 'Draft kept')
    // The window may be gone before the key is let go.
    await composer.keyboard.press('Escape').catch(() => undefined)
    await waitFor('the composer to close', async () => (await session.ownPages('composer.html')).length === 0)
    await page.bringToFront()
    await page.reload({ waitUntil: [] })
    await says(page, '1 text.')
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('nav button')[1]?.click())
    await lists(page, ['Begun in the evening'])
    await page.click('[role="option"]')
    await press(page, 'Discard')
    await says(page, 'Discarded 1 unfinished text.')
    expect(await faults(page, 'light')).toEqual([])
    await press(page, 'Undo')
    await lists(page, ['Begun in the evening'])
    await page.click('[role="option"]')
    await press(page, 'Go on writing')
    const next = await session.ownPage('composer.html')
    await waitFor('the text to be there', async () => (await valueIn(next, 'Text to seal')) === 'Begun in the evening')
    await next.close()
  })

  test('nothing went wrong unsaid', () => {
    expect(session.problems).toEqual([])
  })
})
