// Pages that go for the reader frame itself. They are given the frame's element, which in one browser a page can get by
// itself: embedding readers of their own, forging and replaying admissions, putting a fake in the frame's place.

import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { giveItTime, lock, unlock } from '../e2e/steps.ts'
import { admission, careless, fake, forge, overhear } from './fakes.ts'
import { html } from './site.ts'
import { password, type Stage } from './stage.ts'
import { note } from './table.ts'

const secret = 'Only for the person in front'

export function framesAttacks(stage: () => Stage): void {
  describe('a page that goes for the frame', () => {
    let sealed: string
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([secret])
      stage().site.give('fake', fake)
      stage().site.give('careless', careless)
    })
    const visit = async (body = '', script = overhear): Promise<Page> => {
      const page = await stage().visit('frames', html(`<p id="place">${sealed}</p>${body}`, script))
      await stage().opened(page, [secret])
      return page
    }
    const loot = async (page: Page) => (await page.evaluate(() => window.loot)).map(String)
    const shownIn = (frame: Frame) => frame.evaluate(() => document.body.textContent?.trim() ?? '')
    /** Not by the protocol: one browser does not tell it of a page that comes back out of its cache. */
    const back = async (page: Page) => {
      await page.evaluate(() => setTimeout(() => history.back()))
      await waitFor('the page to be back', () => page.evaluate(() => location.pathname === '/frames'))
    }
    const away = async (page: Page) => {
      await page.evaluate(() => setTimeout(() => location.assign('/away')))
      await waitFor('the page to be another', () => page.evaluate(() => location.pathname === '/away'))
    }
    const embed = async (
      page: Page,
      url: string,
    ): Promise<{ element: ElementHandle<HTMLIFrameElement>; frame: Frame }> => {
      const element = (await page.evaluateHandle((src) => {
        const made = document.createElement('iframe')
        made.src = src
        document.body.append(made)
        return made
      }, url)) as ElementHandle<HTMLIFrameElement>
      const frame = await waitFor('the embedded frame', () => element.contentFrame())
      await waitFor('the embedded frame to load', () =>
        frame.evaluate((u) => location.href === u && document.readyState === 'complete', url),
      )
      return { element, frame }
    }
    const post = (page: Page, element: ElementHandle<HTMLIFrameElement>, message: string, count: number) =>
      page.evaluate(
        (iframe, source, said, times) => {
          const send = new Function(`return ${source}`)() as (to: Window | null, said: string, times: number) => void
          send(iframe.contentWindow, said, times)
        },
        element,
        String(forge),
        message,
        count,
      )

    test('gets a blank frame when it embeds the reader itself and forges admissions', async () => {
      const page = await visit()
      const { element, frame } = await embed(page, stage().session.extensionUrl('reader.html'))
      await post(page, element, admission, 30)
      await waitFor('the forgeries to be answered', async () => (await loot(page)).length >= 30)
      const [guarded, shown] = [[...new Set(await loot(page))], await shownIn(frame)]
      const standIn = await embed(page, `${stage().site.origin}/careless`)
      await post(page, standIn.element, admission, 1)
      const control = await waitFor('the stand-in', async () =>
        (await loot(page)).find((one) => one.includes('careless')),
      )
      note(stage().kind, 'own embedding of the reader, forged admissions', shown, control)
      expect(shown).toBe('')
      expect(guarded).toEqual(['{"news":"lost"}'])
      await stage()
        .opened(page, [secret])
        .catch(() => undefined)
      expect(await stage().session.readerFrames(page)).toHaveLength(2)
    })

    test('cannot keep a text from opening by many embedded readers and forged admissions beforehand', async () => {
      const script = `${overhear}; addEventListener('DOMContentLoaded', () => {
        for (let made = 0; made < 8; made++) {
          const iframe = document.createElement('iframe')
          iframe.src = ${JSON.stringify(stage().session.extensionUrl('reader.html'))}
          iframe.onload = () => (${forge})(iframe.contentWindow, ${JSON.stringify(admission)}, 200)
          document.body.append(iframe)
        }
      })`
      const page = await stage().visit('frames', html(`<p>${sealed}</p>`, script))
      await waitFor('the forgeries', async () => (await loot(page)).length >= 100)
      const texts = await waitFor('the text to open all the same', async () => {
        const shown = await stage().shown(page)
        return shown.filter((text) => text.includes(secret)).length === 1 && shown.filter((text) => text !== '')
      })
      note(stage().kind, '1600 forged admissions', texts.length - 1, 'see the row above')
      expect(texts).toHaveLength(1)
    })

    test('cannot disturb an open text by admissions forged to its very frame', async () => {
      const page = await visit()
      await post(page, await stage().frameElement(page), admission, 100)
      await giveItTime()
      await stage().opened(page, [secret])
      const got = new Set(await loot(page))
      note(stage().kind, 'admissions forged to the real frame', [...got], 'see above')
      expect([...got].every((one) => one === '{"news":"lost"}')).toBe(true)
    })

    test('sees nothing of the message that admits the real frame, not even with a fake in its place', async () => {
      const page = await visit()
      expect(await loot(page)).toEqual([])
      const element = await stage().frameElement(page)
      const [old] = await stage().session.readerFrames(page)
      await page.evaluate((iframe) => {
        iframe.src = '/fake'
      }, element)
      await waitFor('the fake to come up', async () => (await loot(page)).includes('fake is here'))
      await waitFor('the old frame to go', () => old?.detached !== false || old.url().includes('fake'))
      await stage().opened(page, [secret])
      const guarded = (await loot(page)).filter((one) => one.startsWith('FAKE '))
      const standIn = await embed(page, `${stage().site.origin}/fake`)
      await page.evaluate((iframe) => iframe.contentWindow?.postMessage('naive-ticket', '*'), standIn.element)
      const control = await waitFor('the stand-in', async () => (await loot(page)).find((one) => one.includes('naive')))
      note(stage().kind, 'a fake navigated into the frame', guarded, control)
      expect(guarded).toEqual([])
    })

    test('gets no ticket by navigating the frame to a fake again and again, and leaves the ciphertext in the end', async () => {
      const page = await visit()
      for (let time = 0; time < 8; time++) {
        if ((await stage().session.readerFrames(page)).length === 0) break
        const element = await stage().frameElement(page)
        await page.evaluate((iframe) => iframe.contentWindow?.location.replace('/fake'), element).catch(() => undefined)
        await giveItTime()
      }
      const guarded = (await loot(page)).filter((one) => one.startsWith('FAKE '))
      note(stage().kind, 'a fake, eight times over', guarded, 'naive-ticket (the row above)')
      expect(guarded).toEqual([])
      expect(await page.$eval('#place', (place) => place.textContent)).toContain(sealed)
    })

    test('finds no frame by number or by name, and none to open a fake in', async () => {
      const page = await visit('<iframe name="theirs" srcdoc="theirs"></iframe>')
      const names = ['Fieldseal', 'reader', 'fieldseal', 'frame', 'sealed']
      const guarded = await page.evaluate((all) => {
        const found = all.filter((name) => (window as unknown as Record<string, unknown>)[name] instanceof Window)
        return [...found, ...(window.length > 1 ? [`${window.length} frames`] : [])]
      }, names)
      const control = await page.evaluate(() => {
        const opened = open('/fake', 'theirs')
        return opened === window[0] && window.length === 1
      })
      note(stage().kind, 'frames by number and name', guarded, control && 'navigated by its name')
      expect(guarded).toEqual([])
      expect(control).toBe(true)
    })

    test('gets nothing by moving the host, re-inserting it, or taking it into another document', async () => {
      const page = await visit('<section></section><iframe id="inner" srcdoc="<p>inner</p>"></iframe>')
      const inner = await page.evaluate(async () => {
        const place = document.getElementById('place')
        const host = place?.querySelector('div')
        const section = document.querySelector('section')
        const frame = document.querySelector<HTMLIFrameElement>('#inner')
        if (!host || !section || !frame) return 'no host'
        const pause = () => new Promise((resolve) => setTimeout(resolve, 250))
        section.append(host)
        await pause()
        place?.append(host)
        await pause()
        host.remove()
        await pause()
        document.body.prepend(host)
        await pause()
        frame.contentDocument?.body.append(host)
        await pause()
        return frame.contentDocument?.body.textContent
      })
      const texts = await waitFor('the text to be shown once, in its place', async () => {
        const shown = await stage().shown(page)
        return shown.filter((text) => text.includes(secret)).length === 1 && shown
      })
      note(
        stage().kind,
        'host moved, re-inserted, adopted elsewhere',
        (await loot(page)).join(),
        'texts reload; see fake',
      )
      expect(inner).toBe('inner')
      expect(texts.filter((text) => text.includes(secret))).toHaveLength(1)
      expect(await loot(page)).toEqual([])
    })

    test('gets nothing from a ticket that leaked once it was used, or in another tab, or on another site', async () => {
      const page = await visit('<iframe srcdoc="<p>inner</p>"></iframe>')
      const ticket = async () => admission.replace('A'.repeat(22), await stage().ticketFor(page.url(), sealed))
      const reader = stage().session.extensionUrl('reader.html')
      const own = await embed(page, reader)
      const once = await ticket()
      await post(page, own.element, once, 1)
      // A page that had a ticket could have the text shown, though to its person only: it is worth keeping.
      const control = await waitFor('a valid ticket to open', async () => (await shownIn(own.frame)).includes(secret))
      const again = await embed(page, reader)
      await post(page, again.element, once, 1)
      await giveItTime()
      const replayed = await shownIn(again.frame)
      const elsewhere = await stage().visit('elsewhere', html('', overhear))
      const foreign = await embed(elsewhere, reader)
      await post(elsewhere, foreign.element, await ticket(), 1)
      await giveItTime()
      const inOtherTab = await shownIn(foreign.frame)
      await page.bringToFront()
      const inOther = await stage().open(`${stage().site.localhost}/elsewhere`)
      const other = await embed(inOther, reader)
      await post(inOther, other.element, await ticket(), 1)
      await giveItTime()
      const onOtherSite = await shownIn(other.frame)
      const guarded = [replayed, inOtherTab, onOtherSite]
      note(stage().kind, 'a leaked ticket replayed, in other tab or site', guarded.join(''), control && 'opens, once')
      expect(guarded).toEqual(['', '', ''])
    })

    test('gets a blank page when it opens the reader as a page of its own', async () => {
      const page = await stage().session.openExtensionPage('reader.html')
      await page.evaluate((message) => window.postMessage(message, '*', [new MessageChannel().port2]), admission)
      await giveItTime()
      const guarded = await page.evaluate(() => document.body.textContent?.trim() ?? '')
      await page.close()
      note(stage().kind, 'reader opened as a page of its own', guarded, 'opens where its ticket says')
      expect(guarded).toBe('')
    })

    test('shows nothing stale after navigating away, and nothing opened after a lock in between', async () => {
      const page = await visit()
      // By what is to be seen: one browser does not tell the protocol of frames that come back out of its cache.
      const look = () => page.screenshot({ encoding: 'base64', clip: { x: 0, y: 0, width: 300, height: 40 } })
      const opened = await look()
      stage().site.give('away', html('<p>away</p>'))
      await away(page)
      expect(await stage().session.readerFrames(page)).toEqual([])
      await back(page)
      const control = await waitFor('the text to be shown again', async () => (await look()) === opened)
      await away(page)
      await lock(stage().session, page)
      await back(page)
      const seen = new Set<string>()
      for (let time = 0; time < 12; time++) {
        const now = await look()
        seen.add(now)
      }
      await giveItTime()
      seen.add(await look())
      await unlock(stage().session, password, page)
      note(stage().kind, 'back after a lock', seen.has(opened) && 'the text', control && 'the text, while unlocked')
      expect(seen.has(opened)).toBe(false)
      await waitFor('the text to be shown once unlocked', async () => (await look()) === opened)
    })
  })
}
