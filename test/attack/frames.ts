// Pages that go for the reader frame itself. They are given the frame's element, which in one browser a page can get by
// itself: embedding readers of their own, forging and replaying admissions, putting a fake in the frame's place. The
// stand-in's frame stands beside ours in each of these pages, and has no guard against the same.

import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { inPlace, ourButton, oursIn } from '../e2e/ours.ts'
import { addressOf, waitFor, within } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { lock, unlock } from '../e2e/steps.ts'
import { words as sentence } from '../words.ts'
import { careless } from './careless.ts'
import { admission, fake, forge, forgedText, overhear } from './fakes.ts'
import { html } from './site.ts'
import { password, type Stage } from './stage.ts'
import { played } from './table.ts'

const secret = 'Only for the person in front'
const careful = 'Only for a careless person'

export function framesAttacks(stage: () => Stage): void {
  describe('a page that goes for the frame', () => {
    let sealed: string
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([secret])
      stage().site.give('fake', fake)
    })
    /** A page with our text in it and, in that way, the stand-in's. */
    const visit = async (ways = '', body = '', script = overhear): Promise<Page> => {
      const standIn = ways === '' ? '' : `<section id="careless">${careless(ways, careful)}</section>`
      const page = await stage().visit('frames', html(`<p id="place">${sealed}</p>${body}${standIn}`, script))
      await stage().opened(page, [secret])
      if (/frame/.test(ways)) await carelessly(page, (texts) => texts.length === 1)
      return page
    }
    /** Waits until the stand-in's frames show what is wanted, and gives that. */
    const carelessly = (page: Page, wanted: (texts: string[]) => boolean) =>
      waitFor('the stand-in', async () => {
        const texts = await stage().carelessly(page)
        if (wanted(texts)) return texts
        throw new Error(JSON.stringify(texts))
      })
    /** What a page can find out of the stand-in's frame in the page itself: its address, with the text in it. */
    const carelessUrl = (page: Page) => page.$eval('#careless iframe', (iframe) => (iframe as HTMLIFrameElement).src)
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
      // It may be at another address of the same origin, in the browser's own words.
      const path = url.replace(/^.*?:\/\/[^/]+/, '')
      await waitFor('the embedded frame to load', () =>
        frame.evaluate((p) => location.href.endsWith(p) && document.readyState === 'complete', path),
      )
      return { element, frame }
    }
    const post = (page: Page, element: ElementHandle<HTMLIFrameElement>, message: unknown, count: number) =>
      page.evaluate(
        (iframe, source, said, times) => {
          const send = new Function(`return ${source}`)() as (to: Window | null, said: unknown, times: number) => void
          send(iframe.contentWindow, said, times)
        },
        element,
        String(forge),
        message,
        count,
      )

    /** How many admissions were answered by a frame of ours: each of them in vain. */
    const answers = async (page: Page) => (await loot(page)).filter((one) => one === '{"event":"lost"}').length
    /** Posts one that is not valid there, and waits until it has been tried and answered. */
    const postInVain = async (page: Page, element: ElementHandle<HTMLIFrameElement>, message: unknown) => {
      const before = await answers(page)
      await post(page, element, message, 1)
      await waitFor('the admission to be answered', async () => (await answers(page)) > before)
      await settled(stage().session, page)
    }

    const elementIn = async (page: Page, selector: string) =>
      (await page.$(`${selector} iframe`)) as ElementHandle<HTMLIFrameElement>

    test('gets a blank frame when it embeds the reader itself and forges admissions', async () => {
      const page = await visit('frame light')
      const { element, frame } = await embed(page, stage().readerUrl)
      await post(page, element, admission, 30)
      await waitFor('the forgeries to be answered', async () => (await loot(page)).length >= 30)
      const [answered, shown] = [new Set(await loot(page)), await shownIn(frame)]
      await embed(page, await carelessUrl(page))
      const [control] = await carelessly(page, (texts) => texts.filter((text) => text === careful).length === 2)
      played(stage().kind, 'own embedding of the frame’s address', shown, control)
      expect([...answered]).toEqual(['{"event":"lost"}'])
      await stage().shown(page)
      expect(await stage().session.readerFrames(page)).toHaveLength(2)
    })

    test('cannot keep a text from opening by many embedded readers and forged admissions beforehand', async () => {
      const script = `${overhear}; addEventListener('DOMContentLoaded', () => {
        const forge = ${forge}
        for (let made = 0; made < 8; made++) {
          const iframe = document.createElement('iframe')
          iframe.src = ${JSON.stringify(stage().readerUrl)}
          iframe.onload = () => forge(iframe.contentWindow, ${JSON.stringify(admission)}, 200)
          document.body.append(iframe)
        }
        new MutationObserver(() => {
          const iframe = document.querySelector('#careless iframe')
          if (iframe) iframe.onload = () => forge(iframe.contentWindow, ${JSON.stringify(forgedText)}, 200)
        }).observe(document, { childList: true, subtree: true })
      })`
      const body = `<p>${sealed}</p><section id="careless">${careless('frame light', careful)}</section>`
      const page = await stage().visit('frames', html(body, script))
      await waitFor('the forgeries', async () => (await loot(page)).length >= 100)
      const kept = await waitFor(
        'the text to open all the same',
        async () => {
          const shown = await stage().shown(page)
          return shown.filter((text) => text.includes(secret)).length === 1 && shown.filter((text) => text !== '')
        },
        { timeoutMs: 40_000 },
      )
      const control = await carelessly(page, ([text]) => text === 'forged')
      played(stage().kind, '1600 forged admissions beforehand', kept.length - 1, control)
    })

    test('cannot disturb an open text by admissions forged to its very frame', async () => {
      const page = await visit('frame light')
      await post(page, await stage().frameElement(page), admission, 100)
      await post(page, await elementIn(page, '#careless'), forgedText, 1)
      const control = await carelessly(page, ([text]) => text === 'forged')
      // Our frame answers as many as it tries, and the page hears it.
      await waitFor('the forgeries to be answered', async () => (await answers(page)) >= 30)
      await settled(stage().session, page)
      await stage().opened(page, [secret])
      const got = (await loot(page)).filter((one) => one !== '{"event":"lost"}' && !one.startsWith('careless'))
      played(stage().kind, 'admissions forged to the very frame', got, control)
    })

    const fakeGot = async (page: Page) => (await loot(page)).filter((one) => one.startsWith('FAKE '))

    test('gets no ticket by navigating the frame to a fake, once or again and again, and leaves the ciphertext', async () => {
      const page = await visit('frame light told')
      expect((await loot(page)).filter((one) => one !== 'careless is up')).toEqual([])
      await page.evaluate(
        (iframe) => iframe.contentWindow?.location.replace('/fake'),
        await elementIn(page, '#careless'),
      )
      const control = await waitFor('the stand-in', async () =>
        (await fakeGot(page)).find((one) => one.includes(careful)),
      )
      await page.evaluate(() => window.loot.splice(0))
      await page.evaluate((iframe) => iframe.remove(), await elementIn(page, '#careless'))
      const element = await stage().frameElement(page)
      const [old] = await stage().session.readerFrames(page)
      await page.evaluate((iframe) => {
        iframe.src = '/fake'
      }, element)
      await waitFor('the fake to come up', async () => (await loot(page)).includes('fake is here'))
      await waitFor('the old frame to go', () => old?.detached !== false || old.url().includes('fake'))
      await stage().opened(page, [secret])
      for (let time = 0; time < 8; time++) {
        if ((await stage().session.readerFrames(page)).length === 0) break
        const again = await stage().frameElement(page)
        await page
          .evaluate((iframe) => void iframe.contentWindow?.location.replace('/fake'), again)
          .catch(() => undefined)
        await waitFor('our frame to be another, or none', () =>
          again.evaluate((iframe) => !iframe.isConnected).catch(() => true),
        )
      }
      played(stage().kind, 'a fake navigated into the frame, up to eight times', await fakeGot(page), control)
      expect(await page.$eval('#place', (place) => place.textContent)).toContain(sealed)
    })

    test.each([
      ['its address', 'src'],
      ['its window', 'location'],
    ])('gets no ticket by swapping a fake in at the very insertion of a frame, by %s', async (name, how) => {
      const page = await visit()
      // Whoever has one frame has the closed root around it, and hears in there of the next one before it has loaded.
      const element = await stage().frameElement(page)
      await page.evaluate(
        (iframe, by) => {
          const swap = (made: HTMLIFrameElement) => {
            if (by === 'src') made.src = '/fake'
            else made.contentWindow?.location.replace('/fake')
          }
          const watch = (root: Node) =>
            new MutationObserver((records) => {
              for (const { addedNodes } of records) {
                for (const node of addedNodes) if (node instanceof HTMLIFrameElement) swap(node)
              }
            }).observe(root, { childList: true, subtree: true })
          watch(iframe.getRootNode())
          // The control: a frame that is told its text in the manner of ours, but with no eye on whom it tells.
          const careless = document.createElement('section')
          watch(careless)
          document.body.append(careless)
          const told = document.createElement('iframe')
          told.src = '/frames'
          told.addEventListener('load', () => told.contentWindow?.postMessage('a careless ticket', '*'))
          careless.append(told)
          swap(iframe)
        },
        element,
        how,
      )
      const control = await waitFor('the stand-in', async () =>
        (await fakeGot(page)).find((one) => one.includes('a careless ticket')),
      )
      // One fake is in the stand-in's place, the other in ours.
      await waitFor('both fakes', async () => (await loot(page)).filter((one) => one === 'fake is here').length >= 2)
      await settled(stage().session, page)
      const guarded = (await fakeGot(page)).filter((one) => one.includes('ticket') && !one.includes('careless'))
      played(stage().kind, `a fake swapped in at insertion, by ${name}`, guarded, control)
    })

    test('keeps no text from the person by holding the frame back: it is offered meanwhile, and still comes', async () => {
      const page = await visit('frame light')
      stage().site.give('never', { html: '', never: true })
      const element = await stage().frameElement(page)
      await page.evaluate((iframe) => {
        const root = iframe.getRootNode()
        const hold = new MutationObserver((records) => {
          for (const made of records.flatMap(({ addedNodes }) => [...addedNodes])) {
            if (!(made instanceof HTMLIFrameElement)) continue
            hold.disconnect()
            const { src } = made
            made.src = '/never'
            Object.assign(window, { release: () => void made.setAttribute('src', src) })
          }
        })
        hold.observe(root, { childList: true, subtree: true })
        iframe.src = '/fake'
      }, element)
      await ourButton(stage().session, page, sentence('page.text.openWindow'), inPlace)
      const held = await stage().shown(page)
      await page.evaluate(() => (window as unknown as { release(): void }).release())
      await stage().opened(page, [secret])
      expect((await oursIn(stage().session, page, inPlace)).buttons).toEqual([])
      const [control] = await carelessly(page, ([text]) => text === careful)
      played(stage().kind, 'a frame held back, then let load', held, control)
    })

    test('finds no frame by number, by name, or by its speaking up, and none to open a fake in', async () => {
      const page = await visit(
        'frame told named speaking',
        '<iframe name="theirs" srcdoc="theirs"></iframe>',
        `${overhear}; addEventListener('message', ({ data, source }) => { if (data === 'careless is up') window.spoken = source })`,
      )
      const found = await page.evaluate(
        (names) => {
          const numbered = Array.from({ length: window.length }, (_, at) => window[at])
          const all = window as unknown as Record<string, unknown>
          // The stand-in's frame and the page's own are known; any further one would be ours.
          const known = new Set<unknown>([all.spoken, all.theirs, all.careless])
          const entries = performance.getEntries().map(({ name }) => name)
          return [
            ...names.filter((name) => all[name] instanceof Window),
            ...numbered.filter((one) => !known.has(one)).map(() => 'a frame'),
            ...entries.filter((name) => name.includes('reader.html')),
          ]
        },
        ['Fieldseal', 'reader', 'fieldseal', 'frame', 'sealed'],
      )
      await page.evaluate(() => void open('/fake', 'careless'))
      await waitFor('the stand-in, by its name', async () => (await fakeGot(page)).some((one) => one.includes(careful)))
      await page.evaluate(() => {
        window.loot.length = 0
        const { spoken } = window as unknown as { spoken: Window }
        spoken.location.replace('/fake?again')
      })
      await waitFor('the stand-in, by what it said', async () =>
        (await fakeGot(page)).some((one) => one.includes(careful)),
      )
      played(
        stage().kind,
        'frames by number, name, and what they say',
        found,
        'a fake, by its name and by its speaking',
      )
      await stage().opened(page, [secret])
    })

    test('gets nothing by moving, cloning, importing or adopting the host, or by writing the document anew', async () => {
      const page = await visit(
        'frame light',
        '<section id="aside"></section><iframe id="inner" srcdoc="<p>inner</p>"></iframe>',
      )
      const host = (await page.$('#place div')) as ElementHandle<HTMLElement>
      const moves: ((host: HTMLElement) => void)[] = [
        (host) => document.getElementById('aside')?.append(host),
        (host) => document.getElementById('place')?.append(host),
        (host) => host.remove(),
        (host) => document.body.prepend(host),
        (host) => {
          const aside = document.getElementById('aside') as HTMLElement & { moveBefore?(node: Node, at: null): void }
          aside.moveBefore?.(host, null)
        },
        (host) => document.getElementById('aside')?.append(host.cloneNode(true)),
        (host) => document.getElementById('aside')?.append(document.importNode(host, true)),
        (host) => {
          const other = document.querySelector<HTMLIFrameElement>('#inner')?.contentDocument
          document.getElementById('aside')?.append(other?.importNode(host, true) ?? '')
        },
        (host) => {
          const aside = document.getElementById('aside')
          const other = document.querySelector<HTMLIFrameElement>('#inner')?.contentDocument
          aside?.replaceChildren()
          other?.adoptNode(host)
          other?.body.append(host)
          // The stand-in's frame, by the same ways: as a copy, and in another document.
          const theirs = document.querySelector('#careless iframe')
          if (theirs) aside?.append(theirs.cloneNode(true))
          if (theirs) other?.body.append(theirs)
        },
      ]
      for (const move of moves) {
        await page.evaluate(move, host)
        await settled(stage().session, page)
      }
      const inner = await page.$eval(
        '#inner',
        (frame) => (frame as HTMLIFrameElement).contentDocument?.body.textContent,
      )
      const [control] = await carelessly(page, (texts) => texts.filter((text) => text === careful).length === 2)
      const texts = await waitFor('the text to be shown once, in its place', async () => {
        const shown = await stage().shown(page)
        return shown.filter((text) => text.includes(secret)).length === 1 && shown
      })
      const moved = texts.filter((text) => text.includes(secret)).length - 1
      played(stage().kind, 'host moved, cloned, imported, adopted', [moved, inner === 'inner' ? '' : inner], control)
      expect(await loot(page)).toEqual([])
      const saved = await page.evaluate(() => {
        const theirs = document.querySelector('#aside iframe')?.outerHTML
        const all = `${document.getElementById('place')?.innerHTML} ${theirs}`
        document.open()
        document.write(`<!doctype html><body>${all}</body>`)
        document.close()
        return all
      })
      const rewritten = await carelessly(page, ([text]) => text === careful)
      played(
        stage().kind,
        'the document saved and written anew',
        saved.includes(secret) || saved.includes('reader'),
        rewritten,
      )
    })

    test('gets nothing from a ticket that leaked once it was used, in the next document, in another tab, or on another site', async () => {
      const page = await visit('frame light')
      const ticket = async () => admission.replace('A'.repeat(22), await stage().ticketFor(page.url(), sealed))
      const reader = stage().readerUrl
      const address = await carelessUrl(page)
      const own = await embed(page, reader)
      const once = await ticket()
      await post(page, own.element, once, 1)
      // A page that had a ticket could have the text shown, though to its person only: it is worth keeping.
      await waitFor('a valid ticket to open', async () => (await shownIn(own.frame)).includes(secret))
      const again = await embed(page, reader)
      await postInVain(page, again.element, once)
      const replayed = await shownIn(again.frame)
      const earlier = await ticket()
      await page.reload()
      await stage().opened(page, [secret])
      const next = await embed(page, reader)
      await postInVain(page, next.element, earlier)
      const inNextDocument = await shownIn(next.frame)
      const elsewhere = await stage().visit('elsewhere', html('', overhear))
      const foreign = await embed(elsewhere, reader)
      await postInVain(elsewhere, foreign.element, await ticket())
      const inOtherTab = await shownIn(foreign.frame)
      await page.bringToFront()
      const inOther = await stage().open(`${stage().site.localhost}/elsewhere`)
      const other = await embed(inOther, reader)
      await postInVain(inOther, other.element, await ticket())
      await embed(inOther, address)
      const [control] = await carelessly(inOther, ([text]) => text === careful)
      const onOtherSite = await shownIn(other.frame)
      played(
        stage().kind,
        'a leaked ticket replayed, in next document, tab or site',
        [replayed, inNextDocument, inOtherTab, onOtherSite],
        control,
      )
    })

    test('gets a blank page when it opens the reader as a page of its own, or has its person do so', async () => {
      const page = await visit('frame light', '<button id="open">Open</button>')
      const address = await carelessUrl(page)
      const reader = stage().readerUrl
      await page.evaluate(
        (addresses, message) => {
          document.getElementById('open')?.addEventListener('click', () => {
            const opened = addresses.map((one) => open(one))
            const shower = () => {
              for (const one of opened) one?.postMessage(message, '*', [new MessageChannel().port2])
              return opened[0]?.closed === false
            }
            Object.assign(window, { shower })
          })
        },
        [reader, address],
        admission,
      )
      await page.click('#open')
      // It is there by the address of any session.
      const isReader = (url: string) => url.startsWith(stage().session.origin) && url.endsWith('/reader.html')
      const opened = await waitFor('the reader as a page', async () => {
        for (const one of await stage().session.browser.pages()) {
          // What is just going away answers no more.
          const [url, state] = await one.evaluate(() => [location.href, document.readyState]).catch(() => ['', ''])
          if (isReader(url ?? '') && state === 'complete') return one
        }
        return null
      })
      await opened.evaluate(() => {
        Object.assign(window, { loot: [] })
        addEventListener('message', ({ data }) => window.loot.push(data))
      })
      // One browser cuts a page off from such a window.
      await waitFor('it to be posted to again and again, or to be out of reach', async () => {
        const reaches = await page.evaluate(() => (window as unknown as { shower(): boolean }).shower())
        return !reaches || (await loot(opened)).length > 10
      })
      await settled(stage().session, opened)
      const told = await opened.evaluate(() => document.body.textContent?.trim() ?? '')
      const typed = await stage().session.openExtensionPage('reader.html')
      await typed.evaluate((message) => window.postMessage(message, '*', [new MessageChannel().port2]), admission)
      const careless = await stage().session.newPage()
      await careless.goto(address, { waitUntil: [] })
      const control = await waitFor('the stand-in as a page', () =>
        careless.evaluate(() => document.body?.textContent?.trim() || null),
      )
      const blank = await typed.evaluate(() => document.body.textContent?.trim() ?? '')
      for (const one of [typed, careless]) await one.close()
      for (const one of await stage().session.browser.pages()) {
        if (/^(chrome|moz)-extension:.*(reader|frame)\.html/.test(one.url())) await one.close()
      }
      played(stage().kind, 'the frame opened as a page of its own', [told, blank], control)
    })

    test('gets none of our other pages into a frame', async () => {
      const page = await visit('frame light')
      const seen: string[] = []
      for (const name of ['composer', 'popup', 'onboarding', 'options']) {
        await page.evaluate(
          (src) => {
            const iframe = document.createElement('iframe')
            iframe.src = src
            iframe.className = 'ours'
            document.body.append(iframe)
          },
          stage().session.extensionUrl(`${name}.html`),
        )
      }
      await embed(page, await carelessUrl(page))
      const [control] = await carelessly(page, (texts) => texts.filter((text) => text === careful).length === 2)
      await settled(stage().session, page)
      for (const element of await page.$$('iframe.ours')) {
        const frame = await element.contentFrame()
        const address = frame && (await within(addressOf(frame), 1500).catch(() => ''))
        if (address?.startsWith(stage().session.origin)) seen.push(address)
      }
      played(stage().kind, 'our windows and popup in a frame of the page’s', seen, control)
    })

    test('shows nothing stale after navigating away, and nothing opened after a lock in between', async () => {
      const page = await visit('root')
      // By what is to be seen: one browser does not tell the protocol of frames that come back out of its cache.
      const look = () => page.screenshot({ encoding: 'base64', clip: { x: 0, y: 0, width: 300, height: 40 } })
      const opened = await look()
      stage().site.give('away', html('<p>away</p>'))
      await away(page)
      expect(await stage().session.readerFrames(page)).toEqual([])
      await back(page)
      await waitFor('the text to be shown again', async () => (await look()) === opened)
      await away(page)
      await lock(stage().session, page)
      await back(page)
      const seen = new Set<string>()
      for (let time = 0; time < 12; time++) {
        const now = await look()
        seen.add(now)
      }
      await settled(stage().session, page)
      seen.add(await look())
      const control = await page.evaluate(() => {
        const { find } = window as unknown as { find(text: string, ...flags: boolean[]): boolean }
        return find('Only for a careless person', true, false, true) && 'its text, locked or not'
      })
      await unlock(stage().session, password, page)
      played(stage().kind, 'back after a lock', seen.has(opened) && 'the text', control)
      await waitFor('the text to be shown once unlocked', async () => (await look()) === opened)
    })
  })
}
