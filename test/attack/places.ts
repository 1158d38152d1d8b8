// Pages of unusual policies: in each, texts open, or the ciphertext stays and it is said on the spot what to do; and wherever
// a reader must not run, no ticket and no text reaches it.

import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { inPlace, oursIn, pressOurs } from '../e2e/ours.ts'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { press, says } from '../e2e/steps.ts'
import { words as catalogueWords } from '../words.ts'
import { careless } from './careless.ts'
import { gotten, inFrame, inPage, inRoot, words } from './reading.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { heldByBrowser, played } from './table.ts'
import { allTricks } from './tricks.ts'

const policies: readonly [string, Record<string, string>][] = [
  ["default-src 'none'", { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'" }],
  [
    "frame-src 'none', Trusted Types",
    {
      'content-security-policy':
        "default-src 'none'; frame-src 'none'; style-src 'none'; script-src 'unsafe-inline'; require-trusted-types-for 'script'",
    },
  ],
  ['X-Frame-Options', { 'x-frame-options': 'DENY', 'content-security-policy': "frame-ancestors 'none'" }],
  [
    'COEP require-corp and COOP',
    { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
  ],
  ['COEP credentialless', { 'cross-origin-embedder-policy': 'credentialless' }],
  ['Permissions-Policy', { 'permissions-policy': 'clipboard-write=(), clipboard-read=(), fullscreen=()' }],
  ['Referrer-Policy, origin-keyed', { 'referrer-policy': 'no-referrer', 'origin-agent-cluster': '?1' }],
  [
    'Document-Policy, Trusted Types',
    {
      'document-policy': 'force-load-at-top, js-profiling=?0',
      'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'",
    },
  ],
]

const tricksPlayed = ['find', 'walk', 'read', 'selectAll']

export function placesAttacks(stage: () => Stage): void {
  describe('a page of unusual policies', () => {
    let sealed: string
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([words(inFrame)])
      stage().site.give('inner', html(`<p>${sealed}</p>${careless('frame', 'a careless text')}`))
    })
    const body = () => `<p>${words(inPage)}</p>${careless('root serializable', words(inRoot))}<p>${sealed}</p>`
    /** What the tricks get of each of the three texts. */
    const tricks = async (page: Page) => {
      const got: string[] = []
      for (const { start } of [inPage, inRoot, inFrame]) {
        const all = await page.evaluate(
          (names, from) => names.map((name) => window.tricks[name]?.(from as never)),
          tricksPlayed,
          start,
        )
        got.push(String(all.find(Boolean) ?? ''))
      }
      const [a, b, guarded] = got
      return { control: gotten(a, b), guarded }
    }

    test.each(policies)('%s: the text opens, and nothing leaks', async (name, headers) => {
      const page = await stage().visit('policy', { html: html(body(), allTricks), headers })
      await stage().opened(page, [words(inFrame)])
      const { guarded, control } = await tricks(page)
      played(stage().kind, `reading under ${name}`, guarded, control)
      expect(control).toBe(`A ${inPage.digits}, B ${inRoot.digits}`)
    })

    test.each([
      ['allow-scripts', 'sandbox allow-scripts', 'frame asking'],
      ['nothing', 'sandbox', 'root asking'],
    ])('sandboxed with %s: nothing opens in the page, and it opens in a window of ours', async (name, policy, ways) => {
      const standIn = careless(ways, words(inRoot))
      const given = { html: html(`<p>${sealed}</p>${standIn}`), headers: { 'content-security-policy': policy } }
      const page = await stage().visit('sandbox', given)
      const plain = await stage().visit('plain', html(`<p>${sealed}</p>`))
      await stage().opened(plain, [words(inFrame)])
      await page.bringToFront()
      // A frame of an extension has no origin in there, and its background answers it all the same, where frames boot.
      const isHeld = stage().kind === 'firefox' && ways.includes('frame')
      const control = isHeld ? heldByBrowser : await asked(page, ways)
      await settled(stage().session, page)
      const shown = await stage().shown(page)
      const seen = await page.evaluate(() => document.body.textContent ?? '').catch(() => sealed)
      const popup = await stage().session.realPopup(page)
      await press(popup, catalogueWords('popup.page.openTexts'))
      const reading = await stage().session.ownPage('composer.html')
      await says(reading, words(inFrame))
      await stage()
        .session.closePopup()
        .catch(() => undefined)
      played(stage().kind, `opening in a sandboxed page (${name})`, shown, control)
      expect(seen).toContain(sealed)
    })
    /** What the stand-in shows in a page without an origin, where it asked its background for it. */
    const asked = (page: Page, ways: string) =>
      waitFor('the stand-in in a sandbox', async () => {
        if (ways.includes('frame')) return (await stage().carelessly(page)).find((text) => text === words(inRoot))
        return page.evaluate((text) => {
          const { find } = window as unknown as { find(text: string, ...flags: boolean[]): boolean }
          return find(text, true, false, true) && 'found'
        }, words(inRoot))
      })

    test('no frame of ours runs: each text is offered within moments, and opens in a window of ours', async () => {
      // An origin of its own, and no scripts for anybody in it.
      const headers = { 'content-security-policy': 'sandbox allow-same-origin' }
      const many = 5
      const standIn = careless('root', words(inRoot))
      const page = await stage().visit('silent', { html: html(`<p>${sealed}</p>`.repeat(many) + standIn), headers })
      // One frame's two seconds are all that passes. Were there ten, or two for each text, this would not do.
      const isOffer = ({ name }: { name: string }) => name === catalogueWords('reader.openInWindow')
      const offers = async () => (await oursIn(stage().session, page, inPlace)).buttons.filter(isOffer)
      await waitFor('an offer for each text', async () => (await offers()).length === many, { timeoutMs: 8_000 })
      expect((await stage().shown(page)).filter((text) => text !== '')).toEqual([])
      await pressOurs(stage().session, page, catalogueWords('page.text.openWindow'), inPlace)
      const reading = await stage().session.ownPage('composer.html')
      await says(reading, words(inFrame))
      await reading.close()
      const popup = await stage().session.realPopup(page)
      await press(popup, catalogueWords('popup.page.openTexts'))
      await says(await stage().session.ownPage('composer.html'), words(inFrame))
      await stage()
        .session.closePopup()
        .catch(() => undefined)
      const control = await asked(page, 'root')
      played(stage().kind, 'opening where no script runs', await stage().shown(page), control)
    })

    test('frames of the page’s own, of its site and of another: only its own site’s texts open', async () => {
      const { site } = stage()
      const frames = `<iframe src="/inner" width="700"></iframe><iframe srcdoc="<p>${sealed}</p>" width="700"></iframe>
        <iframe src="${site.other}/inner" width="700"></iframe>
        <iframe sandbox="allow-scripts" srcdoc="<p>${sealed}</p>" width="700"></iframe>`
      const page = await stage().visit('outer', html(`${body().replace(sealed, '')}${frames}`, allTricks))
      const isOpen = (text: string) => text.startsWith(words(inFrame))
      const texts = await waitFor(
        'the texts to open',
        async () => {
          const all = await stage().shown(page)
          if (all.filter(isOpen).length >= 2 && all.some((text) => text.includes('on another site'))) return all
          throw new Error(JSON.stringify(all))
        },
        { timeoutMs: 40_000 },
      )
      await waitFor('the stand-in', async () => (await stage().carelessly(page)).length === 2)
      await settled(stage().session, page)
      const { guarded, control } = await tricks(page)
      played(stage().kind, 'reading frames in frames, srcdoc, other origins', guarded, control)
      expect((await stage().shown(page)).filter(isOpen)).toHaveLength(2)
      expect(texts.filter((text) => text.includes('on another site'))).toHaveLength(1)
    })

    test('the text of a site is not opened by itself where another site shows it', async () => {
      const { site } = stage()
      const page = await stage().visit('inner', html(`<p>${sealed}</p>${careless('frame', 'a careless text')}`))
      await stage().opened(page, [words(inFrame)])
      await page.goto(`${site.other}/inner`)
      const said = await waitFor('the reader to say something', async () =>
        (await stage().shown(page)).find((text) => text !== ''),
      )
      const control = await waitFor('the stand-in', async () =>
        (await stage().carelessly(page)).find((text) => text === 'a careless text'),
      )
      played(stage().kind, 'a text copied to another site', said.includes(words(inFrame)), control)
      expect(said).toContain(catalogueWords('reader.closed.elsewhere'))
    })
  })
}
