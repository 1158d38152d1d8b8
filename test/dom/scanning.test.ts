// Texts are found wherever and however they come to a page: in shadow roots, piece by piece, in bursts, or moved about; and
// of many, a few frames at a time are alive, yet each is there to be read.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Pages, servePages, showIn } from '../e2e/pages.ts'
import { isWebsite, kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { settled } from '../e2e/settled.ts'
import { fill, openedTexts, placeVault, reads, sealedIn, sealField } from '../e2e/steps.ts'

const text = 'A text that is looked for.'
const framesAtMost = 30

describe.each(kinds)('scanning in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let page: Page
  let sealed: string

  const show = async (body: string): Promise<void> => {
    const path = `/${Math.random().toString(36).slice(2)}`
    pages.set(path, { body })
    page = await showIn(session, page, pages.origin + path)
  }
  /** Runs `change` in the page, with the sealed text at hand as `sealed`. */
  const inPage = (change: (sealed: string) => unknown) => page.evaluate(change as (given: string) => void, sealed)

  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    await placeVault(session, password)
    await session.grantSite(pages.origin)
    await show('<label>Text <textarea rows=4></textarea></label>')
    await fill(page, 'Text', text)
    await sealField(session, page, 'Text')
    sealed = await sealedIn(page, 'Text')
  })
  afterAll(async () => {
    await session?.close()
    await pages?.close()
    await setting?.end()
  })

  test('a text in open shadow roots, three deep, is read, and so are one beside it and one in no element', async () => {
    const inner = `<template shadowrootmode="open"><p>${sealed}</p></template>`
    const middle = `<section><template shadowrootmode="open">${sealed}<x-inner>${inner}</x-inner></template></section>`
    await show(`<x-outer><template shadowrootmode="open"><div>${middle}</div></template></x-outer><p>${sealed}</p>`)
    await reads(session, page, [text, text, text])
  })

  test('a text is read in a shadow root that comes later, and in one that is given to an element that was there', async () => {
    await show('<main><div id="plain"></div><x-late></x-late><div id="full">words <b>of</b> its own</div></main>')
    await inPage((given) => {
      const host = document.createElement('div')
      host.attachShadow({ mode: 'open' }).append(Object.assign(document.createElement('p'), { textContent: given }))
      const around = document.createElement('section')
      around.append(host)
      document.querySelector('main')?.append(around)
    })
    await reads(session, page, [text])
    // One after the other: of two frames of a process that start at once, Puppeteer may never hear of the second.
    await inPage((given) => document.querySelector('#plain')?.attachShadow({ mode: 'open' }).append(given))
    await reads(session, page, [text, text])
    await inPage((given) => {
      customElements.define(
        'x-late',
        class extends HTMLElement {
          connectedCallback() {
            const p = Object.assign(document.createElement('p'), { textContent: given })
            this.attachShadow({ mode: 'open' }).append(p)
          }
        },
      )
    })
    await reads(session, page, [text, text, text])
  })

  test('what changes in a shadow root is followed', async () => {
    await show('<x-host><template shadowrootmode="open"><main><p>nothing yet</p></main></template></x-host>')
    const inRoot = (change: (main: Element, given: string) => void) =>
      page.evaluate(
        `(${String(change)})(document.querySelector('x-host').shadowRoot.querySelector('main'), '${sealed}')`,
      )
    await inRoot((main, given) => {
      main.append(Object.assign(document.createElement('p'), { textContent: given }))
    })
    await reads(session, page, [text])
    await inRoot((main) => main.lastElementChild?.remove())
    await reads(session, page, [])
    await inRoot((main, given) => {
      ;(main.firstElementChild?.firstChild as globalThis.Text).data = given
    })
    await reads(session, page, [text])
  })

  test('a text that is streamed in words, each in an element of its own, is read when it is whole', async () => {
    await show('<main><p id="spans"></p><p id="one"></p><div id="lines"></div></main>')
    await page.evaluate(async (given) => {
      const [spans, one, lines] = ['spans', 'one', 'lines'].map((id) => document.getElementById(id))
      const said = `So it begins: ${given}`
      one?.append('')
      for (let at = 0; at < said.length; at += 4) {
        const word = said.slice(at, at + 4)
        spans?.append(Object.assign(document.createElement('span'), { textContent: word }))
        ;(one?.firstChild as globalThis.Text).data += word
        if (at % 40 === 0) {
          const line = document.createElement('div')
          line.textContent = given.slice(at, at + 40)
          lines?.append(line)
        }
        // On purpose: in the middle it pauses for so long that what has come is taken to be all.
        await new Promise((resolve) => setTimeout(resolve, at === 100 ? 2500 : 12))
      }
    }, sealed)
    await reads(session, page, [text, text, text])
  })

  test('a text that pauses in the middle is said to be cut off, and is read once the rest has come', async () => {
    await show('<main><p></p></main>')
    await inPage((given) => document.querySelector('p')?.append(given.slice(0, 80)))
    const frames = () => session.readerFrames(page)
    await waitFor('a reader to say so', async () => {
      const said = await Promise.all((await frames()).map((frame) => frame.evaluate(() => document.body.innerText)))
      return said.some((words) => /Incomplete/.test(words))
    })
    await inPage((given) => document.querySelector('p')?.append(given.slice(80)))
    await reads(session, page, [text])
  })

  test.runIf(isWebsite)('a huge text that does not open is not read again at each change beside it', async () => {
    await show(`<p>${sealed}</p><main><p>before</p><p>sealed1${'zZ9'.repeat(100_000)}</p><p>after</p></main>`)
    await reads(session, page, [text])
    await settled(session, page)
    const read = await page.evaluate(async () => {
      const [before, huge, after] = document.querySelectorAll('main p')
      let times = 0
      const count = (prototype: object, name: string, isHuge: (node: unknown) => boolean) => {
        const plain = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
        const get = function (this: unknown) {
          if (isHuge(this)) times++
          return plain.get?.call(this)
        }
        Object.defineProperty(prototype, name, { ...plain, get })
        return () => Object.defineProperty(prototype, name, plain)
      }
      const ends = [
        count(CharacterData.prototype, 'data', (node) => huge?.contains(node as Node) ?? false),
        count(Node.prototype, 'textContent', (node) => node === huge),
      ]
      for (let change = 0; change < 10; change++) {
        ;(change % 2 === 0 ? before : after)?.replaceChildren(`sealed1${'0'.repeat(change)}`)
        // On purpose: so that each change is looked at by itself.
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      for (const end of ends) end()
      return times
    })
    expect(read).toBe(0)
  })

  test('texts that come in bursts among thousands of nodes are all found, wherever they are put', async () => {
    await show('<main></main>')
    await page.evaluate(async (given) => {
      const main = document.querySelector('main')
      const small = 'float:left;width:20px;height:4px;overflow:hidden;font-size:2px'
      for (let burst = 0; burst < 10; burst++) {
        for (let i = 0; i < 400; i++) {
          const p = Object.assign(document.createElement('p'), { textContent: `${burst} ${i}`, style: small })
          if (i % 3 === 0) main?.prepend(p)
          else if (i % 3 === 1) main?.append(p)
          else main?.children[Math.floor(main.children.length / 2)]?.after(p)
        }
        // Every second burst brings a text: at the front, in the middle of what is there, or deep in a tree of its own.
        if (burst % 2 === 1) continue
        const article = document.createElement('article')
        article.append(Object.assign(document.createElement('p'), { textContent: given }))
        if (burst % 4 === 0) main?.prepend(article)
        else main?.append(article)
        // On purpose: bursts come at a pace of their own.
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
      const tree = document.createElement('section')
      for (let i = 0; i < 5_000; i++) tree.append(Object.assign(document.createElement('i'), { textContent: '.' }))
      tree.append(Object.assign(document.createElement('p'), { textContent: given }))
      main?.prepend(tree)
      for (const moved of [...document.querySelectorAll('article')].slice(0, 2)) main?.append(moved)
    }, sealed)
    const found = () =>
      page.evaluate(() => [...document.querySelectorAll('p')].filter((p) => p.querySelector(':scope > div')).length)
    await waitFor('six texts to be found', async () => (await found()) === 6)
  })

  test('of two hundred texts at most thirty frames are alive, and scrolling shows every one', async () => {
    await show(Array.from({ length: 200 }, (_, i) => `<p style="margin:40px">${i} ${sealed}</p>`).join(''))
    const seen = new Set<number>()
    let most = 0
    const look = async () => {
      most = Math.max(most, (await session.readerFrames(page)).length)
      const opened = (await openedTexts(session, page)).filter((one) => one === text).length
      // A place is as tall as its text once that was shown, and stays so.
      const inView = await page.evaluate(() =>
        [...document.querySelectorAll('p')].flatMap((p, i) => {
          const { top, bottom } = p.getBoundingClientRect()
          return top >= 0 && bottom <= innerHeight ? [i] : []
        }),
      )
      if (opened < Math.min(inView.length, 4)) return false
      for (const i of inView) seen.add(i)
      return true
    }
    for (let atEnd = false; !atEnd; ) {
      await waitFor('what is in view to be read', look)
      atEnd = await page.evaluate(() => {
        const before = scrollY
        scrollBy(0, innerHeight * 0.7)
        return scrollY === before
      })
    }
    expect(seen.size).toBe(200)
    expect(most).toBeLessThanOrEqual(framesAtMost)
  })
})
