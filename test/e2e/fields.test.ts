// Sealing what stands in a field: the page's own code notices, undo takes it back, and whatever a page does with the
// sealed text, the person's own text is either in the field or sealed and offered.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noticed, ourButton, oursIn, pressOurs } from './ours.ts'
import { type Pages, servePages } from './pages.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { createVault, fieldNamed, fill, giveItTime, press, reads, sealedIn, sealField, valueIn } from './steps.ts'

const secret = 'a secret of mine'

describe.each(kinds)('fields in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page

  const show = async (body: string): Promise<void> => {
    const path = `/${Math.random().toString(36).slice(2)}`
    pages.set(path, { body })
    const opened = await session.newPage(pages.origin + path)
    await page?.close()
    page = opened
  }
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await createVault(session, password)
    await session.grantSite(pages.origin)
  })
  afterAll(async () => {
    await session?.close()
    await pages?.close()
    await setting?.end()
  })

  test.each([
    ['an input', '<label>Text <input></label>'],
    ['a search input', '<label>Text <input type=search></label>'],
    ['a textarea', '<label>Text <textarea></textarea></label>'],
    ['an editable element', '<div contenteditable=true role=textbox aria-label=Text></div>'],
    ['a plaintext-only element', '<div contenteditable=plaintext-only role=textbox aria-label=Text></div>'],
  ])('%s is sealed, and the opened text put back', async (_what, body) => {
    await show(body)
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    await sealedIn(page, 'Text')
    await giveItTime()
    await sealField(session, page, 'Text')
    await waitFor('the opened text', async () => (await valueIn(page, 'Text')).trim() === secret)
  })

  test('a field in open shadow roots, one in another, is sealed', async () => {
    await show(`<div id=h></div><script>
      const outer = document.getElementById('h').attachShadow({ mode: 'open' })
      outer.innerHTML = '<section></section>'
      outer.firstChild.attachShadow({ mode: 'open' }).innerHTML = '<textarea></textarea>'
    </script>`)
    const field = (act: (field: HTMLTextAreaElement) => string) =>
      page.evaluate((source) => {
        const found = document.getElementById('h')?.shadowRoot?.firstElementChild?.shadowRoot?.firstElementChild
        return new Function('field', `return (${source})(field)`)(found) as string
      }, act.toString())
    await field((each) => String(each.focus()))
    await page.keyboard.type(secret)
    await session.command('seal-field', page)
    await waitFor('a sealed text', async () => /^sealed1[0-9A-Za-z]{60,}$/.test(await field((each) => each.value)))
  })

  test('the page’s own code notices, as it would notice typing', async () => {
    await show(`<label>Text <textarea></textarea></label><output></output><script>
      const seen = []
      const field = document.querySelector('textarea')
      for (const kind of ['input', 'change']) field.addEventListener(kind, () => {
        seen.push(kind); document.querySelector('output').textContent = seen.at(-1) + ' ' + field.value
      })
    </script>`)
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    const sealed = await sealedIn(page, 'Text')
    await waitFor(
      'the page to know',
      async () => (await page.$eval('output', (out) => out.textContent)) === `change ${sealed}`,
    )
  })

  test('the browser’s own undo takes it back', async () => {
    await show('<label>Text <textarea></textarea></label>')
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    await sealedIn(page, 'Text')
    await giveItTime()
    await (await fieldNamed(page, 'Text')).focus()
    await page.keyboard.down('Control')
    await page.keyboard.press('z')
    await page.keyboard.up('Control')
    await waitFor('the text to be back', async () => (await valueIn(page, 'Text')) === secret)
  })

  test('a field that is too short is left untouched, and the numbers are said', async () => {
    await show('<label>Text <input maxlength=60></label>')
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    await noticed(session, page, /takes 1\d\d characters; the field takes 60/)
    expect(await valueIn(page, 'Text')).toBe(secret)
  })

  test.each([
    ['refuses', `field.value = ''`],
    ['shortens', `field.value = field.value.slice(0, 50)`],
    ['in a moment refuses', `setTimeout(() => { field.value = '' }, 60)`],
    ['lowers the case of', `setTimeout(() => { field.value = field.value.toLowerCase() }, 60)`],
  ])(
    'a site that %s the sealed text gets the person’s own text back, and the sealed one is offered',
    async (_how, script) => {
      await show(`<label>Text <textarea></textarea></label><script>
      const field = document.querySelector('textarea')
            field.addEventListener('input', () => { if (field.value.startsWith('sealed')) { ${script} } })
    </script>`)
      await fill(page, 'Text', secret)
      await sealField(session, page, 'Text')
      await noticed(session, page, /changed or refused the sealed text/)
      expect(await valueIn(page, 'Text')).toBe(secret)
      await pressOurs(session, page, /^Copy the sealed text$/)
      const window = await session.ownPage('composer.html')
      const offered = await valueIn(window, 'Sealed text')
      expect(offered).toMatch(/^sealed1[0-9A-Za-z]{60,}$/)
      await window.close()
      await page.bringToFront()
    },
  )

  test('what a person types while a text is being sealed is not lost', async () => {
    await show('<label>Text <textarea></textarea></label>')
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    const field = await fieldNamed(page, 'Text')
    await field.type(' and more')
    await giveItTime()
    const now = await valueIn(page, 'Text')
    expect(now.includes(secret) || now.includes('sealed1')).toBe(true)
    expect(now.endsWith('more')).toBe(true)
  })

  test('the small button shows at the field in focus, seals it, and goes with the focus', async () => {
    await show(
      '<p style="margin:60px"><label>Text <textarea rows=4 cols=40></textarea></label> <button>Elsewhere</button></p>',
    )
    await fill(page, 'Text', secret)
    const button = await ourButton(session, page, /^Seal this field/)
    const field = await (await fieldNamed(page, 'Text')).boundingBox()
    if (field === null) throw new Error('no box')
    const over =
      button.x > field.x && button.x < field.x + field.width && button.y > field.y && button.y < field.y + field.height
    expect(over).toBe(false)
    await page.mouse.click(button.x, button.y)
    await sealedIn(page, 'Text')
    await page.focus('p > button')
    await waitFor('the button to go', async () =>
      (await oursIn(session, page)).buttons.every(({ name }) => name !== 'More'),
    )
  })

  test('the button’s menu shows the opened text below the field, which stays sealed', async () => {
    await show('<p style="margin:60px"><label>Text <textarea rows=4 cols=40></textarea></label></p>')
    await fill(page, 'Text', secret)
    await sealField(session, page, 'Text')
    const sealed = await sealedIn(page, 'Text')
    await giveItTime()
    await (await fieldNamed(page, 'Text')).focus()
    await pressOurs(session, page, /^More$/)
    await pressOurs(session, page, /^Show the opened text$/)
    await reads(session, page, [secret])
    expect(await valueIn(page, 'Text')).toBe(sealed)
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('no frame')
    await press(frame, 'Edit')
    const composer = await session.ownPage('composer.html')
    await waitFor('the opened text to be there', async () => (await valueIn(composer, 'Text to seal')) === secret)
    await fill(composer, 'Text to seal', 'edited')
    await press(composer, 'Seal')
    await waitFor('the field to hold the new one', async () => (await valueIn(page, 'Text')) !== sealed)
    await page.bringToFront()
    await giveItTime()
    await sealField(session, page, 'Text')
    await waitFor('the edited text', async () => (await valueIn(page, 'Text')) === 'edited')
  })

  test('on a site that is off, the command works on the tab at hand', async () => {
    await session.revokeAll()
    await show('<label>Text <textarea></textarea></label>')
    await fill(page, 'Text', secret)
    const popup = await session.realPopup(page)
    await press(popup, 'Write a sealed text')
    const composer = await session.ownPage('composer.html')
    await fill(composer, 'Text to seal', 'from the popup')
    await press(composer, 'Seal')
    await waitFor('the field to hold it', async () => /sealed1[0-9A-Za-z]{60,}/.test(await valueIn(page, 'Text')))
    expect(await session.grantedSites()).toEqual([])
    await session.grantSite(pages.origin)
  })
})
