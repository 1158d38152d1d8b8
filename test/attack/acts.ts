// Pages that act instead of a person: synthetic events, forged messages, and a person's own click or command turned against
// them. At most the page's own field is sealed, or a window of ours opens. The stand-in puts its text into the field.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { answered, ask } from '../e2e/asking.ts'
import { chooseMenu } from '../e2e/browserUi.ts'
import { ourButton } from '../e2e/ours.ts'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { fieldNamed, openedTexts, valueIn } from '../e2e/steps.ts'
import { words as catalogueWords } from '../words.ts'
import { careless } from './careless.ts'
import { pretend, shout } from './pretences.ts'
import { gotten, inFrame, inPage, inRoot, words } from './reading.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'
import { allTricks } from './tricks.ts'

const token = 'A'.repeat(22)
const field =
  '<textarea aria-label="Note" style="position:absolute;left:40px;top:60px;width:300px;height:80px"></textarea>'
/** Where the button stands beside that field. */
const buttonAt = { x: 40 + 300 + 6 + 4 + 14, y: 60 + 13 }

export function actsAttacks(stage: () => Stage): void {
  describe('a page that acts', () => {
    const visit = async (script = '', body = '') => {
      const page = await stage().visit('acts', html(field + body, `loot = []\n${script}`))
      await waitFor('the content script', () => stage().ask(page.url(), [{ name: 'getSiteState', request: {} }]))
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

    /** The stand-in's button, and a page that tells of whatever comes into its field. */
    const carelessly = (ways = 'button') => careless(ways, 'a careless text', 'position:absolute;left:40px;top:300px')
    const listening = `addEventListener('input', ({ target }) => loot.push(target.value), true)`
    const got = async (page: Page, text = 'a careless text') =>
      (await page.evaluate(() => window.loot)).includes(text) ? text : null

    test('seals nothing and opens nothing by synthetic clicks, keys, shortcuts and focus', async () => {
      const page = await visit(listening, carelessly('button obeying'))
      await type(page, 'a word')
      const host = () => page.evaluateHandle(() => document.documentElement.lastElementChild)
      await page.evaluate(() => window.loot.splice(0))
      await page.evaluate(pretend, (await host()) as never, buttonAt.x, buttonAt.y)
      await page.evaluate(pretend, (await host()) as never, buttonAt.x + 20, buttonAt.y)
      // Even a page that got hold of the button in its closed root can only press it untrusted. (Found in one browser only.)
      const inside = await lookForButton(page)
      if (stage().kind === 'chromium') expect(inside).not.toBe(null)
      if (inside !== null) await page.evaluate(pretend, inside as never, buttonAt.x, buttonAt.y)
      // The stand-in hears the same shortcuts, and has put its text there by them: that is not ours.
      const control: (string | null)[] = [await waitFor('the stand-in to obey', () => got(page))]
      await settled(stage().session, page)
      const left = await valueIn(page, 'Note')
      await page.evaluate(() => window.loot.splice(0))
      await page.evaluate(pretend, (await page.$('.careless')) as never, 60, 305)
      control.push(await got(page))
      const guarded = [left.startsWith('sealed1') && left, await windows()]
      await (await fieldNamed(page, 'Note')).click()
      await page.mouse.click(buttonAt.x, buttonAt.y)
      await waitFor('a real click to seal', async () => (await valueIn(page, 'Note')).startsWith('sealed1'))
      expect(control).toEqual(['a careless text', 'a careless text'])
      played(stage().kind, 'synthetic clicks, keys, shortcuts, focus', guarded, control[0])
    })

    test('chooses no field for a sealed text in the place of the person who was asked to', async () => {
      const page = await visit(listening, carelessly('obeying'))
      await stage().ask(page.url(), [{ name: 'seal', request: { text: 'to be placed', replaces: null } }])
      const library = await stage().session.openExtensionPage('library.html')
      const listed = { of: 'texts', search: '', order: 'time', offset: 0, count: 1 }
      const { entries } = (await answered(ask(library, 'listEntries', listed))) as { entries: { id: string }[] }
      const placing = await answered(ask(library, 'placeEntry', { id: entries[0]?.id ?? '' }))
      expect(placing).toEqual({ placing: 'waiting' })
      const note = await page.$('textarea')
      await page.evaluate(pretend, note as never, 100, 100)
      const control = await waitFor('the stand-in to obey', () => got(page))
      await settled(stage().session, page)
      const seen = async () => (await page.evaluate(() => window.loot)).some((one) => String(one).includes('sealed1'))
      const guarded = (await seen()) || (await valueIn(page, 'Note')).includes('sealed1')
      await note?.click()
      await waitFor('a real click to choose', async () => (await valueIn(page, 'Note')).includes('sealed1'))
      await library.close()
      played(stage().kind, 'synthetic choosing of a field', guarded, control)
    })

    test('gets no answer to forged messages, and nothing is done', async () => {
      const [sealed = ''] = await stage().sealed(['never given'])
      const page = await visit('', carelessly('obeying'))
      await type(page, 'a word')
      const ours = new URL(stage().session.origin).host
      await page.evaluate(shout, token, ours, sealed)
      const control = [
        await waitFor('the stand-in to obey', async () => (await valueIn(page, 'Note')) === 'a careless text'),
      ]
      await settled(stage().session, page)
      const guarded = [await windows(), ...(await page.evaluate(() => window.loot.splice(0)))]
      await page.evaluate(shout, token, stage().carelessId, sealed)
      if (stage().kind === 'chromium') {
        control.push(await waitFor('the stand-in to answer', () => page.evaluate(() => window.loot.length > 0)))
      }
      played(stage().kind, 'forged messages and events', guarded, control && 'obeyed; answered where pages can ask')
    })

    test('gets no opened text into its field by a click on our button or its menu, nor by Tab and Enter', async () => {
      const [sealed = ''] = await stage().sealed(['an opened text'])
      const page = await visit(listening, carelessly())
      await type(page, ' ')
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
      }, sealed)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const control = await waitFor('the stand-in’s button, by Tab and Enter', () => got(page))
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
        window.loot.length = 0
      }, sealed)
      expect(await windows()).toBe(0)
      await (await fieldNamed(page, 'Note')).click()
      await page.mouse.click(buttonAt.x, buttonAt.y)
      const composer = await stage().session.ownPage('composer.html')
      await waitFor(
        'the composer to show it',
        async () => (await valueIn(composer, catalogueWords('composer.write.text'))) === 'an opened text',
      )
      await composer.close()
      await page.bringToFront()
      const after = await valueIn(page, 'Note')
      await page.evaluate(pretend, null as never, buttonAt.x, buttonAt.y)
      const loot = (await page.evaluate(() => window.loot)).map(String)
      const guarded = [after, ...loot].filter((one) => one.includes('an opened'))
      await (await page.$('.careless'))?.click()
      await waitFor('the stand-in’s button, by a click', () => got(page))
      played(stage().kind, 'opened text by our own button, Tab and Enter', guarded, control)
    })

    // Whatever the page does at the moment of a command to seal: nothing opens, and what is sealed is the person's own field.
    test.each([
      ['a stored text put into a hidden field that gets the focus', 'keydown', 'hidden.value = stored; hidden.focus()'],
      ['a stored text put into the field at hand', 'keydown', 'target.value = stored'],
      ['a stored text put into a field at its context menu', 'contextmenu', 'target.value = stored'],
      ['another frame that takes the focus', 'keydown', 'inner.value = stored; inner.focus()'],
    ])('gets no text opened into it by a command to seal, with %s', async (what, at, does) => {
      const { session, kind } = stage()
      const [stored = ''] = await stage().sealed(['a stored text'])
      const script = `const stored = ${JSON.stringify(stored)}; let done = false
        addEventListener('load', () => addEventListener('${at}', ({ key, target }) => {
          if (done || ('${at}' === 'keydown' && key !== 'Alt')) return
          done = true
          const hidden = document.querySelector('[aria-label=Hidden]')
          const inner = document.querySelector('iframe').contentDocument.querySelector('textarea')
          ${does}
        }))
        ${listening}`
      const body = `<textarea aria-label="Hidden" style="position:absolute;left:0;top:0;width:1px;height:1px;opacity:0"></textarea>
        <iframe srcdoc="<textarea oninput='parent.loot.push(value)'></textarea>" style="position:absolute;top:220px;left:400px"></iframe>`
      const inFields = (page: Page) =>
        page.evaluate(() => {
          const inner = document.querySelector('iframe')?.contentDocument?.querySelector('textarea')
          return [...document.querySelectorAll('textarea'), inner].map((area) => area?.value ?? '').join('\n')
        })
      const give = async (page: Page) => {
        await type(page, 'my own words')
        if (at === 'contextmenu') {
          await (await fieldNamed(page, 'Note')).click({ button: 'right' })
          await chooseMenu(session, page, 'seal-field', true)
        } else {
          await page.keyboard.down('Alt')
          await session.command('seal-field', page)
          await page.keyboard.up('Alt')
        }
      }
      const theirs = await visit(script, body + carelessly('toggling'))
      await type(theirs, 'my own words')
      if (at === 'contextmenu') await (await fieldNamed(theirs, 'Note')).click({ button: 'right' })
      else await theirs.keyboard.press('Alt')
      const control = await waitFor('the stand-in to open a text', () => got(theirs))

      const page = await visit(script, body)
      await give(page)
      const swaps = does.startsWith('target')
      const after = await waitFor('the command to have been obeyed', async () => {
        const [own = ''] = (await inFields(page)).split('\n')
        if (swaps) return (await windows()) > 0 && own
        return own.startsWith('sealed1') && own
      })
      if (swaps) expect(after).toBe(stored)
      else expect(after).not.toBe(stored)
      const all = [await inFields(page), ...(await page.evaluate(() => window.loot)).map(String)]
      for (const composer of await session.ownPages('composer.html')) await composer.close()
      played(
        kind,
        `command to seal: ${what}`,
        all.filter((one) => one.includes('a stored text')),
        control,
      )
    })

    test('cannot have lost what a person writes while the field is sealed, nor by taking the field away', async () => {
      // From the command on, letters keep coming; what the field held before each of them is noted.
      const script = `addEventListener('keydown', ({ key, target }) => {
        if (key !== 'Alt') return
        const coming = setInterval(() => {
          loot.push(target.value)
          if (target.value.startsWith('sealed') || loot.length > 150) clearInterval(coming)
          else target.value += '.'
        }, 2)
      }, true)
      addEventListener('input', ({ target }) => document.title === 'taker' && target.value.startsWith('sealed1') && target.remove(), true)`
      const written = async (page: Page) => {
        const values = await waitFor('the letters to have come', () =>
          page.evaluate(() => {
            const all = window.loot.map(String)
            return (all.length > 150 || all.at(-1)?.startsWith('sealed')) && all
          }),
        )
        const sealed = values.findIndex((value) => value.startsWith('sealed'))
        return { last: values.at(sealed < 0 ? -1 : sealed - 1) ?? '', now: await valueIn(page, 'Note') }
      }
      const theirs = await visit(script, carelessly('sealing'))
      await type(theirs, 'written')
      await theirs.keyboard.press('Alt')
      const before = await written(theirs)
      const isWhole = before.now === `sealed ${before.last}` || before.now === `sealed ${before.last}.`
      const control = !isWhole && 'what was written meanwhile'

      const page = await visit(script)
      await type(page, 'written')
      await page.keyboard.down('Alt')
      await stage().session.command('seal-field', page)
      await page.keyboard.up('Alt')
      const { last, now } = await written(page)
      let kept = now.startsWith(last)
      if (now.startsWith('sealed1')) {
        const shown = await stage().visit('kept', html(`<p>${now}</p>`))
        const [text = ''] = await waitFor('the sealed text to open', async () => {
          const texts = await openedTexts(stage().session, shown)
          return texts.length === 1 && texts
        })
        // The last letter came after its note.
        kept = text === last || text === `${last}.`
        await page.bringToFront()
      }
      await page.reload()
      await waitFor('the content script', () => stage().ask(page.url(), [{ name: 'getSiteState', request: {} }]))
      await page.evaluate(() => {
        document.title = 'taker'
      })
      await type(page, 'written')
      await stage().session.command('seal-field', page)
      await ourButton(stage().session, page, catalogueWords('page.copySealed'))
      expect(await page.$('textarea')).toBe(null)
      played(stage().kind, 'text changed, field removed while sealing', !kept && 'lost', control)
    })

    test('cannot have another text sealed than stands in the field, by lying about its value', async () => {
      const lie = `addEventListener('DOMContentLoaded', () => {
        const area = document.querySelector('textarea')
        const real = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
        Object.defineProperty(area, 'value', { get: () => 'a lie', set(text) { loot.push(text); real.set.call(area, text) } })
        Object.defineProperty(area, 'isConnected', { get: () => false })
        Object.defineProperty(area, 'maxLength', { get: () => 1 })
      })`
      const page = await visit(lie)
      await type(page, 'the truth')
      await page.mouse.click(buttonAt.x, buttonAt.y)
      const real = () =>
        page.evaluate(() => {
          const { get } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {}
          return String(get?.call(document.querySelector('textarea')))
        })
      const sealed = await waitFor('the field to be sealed', async () => {
        const value = await real()
        return value.startsWith('sealed1') && value
      })
      const shown = await stage().visit('truth', html(`<p>${sealed}</p>`))
      await stage().opened(shown, ['the truth'])
      const control = await page.evaluate(() => document.querySelector('textarea')?.value)
      played(
        stage().kind,
        'a field that lies about its value',
        (await page.evaluate(() => window.loot)).length,
        control,
      )
    })

    test('gets no more than its own field sealed by moving the button under a click', async () => {
      const body = `${carelessly()}
        <div style="position:fixed;inset:0;pointer-events:none;z-index:2147483647;opacity:0"></div>`
      const script = `addEventListener('mousemove', ({ clientX, clientY }) => {
        const [field, bait] = [document.querySelector('textarea'), document.querySelector('.careless')]
        const moved = document.title === 'bait' ? bait : field
        if (moved === bait) bait.style.position = 'fixed'
        moved.style.left = clientX - (moved === bait ? 20 : 324) + 'px'; moved.style.top = clientY - 13 + 'px'
        dispatchEvent(new Event('scroll'))
      }, true); ${listening}`
      const page = await visit(script, body)
      const box = await fieldNamed(page, 'Note')
      await box.focus()
      await page.keyboard.type('mine')
      await waitFor('the button', () => page.evaluate(() => document.documentElement.lastElementChild?.matches('div')))
      for (let time = 0; time < 6; time++) {
        await page.mouse.move(700 + time, 300 + 10 * time)
        await settled(stage().session, page)
        await page.mouse.click(700 + time, 300 + 10 * time)
      }
      await settled(stage().session, page)
      await page.evaluate(() => {
        document.title = 'bait'
      })
      await page.mouse.move(200, 500)
      await settled(stage().session, page)
      await page.mouse.click(200, 500)
      const control = await waitFor('the stand-in’s button', () => got(page))
      const loot = (await page.evaluate(() => window.loot)).map(String)
      const guarded = loot.filter(
        (one) => !'mine'.startsWith(one) && !one.startsWith('sealed1') && !one.includes('careless'),
      )
      played(stage().kind, 'the button moved under a click', guarded, control)
      expect(await windows()).toBeLessThanOrEqual(6)
    })

    test('cannot read the text that our button shows below a field', async () => {
      const [sealed = ''] = await stage().sealed([words(inFrame)])
      const body = `<div style="position:absolute;top:400px"><p>${words(inPage)}</p>${careless('root serializable', words(inRoot))}</div>`
      const page = await visit(allTricks, body)
      await type(page, ' ')
      await page.evaluate((text) => {
        const area = document.querySelector('textarea')
        if (area) area.value = text
        area?.blur()
      }, sealed)
      await (await fieldNamed(page, 'Note')).click()
      await waitFor('the button', () =>
        page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.matches('div'), buttonAt),
      )
      await page.mouse.click(buttonAt.x + 22, buttonAt.y)
      await page.mouse.click(buttonAt.x, buttonAt.y + 13 + 2 + 4 + 30 + 15)
      await stage().opened(page, [words(inFrame)])
      const play = (start: string) =>
        page.evaluate((from) => ['find', 'walk', 'read'].map((name) => window.tricks[name]?.(from as never)), start)
      const [a, b, guarded] = [await play(inPage.start), await play(inRoot.start), await play(inFrame.start)]
      played(stage().kind, 'reading the text shown below a field', guarded, gotten(a.find(Boolean), b.find(Boolean)))
    })
  })
}

const lookForButton = (page: Page) =>
  page.$('::-p-aria([name="Seal this field (until then the page can read what stands in it)"][role="button"])')
