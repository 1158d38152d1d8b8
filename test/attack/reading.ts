// Pages that read: the same trick is played on a text that stands in the page (A), on one in a closed shadow root made by
// the content script of another extension (B), and on one that Fieldseal has opened.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note, played } from './table.ts'
import { allTricks } from './tricks.ts'

export interface Secret {
  readonly start: string
  readonly digits: string
}
export const inPage: Secret = { start: 'The code of amber is ', digits: '4831' }
export const inRoot: Secret = { start: 'The code of cedar is ', digits: '5927' }
export const inFrame: Secret = { start: 'The code of maple is ', digits: '7260' }
export const words = ({ start, digits }: Secret) => `${start}${digits}.`
const all = [inPage, inRoot, inFrame]

/** What a trick got of A and of B, in words. */
export const gotten = (a: unknown, b: unknown): string =>
  Object.entries({ A: a, B: b })
    .flatMap(([which, got]) => (got ? [got === true ? which : `${which} ${got}`] : []))
    .join(', ')

const overhear = `for (const kind of ['mouseover', 'mousemove', 'pointerover', 'pointerenter']) addEventListener(kind, (event) => {
    for (const one of [event.target, event.originalTarget, event.explicitOriginalTarget, event.composedTarget, event.relatedTarget,
      event.rangeParent, event.wrappedJSObject?.originalTarget, ...event.composedPath()])
      for (const node of [one, one?.getRootNode?.()]) loot.push(node?.textContent ?? '', node?.contentDocument?.body?.textContent ?? '')
  }, true)
  addEventListener('copy', () => loot.push('copied ' + getSelection()))`

