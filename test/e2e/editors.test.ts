// Sealing in editors and frameworks that nobody here wrote, mounted from their real packages: their own model holds the
// sealed text, keeps it when the field is drawn anew, and gives the text back at an undo.

import type { Frame, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Mounted } from '../pages/editors/mounted.ts'
import { type EditorSite, serveEditors } from '../pages/editors/site.ts'
import { words } from '../words.ts'
import { launch } from './browsers.ts'
import { quickBuildFor } from './quick.ts'
import { everything, kinds, type Session, waitFor } from './session.ts'
import { password } from './setting.ts'
import { settled } from './settled.ts'
import { fill, placeVault, press, valueIn } from './steps.ts'
import { watched } from './watched.ts'

/**
 * One of each kind: a field that a framework holds the value of, one in a shadow root, an editor with a document of its own, one that
 * takes in what the browser did, one for code, and one in a frame.
 */
const oneOfEachKind = ['react', 'lit', 'prosemirror', 'lexical', 'codemirror', 'tinymce']
const others = [
  'preact',
  'vue',
  'svelte',
  'solid',
  'angular',
  'tiptap',
  'quill',
  'slate',
  'draft',
  'ckeditor',
  'monaco',
  'trix',
]

/** What the page with an editor has put into its global object. */
declare const mounted: Mounted
declare const timePasses: (ms: number) => void

/** What is done within less is one step to undo, in any of the editors. */
const breathMs = 2_000

const sealedAlone = /^sealed1[0-9A-Za-z]{60,}$/

let site: EditorSite
beforeAll(async () => {
  site = await serveEditors()
})
afterAll(() => site?.close())

