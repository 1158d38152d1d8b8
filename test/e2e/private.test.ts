// Private windows: texts open, fields are sealed, the composer works; and when they are closed, nothing of it is on the disk.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { area } from './asking.ts'
import { allowPrivate, privatePage } from './browserUi.ts'
import { type Pages, servePages } from './pages.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { fieldNamed, fill, has, placeVault, press, reads, says, sealedIn, unlock, valueIn } from './steps.ts'

const secret = 'a private thought'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  let ordinary: Page
  beforeAll(async () => {
    setting = await setUp(kind, { alone: true })
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    await allowPrivate(session)
    pages.set('/', { body: '<label>Text <textarea></textarea></label>' })
    ordinary = await session.newPage(`${pages.origin}/`)
    await unlock(session, password, ordinary)
    page = await privatePage(session, `${pages.origin}/?private`)
    session.problems.length = 0
  })
  afterAll(async () => {
    await pages?.close()
    await setting?.end()
  })

  test('a field is sealed, and its text opens in place', async () => {
    await page.bringToFront()
    await fill(page, 'Text', secret)
    await (await fieldNamed(page, 'Text')).focus()
    await session.command('seal-field', page)
    const sealed = await sealedIn(page, 'Text')
    pages.set('/', { body: `<p>${sealed}</p><label>Text <textarea></textarea></label>` })
    await page.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
    await reads(session, page, [secret])
  })

  test('the composer says that its draft is kept for the time of the window, and keeps it off the disk', async () => {
    const composer = await compose()
    await says(composer, 'is not written to disk')
    await fill(composer, 'Text to seal', secret)
    await says(composer, 'Draft kept for now')
    expect(await stored('drafts')).toBe('[]')
    await composer.close()
    const next = await compose()
    await says(next, secret)
    await press(next, 'Restore')
    await press(next, 'Seal')
    await waitFor('the field to hold it', async () => /^sealed1/.test(await valueIn(page, 'Text')))
    await page.bringToFront()
  })

  test('what is not finished is not offered in an ordinary window, and is gone with the last private one', async () => {
    const composer = await compose()
    await fill(composer, 'Text to seal', 'left unfinished')
    await says(composer, 'Draft kept for now')
    await composer.close()
    await ordinary.bringToFront()
    await (await fieldNamed(ordinary, 'Text')).focus()
    await session.command('compose', ordinary)
    const ours = await session.ownPage('composer.html')
    await says(ours, 'an unfinished text is kept')
    expect(await has(ours, 'Restore')).toBe(false)
    await ours.close()
    const before = await stored('preferences')
    await page.bringToFront()
    const popup = await session.realPopup(page)
    await says(popup, 'holds until your private windows are closed')
    await press(popup, 'Open texts automatically', 'switch')
    await session.closePopup()
    await waitFor('the text to be closed', async () => (await session.readerFrames(page)).length === 0)
    await ordinary.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
    await ordinary.bringToFront()
    await reads(session, ordinary, [secret])
    expect((await keptPrivately()).length).toBeGreaterThan(0)
    expect(await stored('preferences')).toBe(before)
    await page.close()
    await waitFor('it to be forgotten', async () => (await keptPrivately()).length === 0)
    expect(await stored('drafts')).toBe('[]')
    expect(await stored('preferences')).toBe(before)
    expect(session.problems).toEqual([])
  })

  const compose = async (): Promise<Page> => {
    await page.bringToFront()
    await waitFor('no other composer', async () => (await session.ownPages('composer.html')).length === 0)
    await (await fieldNamed(page, 'Text')).focus()
    await session.command('compose', page)
    return session.ownPage('composer.html')
  }
  const keptPrivately = async () =>
    Object.keys(await area(session, 'session').get(null)).filter((name) => name.startsWith('private'))
  /** All that lies in one store of the extension's database. */
  const stored = (store: string) =>
    session.inBackground((scope, name) => {
      const { indexedDB } = scope as unknown as { indexedDB: IDBFactory }
      return new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('fieldseal')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const asked = opening.result.transaction(name).objectStore(name).getAll()
          asked.onsuccess = () => {
            opening.result.close()
            resolve(JSON.stringify(asked.result))
          }
        }
      })
    }, store)
})
