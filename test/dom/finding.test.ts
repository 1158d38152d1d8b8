// From the library back to the page: a sealed text is found again wherever it stands there, and one is put into the field that
// the person chooses. The page learns nothing but what it can see, and cannot choose instead of the person.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask, askFromContent } from '../e2e/asking.ts'
import { moveClock } from '../e2e/clock.ts'
import { noticed, oursIn, pressOurs } from '../e2e/ours.ts'
import { type Pages, servePages } from '../e2e/pages.ts'
import { isWebsite, kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { settled } from '../e2e/settled.ts'
import { fieldNamed, fill, placeVault, press, prove, readPage, reads, says, valueIn } from '../e2e/steps.ts'
import { anyValue, patternOf, words } from '../words.ts'

type Listed = { readonly id: string; readonly title: { readonly text: string } }

const text = 'Kept in the library, and standing on a page.'
const far = '<div style="height:3000px">A long page</div>'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let library: Page
  let nth = 0

  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    library = await session.openExtensionPage('library.html')
  })
  afterEach(() => closePages())
  afterAll(async () => {
    await pages?.close()
    await setting?.end()
  })

  const webPages = async () => (await session.browser.pages()).filter((page) => page.url().startsWith(pages.origin))
  /** Those too that show the browser's own error. */
  const closePages = async () => {
    for (const page of await session.browser.pages()) if (page !== library) await page.close()
  }

  /** Seals a text on a page of its own, which then holds what `body` makes of it; the tab is left as it was before. */
  const sealedOn = async (body: (sealed: string) => string, from = pages) => {
    const url = `${from.origin}/note${++nth}`
    from.set(`/note${nth}`, { body: '<textarea aria-label="Note"></textarea>' })
    const page = await session.newPage(url)
    const asking = () => askFromContent(library, from.origin, 'seal', { text: `${text} ${nth}`, replaces: null })
    const { sealed } = await waitFor('the content script', () => answered(asking()) as Promise<{ sealed: string }>)
    from.set(`/note${nth}`, { body: body(sealed) })
    const listed = { of: 'texts', search: '', order: 'time', offset: 0, count: 50 }
    const { entries } = (await answered(ask(library, 'listEntries', listed))) as { entries: Listed[] }
    const id = entries.find(({ title }) => title.text === `${text} ${nth}`)?.id ?? ''
    return { page, url, sealed, id }
  }
  const find = async (id: string) => ((await answered(ask(library, 'findOnPage', { id }))) as { found: string }).found
  const place = async (id: string) =>
    ((await answered(ask(library, 'placeEntry', { id }))) as { placing: string }).placing
  const pageAt = (url: string) =>
    waitFor(`a tab with ${url}`, async () => (await webPages()).find((page) => page.url() === url))
  const inView = (page: Page, selector: string) =>
    waitFor(`${selector} to be in view`, () =>
      page.evaluate((one) => {
        const at = document.querySelector(one)?.getBoundingClientRect()
        return at !== undefined && at.top >= 0 && at.top < innerHeight && scrollY > 500
      }, selector),
    )

  test('a text is found in the tab that is open already, is opened, brought into view and pointed at', async () => {
    const { page, sealed, id } = await sealedOn((one) => `${far}<p id=there>${one}</p>${far}`)
    await page.reload()
    await library.bringToFront()
    expect(await find(id)).toBe('there')
    expect(await webPages()).toHaveLength(1)
    await inView(page, '#there')
    await noticed(session, page, words('page.finder.here'))
    await reads(session, page, [`${text} ${nth}`])
    expect(await page.evaluate(() => document.querySelector('#there')?.textContent)).toBe(sealed)
    await waitFor('the outline to go away', async () => (await oursIn(session, page)).words.trim() === '', {
      timeoutMs: 20_000,
    })
  })

  test('a text is found in a new tab where none is open, although it comes late and is decorated', async () => {
    const { page, url, id } = await sealedOn((one) => {
      const decorated = `${one.slice(0, 30)}\u200b${one.slice(30, 60)}<wbr><b>${one.slice(60)}</b>`
      return `${far}<p id=there></p>${far}<script>
        setTimeout(() => { document.getElementById('there').innerHTML = ${JSON.stringify(decorated)} }, 1500)</script>`
    })
    await page.close()
    expect(await find(id)).toBe('there')
    await inView(await pageAt(url), '#there')
  })

  test('a text is found in a field, in a frame, and in a shadow root', async () => {
    for (const body of [
      (one: string) => `${far}<textarea id=there>${one}</textarea>${far}`,
      (one: string) => `${far}<div id=there contenteditable>before ${one} after</div>${far}`,
      (one: string) => `${far}<iframe id=there srcdoc="<p>${one}"></iframe>${far}`,
      (one: string) => `${far}<div id=there></div>${far}<script>
        document.getElementById('there').attachShadow({ mode: 'open' }).innerHTML = '<p>${one}</p>'</script>`,
    ]) {
      const { page, id } = await sealedOn(body)
      await page.reload()
      expect(await find(id)).toBe('there')
      await inView(page, '#there')
      await page.close()
    }
  })

  test('a text that was taken away is missing, and the page before the person says so', async () => {
    const { page, id } = await sealedOn(() => '<p>Nothing to see here</p>')
    await page.reload()
    expect(await find(id)).toBe('missing')
    await noticed(session, page, words('page.command.notFound'))
  })

  // Firefox has a page of its own there, which a website cannot tell from the site’s.
  test.skipIf(isWebsite && kind === 'firefox')(
    'where the site does not answer any more, it is not reached',
    async () => {
      const lost = await servePages()
      const { page, id } = await sealedOn((one) => one, lost)
      await page.close()
      await lost.close()
      expect(await find(id)).toBe('unreachable')
      expect(await place(id)).toBe('unreachable')
    },
  )

  const form = `<label>Note <textarea id=note></textarea></label><label>Other <input></label>
    <label>Short <input maxlength=40></label><button onclick="this.textContent='pressed'">Send</button>`

  test('the field that is clicked gets the sealed text, and no other click or field does', async () => {
    const { page, sealed, id } = await sealedOn(() => form)
    await page.reload()
    expect(await place(id)).toBe('waiting')
    await noticed(session, page, words('page.finder.choose'))
    await (await page.$('button'))?.click()
    await settled(session, page)
    expect(await valueIn(page, 'Note')).toBe('')
    await (await fieldNamed(page, 'Note')).click()
    await waitFor('the sealed text', async () => (await valueIn(page, 'Note')) === sealed)
    await noticed(session, page, words('page.finder.placed'))
    await (await fieldNamed(page, 'Other')).click()
    await settled(session, page)
    expect(await valueIn(page, 'Other')).toBe('')
  })

  test('a page cannot choose: synthetic clicks, keys and focus put nothing anywhere', async () => {
    const { page, sealed, id } = await sealedOn(() => form)
    await page.reload()
    expect(await place(id)).toBe('waiting')
    await noticed(session, page, words('page.finder.choose'))
    await page.evaluate(() => {
      for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
        field.focus()
        field.click()
        for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
          field.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, composed: true, detail: 1 }))
        for (const kind of ['keydown', 'keypress', 'keyup'])
          field.dispatchEvent(new KeyboardEvent(kind, { key: 'Enter', code: 'Enter', bubbles: true, composed: true }))
        field.closest('label')?.click()
      }
      dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    })
    await settled(session, page)
    for (const label of ['Note', 'Other', 'Short']) expect(await valueIn(page, label)).toBe('')
    // It is still waiting, for a person.
    await (await fieldNamed(page, 'Other')).focus()
    await page.keyboard.press('Enter')
    await waitFor('the sealed text', async () => (await valueIn(page, 'Other')) === sealed)
  })

  test('a field in a frame can be chosen, and then no other waits', async () => {
    const { page, sealed, id } = await sealedOn(() => `${form}<iframe srcdoc="<textarea></textarea>"></iframe>`)
    await page.reload()
    expect(await place(id)).toBe('waiting')
    await noticed(session, page, words('page.finder.choose'))
    const frame = await waitFor('the frame', () => page.frames().find((one) => one !== page.mainFrame()))
    await (await frame.$('textarea'))?.click()
    const held = () => frame.evaluate(() => document.querySelector('textarea')?.value)
    await waitFor('the sealed text', async () => (await held()) === sealed)
    await waitFor('the question to go', async () => !/Click the field/.test((await oursIn(session, page)).words))
    await (await fieldNamed(page, 'Note')).click()
    await settled(session, page)
    expect(await valueIn(page, 'Note')).toBe('')
  })

  test('a field that is always sealed can be chosen, and does not open the composer then', async () => {
    const { page, sealed, id } = await sealedOn(
      () => '<label>Diary <textarea name=diary rows=5 cols=40></textarea></label>',
    )
    await page.reload()
    await (await fieldNamed(page, 'Diary')).click()
    await pressOurs(session, page, words('page.button.more'))
    await pressOurs(session, page, words('page.menu.mark'))
    await noticed(session, page, words('page.always.marked'))
    expect(await place(id)).toBe('waiting')
    await noticed(session, page, words('page.finder.choose'))
    await (await fieldNamed(page, 'Diary')).click()
    await waitFor('the sealed text', async () => (await valueIn(page, 'Diary')) === sealed)
    await settled(session, page)
    expect(await session.ownPages('composer.html')).toEqual([])
  })

  test('Escape and the close button end it; a field that is too short is left as it is', async () => {
    const { page, id } = await sealedOn(() => form)
    await page.reload()
    const ends: [string, () => Promise<void>][] = [
      ['Escape', () => page.keyboard.press('Escape')],
      ['the close button', () => pressOurs(session, page, words('page.close'))],
    ]
    for (const [how, end] of ends) {
      expect(await place(id)).toBe('waiting')
      await noticed(session, page, words('page.finder.choose'))
      await page.bringToFront()
      await end()
      await noticed(session, page, words('page.finder.left'))
      await (await fieldNamed(page, 'Note')).click()
      await settled(session, page)
      expect(await valueIn(page, 'Note'), how).toBe('')
    }
    expect(await place(id)).toBe('waiting')
    await noticed(session, page, words('page.finder.choose'))
    await (await fieldNamed(page, 'Short')).click()
    await noticed(session, page, patternOf(words('page.finder.tooLong', { needs: anyValue, takes: 40 })))
    expect(await valueIn(page, 'Short')).toBe('')
  })

  test('an unfinished text is gone on with in a composer of its own, and in no second one', async () => {
    const unfinished = 'Half a thought'
    const first = await session.openExtensionPage('composer.html')
    await fill(first, words('composer.write.text'), unfinished)
    await says(first, words('composer.write.kept'))
    await first.close()
    const listed = { of: 'drafts', search: '', order: 'time', offset: 0, count: 9 }
    const { entries } = (await answered(ask(library, 'listEntries', listed))) as { entries: { id: string }[] }
    const goOn = () => answered(ask(library, 'composeDraft', { draft: entries[0]?.id ?? '' }))
    await goOn()
    const composer = await session.ownPage('composer.html')
    await waitFor('the draft', async () => (await valueIn(composer, words('composer.write.text'))) === unfinished)
    expect(await readPage(composer)).not.toContain(words('composer.unfinished.heading'))
    await (await fieldNamed(composer, words('composer.write.text'))).type(', and the other half')
    await says(composer, words('composer.write.kept'))
    await goOn()
    await settled(session, library)
    expect(await session.ownPages('composer.html')).toHaveLength(1)
    await composer.close()
    const after = (await answered(ask(library, 'listEntries', listed))) as {
      entries: { id: string; letters: number }[]
    }
    expect(after.entries.map(({ id, letters }) => [id, letters])).toEqual([[entries[0]?.id, 34]])
  })

  test('a text that was sealed long ago says so where it is read, and where it is edited', async () => {
    // A clock that is set back locks the vault, where it locks by itself.
    const options = await session.openExtensionPage('options.html')
    const choice = { minutes: null, onScreenLock: false, onLastWindow: false }
    await prove(options, password)
    await answered(ask(options, 'setAutoLock', { choice }))
    await options.close()
    await moveClock(session, -800)
    const { page, id } = await sealedOn((one) => `<p>${one}</p>`)
    await moveClock(session, 0)
    await page.reload()
    await reads(session, page, [`${text} ${nth}`])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('The page has no reader frame')
    await says(frame, '2 years ago')
    const age = await frame.evaluate(() => document.querySelector<HTMLElement>('.old')?.title)
    expect(age).toMatch(/^Sealed on 127\.0\.0\.1:\d+, .*20\d\d.*a new key$/)
    expect(await find(id)).toBe('there')
    await press(frame, words('reader.edit'))
    const composer = await session.ownPage('composer.html')
    await says(composer, /This text was sealed on .* 20\d\d\. Sealing it again gives it a new key\./)
    await composer.close()
  })

  test('where Fieldseal is off, the person is brought there, and told that it cannot look', async () => {
    const { page, url, id } = await sealedOn((one) => one)
    await page.close()
    await session.revokeAll()
    expect(await find(id)).toBe('off')
    await closePages()
    expect(await place(id)).toBe('off')
    await pageAt(url)
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})