export function readingAttacks(stage: () => Stage): void {
  describe('a page that reads', () => {
    let page: Page
    beforeAll(async () => {
      const [sealed = ''] = await stage().sealed([words(inFrame)])
      const link = ({ start, digits }: Secret) =>
        `<a href="#:~:text=${encodeURIComponent(start + digits)}">${start.slice(12, -4)}</a>`
      const room = '<div style="height:1000px"></div>'
      const body = `<nav style="position:fixed;top:0;right:0">${all.map(link).join(' ')} <textarea></textarea></nav><p>A</p>${room}
        <p id="a">${words(inPage)}</p>${careless('root serializable', words(inRoot))}<p id="sealed">${sealed}</p>${room}`
      page = stage().keep(await stage().visit('reading', html(body, `${allTricks}\n${overhear}`)))
      await page.evaluate(() => scrollTo(0, 800))
      await stage().opened(page, [words(inFrame)])
    })
    afterAll(() => page.close())

    const isChromium = () => stage().kind === 'chromium'
    const play = async (trick: string, given: string) =>
      page.evaluate(
        (name, from) => {
          scrollTo(0, 0)
          return window.tricks[name]?.(from as never)
        },
        trick,
        given,
      )

    test.each([
      ['find', 'window.find, a digit at a time', true],
      ['walk', 'Selection.modify walk', true],
      ['read', 'textContent, outerHTML, getHTML, Range, XPath, clone', true],
      ['selectAll', 'selectAll and the selection', false],
      ['points', 'elements and carets at points', false],
    ])('gets nothing by %s', async (trick, name, isRootOpen) => {
      const [a, b, guarded] = [
        await play(trick, inPage.start),
        await play(trick, inRoot.start),
        await play(trick, inFrame.start),
      ]
      played(stage().kind, name, guarded, gotten(a, b))
      expect(a).toBe(inPage.digits)
      if (isRootOpen) expect(b).toBe(inRoot.digits)
    })

    test('gets nothing by painting its document into a canvas', async () => {
      const [a, guarded] = [await play('painted', '#a'), await play('painted', '#sealed > div')]
      played(stage().kind, 'foreignObject painted into a canvas', guarded, a && `${a} pixels`)
    })

    test('gets nothing by links to pieces of text, clicked by its person', async () => {
      const scrolls = async (name: string, isExpected: boolean) => {
        await page.evaluate(() => scrollTo(0, 0))
        await page.locator(`a::-p-text(${name})`).click()
        const scrolled = () => page.evaluate(() => scrollY > 200)
        if (isExpected) return waitFor('the page to scroll', scrolled)
        await settled(stage().session, page)
        return scrolled()
      }
      const [a, b] = [await scrolls('amber', true), await scrolls('cedar', true)]
      played(stage().kind, 'text fragments and scroll position', await scrolls('maple', false), gotten(a, b))
    })

    const keys = async (key: 'a' | 'c' | 'v') => {
      await page.keyboard.down('Control')
      await page.keyboard.press(key)
      await page.keyboard.up('Control')
    }
    /** What a page has heard of a copy, and what its person then pastes into it. */
    const copiedAndPasted = async () => {
      const copied = await waitFor('the page to notice', () =>
        page.evaluate(() => window.loot.filter((one) => String(one).startsWith('copied ')).join('') || null),
      )
      await page.$eval('textarea', (field) => {
        field.value = ''
      })
      await page.click('textarea')
      await keys('v')
      const pasted = await waitFor('the text to be pasted', () =>
        page.$eval('textarea', (field) => field.value || null),
      )
      await page.evaluate(() => window.loot.splice(0))
      return (secret: Secret) => copied.includes(secret.digits) || pasted.includes(secret.digits)
    }

    test('gets nothing when its person copies everything and pastes it back', async () => {
      await page.evaluate(() => scrollTo(0, 0))
      await page.mouse.click(600, 300)
      await keys('a')
      await keys('c')
      const got = await copiedAndPasted()
      played(stage().kind, 'person copies everything, pastes it back', got(inFrame), gotten(got(inPage), got(inRoot)))
      expect(got(inPage)).toBe(true)
    })

    test('gets nothing by selecting our host and copying that itself, in a click', async () => {
      await page.evaluate(() => {
        const copy = () => {
          for (const place of document.querySelectorAll('#a, .careless, #sealed, #sealed > div')) {
            getSelection()?.removeAllRanges()
            const range = document.createRange()
            range.selectNode(place)
            getSelection()?.addRange(range)
            getSelection()?.modify('extend', 'forward', 'line')
            document.execCommand('copy')
          }
          getSelection()?.selectAllChildren(document.body)
          document.execCommand('copy')
        }
        document.querySelector('nav')?.addEventListener('click', copy, { once: true })
      })
      await page.locator('a::-p-text(amber)').click()
      const got = await copiedAndPasted()
      played(stage().kind, 'page copies, person pastes', got(inFrame), gotten(got(inPage), got(inRoot)))
      expect(got(inPage)).toBe(true)
    })

    test('gets nothing from where the pointer goes', async () => {
      await page.evaluate(() => scrollTo(0, 700))
      for (const selector of ['#a', '.careless', '#sealed > div']) {
        const box = await (await page.waitForSelector(selector))?.boundingBox()
        await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8, { steps: 4 })
        await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 14, { steps: 4 })
      }
      const loot = await page.evaluate(() => window.loot.splice(0).join('\n'))
      const has = ({ digits }: Secret) => loot.includes(digits)
      played(stage().kind, 'targets of pointer events', has(inFrame), gotten(has(inPage), has(inRoot)))
      expect(has(inPage)).toBe(true)
      if (!isChromium()) expect(has(inRoot)).toBe(true)
    })

    test('gets no text of ours dragged into it', async () => {
      await page.evaluate(() => {
        scrollTo(0, 800)
        document.getElementById('a')?.addEventListener('dragstart', ({ dataTransfer }) => {
          window.loot.push(dataTransfer?.getData('text/plain'))
        })
      })
      const drag = async (isOurs: boolean) => {
        const place = isOurs ? '#sealed > div' : '#a'
        const box = await (await page.waitForSelector(place))?.boundingBox()
        const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 8]
        await page.mouse.click(x, y, { count: 3 })
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + 30, y + 4, { steps: 6 })
        await page.mouse.move(x + 200, y + 200, { steps: 6 })
        await page.mouse.up()
      }
      const [frame] = await stage().session.readerFrames(page)
      await frame?.evaluate(() => {
        const said = globalThis as unknown as { drags: boolean[] }
        said.drags = []
        addEventListener('dragstart', (event) => said.drags.push(event.defaultPrevented))
      })
      await drag(false)
      const dragged = await page.evaluate(() => window.loot.splice(0).join())
      await drag(true)
      const begun = await frame?.evaluate(() => (globalThis as unknown as { drags: boolean[] }).drags)
      note(
        stage().kind,
        'selected text dragged out of the frame',
        begun?.filter((isCancelled) => !isCancelled),
        gotten(dragged.includes(inPage.digits), ''),
      )
      expect(begun?.length).toBeGreaterThan(0)
      expect(begun).not.toContain(false)
    })

    test('finds nothing in our roots, not even with the help of another extension', async () => {
      const pried = await waitFor('the stand-in to pry', () =>
        page.evaluate(() => {
          dispatchEvent(new Event('prying'))
          return document.documentElement.dataset.pried
        }),
      )
      const has = ({ digits }: Secret) => pried.includes(digits)
      expect(pried).toContain('reader.html')
      played(stage().kind, 'another extension opens closed roots', has(inFrame), has(inRoot) && `B ${inRoot.digits}`)
    })

    test('does not find out the cue, and so cannot paint it into a fake', async () => {
      const [frame] = await stage().session.readerFrames(page)
      const cue = (await frame?.$eval('.cue', (chip) => chip.textContent?.trim())) ?? ''
      const known = await stage().visit('fake-cue', html(careless('root', cue)))
      const find = (where: Page) =>
        where.evaluate((words) => {
          const { find: search } = window as unknown as { find(text: string, ...flags: boolean[]): boolean }
          getSelection()?.removeAllRanges()
          return search(words, false, false, true)
        }, cue)
      expect(cue).toMatch(/^\w+ \w+$/)
      const control = await waitFor('the stand-in', () => find(known))
      played(stage().kind, 'searching for the cue', await find(page), control && 'B the cue')
    })

    test('gets no request for the letters of a text from fonts of its own', async () => {
      const [rare = ''] = await stage().sealed(['The letter is Ж'])
      const face = (code: string) =>
        `@font-face { font-family: spy; src: url(/spy-${code}); unicode-range: U+${code}; }
        @font-face { font-family: system-ui; src: url(/spy-${code}); unicode-range: U+${code}; }`
      const style = `<style>${['416', '429', '42B'].map(face).join('')} * { font-family: spy, system-ui !important }</style>`
      const body = `${style}<p>${rare}</p>${careless('root', 'The letter is Ы')}<p id="a"></p>`
      const fonts = await stage().visit('fonts', html(body))
      await stage().opened(fonts, ['The letter is Ж'])
      await fonts.evaluate(() => document.getElementById('a')?.append(String.fromCharCode(0x429)))
      const asked = (code: string) => stage().site.asked.includes(`/spy-${code}`)
      await waitFor(
        'the fonts of the page’s own letter and the root’s to be asked for',
        () => asked('429') && asked('42B'),
      )
      await settled(stage().session, fonts)
      played(stage().kind, 'fonts with unicode-range', asked('416'), gotten(asked('429'), asked('42B')))
    })
  })
}
