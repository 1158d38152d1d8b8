// Pages that wait for a person to put an opened text back, to get another text than the one agreed to, one more, or one in
// another document. The stand-in asks nothing, and from then on opens what is sealed in whatever field has the focus.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { ask } from '../e2e/asking.ts'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { fieldNamed, named, press, says, valueIn } from '../e2e/steps.ts'
import { words } from '../words.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'

const agreed = 'the text agreed to'
const another = 'another stored text'
const box = { left: 0, top: 0, width: 10, height: 10 }

export function puttingBackAttacks(stage: () => Stage): void {
  describe('a page whose person puts an opened text back', () => {
    /** A field with a sealed text, and what the page does about it once our window asks: at `Alt`, to the stand-in. */
    const visit = async (does: string, withStandIn = false) => {
      const [stored = '', other = ''] = await stage().sealed([agreed, another])
      const noting = `addEventListener('input', ({ target }) => top.loot.push(target.name + ': ' + target.value), true)`
      const inner = (then = '') =>
        html(`<textarea name="inner" aria-label="Inner">${stored}</textarea><script>${then}</script>`, noting)
      stage().site.give('inner', inner())
      stage().site.give('inner-again', inner(`document.querySelector('textarea').focus()`))
      const script = `loot = []
        ${noting}
        const stored = '${stored}', other = '${other}'
        const at = (name) => document.querySelector('[name=' + name + ']')
        const act = () => { ${does} }
        addEventListener('keydown', ({ key }) => key === 'Alt' && act())`
      const body = `<textarea name="note" aria-label="Note" rows="4" cols="60">${stored}</textarea>
        <textarea name="hidden" aria-label="Hidden" style="opacity:0"></textarea>
        <iframe src="/inner" style="display:block;width:600px;height:200px"></iframe>`
      const standIn = careless('putting', another)
      const page = await stage().visit('putting-back', html(body + (withStandIn ? standIn : ''), script))
      await waitFor('the content script', () => stage().ask(page.url(), [{ name: 'getSiteState', request: {} }]))
      return { page, stored, other }
    }
    const plaintexts = async (page: Page) => {
      const inFields = page
        .frames()
        .map((frame) =>
          frame
            .evaluate(() => [...document.querySelectorAll('textarea')].map(({ name, value }) => `${name}: ${value}`))
            .catch(() => []),
        )
      const all = [...(await Promise.all(inFields)).flat(), ...(await page.evaluate(() => window.loot)).map(String)]
      return [...new Set(all.filter((each) => each.includes(agreed) || each.includes(another)))]
    }
    const fromStandIn = async (does: string, when: (got: string[]) => boolean, times = 1) => {
      const { page } = await visit(does, true)
      await (await fieldNamed(page, 'Note')).click()
      await page.keyboard.press('Alt')
      const got = await waitFor('the stand-in to put a text there', async () => {
        const all = await plaintexts(page)
        const inputs = await page.evaluate(() => window.loot.length)
        return when(all) && inputs >= times && all
      })
      // It goes on for as long as its page is there.
      await page.goto('about:blank')
      return got
    }
    /** The person clicks into a field and commands it; our window asks. */
    const asks = async (page: Page, label: string, frame = page.mainFrame()) => {
      await (await fieldNamed(frame, label)).click()
      await stage().session.command('put-back', page)
      const window = await stage().session.ownPage('composer.html')
      await named(window, words('composer.putBack.confirm'), 'button')
      return window
    }
    /** The same by the keys, at which a page may act. */
    const asksWithAlt = async (page: Page) => {
      await (await fieldNamed(page, 'Note')).click()
      await page.keyboard.down('Alt')
      await stage().session.command('put-back', page)
      await page.keyboard.up('Alt')
      return stage().session.ownPage('composer.html')
    }
    const agrees = (window: Page) => press(window, words('composer.putBack.confirm'))
    const closed = () =>
      waitFor('our window to close', async () => (await stage().session.ownPages('composer.html')).length === 0)
    /** All that the content scripts' world of every frame is told from now on, by the browser's own word. */
    const hears = (page: Page) =>
      stage().session.inBackground(async (scope, url) => {
        const { tabs, scripting } = (scope.browser ?? scope.chrome) as unknown as Tabs
        const tab = (await tabs.query({})).find((one) => one.url === url)
        const hear = () => {
          const world = globalThis as unknown as { heard: string; chrome: Listening }
          world.heard = ''
          world.chrome.runtime.onMessage.addListener((message) => {
            world.heard += JSON.stringify(message)
          })
        }
        await scripting.executeScript({ target: { tabId: tab?.id ?? 0, allFrames: true }, func: hear })
      }, page.url())
    const heard = (page: Page) =>
      stage().session.inBackground(async (scope, url) => {
        const { tabs, scripting } = (scope.browser ?? scope.chrome) as unknown as Tabs
        const tab = (await tabs.query({})).find((one) => one.url === url)
        const tell = () => (globalThis as unknown as { heard: string }).heard
        const told = await scripting.executeScript({ target: { tabId: tab?.id ?? 0, allFrames: true }, func: tell })
        return told.map(({ result }) => String(result)).join('\n')
      }, page.url())

    test.each([
      ['another stored text in the same field', 'at("note").value = other', /no longer in that field/],
      [
        'the field taken away, and another with the focus',
        'at("note").remove(); at("hidden").value = stored; at("hidden").focus()',
        /page or its field is gone/,
      ],
      [
        'another field in the place of the first, with the same name and text',
        'at("note").replaceWith(Object.assign(document.createElement("textarea"), { name: "note", value: stored })); at("note").focus()',
        /page or its field is gone/,
      ],
    ])('gets nothing by %s', async (what, does, words) => {
      const control = await fromStandIn(does, (got) => got.length > 0)
      const { page } = await visit(does)
      const asking = await asks(page, 'Note')
      await page.evaluate('act()')
      await agrees(asking)
      await says(asking, words)
      // The text is not lost.
      await says(asking, agreed)
      await settled(stage().session, page)
      const guarded = await plaintexts(page)
      await asking.close()
      played(stage().kind, `putting back: ${what}`, guarded, control)
    })

    test.each([
      ['a hidden field', 'at("hidden").value = other; at("hidden").focus()'],
      [
        'a field in another frame',
        'const inner = document.querySelector("iframe").contentDocument.querySelector("textarea"); inner.value = other; inner.focus()',
      ],
    ])('has no text of %s opened by moving the focus there at the command', async (what, does) => {
      const control = await fromStandIn(does, (got) => got.length > 0)
      const { page } = await visit(does)
      const asking = await asksWithAlt(page)
      await says(asking, /field “Note”/)
      await says(asking, agreed)
      await agrees(asking)
      await waitFor('the text that was agreed to', async () => (await valueIn(page, 'Note')) === agreed)
      await settled(stage().session, page)
      const guarded = (await plaintexts(page)).filter((one) => one !== `note: ${agreed}`)
      played(stage().kind, `putting back: ${what} in focus at the command`, guarded, control)
    })

    test('gets no text that it puts into the field at the command before the person has seen it and agreed', async () => {
      const does = 'at("note").value = other'
      const control = await fromStandIn(does, (got) => got.length > 0)
      const { page } = await visit(does)
      const asking = await asksWithAlt(page)
      await says(asking, another)
      await settled(stage().session, page)
      const guarded = await plaintexts(page)
      await press(asking, 'Cancel')
      await closed()
      guarded.push(...(await plaintexts(page)))
      played(stage().kind, 'putting back: the field’s text swapped at the command', guarded, control)
    })

    test('gets nothing into a field that it moves the focus to', async () => {
      const does = 'at("hidden").value = stored; at("hidden").focus()'
      const control = await fromStandIn(does, (got) => got.some((one) => one.startsWith('hidden')))
      const { page, stored } = await visit(does)
      const asking = await asks(page, 'Note')
      await page.evaluate('act()')
      await agrees(asking)
      await waitFor('the text that was agreed to', async () => (await valueIn(page, 'Note')) === agreed)
      await closed()
      await settled(stage().session, page)
      expect(await valueIn(page, 'Hidden')).toBe(stored)
      const guarded = (await plaintexts(page)).filter((one) => !one.startsWith('note'))
      played(stage().kind, 'putting back: the focus moved to another field', guarded, control)
    })

    test('gets nothing into another document that it loads into the frame, nor is that told of it', async () => {
      const does = 'document.querySelector("iframe").contentWindow.location = "/inner-again"'
      const control = await fromStandIn(does, (got) => got.some((one) => one.startsWith('inner')))
      const { page } = await visit(does)
      const [, frame] = page.frames()
      if (frame === undefined) throw new Error('expected a frame')
      const asking = await asks(page, 'Inner', frame)
      await page.evaluate('act()')
      await waitFor('the other document', () =>
        page.evaluate(() => document.querySelector('iframe')?.contentWindow?.location.pathname === '/inner-again'),
      )
      await waitFor('our content script in it', () => hears(page).then(() => true))
      await agrees(asking)
      await says(asking, /page or its field is gone/)
      await settled(stage().session, page)
      const guarded = await plaintexts(page)
      await asking.close()
      // What listened in that world did hear what it was told.
      await stage().session.command('open-page', page)
      const told = await waitFor('a tab command to be heard', async () => {
        const all = await heard(page)
        return all.includes('"command":"openTexts"') && all
      })
      played(stage().kind, 'putting back: another document in the frame', told.includes(agreed) || guarded, control)
    })

    test('gets no second text for one that was agreed to', async () => {
      const again = 'at("note").addEventListener("input", () => setTimeout(() => { at("note").value = other }))'
      const control = await fromStandIn(again, () => true, 2)
      const { page, stored, other } = await visit('')
      const asking = await asks(page, 'Note')
      const windowRequest = new URL(asking.url()).hash.slice(1)
      await agrees(asking)
      await waitFor('the text that was agreed to', async () => (await valueIn(page, 'Note')) === agreed)
      await closed()
      await page.evaluate(() => window.loot.splice(0))
      const guarded: unknown[] = []
      const ours = stage().keep(await stage().session.openExtensionPage('composer.html'))
      for (const text of [stored, other]) {
        await page.evaluate((value) => {
          const note = document.querySelector('textarea')
          if (note) note.value = value
        }, text)
        // Whoever had the name of the window that asked.
        guarded.push((await ask(ours, 'confirmPutBack', { windowRequest })).ok)
        await settled(stage().session, page)
        guarded.push(...(await plaintexts(page)))
      }
      await ours.close()
      played(stage().kind, 'putting back: a second text', guarded, control)
    })

    test('finds no grant left behind by a seal', async () => {
      const control = await fromStandIn('', (got) => got.length > 0)
      const { page, other } = await visit('')
      const note = await fieldNamed(page, 'Note')
      await note.click({ count: 3 })
      await page.keyboard.press('Backspace')
      await page.keyboard.type('my own words')
      await stage().session.command('seal-field', page)
      await waitFor('the field to be sealed', async () => /^sealed1\w+$/.test(await valueIn(page, 'Note')))
      await page.evaluate((text) => {
        const [area] = document.querySelectorAll('textarea')
        if (area) area.value = text
      }, other)
      const field = { id: 'A'.repeat(22), label: 'Note', maxChars: null }
      const [answer] = await stage().ask(page.url(), [
        { name: 'openPutBackWindow', request: { field, sealed: other, box } },
      ])
      expect(answer).toEqual({ ok: false, code: 'refused' })
      await settled(stage().session, page)
      const windows = (await stage().session.ownPages('composer.html')).length
      played(stage().kind, 'putting back: after a seal', [...(await plaintexts(page)), windows], control)
    })
  })
}

interface Listening {
  runtime: { onMessage: { addListener(hear: (message: unknown) => void): void } }
}

interface Tabs {
  tabs: { query(asked: object): Promise<{ id: number; url?: string }[]> }
  scripting: { executeScript(what: object): Promise<{ result: unknown }[]> }
}
