// Pages that read: the same trick is played on a text that stands in the page (A), on one in a closed shadow root as an
// extension might make it (B), and on one that Fieldseal has opened.

import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { giveItTime } from '../e2e/steps.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note } from './table.ts'
import { allTricks } from './tricks.ts'

interface Secret {
  readonly start: string
  readonly digits: string
}
const inPage: Secret = { start: 'The code of amber is ', digits: '4831' }
const inRoot: Secret = { start: 'The code of cedar is ', digits: '5927' }
const inFrame: Secret = { start: 'The code of maple is ', digits: '7260' }
const words = ({ start, digits }: Secret) => `${start}${digits}.`

/** B. Its text is written backwards in the script, so that the script itself does not give it away. */
const shadow = `addEventListener('DOMContentLoaded', () => {
  const root = document.getElementById('root').attachShadow({ mode: 'closed' })
  root.append(Object.assign(document.createElement('span'), {
    textContent: ${JSON.stringify([...words(inRoot)].reverse().join(''))}.split('').reverse().join('')
  }))
})`

export function readingAttacks(stage: () => Stage): void {
  describe('a page that reads', () => {
    let sealed: string
    let page: Page
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([words(inFrame)])
    })
    const visit = async (script = '', more = '') => {
      const room = '<div style="height:1000px"></div>'
      const body = `<p>A</p>${room}<p>${words(inPage)}</p><div id="root"></div><p>${sealed}</p>${more}${room}`
      page = await stage().visit('reading', html(body, [allTricks, shadow, script].join('\n')))
      await page.evaluate(() => scrollTo(0, 800))
      await stage().opened(page, [words(inFrame)])
      await page.evaluate(() => scrollTo(0, 0))
    }
    const play = (trick: string, { start }: Secret) =>
      page.evaluate((name, from) => window.tricks[name]?.(from as never), trick, start) as Promise<string>

    test.each([
      ['find', 'window.find, a digit at a time', inRoot],
      ['walk', 'Selection.modify walk', inRoot],
      ['read', 'textContent, outerHTML, getHTML, Range, XPath, clone', null],
      ['selectAll', 'selectAll and the selection', null],
    ])('gets nothing by %s', async (trick, name, alsoLeaks) => {
      await visit()
      const a = await play(trick, inPage)
      const b = await play(trick, inRoot)
      const guarded = await play(trick, inFrame)
      note(stage().kind, name, guarded, `A ${a}${b === '' ? '' : `, B ${b}`}`)
      expect(a).toBe(inPage.digits)
      if (alsoLeaks !== null && !(trick === 'walk' && stage().kind === 'chromium')) expect(b).toBe(alsoLeaks.digits)
      expect(guarded).toBe('')
    })

    test('gets nothing by links to pieces of text, clicked by its person', async () => {
      const link = ({ start, digits }: Secret) =>
        `<a href="#:~:text=${encodeURIComponent(start + digits)}">${start.slice(12, -4)}</a>`
      const bar = `<nav style="position:fixed;top:0">${[inPage, inRoot, inFrame].map(link).join(' ')}</nav>`
      await visit('', bar)
      const scrolls = async (name: string, isExpected: boolean) => {
        await page.evaluate(() => scrollTo(0, 0))
        await page.locator(`a::-p-text(${name})`).click()
        const scrolled = () => page.evaluate(() => scrollY > 200)
        if (isExpected) return waitFor('the page to scroll', scrolled, { timeoutMs: 3000 }).catch(() => false)
        await giveItTime()
        return scrolled()
      }
      const [a, b] = [await scrolls('amber', true), await scrolls('cedar', true)]
      const guarded = await scrolls('maple', false)
      note(stage().kind, 'text fragments and scroll position', guarded, `A ${a} B ${b}`)
      expect(a).toBe(true)
      expect(guarded).toBe(false)
    })

    test('gets nothing when its person copies everything, or pastes that back', async () => {
      const script = `addEventListener('copy', () => loot.push(String(getSelection())))`
      await visit(script, '<textarea></textarea>')
      const keys = async (key: 'a' | 'c' | 'v') => {
        await page.keyboard.down('Control')
        await page.keyboard.press(key)
        await page.keyboard.up('Control')
      }
      await page.mouse.click(600, 10)
      await keys('a')
      await keys('c')
      const copied = await waitFor('the page to notice', () => page.evaluate(() => window.loot.join('') || null))
      await page.click('textarea')
      await keys('v')
      const pasted = await waitFor('the text to be pasted', () =>
        page.$eval('textarea', (field) => field.value || null),
      )
      const got = (secret: Secret) => [copied, pasted].map((text) => text.includes(secret.digits))
      note(stage().kind, 'copy everything, paste it back', got(inFrame).includes(true), `A ${got(inPage)}`)
      expect(got(inPage)).toEqual([true, true])
      expect(got(inFrame)).toEqual([false, false])
    })

    test('gets nothing from where the pointer goes', async () => {
      const script = `for (const kind of ['mouseover', 'mousemove', 'pointerover', 'pointerenter']) addEventListener(kind, (event) => {
        for (const one of [event.target, event.originalTarget, event.explicitOriginalTarget, event.relatedTarget,
          event.rangeParent, ...event.composedPath()]) loot.push(one?.textContent ?? '', one?.contentDocument?.body?.textContent ?? '')
      }, true)`
      await visit(script)
      await page.evaluate(() => scrollTo(0, 700))
      for (const selector of ['p:nth-of-type(2)', 'p:nth-of-type(3)']) {
        const box = await (await page.waitForSelector(selector))?.boundingBox()
        await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8, { steps: 4 })
        await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 20, { steps: 4 })
      }
      const loot = await page.evaluate(() => window.loot.join('\n'))
      note(
        stage().kind,
        'targets of pointer events',
        loot.includes(inFrame.digits),
        `A ${loot.includes(inPage.digits)}`,
      )
      expect(loot).toContain(inPage.digits)
      expect(loot).not.toContain(inFrame.digits)
    })

    test('gets no request for the letters of a text from fonts of its own', async () => {
      const [rare = ''] = await stage().sealed(['The letter is Ж'])
      const face = (code: string) =>
        `@font-face { font-family: spy; src: url(/spy-${code}); unicode-range: U+${code}; }
        @font-face { font-family: system-ui; src: url(/spy-${code}); unicode-range: U+${code}; }`
      const style = `<style>${['416', '429'].map(face).join('')} * { font-family: spy, system-ui !important }</style>`
      page = await stage().visit('fonts', html(`${style}<p>${rare}</p><p id="a"></p>`))
      await stage().opened(page, ['The letter is Ж'])
      await page.evaluate(() => document.getElementById('a')?.append(String.fromCharCode(0x429)))
      const asked = (code: string) => stage().site.asked.includes(`/spy-${code}`)
      await waitFor('the font of the page’s own letter to be asked for', () => asked('429'))
      await giveItTime()
      note(stage().kind, 'fonts with unicode-range', asked('416'), 'A the letter')
      expect(asked('416')).toBe(false)
    })
  })
}