// Most of it is waiting for editors, which do much a while later; so both browsers are at it at once.
describe.each(kinds)('editors in %s', { concurrent: true }, (kind) => {
  let session: Session
  let page: Page

  beforeAll(async () => {
    session = await launch(kind, { extension: await watched(quickBuildFor(kind)) })
    await placeVault(session, password)
    await session.grantSite(site.origin)
    page = await session.newPage()
  })
  afterAll(() => session?.close())
  // What one test has left open is not for the next.
  afterEach(async () => {
    for (const each of await session.ownPages('composer.html')) await each.close()
    await page.bringToFront()
  })

  const model = (place: Page | Frame = page) => place.evaluate(() => mounted.text())
  const modelIs = (what: string, fits: (text: string) => boolean) =>
    waitFor(`the model to hold ${what}`, async () => {
      const text = await model()
      if (fits(text)) return text
      throw new Error(`it holds ${JSON.stringify(text.slice(0, 300))}`)
    }).then(() => model())
  const holdsSealed = () => modelIs('a sealed text alone', (text) => sealedAlone.test(text))
  const click = async () => {
    const { x, y } = await page.evaluate(() => {
      // A long line may have scrolled its start out of the window.
      mounted.field.scrollIntoView({ block: 'nearest', inline: 'start' })
      const { left, top, width, height } = mounted.field.getBoundingClientRect()
      return { x: left + Math.min(60, width / 2), y: top + Math.min(24, height / 2) }
    })
    await page.mouse.click(x, y)
  }
  const open = async (name: string) => {
    await page.goto(site.pageOf(name))
    await waitFor(`${name} to be mounted`, () => page.evaluate(() => 'mounted' in globalThis && mounted.text() === ''))
    await click()
    // Some select anew when they have got the focus.
    await settles()
  }
  /** The editor and ours have done what they had to do. */
  const settles = () => settled(session, page)
  const undo = async () => {
    await page.keyboard.down('Control')
    await page.keyboard.press('z')
    await page.keyboard.up('Control')
  }
  /** The browser tells an editor of a caret that was moved a frame later. */
  const toTheEnd = async () => {
    await page.keyboard.down('Control')
    await page.keyboard.press('End')
    await page.keyboard.up('Control')
    await settles()
  }
  /** Our window comes with this opened text in it, and goes again. */
  const opensInComposer = async (text: string) => {
    const composer = await session.ownPage('composer.html')
    await waitFor('the opened text', async () => (await valueIn(composer, words('composer.write.text'))) === text)
    await composer.close()
    await page.bringToFront()
  }
  const command = () => session.command('seal-field', page)

  test.each([...oneOfEachKind, ...(everything ? others : [])])('%s', { concurrent: false }, async (name) => {
    await open(name)
    await page.keyboard.type('first line')
    await page.keyboard.press('Enter')
    // Trix draws a new line a while later, and makes lines of the letters that come before it has.
    await settles()
    await page.keyboard.type('second line')
    const typed = await modelIs(
      'what is typed',
      (text) => text.startsWith('first line') && text.endsWith('second line'),
    )
    // What is typed and sealed in one breath is one step to undo.
    await settles()
    await page.evaluate((ms) => timePasses(ms), breathMs)

    await command()
    const sealed = await holdsSealed()
    await settles()
    await undo()
    await modelIs('the text again', (text) => text === typed)

    await command()
    await modelIs('another sealed text', (text) => sealedAlone.test(text) && text !== sealed)
    await settles()
    const again = await model()
    await page.evaluate(() => mounted.redraw())
    await settles()
    expect(await model()).toBe(again)

    await click()
    await settles()
    await command()
    await opensInComposer(typed)
    expect(await model()).toBe(again)

    // The opened text goes back in its place, lines and all.
    await session.command('put-back', page)
    await press(await session.ownPage('composer.html'), words('composer.putBack.confirm'))
    await modelIs('the opened text', (text) => text === typed)
    await waitFor('our window to go', async () => (await session.ownPages('composer.html')).length === 0)
    await page.bringToFront()
    await click()
    await settles()

    // A part of it.
    await toTheEnd()
    await page.keyboard.down('Shift')
    for (let letter = 0; letter < 'line'.length; letter++) await page.keyboard.press('ArrowLeft')
    await settles()
    // An editor that looks at the selection now and then puts it back by a letter, on a busy machine.
    const selected = await page.evaluate(() => getSelection()?.toString() ?? '')
    const missing = 'line'.endsWith(selected) && selected !== '' ? 'line'.length - selected.length : 0
    for (let letter = 0; letter < missing; letter++) await page.keyboard.press('ArrowLeft')
    await page.keyboard.up('Shift')
    await settles()
    await command()
    const head = typed.slice(0, -'line'.length)
    await modelIs(
      'the beginning and a sealed end',
      (text) => text.startsWith(head) && sealedAlone.test(text.slice(head.length)),
    )
    await settles()
    const before = await model()
    // An editor may have put the caret elsewhere meanwhile.
    await toTheEnd()
    await command()
    // What Monaco shows of its document does not tell for certain where the caret is among the sealed texts.
    await opensInComposer(name === 'monaco' ? '' : 'line')
    expect(await model()).toBe(before)

    // Written in our own window with the caret in no sealed text, it comes after what stands there.
    await page.evaluate((text) => mounted.load(text), typed)
    await click()
    await settles()
    await session.command('compose', page)
    const composer = await session.ownPage('composer.html')
    await fill(composer, words('composer.write.text'), 'composed')
    await press(composer, 'Seal')
    await modelIs(
      'the composed text after its own',
      (text) => text.startsWith(typed) && sealedAlone.test(text.slice(typed.length).trim()),
    )
    await waitFor('the composer to go', async () => (await session.ownPages('composer.html')).length === 0)
    await page.bringToFront()
  })

  test.each(['codemirror', ...(everything ? ['monaco'] : [])])(
    '%s, of which the page shows a window, is sealed as a whole',
    { concurrent: false },
    async (name) => {
      await open(name)
      const lines = Array.from({ length: 600 }, (_, i) => `line ${i}`).join('\n')
      await page.evaluate((text) => mounted.load(text), lines)
      await click()
      expect(await page.evaluate(() => document.body.innerText)).not.toContain('line 599')
      await command()
      await holdsSealed()
      await settles()
      await command()
      await opensInComposer(lines)
    },
  )
})
