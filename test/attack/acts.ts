// Pages that act instead of a person: synthetic events, forged messages, and a person's own click or command turned against
// them. At most the page's own field is sealed, or a window of ours opens.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { fieldNamed, giveItTime, valueIn } from '../e2e/steps.ts'
import { pretend, shout } from './pretences.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note } from './table.ts'

const token = 'A'.repeat(22)
const field =
  '<textarea aria-label="Note" style="position:absolute;left:40px;top:60px;width:300px;height:80px"></textarea>'
/** Where the button stands beside that field. */
const buttonAt = { x: 40 + 300 + 6 + 4 + 14, y: 60 + 13 }

export function actsAttacks(stage: () => Stage): void {
  describe('a page that acts', () => {
    const visit = async (script = '', body = '') => {
      const page = await stage().visit('acts', html(field + body, `loot = []\n${script}`))
      await waitFor('the content script', () => stage().ask(page.url(), [{ name: 'hello', ask: {} }]))
      return page
    }
    const type = async (page: Page, text: string) => {
      const note = await fieldNamed(page, 'Note')
      await note.click()
      await note.type(text)
      await waitFor('the button', () =>
        page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.matches('div'), buttonAt),
      )
    }
    const windows = async () => (await stage().session.ownPages('composer.html')).length

    test('seals nothing and opens nothing by synthetic clicks, keys and focus', async () => {
      const body = '<button id="unguarded" style="position:absolute;top:300px">Seal</button>'
      const script = `addEventListener('click', ({ target }) => target.id === 'unguarded' && loot.push('sealed by a script'))`
      const page = await visit(script, body)
      await type(page, 'a word')
      const host = () => page.evaluateHandle(() => document.documentElement.lastElementChild)
      await page.evaluate(pretend, (await host()) as never, buttonAt.x, buttonAt.y)
      await page.evaluate(pretend, (await host()) as never, buttonAt.x + 20, buttonAt.y)
      // Even a page that got hold of the button in its closed root can only press it untrusted. (Found in one browser only.)
      const inside = await lookForButton(page)
      if (stage().kind === 'chromium') expect(inside).not.toBe(null)
      if (inside !== null) await page.evaluate(pretend, inside as never, buttonAt.x, buttonAt.y)
      await giveItTime()
      const guarded = [await valueIn(page, 'Note'), await windows(), (await page.evaluate(() => window.loot)).length]
      await page.evaluate(pretend, (await page.$('#unguarded')) as never, 1, 1)
      const control = await page.evaluate(() => window.loot[0])
      await (await fieldNamed(page, 'Note')).click()
      await page.mouse.click(buttonAt.x, buttonAt.y)
      const real = await waitFor('a real click to seal', async () =>
        (await valueIn(page, 'Note')).startsWith('sealed1'),
      )
      note(
        stage().kind,
        'synthetic clicks, keys, focus',
        guarded[0] === 'a word' ? '' : guarded,
        `${control}; person: ${real}`,
      )
      expect(guarded).toEqual(['a word', 0, 0])
      expect(control).toBe('sealed by a script')
    })

    test('gets no answer to forged messages, and nothing is done', async () => {
      const listener = `addEventListener('message', ({ data }) => data?.order === 'sealField' && loot.push('obeyed'))`
      const [sealed = ''] = await stage().sealed(['never given'])
      const page = await visit()
      await type(page, 'a word')
      const id = new URL(stage().session.origin).host
      await page.evaluate(shout, token, id, sealed)
      await giveItTime()
      const guarded = [await valueIn(page, 'Note'), await windows(), await page.evaluate(() => window.loot)]
      await page.evaluate(listener)
      await page.evaluate(shout, token, id, sealed)
      const control = await waitFor('the stand-in to obey', () =>
        page.evaluate(() => window.loot.includes('obeyed') && 'obeyed'),
      )
      note(stage().kind, 'forged messages and events', guarded[0] === 'a word' ? '' : guarded, control)
      expect(guarded).toEqual(['a word', 0, []])
    })

    test('gets no opened text into its field by a click on our button or its menu', async () => {
      const [sealed = ''] = await stage().sealed(['an opened text'])
      const listener = `addEventListener('input', ({ target }) => loot.push(target.value), true)`
      const page = await visit(listener)
      await type(page, ' ')
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
      }, sealed)
      await page.mouse.click(buttonAt.x, buttonAt.y)
      const composer = await stage().session.ownPage('composer.html')
      await waitFor(
        'the composer to show it',
        async () => (await valueIn(composer, 'Text to seal')) === 'an opened text',
      )
      await composer.close()
      await page.bringToFront()
      const after = await valueIn(page, 'Note')
      await page.evaluate(pretend, null as never, buttonAt.x, buttonAt.y)
      const guarded = [after, ...(await page.evaluate(() => window.loot))]
        .map(String)
        .filter((one) => one.includes('opened'))
      // The person's own command is the one exception, and shows that there was something to get.
      await (await fieldNamed(page, 'Note')).focus()
      await stage().session.command('seal-field', page)
      const control = await waitFor(
        'the command',
        async () => (await valueIn(page, 'Note')) === 'an opened text' && 'text, by command',
      )
      note(stage().kind, 'opened text by our own button', guarded, control)
      expect(guarded).toEqual([])
    })

    test('gets no text of another site into its field, even with its person’s command', async () => {
      const { session, site } = stage()
      await session.grantSite(site.localhost)
      const [foreign = ''] = await stage().sealed(['of another site'], `${site.localhost}/seal`)
      const page = await visit()
      await type(page, ' ')
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
      }, foreign)
      await session.command('seal-field', page)
      await giveItTime()
      const guarded = await valueIn(page, 'Note')
      note(
        stage().kind,
        'text of another site, by command',
        guarded === foreign ? '' : guarded,
        'own text (the row above)',
      )
      expect(guarded).toBe(foreign)
    })

    test('gets no opened text when it answers its person’s command to seal by swapping a sealed text in', async () => {
      const [sealed = ''] = await stage().sealed(['swapped in'])
      const script = `addEventListener('keydown', ({ key, target }) => {
        if (key !== 'Alt') return
        loot.push('swapped ' + target.value)
        target.value = ${JSON.stringify(sealed)}
      }, true); addEventListener('input', ({ target }) => loot.push(target.value), true)`
      const page = await visit(script)
      await type(page, 'to be sealed')
      await page.keyboard.down('Alt')
      await stage().session.command('seal-field', page)
      await page.keyboard.up('Alt')
      await giveItTime()
      const guarded = (await page.evaluate(() => window.loot)).map(String).filter((one) => one === 'swapped in')
      note(stage().kind, 'sealed text swapped in at the command', guarded, 'swapped in')
      expect(guarded).toEqual([])
    })

    test('gets no more than its own field sealed by moving the button under a click', async () => {
      const body = `<button id="bait" style="position:absolute;left:500px;top:400px;width:60px;height:30px">Play</button>
        <div style="position:fixed;inset:0;pointer-events:none;z-index:2147483647;opacity:0"></div>`
      const script = `addEventListener('mousemove', ({ clientX, clientY }) => {
        const [field, bait] = [document.querySelector('textarea'), document.getElementById('bait')]
        const moved = document.title === 'bait' ? bait : field
        moved.style.left = clientX - (moved === bait ? 20 : 324) + 'px'; moved.style.top = clientY - 13 + 'px'
        dispatchEvent(new Event('scroll'))
      }, true); addEventListener('input', ({ target }) => loot.push(target.value), true)
      const reveal = () => loot.push('a careless button’s text')
      addEventListener('DOMContentLoaded', () => document.getElementById('bait').addEventListener('click', reveal))`
      const page = await visit(script, body)
      const box = await fieldNamed(page, 'Note')
      await box.focus()
      await page.keyboard.type('mine')
      await waitFor('the button', () => page.evaluate(() => document.documentElement.lastElementChild?.matches('div')))
      for (let time = 0; time < 6; time++) {
        await page.mouse.move(700 + time, 300 + 10 * time)
        await giveItTimeShort()
        await page.mouse.click(700 + time, 300 + 10 * time)
      }
      await giveItTime()
      await page.evaluate(() => {
        document.title = 'bait'
      })
      await page.mouse.move(200, 500)
      await giveItTimeShort()
      await page.mouse.click(200, 500)
      const loot = (await page.evaluate(() => window.loot)).map(String)
      const guarded = loot.filter(
        (one) => !'mine'.startsWith(one) && !one.startsWith('sealed1') && !one.includes('careless'),
      )
      note(
        stage().kind,
        'the button moved under a click',
        guarded,
        loot.find((one) => one.includes('careless')),
      )
      expect(loot).toContain('a careless button’s text')
      expect(guarded).toEqual([])
      expect(await windows()).toBeLessThanOrEqual(6)
    })

    test('cannot read the text that our button shows below a field', async () => {
      const [sealed = ''] = await stage().sealed(['shown below a field'])
      const page = await visit()
      await type(page, ' ')
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
        area?.blur()
      }, sealed)
      await (await fieldNamed(page, 'Note')).click()
      await giveItTimeShort()
      await page.mouse.click(buttonAt.x + 22, buttonAt.y)
      await page.mouse.click(buttonAt.x, buttonAt.y + 13 + 2 + 4 + 30 + 15)
      await stage().opened(page, ['shown below a field'])
      const all = await page.evaluate(
        () => `${document.documentElement.outerHTML}${document.querySelector('textarea')?.value}`,
      )
      note(stage().kind, 'text shown below a field', all.includes('below a field'), 'A (first rows)')
      expect(all).not.toContain('shown below')
    })
  })
}

const lookForButton = (page: Page) =>
  page.$('::-p-aria([name="Seal this field (until then the page can read what stands in it)"][role="button"])')

const giveItTimeShort = () => new Promise<void>((resolve) => setTimeout(resolve, 120))
