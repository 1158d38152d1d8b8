// Sealed texts in pages: found however the page breaks them up, shown in place, followed as the page changes, and said
// plainly when they cannot be opened.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { altered } from '../altered.ts'
import { type Pages, servePages, showIn } from '../e2e/pages.ts'
import { kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { settled } from '../e2e/settled.ts'
import {
  fill,
  named,
  openedTexts,
  placeVault,
  press,
  readPage,
  reads,
  says,
  sealedIn,
  sealField,
} from '../e2e/steps.ts'
import textRefused from '../vectors/textRefused.json' with { type: 'json' }
import { words } from '../words.ts'

const text = 'A first line\n\tand a second, naïve café 北京 🦭'
const other = 'Another text altogether.'

describe.each(kinds)('reading in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  let sealed: string
  let second: string

  /** Opens a page with this body, in the place of the one before. */
  const show = async (body: string, headers: Record<string, string> = {}): Promise<Page> => {
    const path = `/${Math.random().toString(36).slice(2)}`
    pages.set(path, { body, headers })
    page = await showIn(session, page, pages.origin + path)
    return page
  }
  const seal = async (plain: string): Promise<string> => {
    await fill(page, 'Text', plain)
    await sealField(session, page, 'Text')
    return sealedIn(page, 'Text')
  }
  /** What all reader frames of the page say, opened or not. */
  const said = async (): Promise<string> =>
    (await Promise.all((await session.readerFrames(page)).map((frame) => readPage(frame)))).join('\n')
  const saysInFrame = (sentence: string) =>
    waitFor(`a reader to say ${sentence}`, async () => {
      const now = await said()
      if (now.includes(sentence)) return true
      throw new Error(`they say: ${now}`)
    })

  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    await show('<label>Text <textarea rows=4></textarea></label>')
    sealed = await seal(text)
    second = await seal(other)
  })
  afterAll(async () => {
    await session?.close()
    await pages?.close()
    await setting?.end()
  })

  const every = (count: number, between: string) => sealed.replace(new RegExp(`(.{${count}})`, 'g'), `$1${between}`)
  const shapes: [string, () => string][] = [
    ['as a paragraph', () => `<p>${sealed}</p>`],
    ['between other words', () => `<p>Dear Ann, ${sealed} yours, Bob.</p>`],
    ['broken by <br>', () => `<p>${every(40, '<br>')}</p>`],
    ['broken by <wbr>', () => `<p>before ${every(17, '<wbr>')} after</p>`],
    [
      'wrapped by a mailer and quoted three deep',
      () => `<pre>&gt; &gt; &gt; ${every(60, '\n&gt; &gt; &gt; ')}\nthanks</pre>`,
    ],
    ['with soft hyphens', () => `<p>${every(12, '&shy;')}</p>`],
    ['with zero-width spaces', () => `<p>${every(9, '&#8203;')}</p>`],
    ['split into spans', () => `<p>${every(30, '</span><span>').replace(/^/, '<span>')}</span></p>`],
    ['with each line in an element of its own', () => `<div><div>${every(40, '</div><div>')}</div></div>`],
    ['inside a link', () => `<p><a href="#x">${sealed}</a></p>`],
    ['in a table cell', () => `<table><tr><td>one</td><td>${sealed}</td></tr></table>`],
    ['in a list', () => `<ul><li>${sealed}</li><li>plain</li></ul>`],
    ['in code', () => `<pre><code>${sealed}</code></pre>`],
    ['in a srcdoc frame', () => `<iframe width=700 height=300 srcdoc="&lt;p>${sealed}&lt;/p>"></iframe>`],
    ['with two line endings of Windows', () => `<pre>${every(50, '\r\n')}</pre>`],
  ]
  test.each(shapes)('a text is read %s', async (_shape, body) => {
    await show(body())
    await reads(session, page, [text])
  })

  test('several texts in one paragraph are each read where they stand', async () => {
    await show(`<p>one ${sealed} two ${second} three ${sealed}</p>`)
    await reads(session, page, [text, other, text])
  })

  test('the page keeps its own text, ciphertext and all', async () => {
    await show(`<p id="p">one ${sealed} two ${second} three</p>`)
    await reads(session, page, [text, other])
    expect(await page.$eval('#p', (p) => p.textContent)).toBe(`one ${sealed} two ${second} three`)
    expect(await page.$eval('#p', (p) => (p as HTMLElement).innerText.replace(/\s+/g, ' '))).toContain(sealed)
  })

  test('a text that comes later is found, and one that goes is cleaned up', async () => {
    await show('<main></main>')
    await page.evaluate((late) => {
      document.querySelector('main')?.insertAdjacentHTML('beforeend', `<article><p>${late}</p></article>`)
    }, sealed)
    await reads(session, page, [text])
    await page.evaluate(() => document.querySelector('article')?.remove())
    await waitFor('the frame to be gone', async () => (await session.readerFrames(page)).length === 0)
  })

  test('a text that is written letter by letter is read when it is whole', async () => {
    await show('<main><p></p></main>')
    await page.evaluate(async (late) => {
      const p = document.querySelector('p')
      for (let at = 0; at < late.length; at += 7) {
        p?.append(late.slice(at, at + 7))
        // On purpose: letters come at a pace of their own.
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }, sealed)
    await reads(session, page, [text])
  })

  test('a page that writes over a text gets what it wrote, and nothing of the old text stays', async () => {
    await show(`<p id="alone">${sealed}</p><p id="among">one ${sealed} two</p>`)
    await reads(session, page, [text, text])
    await page.evaluate((next) => {
      const [alone, among] = ['alone', 'among'].map((id) => document.getElementById(id)?.firstChild as globalThis.Text)
      if (alone !== undefined) alone.data = next
      if (among !== undefined) among.data = 'nothing sealed here now'
    }, second)
    await reads(session, page, [other])
    expect(await page.$eval('#among', (p) => p.textContent)).toBe('nothing sealed here now')
    expect(await page.$eval('#alone', (p) => p.textContent)).toBe(second)
  })

  test('a framework that removes the very node it made meets no error', async () => {
    await show(`<p id="among">one ${sealed} two</p>`)
    await page.evaluate(() => {
      const p = document.getElementById('among')
      Object.assign(window, { made: p?.firstChild })
    })
    await reads(session, page, [text])
    await page.evaluate(() => {
      document.getElementById('among')?.removeChild((window as unknown as { made: Node }).made)
    })
    await settled(session, page)
    expect(await page.$eval('#among', (p) => p.textContent)).toBe('')
    expect(await openedTexts(session, page)).toEqual([])
  })

  test('what becomes an editor holds nothing of ours', async () => {
    await show(`<p id="p">one ${sealed} two</p>`)
    await reads(session, page, [text])
    await page.evaluate(() => document.getElementById('p')?.setAttribute('contenteditable', 'true'))
    await waitFor('our elements to be gone', () =>
      page.$eval('#p', (p) => p.children.length === 0 && p.childNodes.length > 0),
    )
    expect(await page.$eval('#p', (p) => p.textContent)).toBe(`one ${sealed} two`)
  })

  test('texts in fields and editors are left alone', async () => {
    await show(`<textarea>${sealed}</textarea><div contenteditable="true">${sealed}</div><p>${second}</p>`)
    await reads(session, page, [other])
  })

  test('each failure is said in one line, with the ciphertext on one line below it', async () => {
    const notForUs = textRefused.find(({ expect: code }) => code === 'not-for-us')?.sealed ?? ''
    const newer = textRefused.find(({ why }) => why === 'unknown format')?.sealed ?? ''
    const damaged = altered(sealed, -3)
    for (const [body, sentence] of [
      [notForUs, words('reader.closed.notForUs')],
      [damaged, words('reader.closed.damaged')],
      [newer, words('reader.closed.newerVersion')],
    ] as const) {
      await show(`<p id="p">${body}</p>`)
      await saysInFrame(sentence)
      expect(await page.$eval('#p', (p) => p.getBoundingClientRect().height)).toBeLessThan(60)
    }
    // What may still be growing is left to be seen.
    await show(`<p id="p">${sealed.slice(0, 90)}</p>`)
    await saysInFrame(words('reader.closed.cutOff'))
    expect(await page.$eval('#p', (p) => getComputedStyle(p).fontSize)).toBe('16px')
  })

  test('a text sealed on another site says so, and is shown in a window of ours', async () => {
    await show(`<p>${sealed}</p>`)
    const elsewhere = page.url().replace('127.0.0.1', 'localhost')
    await session.grantSite(elsewhere)
    await page.goto(elsewhere, { waitUntil: kind === 'firefox' ? [] : 'load' })
    await saysInFrame(words('reader.closed.elsewhere'))
    expect(await openedTexts(session, page)).toEqual([])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('no frame')
    await press(frame, words('reader.show'))
    const reading = await session.ownPage('composer.html')
    await says(reading, new URL(pages.origin).host)
    await says(reading, 'sealed on a different site')
    await says(reading, 'naïve café')
    await reading.close()
    expect(await openedTexts(session, page)).toEqual([])
    await page.bringToFront()
  })

  test('an open text is shown in a window of ours, where it can be copied', async () => {
    await show(`<p>${sealed}</p>`)
    await reads(session, page, [text])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('no frame')
    await press(frame, words('reader.openInWindow'))
    const reading = await session.ownPage('composer.html')
    await says(reading, 'naïve café')
    await named(reading, 'Copy', 'button')
    await reading.close()
    await page.bringToFront()
  })

  test('the ciphertext is shown on request, and the text again', async () => {
    await show(`<p>${sealed}</p>`)
    await reads(session, page, [text])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('no frame')
    await press(frame, words('reader.showCiphertext'))
    expect(await readPage(frame)).toContain(sealed)
    await press(frame, words('reader.showOpened'))
    await reads(session, page, [text])
  })

  test('two hundred texts are all there to be read, with thirty frames alive at most', async () => {
    await show(Array.from({ length: 200 }, (_, i) => `<p style="margin:40px">${i} ${sealed}</p>`).join(''))
    await reads2(session, page)
    expect((await session.readerFrames(page)).length).toBeLessThanOrEqual(30)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await waitFor('the last one to be read', () =>
      page.evaluate(() => {
        const last = [...document.querySelectorAll('p')].at(-1)?.querySelector('div')
        return (last?.getBoundingClientRect().height ?? 0) > 70
      }),
    )
    expect((await session.readerFrames(page)).length).toBeLessThanOrEqual(30)
  })
})

async function reads2(session: Session, page: Page): Promise<void> {
  await waitFor('the first texts to be read', async () => (await openedTexts(session, page)).length > 3)
}
