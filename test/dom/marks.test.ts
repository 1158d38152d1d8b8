// Fields that are always sealed: what a person does there opens the composer, and no plaintext ever stands in the page. What
// a page does there opens nothing. And sealed texts where no frame can stand are opened by the context menu.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chooseMenu, closeMenu } from '../e2e/browserUi.ts'
import { faults } from '../e2e/looking.ts'
import { noticed, ourButton, oursIn, pressOurs } from '../e2e/ours.ts'
import { type Pages, servePages } from '../e2e/pages.ts'
import { kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { settled } from '../e2e/settled.ts'
import { fieldNamed, fill, placeVault, press, says, sealedIn, sealField, valueIn } from '../e2e/steps.ts'
import { words } from '../words.ts'

const secret = 'never in the page'
/** Notes everything that ever stands in its fields, and every key and input that it hears of. */
const watching = `<script>
  window.seen = []
  const note = () => { for (const each of document.querySelectorAll('input,textarea')) seen.push(each.value)
    for (const each of document.querySelectorAll('[contenteditable]')) seen.push(each.textContent) }
  for (const kind of ['keydown', 'keypress', 'beforeinput', 'input', 'paste', 'drop'])
    document.addEventListener(kind, (event) => { seen.push(kind + ':' + (event.key ?? event.data ?? '')); note() }, true)
  setInterval(note, 20)
</script>`
const form = (
  text = '',
) => `<p style="margin: 60px"><label>Note <textarea name=note rows=3 cols=40>${text}</textarea></label></p>
  <p><label>Other <textarea name=other rows=3 cols=40></textarea></label> <button>Elsewhere</button></p>
  <div contenteditable=true role=textbox aria-label=Editor style="min-height: 40px; margin: 20px"></div>${watching}`

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    pages.set('/form', { body: form() })
    page = await session.newPage(`${pages.origin}/form`)
  })
  afterEach(async () => {
    for (const left of await composers()) await left.close().catch(() => undefined)
    await page.bringToFront()
  })
  afterAll(async () => {
    expect(session.problems).toEqual([])
    await pages?.close()
    await setting?.end()
  })

  test('is marked from the button’s menu; clicked, it opens the composer, and what is sealed there comes back', async () => {
    await mark('Note')
    await noticed(session, page, words('page.always.marked'))
    expect(await composers()).toEqual([])
    await click('Note')
    const composer = await session.ownPage('composer.html')
    await fill(composer, words('composer.write.text'), secret)
    await press(composer, 'Seal')
    await sealedIn(page, 'Note')
    expect(await heard()).not.toContain(secret)
    await waitFor('the composer to close', async () => (await composers()).length === 0)
    await page.bringToFront()
  })

  test('keys that are typed, pasted or dropped there reach neither field nor page, but the composer opens', async () => {
    await again()
    const field = await fieldNamed(page, 'Note')
    // Focused by no act of a person's: so the first key is what comes.
    await field.focus()
    await page.keyboard.type('xyz')
    await session.ownPage('composer.html')
    await settled(session, page)
    expect(await valueIn(page, 'Note')).toBe('')
    expect((await heard()).filter((line) => /[xyz]/.test(line.replace('keydown', '')))).toEqual([])
    expect((await composers()).length).toBe(1)
  })

  test('Tab into it opens the composer; a page’s own focus, a window’s and made-up events do not', async () => {
    await again()
    await page.evaluate(() => {
      const field = document.querySelector('textarea')
      field?.focus()
      field?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
    })
    await settled(session, page)
    expect(await composers()).toEqual([])
    const elsewhere = await session.newPage('about:blank')
    await elsewhere.close()
    await page.bringToFront()
    await settled(session, page)
    expect(await composers()).toEqual([])
    await (await fieldNamed(page, 'Other')).focus()
    await page.keyboard.down('Shift')
    await page.keyboard.press('Tab')
    await page.keyboard.up('Shift')
    await session.ownPage('composer.html')
  })

  test('closed without sealing leaves the field as it was, and the next click opens it; a second click raises the one', async () => {
    await again()
    await click('Note')
    await (await session.ownPage('composer.html')).close()
    await page.bringToFront()
    await settled(session, page)
    expect(await composers()).toEqual([])
    expect(await valueIn(page, 'Note')).toBe('')
    await click('Note')
    await session.ownPage('composer.html')
    await page.bringToFront()
    await click('Note')
    await settled(session, page)
    expect((await composers()).length).toBe(1)
  })

  test('after a small change of the page it is the same field; another field is none', async () => {
    pages.set('/form', {
      body: form().replace('<label>Note', '<label class=new>Note (3)').replace('name=note', 'id=x123456 name=note'),
    })
    await again()
    await click('Other')
    await settled(session, page)
    expect(await composers()).toEqual([])
    await (await page.$('[name=note]'))?.click()
    await session.ownPage('composer.html')
    pages.set('/form', { body: form() })
  })

  test('a mark of which the disk no longer says what field it is for keeps what is typed out of every field of its site', async () => {
    const before = await session.openExtensionPage('options.html')
    await before.evaluate(alterMarks, 'canvas')
    await before.close()
    const options = await session.openExtensionPage('options.html')
    await says(options, words('optionsSites.alwaysSealed.every'))
    await again()
    await (await fieldNamed(page, 'Other')).focus()
    await page.keyboard.type('xyz')
    await session.ownPage('composer.html')
    expect(await valueIn(page, 'Other')).toBe('')
    await options.evaluate(alterMarks, 'textarea')
    await options.close()
  })

  test('plaintext that stands in it already is offered to be sealed', async () => {
    pages.set('/form', { body: form('of the page’s making') })
    await again()
    await click('Note')
    await (await session.ownPage('composer.html')).close()
    await page.bringToFront()
    await pressOurs(session, page, words('page.sealing.now'))
    await sealedIn(page, 'Note')
    pages.set('/form', { body: form() })
  })

  test('an editor is marked too', async () => {
    await again()
    await mark('Editor')
    await (await fieldNamed(page, 'Editor')).focus()
    await page.keyboard.type('xyz')
    const composer = await session.ownPage('composer.html')
    await fill(composer, words('composer.write.text'), secret)
    await press(composer, 'Seal')
    await sealedIn(page, 'Editor')
    expect((await heard()).filter((line) => !line.includes('sealed1') && /[xyz]|never/.test(line))).toEqual([])
  })

  test('no opened text is put back into it: the composer opens instead', async () => {
    await again()
    await click('Note')
    const composer = await session.ownPage('composer.html')
    await fill(composer, words('composer.write.text'), secret)
    await press(composer, 'Seal')
    const sealed = await sealedIn(page, 'Note')
    await waitFor('the composer to close', async () => (await composers()).length === 0)
    await page.bringToFront()
    await session.command('put-back', page)
    const edits = await session.ownPage('composer.html')
    await waitFor('the opened text', async () => (await valueIn(edits, words('composer.write.text'))) === secret)
    expect(await valueIn(page, 'Note')).toBe(sealed)
  })

  test('the marks are listed in the options and taken off there; and by the button’s menu', async () => {
    await again()
    const options = await session.openExtensionPage('options.html')
    await says(options, '“Note”')
    await says(options, '“Editor”')
    await says(options, new URL(pages.origin).host)
    expect(await faults(options, 'light')).toEqual([])
    await options.evaluate(() => {
      const line = [...document.querySelectorAll('li')].find((each) => each.textContent?.includes('Editor'))
      line?.querySelector('button')?.click()
    })
    await says(options, 'is an ordinary one again')
    await options.close()
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).focus()
    await ourButton(session, page, words('page.button.marked'))
    await pressOurs(session, page, words('page.button.more'))
    await pressOurs(session, page, words('page.menu.unmark'))
    await noticed(session, page, words('page.always.unmarked'))
    await click('Note')
    await page.keyboard.type('typed')
    expect(await valueIn(page, 'Note')).toBe('typed')
    expect(await composers()).toEqual([])
  })

  test('a sealed text in title, alt, an option or a selection is opened in a window of ours; elsewhere it says there is none', async () => {
    await again()
    await fill(page, 'Note', secret)
    await sealField(session, page, 'Note')
    const sealed = await sealedIn(page, 'Note')
    pages.set('/attributes', {
      body: `<p id=title title="${sealed}"><b>With a title</b></p><img id=alt alt="${sealed}" width=50 height=50>
        <select id=option><option>${sealed}</option></select><input id=read readonly value="${sealed}">
        <p id=none>Nothing here</p><p><code>${sealed.slice(0, 20)}</code> <code>${sealed.slice(20)}</code></p>`,
    })
    const at = await session.newPage(`${pages.origin}/attributes`)
    for (const id of ['title', 'alt', 'option', 'read']) {
      await pointAt(at, id)
      await menu(at)
      const window = await session.ownPage('composer.html')
      await says(window, secret)
      await window.close()
      await at.bringToFront()
    }
    await pointAt(at, 'none')
    await at.evaluate(() => {
      document.title = 'A page'
    })
    await menu(at)
    await noticed(session, at, words('page.command.nothingPointed'))
    await at.evaluate(() => {
      const [first, second] = document.querySelectorAll('code')
      if (first && second) getSelection()?.setBaseAndExtent(first, 0, second, 1)
    })
    await menu(at)
    await says(await session.ownPage('composer.html'), secret)
    for (const left of await composers()) await left.close()
    // By "Open texts on this page" only where there is nothing else.
    pages.set('/title', { body: `<p title="${sealed}">Nothing else</p>` })
    await at.goto(`${pages.origin}/title`)
    await at.bringToFront()
    const popup = await session.realPopup(at)
    await press(popup, words('popup.page.openTexts'))
    await says(await session.ownPage('composer.html'), secret)
    await session.closePopup()
    await at.close()
  })

  const composers = () => session.ownPages('composer.html')
  const heard = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  const again = async () => {
    await page.close()
    page = await session.newPage(`${pages.origin}/form`)
    // The script has come once it has shown its button somewhere.
    await (await fieldNamed(page, 'Other')).focus()
    await ourButton(session, page, words('page.button.more'))
  }
  const click = async (label: string) => (await fieldNamed(page, label)).click()
  const mark = async (label: string) => {
    await page.bringToFront()
    await (await fieldNamed(page, label)).focus()
    await pressOurs(session, page, words('page.button.more'))
    await pressOurs(session, page, words('page.menu.mark'))
    await waitFor('the mark', async () =>
      (await oursIn(session, page)).buttons.some(({ name }) => name.startsWith('Always sealed')),
    )
  }
  const pointAt = async (place: Page, id: string) => {
    const box = await (await place.$(`#${id}`))?.boundingBox()
    if (!box) throw new Error(`no #${id}`)
    await place.mouse.click(box.x + 8, box.y + box.height / 2, { button: 'right' })
    await closeMenu(session)
  }
  const menu = (place: Page) => chooseMenu(session, place, 'open-pointed')
})

/** In a page of ours: writes this as the kind of the field of every mark on the disk. */
async function alterMarks(kind: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const db = await done(indexedDB.open('fieldseal'))
  const store = db.transaction('preferences', 'readwrite').objectStore('preferences')
  const all = await done(store.get('preferences'))
  for (const mark of all.sites.marks) mark.field.kind = kind
  await done(store.put(all, 'preferences'))
  db.close()
}
