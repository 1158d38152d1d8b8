// The policy of our pages, as each browser keeps it: no markup and no code is made from strings there, and no worker is started but the
// one that decodes pictures.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from './session.ts'
import { type Setting, setUp } from './setting.ts'

/** What comes of each attempt: null where it is done. */
async function attemptsIn(page: Page): Promise<Record<string, string | null>> {
  return await page.evaluate(() => {
    const attempts: Record<string, () => unknown> = {
      markup: () => {
        document.createElement('p').innerHTML = '<b>bold</b>'
      },
      'markup beside': () =>
        document
          .createElement('div')
          .appendChild(document.createElement('p'))
          .insertAdjacentHTML('afterend', '<b></b>'),
      'a script of text': () => {
        document.createElement('script').text = 'void 0'
      },
      'a script of an address': () => {
        document.createElement('script').src = '/page.js'
      },
      'a worker': () => new Worker('/page.js').terminate(),
      'a policy of its own': () => {
        const { trustedTypes } = globalThis as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown }
        }
        trustedTypes.createPolicy('mine', {})
      },
    }
    const outcome = (attempt: () => unknown) => {
      try {
        attempt()
        return null
      } catch (thrown) {
        return (thrown as Error).name
      }
    }
    return Object.fromEntries(Object.entries(attempts).map(([name, attempt]) => [name, outcome(attempt)]))
  })
}

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  beforeAll(async () => {
    setting = await setUp(kind)
  })
  afterAll(() => setting?.end())

  test('a page of a site may make what it likes of strings', async () => {
    const site = await setting.session.newPage(setting.site.origin)
    expect(Object.values(await attemptsIn(site)).filter((error) => error !== null)).toEqual([])
  })

  test.each(['popup', 'onboarding', 'options', 'composer', 'library'])(
    'our %s makes neither markup nor code of them',
    async (name) => {
      const page = await setting.session.openExtensionPage(`${name}.html`)
      const outcomes = Object.values(await attemptsIn(page))
      expect(outcomes.filter((error) => error !== 'TypeError')).toEqual([])
      await page.close()
    },
  )
})
