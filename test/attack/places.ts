// Pages of unusual policies: in each, texts open, or the ciphertext stays and it is said on the spot what to do; and wherever
// a reader must not run, no ticket and no text reaches it.

import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { giveItTime, press, says } from '../e2e/steps.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note } from './table.ts'
import { allTricks } from './tricks.ts'

const secret = 'The code of maple is 7260.'
const start = 'The code of maple is '

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
]

export function placesAttacks(stage: () => Stage): void {
  describe('a page of unusual policies', () => {
    let sealed: string
    beforeAll(async () => {
      ;[sealed = ''] = await stage().sealed([secret])
      stage().site.give('inner', html(`<p>${sealed}</p>`))
    })
    const tricks = async (page: Page) => {
      const got: unknown[] = []
      for (const trick of ['find', 'walk', 'read', 'selectAll']) {
        got.push(await page.evaluate((name, from) => window.tricks[name]?.(from as never), trick, start))
      }
      return got.filter((one) => one !== '')
    }

    test.each(policies)('%s: the text opens, and nothing leaks', async (name, headers) => {
      const page = await stage().visit('policy', { html: html(`<p>${sealed}</p>`, allTricks), headers })
      await stage().opened(page, [secret])
      const got = await tricks(page)
      note(stage().kind, `in a page with ${name}`, got, 'A, B (first rows)')
      expect(got).toEqual([])
    })

    test.each([
      ['allow-scripts', 'sandbox allow-scripts'],
      ['nothing', 'sandbox'],
    ])('sandboxed with %s: nothing opens in the page, and it opens in a window of ours', async (name, policy) => {
      const given = { html: html(`<p>${sealed}</p>`, allTricks), headers: { 'content-security-policy': policy } }
      const page = await stage().visit('sandbox', given)
      const plain = await stage().visit('plain', html(`<p>${sealed}</p>`))
      await stage().opened(plain, [secret])
      await page.bringToFront()
      await giveItTime()
      const shown = await stage().shown(page)
      const seen = await page.evaluate(() => document.body.textContent ?? '').catch(() => sealed)
      const popup = await stage().session.realPopup(page)
      await press(popup, 'Open texts on this page')
      const reading = await stage().session.ownPage('composer.html')
      await says(reading, secret)
      await stage()
        .session.closePopup()
        .catch(() => undefined)
      note(stage().kind, `sandboxed page (${name})`, shown, 'opens in the same page unsandboxed')
      expect(shown).toEqual([])
      expect(seen).toContain(sealed)
    })

    test('frames of the page’s own, of its site and of another: only its own site’s texts open', async () => {
      const { site } = stage()
      const body = `<iframe src="/inner" width="700"></iframe><iframe srcdoc="<p>${sealed}</p>" width="700"></iframe>
        <iframe src="${site.other}/inner" width="700"></iframe>
        <iframe sandbox="allow-scripts" srcdoc="<p>${sealed}</p>" width="700"></iframe>`
      const page = await stage().visit('outer', html(body, allTricks))
      const shown = () => stage().shown(page)
      const texts = await waitFor('the texts to open', async () => {
        const all = await shown()
        const open = all.filter((text) => text.startsWith(secret)).length
        if (open >= 2 && all.some((text) => text.includes('Open here'))) return all
        throw new Error(JSON.stringify(all))
      })
      await giveItTime()
      const got = await tricks(page)
      note(stage().kind, 'frames in frames, srcdoc, other origins', got, 'A, B (first rows)')
      expect((await shown()).filter((text) => text.startsWith(secret))).toHaveLength(2)
      expect(texts.filter((text) => text.includes('Open here'))).toHaveLength(1)
      expect(got).toEqual([])
    })

    test('the text of a site is not opened by itself where another site shows it', async () => {
      const { site } = stage()
      const page = await stage().visit('copied', html(''))
      await page.goto(`${site.other}/inner`)
      const [frame] = await waitFor('a reader', async () => {
        const frames = await stage().session.readerFrames(page)
        return frames.length > 0 && frames
      })
      const said = await waitFor('the reader to say something', () =>
        frame?.evaluate(() => document.body.textContent?.trim() || null),
      )
      note(stage().kind, 'a text copied to another site', said.includes(secret), 'opens on its own site')
      expect(said).toContain('Sealed on another site')
      expect(said).not.toContain(secret)
    })
  })
}
