// Pages that are strange rather than sly: styles against our host, masses of false markers, texts that change while they are
// being opened, texts where nobody reads them. None may leak, hang the page, or keep a true text from opening.

import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { giveItTime } from '../e2e/steps.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note } from './table.ts'

const secret = 'A true text among strange things'

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
      const body = `${sheet}<p>${sealed}</p><div id="a">A</div>`
      const page = await stage().visit('styled', html(body))
      await stage().opened(page, [secret])
      await page.evaluate(() => {
        const host = document.querySelector<HTMLElement>('p > div')
        for (const style of ['width: 3px', 'height: 3px', 'zoom: 3', 'position: fixed', 'inset: 0']) {
          host?.style.setProperty(style.split(': ')[0] ?? '', style.split(': ')[1] ?? '', 'important')
        }
      })
      await giveItTime()
      const control = await page.evaluate(() => getComputedStyle(document.getElementById('a') ?? document.body).width)
      const guarded = await boxOf(page)
      note(stage().kind, 'styles against the host', guarded === wanted ? '' : guarded, `A ${control}`)
      expect(guarded).toBe(wanted)
      expect(control).toBe('5px')
    })

    test('cannot keep a true text from opening, nor hang itself, by masses of false markers', async () => {
      const falses = Array.from(
        { length: 3000 },
        (_, at) => `<li>sealed1 sealed1${'0'.repeat(at % 50)} sealed2x sealed</li>`,
      )
      const page = await stage().visit('masses', html(`<p>${sealed}</p><ul>${falses.join('')}</ul>`, clock))
      await waitFor('the true text', async () => {
        const texts = await stage().shown(page)
        return texts.some((text) => text.startsWith(secret))
      })
      const ms = await waited(page)
      note(stage().kind, '9000 false markers', ms > 2000 && `${ms} ms`, 'a page may hang itself')
      expect(ms).toBeLessThan(2000)
    })

    test('cannot hang itself by a gigantic false text, deep nesting, or endless changes', async () => {
      const giant = `sealed1${'zZ9'.repeat(1_000_000)}`
      const deep = '<b>'.repeat(500)
      const script = `${clock}; addEventListener('DOMContentLoaded', () => { let n = 0; setInterval(() => {
        const one = document.getElementById('changing'); one.textContent = 'sealed1' + '0'.repeat(n++ % 60) }, 1) })`
      const body = `<p>${sealed}</p><p id="changing"></p><p style="overflow:hidden;height:1em">${giant}</p>${deep}sealed1${'0'.repeat(90)}`
      const page = await stage().visit('giant', html(body, script))
      await waitFor('the true text', async () => {
        const texts = await stage().shown(page)
        return texts.some((text) => text.startsWith(secret))
      })
      await giveItTime()
      const ms = await waited(page)
      note(stage().kind, 'gigantic, deep and ever-changing texts', ms > 3000 && `${ms} ms`, 'a page may hang itself')
      expect(ms).toBeLessThan(3000)
    })

    test('has nothing opened in attributes, comments, scripts, templates, fields, or what is being edited', async () => {
      const body = `<p title="${sealed}" data-x="${sealed}">no text</p><!-- ${sealed} --><script type="text/plain">${sealed}</script>
        <template><p>${sealed}</p></template><textarea>${sealed}</textarea><input value="${sealed}">
        <div contenteditable>${sealed}</div><noscript>${sealed}</noscript><title>${sealed}</title><p>${sealed}</p>`
      const page = await stage().visit('elsewhere', html(body))
      await stage().opened(page, [secret])
      await giveItTime()
      const count = (await stage().session.readerFrames(page)).length
      note(stage().kind, 'marker where no text is read', count - 1, `${count} in the text beside it`)
      expect(count).toBe(1)
    })

    test('sees no opened text when it swaps, edits or takes the ciphertext while it is being opened', async () => {
      const [second = ''] = await stage().sealed(['A second text'])
      const script = `loot = []; new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) {
          if (node.nodeName !== 'DIV') continue
          const place = node.parentNode
          if (!place || loot.length > 6) continue
          loot.push('seen')
          place.firstChild.data = ${JSON.stringify(second)}
          setTimeout(() => place.append(' and more'), 5)
          setTimeout(() => { place.contentEditable = 'true' }, 10)
          setTimeout(() => { place.contentEditable = 'inherit' }, 60)
        }
      }).observe(document, { subtree: true, childList: true })`
      const page = await stage().visit('swapped', html(`<p>${sealed}</p>`, script))
      await waitFor('the page to act', () => page.evaluate(() => window.loot.length > 1))
      await giveItTime()
      await stage().opened(page, ['A second text'])
      const all = await page.evaluate(() => `${document.documentElement.outerHTML} ${String(window.loot)}`)
      const plain = ['A second text', secret].filter((text) =>
        all.replace(/<script[\s\S]*?<\/script>/g, '').includes(text),
      )
      note(stage().kind, 'ciphertext changed while it opens', plain, 'A (first rows)')
      expect(plain).toEqual([])
    })

    test('gets no click of its own making into the frame by inert, zoom, scaling or focus games', async () => {
      const page = await stage().visit('games', html(`<section><p>${sealed}</p></section>`, 'loot = []'))
      await stage().opened(page, [secret])
      const [frame] = await stage().session.readerFrames(page)
      await page.evaluate(() => {
        const section = document.querySelector('section')
        for (const style of ['zoom: 3', 'transform: scale(0.2)', 'opacity: 0.01', 'filter: blur(9px)', 'mask: none']) {
          section?.setAttribute('style', style)
          document.querySelector<HTMLElement>('p > div')?.focus()
          document.querySelector<HTMLElement>('p > div')?.click()
        }
        section?.setAttribute('style', '')
        section?.setAttribute('inert', '')
        new IntersectionObserver((entries) => {
          for (const { intersectionRatio, target } of entries) window.loot.push(intersectionRatio, target.textContent)
        }).observe(document.querySelector('p > div') ?? document.body)
      })
      await giveItTime()
      const loot = (await page.evaluate(() => window.loot)).map(String)
      const text = await frame?.evaluate(() => document.body.textContent ?? '')
      note(
        stage().kind,
        'inert, zoom, intersection, focus games',
        loot.filter((one) => one.includes('true')),
        'A (first rows)',
      )
      expect(text?.startsWith(secret)).toBe(true)
      expect(loot.join()).not.toContain('true text')
      expect(await stage().session.ownPages('composer.html')).toEqual([])
    })
  })
}
