// Pages that are strange rather than sly: styles against our host, masses of false markers, texts that change while they are
// being opened, texts where nobody reads them. None may leak, hang the page, or keep a true text from opening.

import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'

const secret = 'A true text among strange things'

/**
 * A finder as one would write it first: from each marker on, it takes whatever letters follow, through any white space. Gives
 * how often it looks at each letter of a text, all in all.
 */
function looksPerLetter(text: string, asFarAs: number): number {
  let looked = 0
  for (
    let at = text.indexOf('sealed');
    at >= 0 && looked < text.length * asFarAs;
    at = text.indexOf('sealed', at + 1)
  ) {
    const letters = /[0-9A-Za-z\s]*/y
    letters.lastIndex = at
    looked += letters.exec(text)?.[0].length ?? 0
  }
  return Math.round(looked / text.length)
}

export function strangeAttacks(stage: () => Stage): void {
  describe('a strange page', () => {
    let sealed: string
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([secret])
    })
    /** The longest that the page's own script was kept waiting, in milliseconds. */
    const clock = `loot = [0]; let last = performance.now(); setInterval(() => {
      loot[0] = Math.max(loot[0], performance.now() - last); last = performance.now() }, 20)`
    const waited = (page: Page) => page.evaluate(() => Math.round(Number(window.loot[0])))
    /** Waits for the true text, and gives how long the page was kept waiting by then. */
    const opening = async (page: Page) => {
      await waitFor('the true text', async () => (await stage().shown(page)).some((text) => text.startsWith(secret)), {
        timeoutMs: 60_000,
      })
      return waited(page)
    }
    /** How long a page is kept waiting at most where nothing is strange but how busy the machine is. */
    const calmly = async (body: string) => {
      const page = await stage().visit('calm', html(`<p>${sealed}</p>${body}`, clock))
      return opening(page)
    }
    const boxOf = (page: Page) =>
      page.evaluate(() => {
        const box = document.querySelector('p > div')?.getBoundingClientRect()
        return `${box?.width}×${box?.height}`
      })

    test('cannot restyle the host, by its sheets, inline, or by parts and animations', async () => {
      const plain = await stage().visit('plain', html(`<p>${sealed}</p>`))
      await stage().opened(plain, [secret])
      const wanted = await boxOf(plain)
      const sheet = `<style>
        p > div, p > div::part(box), div { width: 5px !important; height: 7px !important; transform: scale(3) !important;
          position: fixed !important; zoom: 2 !important; content: 'x' !important; animation: a 1s infinite !important;
          display: block !important; transition: all 5s !important; filter: blur(3px) !important; font-size: 99px !important }
        @keyframes a { to { width: 900px } } </style>`
      const body = `${sheet}<p>${sealed}</p>${careless('root slot', 'A text in a place without a sheet')}`
      const page = await stage().visit('styled', html(body))
      await stage().opened(page, [secret])
      await page.evaluate(() => {
        const host = document.querySelector<HTMLElement>('p > div')
        for (const style of ['width: 3px', 'height: 3px', 'zoom: 3', 'position: fixed', 'inset: 0']) {
          host?.style.setProperty(style.split(': ')[0] ?? '', style.split(': ')[1] ?? '', 'important')
        }
      })
      await settled(stage().session, page)
      const control = await page.$eval('.careless', (host) => getComputedStyle(host).width)
      const guarded = await boxOf(page)
      played(stage().kind, 'styles against the host', guarded !== wanted && guarded, control === '5px' && control)
      const painted = (selector: string) =>
        page.$eval(selector, (host) => {
          const words = document.createElement('b')
          words.textContent = 'Words of the page'
          host.append(words)
          return words.getClientRects().length > 0 && 'words of the page'
        })
      played(stage().kind, 'words put into the host (slots)', await painted('p > div'), await painted('.careless'))
    })

    test('cannot keep a true text from opening, nor hang itself, by masses of false markers', async () => {
      const falses = Array.from(
        { length: 3000 },
        (_, at) => `<li>sealed1 sealed1${'0'.repeat(at % 50)} sealed2x sealed</li>`,
      )
      const calm = await calmly(`<ul>${falses.join('').replaceAll('sealed', 'opened')}</ul>`)
      const page = await stage().visit('masses', html(`<p>${sealed}</p><ul>${falses.join('')}</ul>`, clock))
      const ms = await opening(page)
      const limit = Math.max(2000, 5 * calm)
      const looks = looksPerLetter(falses.join('').replace(/<\/?li>/g, ' '), 1000)
      played(stage().kind, '9000 false markers', ms > limit && `${ms} ms`, looks > 100 && `${looks} looks a letter`)
    })

    test('cannot hang itself by a gigantic false text, deep nesting, or endless changes', async () => {
      const giant = `sealed1${'zZ9'.repeat(1_000_000)}`
      const deep = '<b>'.repeat(500)
      const script = `${clock}; addEventListener('DOMContentLoaded', () => { window.changes = 0; setInterval(() => {
        const one = document.getElementById('changing'); one.textContent = 'sealed1' + '0'.repeat(changes++ % 60) }, 1) })`
      const body = `<p>${sealed}</p><p id="changing"></p><p style="overflow:hidden;height:1em">${giant}</p>${deep}sealed1${'0'.repeat(90)}`
      const calm = await calmly(`<p style="overflow:hidden;height:1em">${giant.replace('sealed', 'opened')}</p>`)
      const page = await stage().visit('giant', html(body, script))
      await opening(page)
      const changes = () => page.evaluate(() => (window as unknown as { changes: number }).changes)
      const enough = (await changes()) + 20
      await waitFor('the page to change on', async () => (await changes()) > enough)
      const ms = await waited(page)
      const limit = Math.max(3000, 5 * calm)
      // A finder that begins anew at each change looks at the gigantic text each time.
      const looks = await page.evaluate(() => {
        let [looked, length] = [0, 1]
        for (let change = 0; change < 200; change++) {
          length = document.body.textContent.length
          looked += length
        }
        return Math.round(looked / length)
      })
      played(
        stage().kind,
        'gigantic, deep, ever-changing texts',
        ms > limit && `${ms} ms`,
        looks > 100 && `${looks} looks a letter`,
      )
    })

    test('has nothing opened in attributes, comments, scripts, templates, fields, or what is being edited', async () => {
      const body = `<p title="${sealed}" data-x="${sealed}">no text</p><!-- ${sealed} --><script type="text/plain">${sealed}</script>
        <template><p>${sealed}</p></template><textarea>${sealed}</textarea><input value="${sealed}">
        <div contenteditable>${sealed}</div><noscript>${sealed}</noscript><title>${sealed}</title><p>${sealed}</p>`
      const page = await stage().visit('elsewhere', html(body))
      await stage().opened(page, [secret])
      await settled(stage().session, page)
      const count = (await stage().session.readerFrames(page)).length
      const everywhere = await page.evaluate(
        (text) => document.documentElement.outerHTML.split(text).length - 1,
        sealed,
      )
      played(stage().kind, 'markers where no text is read', count - 1, everywhere > 5 && `${everywhere} in the markup`)
    })

    test('sees no opened text when it swaps, edits or takes the ciphertext while it is being opened', async () => {
      const [second = ''] = await stage().sealed(['A second text'])
      const script = `loot = []; new MutationObserver((records) => {
        for (const { addedNodes, target } of records) for (const node of addedNodes) {
          if (target.id === 'careless' || target.parentNode?.id === 'careless') loot.push(node.textContent)
          if (node.nodeName !== 'DIV' || node.className === 'careless') continue
          const place = node.parentNode
          if (place?.nodeName !== 'P' || window.acts > 6) continue
          window.acts = (window.acts ?? 0) + 1
          place.firstChild.data = ${JSON.stringify(second)}
          setTimeout(() => place.append(' and more'), 5)
          setTimeout(() => { place.contentEditable = 'true' }, 10)
          setTimeout(() => { place.contentEditable = 'inherit' }, 60)
        }
      }).observe(document, { subtree: true, childList: true })`
      const body = `<p>${sealed}</p><section id="careless">${careless('page', 'a careless text')}</section>`
      const page = await stage().visit('swapped', html(body, script))
      await waitFor('the page to act', () => page.evaluate(() => (window as unknown as { acts: number }).acts > 0))
      await settled(stage().session, page)
      await stage().opened(page, ['A second text'])
      const control = await waitFor('the stand-in', () =>
        page.evaluate(() => window.loot.includes('a careless text') && 'a careless text'),
      )
      const all = await page.evaluate(() => `${document.documentElement.outerHTML} ${String(window.loot)}`)
      const plain = ['A second text', secret].filter((text) =>
        all.replace(/<script[\s\S]*?<\/script>/g, '').includes(text),
      )
      played(stage().kind, 'ciphertext changed while it opens', plain, control)
    })

    test('gets no click of its own making into the frame by inert, zoom, scaling or focus games', async () => {
      const page = await stage().visit(
        'games',
        html(
          `<section><p>${sealed}</p>${careless('button', 'a careless text')}</section><textarea></textarea>`,
          'loot = []',
        ),
      )
      await stage().opened(page, [secret])
      await page.waitForSelector('.careless')
      const [frame] = await stage().session.readerFrames(page)
      await page.evaluate(() => {
        const section = document.querySelector('section')
        for (const style of ['zoom: 3', 'transform: scale(0.2)', 'opacity: 0.01', 'filter: blur(9px)', 'mask: none']) {
          section?.setAttribute('style', style)
          for (const host of document.querySelectorAll<HTMLElement>('p > div, .careless')) {
            host.focus()
            host.click()
          }
        }
        section?.setAttribute('style', '')
        section?.setAttribute('inert', '')
        new IntersectionObserver((entries) => {
          for (const { intersectionRatio, target } of entries) window.loot.push(intersectionRatio, target.textContent)
        }).observe(document.querySelector('p > div') ?? document.body)
      })
      await settled(stage().session, page)
      const loot = (await page.evaluate(() => window.loot)).map(String)
      const text = await frame?.evaluate(() => document.body.textContent ?? '')
      const control = await page.$eval('textarea', (field) => field.value)
      played(
        stage().kind,
        'inert, zoom, intersection, focus games',
        loot.filter((one) => one.includes('true text')),
        control,
      )
      expect(text?.startsWith(secret)).toBe(true)
      expect(await stage().session.ownPages('composer.html')).toEqual([])
    })

    test('reaches nothing of ours by storage, channels and workers, relative addresses or its own service worker', async () => {
      const { origin } = stage().session
      stage().site.give('worker.js', {
        html: `onfetch = ({ request }) => { caches.open('seen').then((seen) => seen.put(request.url, new Response('seen'))) }
          oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim())
          onconnect = ({ ports }) => ports[0].postMessage('a worker of its own')`,
        headers: { 'content-type': 'text/javascript' },
      })
      // A reader as one without an extension would make it: a frame of the page's own origin, its ticket in its address.
      const own = `<script>new BroadcastChannel('reader').postMessage('opened text'); localStorage.reader = 'opened text'</script>`
      stage().site.give('own-reader', html(own))
      const script = `loot = []; for (const name of ['reader', 'fieldseal']) new BroadcastChannel(name).onmessage = ({ data }) => loot.push(data)
        window.ready = navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)`
      const body = `<base href="/elsewhere/"><p>${sealed}</p><iframe id="own"></iframe>`
      const page = await stage().visit('reach', html(body, script))
      await stage().opened(page, [secret])
      const before = stage().site.asked.length
      // In Firefox even the fixed address is not to be guessed.
      const fixed = stage().kind === 'chromium' ? ['reader.html'] : []
      const attack = async (ours: string, reader: string, fixed: string[]) => {
        await (window as unknown as { ready: Promise<unknown> }).ready
        const guarded: string[] = []
        const attempt = async (name: string, work: () => unknown) => {
          try {
            if (await work()) guarded.push(name)
          } catch {
            // Refused at once.
          }
        }
        const answers = (worker: SharedWorker, over: Promise<unknown>) =>
          new Promise((resolve) => {
            worker.port.onmessage = () => resolve(true)
            worker.onerror = () => resolve(false)
            over.then(() => resolve(false))
          })
        /** Nobody tells of every refusal: one that was asked for before the page's own worker had its chance when that has answered. */
        const ownAnswers = () => answers(new SharedWorker('/worker.js'), new Promise(() => {}))
        const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
        const address = `${ours}/background.js`
        await attempt('shared worker', () => answers(new SharedWorker(address), ownAnswers()))
        await attempt('service worker', () => navigator.serviceWorker.register(address))
        // What pages may fetch is the empty frame, where they know its address (docs/THREATS.md), and nothing else of ours.
        const fetches = async (address: string) => (await fetch(address)).text()
        for (const path of ['background.js', 'popup.html', 'manifest.json', 'content-scripts/content.js', ...fixed]) {
          await attempt(`fetch ${path}`, () => fetches(`${ours}/${path}`))
        }
        await attempt('import', () => import(`${ours}/background.js`))
        await attempt('storage', () => Object.keys(localStorage).length)
        await attempt('databases', async () => (await indexedDB.databases()).length)
        const frame = document.querySelector<HTMLIFrameElement>('#own')
        if (frame) frame.src = '/own-reader?ticket'
        await new Promise((resolve) => frame?.addEventListener('load', resolve))
        // An address without an origin goes where the page says.
        if (frame) frame.src = 'relative-reader'
        await new Promise((resolve) => frame?.addEventListener('load', resolve))
        const ownWorker = await ownAnswers()
        // The page's own channel and worker are given the time that they take.
        let urls: string[] = []
        while (!window.loot.includes('opened text') || !urls.some((url) => url.endsWith('?ticket'))) {
          await drawn()
          urls = (await (await caches.open('seen')).keys()).map(({ url }) => url)
        }
        guarded.push(...urls.filter((url) => url.startsWith(ours)))
        await (await navigator.serviceWorker.ready).unregister()
        const control = [
          localStorage.reader === 'opened text' && 'storage',
          window.loot.includes('opened text') && 'channel',
          ownWorker && 'worker',
          urls.some((url) => url.endsWith('?ticket')) && 'service worker',
          (await fetches(reader)) !== '' && 'address known',
        ]
        localStorage.clear()
        return { guarded: [...guarded, ...window.loot.filter((one) => one !== 'opened text').map(String)], control }
      }
      const { guarded, control } = await page.evaluate(attack, origin, stage().readerUrl, fixed)
      const asked = stage()
        .site.asked.slice(before)
        .filter((path) => path.includes('reader.html'))
      played(
        stage().kind,
        'storage, channels, workers, <base>',
        [...guarded, ...asked],
        control.filter(Boolean).join(', '),
      )
      expect(control).not.toContain(false)
    })
  })
}
