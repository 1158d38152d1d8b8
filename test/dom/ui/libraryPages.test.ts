// The library and the pages its texts were sealed on: what is sealed is kept, found there again, and put there again where it is
// missing. And the composer's unfinished texts, gone on with and discarded.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../../e2e/looking.ts'
import { noticed } from '../../e2e/ours.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { lists, rowsIn } from '../../e2e/shelves.ts'
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
} from '../../e2e/steps.ts'
import { counted, words } from '../../words.ts'

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
    await says(page, words('library.empty.heading'))
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
    await named(page, words('libraryEntry.copySealed'), 'button')
  })

  test('it is found where it stands', async () => {
    await press(page, words('libraryEntry.onPage.find'))
    await says(page, words('libraryEntry.onPage.there'), 20_000)
    expect(await faults(page, 'light')).toEqual([])
  })

  test('where it is missing, it can be put there again', async () => {
    await site.bringToFront()
    await clear(site, 'Note')
    await page.bringToFront()
    await press(page, words('libraryEntry.onPage.find'))
    await says(page, words('libraryEntry.onPage.missing'), 20_000)
    await page.bringToFront()
    await press(page, words('libraryEntry.onPage.place'))
    await says(page, words('libraryEntry.onPage.waiting'), 20_000)
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).click()
    await waitFor('the field to hold it', async () => (await valueIn(site, 'Note')).startsWith('sealed1'))
  })

  test('put back into its field, changed there and sealed again, it is the same text', async () => {
    await noticed(session, site, words('page.finder.placed'))
    await (await fieldNamed(site, 'Note')).click()
    await session.command('put-back', site)
    await press(await session.ownPage('composer.html'), words('composer.putBack.confirm'))
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
    await named(page, words('libraryEntry.versions.heading'), 'heading')
  })

  test('an unfinished text is listed, can be had back when it was discarded, and gone on with', async () => {
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).focus()
    await clear(site, 'Note')
    await session.command('compose', site)
    const composer = await session.ownPage('composer.html')
    await fill(composer, words('composer.write.text'), 'Begun in the evening')
    await says(composer, words('composer.write.kept'))
    // The window may be gone before the key is let go.
    await composer.keyboard.press('Escape').catch(() => undefined)
    await waitFor('the composer to close', async () => (await session.ownPages('composer.html')).length === 0)
    await page.bringToFront()
    await page.reload({ waitUntil: [] })
    await says(page, counted('library.list.textCount', { n: 1 }))
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('nav button')[1]?.click())
    await lists(page, ['Begun in the evening'])
    await page.click('[role="option"]')
    await press(page, words('libraryEntry.draft.discard'))
    await says(page, counted('library.deletion.discarded', { n: 1 }))
    expect(await faults(page, 'light')).toEqual([])
    await press(page, words('library.deletion.undo'))
    await lists(page, ['Begun in the evening'])
    await page.click('[role="option"]')
    await press(page, words('libraryEntry.draft.goOn'))
    const next = await session.ownPage('composer.html')
    await waitFor(
      'the text to be there',
      async () => (await valueIn(next, words('composer.write.text'))) === 'Begun in the evening',
    )
    await next.close()
  })

  test('nothing went wrong unsaid', () => {
    expect(session.problems).toEqual([])
  })
})
