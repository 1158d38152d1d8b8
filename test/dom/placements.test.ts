// Sealed texts wherever pages put them: each is read in its place, the page around it works as before, frameworks that own
// the text go on owning it, and once the site is switched off the page is what it was, to the letter.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../attack/site.ts'
import { type Stage, setStage } from '../attack/stage.ts'
import { quickBuildFor } from '../e2e/quick.ts'
import { allRead, openedNow } from '../e2e/readers.ts'
import { kinds, waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { watched } from '../e2e/watched.ts'
import { bundle } from '../pages/corpus/bundle.ts'
import type { App, Apps, State } from '../pages/corpus/frameworks.ts'

type Place = readonly [name: string, html: (sealed: string) => string]

/** Each with one text, in an element of its own. */
const places: readonly Place[] = [
  ['alone', (s) => `<p>${s}</p>`],
  ['among words', (s) => `<p>Dear Ann, ${s} yours, <i>Bob</i>.</p>`],
  ['in a link', (s) => `<p>See <a href="#followed">${s}</a>, will you?</p>`],
  ['in a list', (s) => `<ol><li>first</li><li>then ${s}</li></ol>`],
  ['in a table', (s) => `<table border=1><tr><td>1</td><td>${s}</td><td>an end</td></tr></table>`],
  [
    'in a table of fixed columns',
    (s) => `<table border=1 style="table-layout:fixed;width:300px"><tr><td>1</td><td>${s}</td></tr></table>`,
  ],
  ['in pre', (s) => `<pre>one\n${s}\n  three</pre>`],
  ['in pre, wrapped and quoted', (s) => `<pre>Hello\n&gt; ${s.replace(/.{12}/g, '$&\n&gt; ')}\nthree</pre>`],
  ['in code', (s) => `<p>Run <code>note = ${s}</code> now</p>`],
  ['in a heading', (s) => `<h2>News: ${s}</h2>`],
  ['in open details', (s) => `<details open><summary>More</summary><p>${s}</p></details>`],
  ['in a summary', (s) => `<details><summary>${s}</summary>inside</details>`],
  ['in a button', (s) => `<button type="button" onclick="this.dataset.pressed=1">Note: ${s}</button>`],
  ['from right to left', (s) => `<p dir="rtl">שלום ${s} עולם</p>`],
  ['in the dark', (s) => `<div style="background:#14161a;color:#e8e6e3;padding:8px"><p>so ${s} there</p></div>`],
  ['in a narrow column', (s) => `<div style="width:120px;border:1px solid">narrow ${s} end</div>`],
  [
    'in a flex item',
    (s) => `<div style="display:flex;gap:8px;width:500px"><b>Ann</b><span>${s}</span><time>12:00</time></div>`,
  ],
  [
    'in a grid item',
    (s) =>
      `<div style="display:grid;grid-template-columns:80px 1fr 80px;width:500px"><b>Ann</b><div>${s}</div><i>now</i></div>`,
  ],
  [
    'on one line that never wraps',
    (s) => `<div style="white-space:nowrap;width:400px;border:1px solid">one ${s} line</div>`,
  ],
  [
    'in a line cut off by an ellipsis',
    (s) => `<div style="overflow:hidden;text-overflow:ellipsis;white-space:nowrap;width:400px">${s}</div>`,
  ],
  ['zoomed', (s) => `<div style="zoom:1.5"><p>${s}</p></div>`],
  ['transformed', (s) => `<div style="transform:rotate(1deg) scale(.9)"><p>${s}</p></div>`],
  [
    'in columns',
    (s) =>
      `<div style="columns:2;width:700px"><p>Some words before it.</p><p>${s}</p><p>Some words after it.</p></div>`,
  ],
  ['not to be selected', (s) => `<p style="user-select:none;-webkit-user-select:none">${s}</p>`],
  ['with content-visibility: auto', (s) => `<div style="content-visibility:auto"><p>${s}</p></div>`],
]
/** More of them in one page would not all have frames at once. */
const several = (one: string, two: string): string => `<p id="several">one ${one} two ${two}, three ${one}.</p>`
const viewport = { width: 1000, height: 5_000 }

interface World {
  apps: Apps
  app: App
  rows: string[]
  draw(from: number): void
}
declare const self: World

/** The host in an element: the one `div` that has nothing in it and no attribute. */
const hostsIn = (page: Page, selector: string) =>
  page.$$eval(`${selector} div`, (found) =>
    found
      .filter((div) => div.childNodes.length === 0 && div.attributes.length === 0)
      .map((div) => {
        const { left, top, width, height } = div.getBoundingClientRect()
        return { left, top, width, height }
      }),
  )

describe.each(kinds)('a sealed text in %s', (kind) => {
  let stage: Stage
  const plain = places.map(([name], nth) => `Text ${nth}: read ${name}`)
  let sealed: string[]

  const show = async (path: string, body: string): Promise<Page> => {
    const page = await stage.session.newPage()
    await page.setViewport(viewport)
    await page.goto(stage.site.give(path, html(body)))
    await page.bringToFront()
    opened.push(page)
    return page
  }
  const opened: Page[] = []
  const one = (nth: number): string => sealed[nth] ?? ''
  const text = (nth: number): string => plain[nth] ?? ''

  beforeAll(async () => {
    stage = await setStage(kind, { extension: await watched(quickBuildFor(kind)) })
    sealed = await stage.sealed(plain)
    stage.site.give('frameworks.js', {
      html: await bundle('frameworks.ts'),
      headers: { 'content-type': 'text/javascript' },
    })
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
  })
  afterAll(() => stage?.close())

  test('is read in every place, and leaves the page as it was when the site is switched off', async () => {
    const body =
      places.map(([, make], nth) => `<section id="s${nth}">${make(one(nth))}</section>`).join('') +
      several(one(0), one(1))
    const page = await show('places', body)
    await allRead(stage.session, page, [...plain, text(0), text(0), text(1)])
    for (const [nth, [name]] of places.entries()) {
      const [host, ...others] = await hostsIn(page, `#s${nth}`)
      expect(others, name).toEqual([])
      expect(host?.width, `${name}: wide enough to read in`).toBeGreaterThan(name.includes('narrow') ? 80 : 100)
      expect(host?.height, `${name}: a line and a strip`).toBeGreaterThan(40)
      // Whatever room the text takes, no empty lines or walls of hidden letters come with it.
      const height = await page.$eval(`#s${nth}`, (place) => place.getBoundingClientRect().height)
      expect(height, `${name}: no empty room`).toBeLessThan((host?.height ?? 0) + (name === 'in columns' ? 160 : 130))
    }
    expect(await hostsIn(page, '#several')).toHaveLength(3)
    const narrow = await page.$eval('#s15 > div', (place) => place.scrollWidth <= place.clientWidth)
    expect(narrow, 'a narrow column is not blown open').toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    if (process.env.FIELDSEAL_PICTURES) await page.screenshot({ path: `${process.env.FIELDSEAL_PICTURES}/${kind}.png` })
    await stage.session.revokeAll()
    const control = await stage.session.newPage()
    opened.push(control)
    await control.goto(page.url())
    const wanted = await control.evaluate(() => document.body.outerHTML)
    await waitFor('the page to be as it was', () =>
      page.evaluate((was) => document.body.outerHTML === was, wanted),
    ).catch(async () => expect(await page.evaluate(() => document.body.outerHTML)).toBe(wanted))
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll('section')].every(({ childNodes }) => childNodes.length === 1),
      ),
    ).toBe(true)
    await stage.session.grantSite(stage.site.origin)
  })

  test('in a link takes clicks of its own, and the rest of the link still leads on', async () => {
    const page = await show('link', `<p><a href="#followed">Read <b id="b">this</b> ${one(0)}</a></p>`)
    await allRead(stage.session, page, [text(0)])
    const [host] = await hostsIn(page, 'a')
    if (host === undefined) throw new Error('no host')
    await page.mouse.click(host.left + 10, host.top + 10)
    await settled(stage.session, page)
    expect(new URL(page.url()).hash).toBe('')
    await page.click('#b')
    await waitFor('the link to be followed', () => page.evaluate(() => location.hash === '#followed'))
    await allRead(stage.session, page, [text(0)])
  })

  test('in a button leaves the button what it is', async () => {
    const page = await show(
      'button',
      `<button id="b" onclick="this.dataset.pressed=1"><b id="l">Ann</b> ${one(0)}</button>`,
    )
    await allRead(stage.session, page, [text(0)])
    await page.click('#l')
    expect(await page.$eval('#b', (button) => (button as HTMLElement).dataset.pressed)).toBe('1')
  })

  test('in closed details is read when they are unfolded', async () => {
    const page = await show('details', `<details><summary>More</summary><p>so ${one(0)} there</p></details>`)
    await settled(stage.session, page)
    expect(await openedNow(stage.session, page)).toEqual([])
    await page.click('summary')
    await allRead(stage.session, page, [text(0)])
  })

  test('in a part that is not drawn is read when it is', async () => {
    const page = await show(
      'hidden',
      `<div id="d" style="content-visibility:hidden"><p>${one(0)}</p></div><div id="e" style="display:none">${one(1)}</div>`,
    )
    await settled(stage.session, page)
    expect(await openedNow(stage.session, page)).toEqual([])
    await page.$eval('#d', (part) => part.setAttribute('style', ''))
    await page.$eval('#e', (part) => part.setAttribute('style', ''))
    await allRead(stage.session, page, [text(0), text(1)])
  })

  test('in frames of the same site, of another and of none is read', async () => {
    await stage.session.grantSite(stage.site.localhost)
    const [foreign = ''] = await stage.sealed(['from the other site'], `${stage.site.localhost}/seal`)
    stage.site.give('inner', html(`<p>inner ${one(0)}</p>`))
    stage.site.give('foreign', html(`<p>foreign ${foreign}</p>`))
    const page = await show(
      'frames',
      `<iframe width=700 height=150 src="/inner"></iframe><iframe width=700 height=150 src="${stage.site.localhost}/foreign"></iframe>
      <iframe width=700 height=150 srcdoc="&lt;p>of its own ${one(1)}&lt;/p>"></iframe>`,
    )
    await allRead(stage.session, page, [text(0), text(1), 'from the other site'])
  })

  test('in an editor is left alone', async () => {
    const body = `<div contenteditable>${one(0)}</div><div contenteditable="plaintext-only">${one(1)}</div><textarea>${one(2)}</textarea>`
    const page = await show('editors', `${body}<p>${one(3)}</p>`)
    await allRead(stage.session, page, [text(3)])
    expect(await page.$$eval('[contenteditable]', (all) => all.map((each) => each.childNodes.length))).toEqual([1, 1])
  })

  describe.each(['react', 'vue'] as const)('owned by %s', (framework) => {
    const state = (nth: number, more: boolean, rows: readonly number[]): State => ({
      among: one(nth),
      alone: one(nth + 1),
      parts: [one(nth + 2), ' and more '],
      more,
      rows: rows.map(one),
    })
    const texts = (nth: number, rows: readonly number[]) => [nth, nth + 1, nth + 2, ...rows].map(text)
    /** What the page says with nothing of ours in it, by the framework itself in a place that is never scanned. */
    const wordsOf = ({ among, alone, parts, more, rows }: State): string =>
      `one ${among} two${more ? 'more' : ''}${alone}${parts.join('')}${more ? 'and more' : ''} end${rows.map((row) => `${row} row`).join('')}`
    const start = async (first: State): Promise<Page> => {
      const page = await show(framework, '<main></main><script src="/frameworks.js"></script>')
      await page.evaluate(
        (name, begin) => {
          const main = document.querySelector('main')
          if (main !== null) self.app = self.apps[name](main, begin)
        },
        framework,
        first,
      )
      return page
    }
    const set = (page: Page, next: State) => page.evaluate((given) => self.app.set(given), next)
    const says = (page: Page, words: string) =>
      waitFor('the page to say what the framework made', async () => {
        const said = await page.evaluate(() => document.querySelector('main')?.textContent)
        if (said === words) return true
        throw new Error(`it says ${said}`)
      })

    test('is read, followed as it changes, and gone when it goes', async () => {
      const before = stage.session.pageProblems.length
      const page = await start(state(0, false, [10, 11, 12]))
      await allRead(stage.session, page, texts(0, [10, 11, 12]))
      // An element comes after the text; rows change places; others come.
      await set(page, state(0, true, [12, 10, 11]))
      await allRead(stage.session, page, texts(0, [10, 11, 12]))
      await says(page, wordsOf(state(0, true, [12, 10, 11])))
      await set(page, state(4, true, [13, 12]))
      await allRead(stage.session, page, texts(4, [12, 13]))
      await says(page, wordsOf(state(4, true, [13, 12])))
      await set(page, state(4, false, []))
      await allRead(stage.session, page, texts(4, []))
      await says(page, wordsOf(state(4, false, [])))
      await set(page, { ...state(4, false, []), parts: [' nothing', ' sealed '], among: 'plain' })
      await allRead(stage.session, page, [text(5)])
      await says(page, wordsOf({ ...state(4, false, []), parts: [' nothing', ' sealed '], among: 'plain' }))
      await page.evaluate(() => self.app.end())
      await waitFor('nothing to be left', () => page.evaluate(() => document.querySelector('main')?.innerHTML === ''))
      expect(stage.session.pageProblems.slice(before)).toEqual([])
    })

    test('is read in the end when it changes faster than it opens', async () => {
      const before = stage.session.pageProblems.length
      const page = await start(state(0, false, [20, 21]))
      const states = Array.from({ length: 25 }, (_, nth) =>
        state(nth % 9, nth % 2 === 0, [10 + (nth % 5), 20 - (nth % 3)]),
      )
      await page.evaluate(async (all) => {
        for (const next of all) {
          await self.app.set(next)
          // On purpose: it is faster than texts open.
          await new Promise((resolve) => setTimeout(resolve, 40))
        }
      }, states)
      await allRead(stage.session, page, texts(6, [14, 20]))
      await says(page, wordsOf(state(6, true, [14, 20])))
      expect(stage.session.pageProblems.slice(before)).toEqual([])
    })
  })

  test('in a page that rewrites, copies and joins its own nodes is still read, once', async () => {
    const page = await show(
      'rewriting',
      `<div class="part">one ${one(0)} two</div><div class="part">${one(1)} at the beginning</div><div class="part">${one(2)}</div><div class="part"><b>x</b>${one(3)}</div>`,
    )
    const all = [0, 1, 2, 3].map(text)
    const words = `one ${one(0)} two${one(1)} at the beginning${one(2)}x${one(3)}`
    const still = async (step: string) => {
      await allRead(stage.session, page, all)
      expect(await page.evaluate(() => document.body.textContent?.trim()), step).toBe(words)
    }
    await still('at first')
    await page.evaluate(() => document.body.normalize())
    await still('after its nodes were joined')
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('.part')) part.before(document.createTextNode(''))
      document.body.normalize()
      document.body.innerHTML = document.body.innerHTML.trim()
    })
    await still('after it was made anew of its own HTML')
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('.part')) part.replaceWith(part.cloneNode(true))
    })
    await still('after its parts were replaced by copies')
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.part')].map((part) => part.getBoundingClientRect().height),
    )
    expect(shown.filter((height) => height < 40 || height > 150)).toEqual([])
    await stage.session.revokeAll()
    await waitFor('our hiding to be gone from the copies too', () =>
      page.evaluate(() => !document.body.outerHTML.includes('style=') && document.querySelector('.part div') === null),
    )
    await stage.session.grantSite(stage.site.origin)
  })

  test('in rows that are used again on scrolling is the one that belongs there', async () => {
    const script = `
      rows = []
      const height = 90, total = 10_000, shown = 20
      draw = (from) => {
        const list = document.getElementById('list')
        for (let nth = 0; nth < shown; nth++) {
          const row = list.children[nth]
          row.style.top = (from + nth) * height + 'px'
          row.firstChild.data = 'Row ' + (from + nth) + ': ' + rows[(from + nth) % rows.length]
        }
      }
      addEventListener('DOMContentLoaded', () => {
        const view = document.getElementById('view'), list = document.getElementById('list')
        list.style.height = total * height + 'px'
        for (let nth = 0; nth < shown; nth++) list.append(Object.assign(document.createElement('div'), { className: 'row', textContent: 'Row' }))
        view.addEventListener('scroll', () => draw(Math.min(total - shown, Math.floor(view.scrollTop / height))))
      })`
    const page = await show(
      'rows',
      `<style>#view{height:1800px;overflow:auto}#list{position:relative}.row{position:absolute;left:0;right:0;height:90px;overflow:hidden}</style>
      <script>${script}</script><div id="view"><div id="list"></div></div>`,
    )
    const used = 25
    await page.evaluate(
      (all) => {
        self.rows = all
        self.draw(0)
      },
      sealed.slice(0, used),
    )
    const inView = async (from: number) => {
      const wanted = Array.from({ length: 20 }, (_, nth) => text((from + nth) % used))
      await allRead(stage.session, page, wanted)
      const rows = await page.$$eval('.row', (all) => all.map(({ textContent }) => textContent))
      expect(rows).toEqual(wanted.map((_, nth) => `Row ${from + nth}: ${one((from + nth) % used)}`))
    }
    await inView(0)
    for (const top of [90 * 37, 90 * 38, 90 * 5_000, 0]) {
      await page.$eval('#view', (view, to) => view.scrollTo(0, to), top)
      await inView(top / 90)
    }
    await page.evaluate(async () => {
      const view = document.getElementById('view')
      for (let step = 0; step < 60; step++) {
        view?.scrollBy(0, 270)
        // On purpose: a person scrolls at a pace of their own.
        await new Promise((resolve) => setTimeout(resolve, 16))
      }
    })
    await inView(180)
  })
})
