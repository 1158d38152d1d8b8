// Pages that go for what a person types: by listening, by stealing the focus, by letting clicks fall through to a field of
// their own, by laying one on top. They do all of it at once, to the stand-in's inputs in the page and to our composer.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { fieldNamed, press, valueIn } from '../e2e/steps.ts'
import { words } from '../words.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'

const script = `loot = []
for (const kind of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'paste'])
  for (const where of [window, document])
    where.addEventListener(kind, (event) => window.hears && loot.push(event.key ?? event.data ?? ''), true)
const steal = () => window.steals && document.getElementById('thief').focus()
for (const kind of ['blur', 'focusin', 'focusout', 'mousedown', 'visibilitychange']) addEventListener(kind, () => setTimeout(steal), true)
setInterval(steal, 20)`

const thief =
  '<input id="thief" aria-label="Thief" style="position:absolute;left:20px;top:400px;width:200px;height:24px">'
const at = (top: number) => `position:absolute;left:20px;top:${top}px;width:200px;height:24px`

export function typingAttacks(stage: () => Stage): void {
  describe('a page that goes for what is typed', () => {
    let page: Page
    let composer: Page
    beforeAll(async () => {
      const body = `${thief}<textarea aria-label="Note" style="position:absolute;left:20px;top:460px"></textarea>
        <div id="root">${careless('root input', '', at(20))}</div><div id="frame">${careless('frame typing', '', at(80))}</div>
        <div id="delegating">${careless('root input delegating', '', at(240))}</div>`
      page = stage().keep(await stage().visit('typing', html(body, script)))
      await waitFor('the stand-in', async () => (await stage().carelessly(page)).length === 1)
      await (await fieldNamed(page, 'Note')).click()
      await stage().session.command('compose', page)
      composer = stage().keep(await stage().session.ownPage('composer.html'))
      await fieldNamed(composer, words('composer.write.text'))
      await page.bringToFront()
    })
    afterAll(async () => {
      await page.close()
      await composer.close().catch(() => undefined)
    })

    /** What the page got of the letters that its person typed at a place, and of those typed in the composer. */
    const playBoth = async (top: number, left = 40) => {
      const heard = () =>
        page.evaluate(() => {
          const fields = [...document.querySelectorAll<HTMLInputElement>('#thief, #covering')]
          const all = `${window.loot.splice(0).join('')}${fields.map(({ value }) => value).join('')}`
          for (const field of fields) field.value = ''
          return all
        })
      const control = await waitFor('the stand-in’s keys', async () => {
        await page.mouse.click(left, top + 8)
        for (const letter of ['q', 'z'] as const) await page.keyboard.press(letter)
        return /[qz]/.test(await heard()) && 'the keys'
      })
      await composer.bringToFront()
      const box = await fieldNamed(composer, words('composer.write.text'))
      await box.click()
      await box.type('xkcdw')
      await waitFor('the composer to hold it', async () =>
        (await valueIn(composer, words('composer.write.text'))).includes('xkcdw'),
      )
      const guarded = await heard()
      await page.bringToFront()
      return { guarded, control }
    }
    const set = (flags: object) => page.evaluate((given) => void Object.assign(window, given), flags)

    test('hears no key that is typed in the composer', async () => {
      await set({ hears: true })
      const { guarded, control } = await playBoth(20)
      played(stage().kind, 'listening to keys and input at the window', guarded, control)
      await set({ hears: false })
    })

    test.each([
      ['a root', 20],
      ['a frame', 80],
    ] as const)('gets no key by stealing the focus, as it does from %s', async (where, top) => {
      await set({ steals: true })
      const { guarded, control } = await playBoth(top)
      played(stage().kind, `stealing the focus (from ${where})`, guarded, control)
      await set({ steals: false })
    })

    test('gets no key by letting clicks fall through to a field of its own', async () => {
      await page.evaluate((style) => {
        for (const host of document.querySelectorAll<HTMLElement>('.careless')) {
          host.style.setProperty('pointer-events', 'none', 'important')
        }
        document.getElementById('thief')?.setAttribute('style', `${style};z-index:-1`)
        document.querySelector('#root > div')?.setAttribute('style', `${style};pointer-events:none`)
      }, at(20))
      const { guarded, control } = await playBoth(20)
      played(stage().kind, 'clicks that fall through to its own field', guarded, control)
    })

    test('gets no key by laying a field of its own above everything', async () => {
      await page.evaluate((style) => {
        const covering = document.createElement('input')
        covering.id = 'covering'
        covering.popover = 'manual'
        covering.setAttribute('style', `${style};margin:0;border:0;opacity:0.01`)
        document.body.append(covering)
        covering.showPopover()
      }, at(20))
      const { guarded, control } = await playBoth(20)
      played(stage().kind, 'its own field in the top layer, above all', guarded, control)
      await page.evaluate(() => document.getElementById('covering')?.remove())
    })

    test('cannot put the focus into a root of ours', async () => {
      const focused = (selector: string) =>
        page.evaluate((which) => {
          const host = document.querySelector<HTMLElement>(which)
          ;(document.activeElement as HTMLElement | null)?.blur()
          host?.focus()
          return host !== null && document.activeElement === host
        }, selector)
      const control = await focused('#delegating .careless')
      await (await fieldNamed(page, 'Note')).click()
      await waitFor('the button', () => page.evaluate(() => document.documentElement.lastElementChild?.matches('div')))
      const guarded = await focused('html > div:last-child')
      played(stage().kind, 'focusing our host (delegatesFocus)', guarded, control)
    })

    test('gets a sealed text, and nothing of what was typed, when that is sealed', async () => {
      await set({ hears: true, steals: true })
      await press(composer, 'Seal')
      await waitFor('the sealed text', async () => (await valueIn(page, 'Note')).startsWith('sealed1'))
      const got = await page.evaluate(() => `${window.loot.join('')}${document.querySelector('textarea')?.value}`)
      expect(got.replace(/sealed1\w+/g, '')).toBe('')
    })
  })
}
