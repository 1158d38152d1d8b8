// The extension is reloaded, as by an update, while it is at work in open pages. Of the old one nothing is left, no error is
// in any console, and the new one starts where sites are on. Where it is switched off for good, pages are as the site made them.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { enable, reload } from './browserUi.ts'
import { ourButton, oursIn } from './ours.ts'
import { type Pages, servePages } from './pages.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { settled } from './settled.ts'
import { fieldNamed, fill, placeVault, press, reads, sealedIn, sealField, valueIn } from './steps.ts'

const secret = 'read before, and read after'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  let sealed: string
  let body: string
  beforeAll(async () => {
    setting = await setUp(kind, { alone: true })
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    pages.set('/write', { body: '<label>Text <textarea></textarea></label>' })
    page = await session.newPage(`${pages.origin}/write`)
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    sealed = await sealedIn(page, 'Text')
    await page.close()
    // Alone in its element; beside other text; in pieces, in elements with styles of their own.
    body = `<p id=alone>${sealed}</p><p id=beside>Before ${sealed} and after</p>
      <p id=pieces><b style="font-size: 20px; color: red">${sealed.slice(0, 30)}</b>${sealed.slice(30)}</p>
      <label>Text <textarea rows=4 cols=40></textarea></label>`
    pages.set('/texts', { body })
  })
  beforeEach(async () => {
    page = await session.newPage(`${pages.origin}/texts`)
    session.problems.length = 0
    session.pageProblems.length = 0
  })
  afterAll(async () => {
    await pages?.close()
    await setting?.end()
  })

  test('texts that were open are closed, with nothing left of the old script, and the new one opens them again', async () => {
    await reads(session, page, [secret, secret, secret])
    await reload(session)
    await waitFor('the new script', () => starts(page, 3))
    // Locked: the unlocked key went with the old one.
    await unlockAgain()
    await reads(session, page, [secret, secret, secret])
    await session.revokeAll()
    await isAsMade(page)
    await session.grantSite(pages.origin)
    await reads(session, page, [secret, secret, secret])
    await noProblems()
    await page.close()
  })

  test('what a page has planted to look like our leftovers is not touched, and stops nothing', async () => {
    await reads(session, page, [secret, secret, secret])
    const planted = await page.evaluate(plantLookAlikes)
    await reload(session)
    await unlockAgain()
    await reads(session, page, [secret, secret, secret])
    expect(await page.evaluate(() => document.querySelector('#planted')?.innerHTML)).toBe(planted)
    await noProblems()
    await page.close()
  })

  test('the button at the field goes, and its successor works', async () => {
    await (await fieldNamed(page, 'Text')).focus()
    await page.keyboard.type(secret)
    await ourButton(session, page, words('page.button.seal'))
    await reload(session)
    await unlockAgain()
    await page.bringToFront()
    // Only then is it sure to be the successor's whose place is asked for.
    await waitFor('one button to be left', async () => (await buttons(session, page)) === 1)
    const { x, y } = await ourButton(session, page, words('page.button.seal'))
    await page.mouse.click(x, y)
    await sealedIn(page, 'Text')
    await noProblems()
    await page.close()
  })

  test('a seal under way leaves the field as it was, or sealed', async () => {
    await fill(page, 'Text', secret)
    await (await fieldNamed(page, 'Text')).focus()
    // The extension may be gone before the command comes to it.
    await Promise.all([session.command('seal-field', page).catch(() => undefined), reload(session)])
    await settled(session, page)
    const now = await valueIn(page, 'Text')
    expect(now === secret || /^sealed1[0-9A-Za-z]{60,}$/.test(now)).toBe(true)
    await unlockAgain()
    if (now === secret) {
      await fill(page, 'Text', secret)
      await sealField(session, page, 'Text')
    }
    await sealedIn(page, 'Text')
    await waitFor('one button to be left', async () => (await buttons(session, page)) <= 1)
    await noProblems()
    await page.close()
  })

  test.runIf(kind === 'chromium')('switched off for good, it takes everything of its own away by itself', async () => {
    await reads(session, page, [secret, secret, secret])
    await (await fieldNamed(page, 'Text')).focus()
    await enable(session, false)
    await isAsMade(page)
    // What has no frame finds out at the person's next act.
    await page.keyboard.press('a')
    await waitFor('no host of ours to be left', () =>
      page.evaluate(() => document.querySelectorAll('html > div').length === 0),
    )
    await enable(session, true)
    await unlockAgain()
    await reads(session, page, [secret, secret, secret])
    await noProblems()
    await page.close()
  })

  /** The parts of the page that texts stand in are as the site made them. */
  const isAsMade = (place: Page) =>
    waitFor('the page to be as the site made it', async () => {
      const [now, made] = await place.evaluate((served) => {
        const parts = (made: Document) => {
          for (const each of made.querySelectorAll('p')) each.normalize()
          return [...made.querySelectorAll('p')].map(({ outerHTML }) => outerHTML).join('\n')
        }
        return [parts(document), parts(new DOMParser().parseFromString(served, 'text/html'))] as const
      }, body)
      if (now !== made) throw new Error(`it is ${now}`)
      return true
    })

  /** In the window that takes the password alone: Firefox now and then opens no popup so soon after a reload. */
  async function unlockAgain(): Promise<void> {
    const window = await session.openExtensionPage('popup.html#unlock')
    await fill(window, 'Password', password)
    // The window closes itself, perhaps before the button is let go.
    await press(window, 'Unlock').catch(() => undefined)
    await waitFor('the window to close', async () => (await session.ownPages('popup.html')).length === 0)
    await page.bringToFront()
  }

  async function noProblems(): Promise<void> {
    await settled(session, page)
    // Firefox itself complains of ports that were cut off by the reload.
    const theirs = [...session.pageProblems, ...session.problems].filter((line) => !/favicon|404/.test(line))
    expect(theirs).toEqual([])
  }

  /** The page holds so many hosts of ours. */
  const starts = (place: Page, texts: number) =>
    place.evaluate((count) => [...document.querySelectorAll('p div')].length === count, texts)
})

/**
 * In a page: closed roots that look as ours once did, the notes in them no JSON, or JSON that has somebody else's hidden element
 * shown. Gives what then stands there.
 */
function plantLookAlikes(): string {
  document.body.insertAdjacentHTML(
    'beforeend',
    '<section id="planted"><i style="display: none" title="hidden by the site"></i><div></div><div></div><div></div></section>',
  )
  const planted = document.querySelector('#planted')
  const styles = [[1, 'display: block']]
  for (const [nth, notes] of ['no JSON', JSON.stringify({ up: 0, styles }), '{"up":1e9,"styles":null}'].entries()) {
    const root = planted?.querySelectorAll('div')[nth]?.attachShadow({ mode: 'closed' })
    const box = document.createElement('div')
    box.id = 'fieldseal'
    box.dataset.before = notes
    root?.append(box)
  }
  return planted?.innerHTML ?? ''
}

async function buttons(session: Session, page: Page): Promise<number> {
  return (await oursIn(session, page)).buttons.filter(({ name }) => name === 'More').length
}
