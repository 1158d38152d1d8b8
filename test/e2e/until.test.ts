// Waiting inside a page (until.ts): whatever the page does meanwhile, and that it ends, saying what was there instead.

import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bareBrowser } from './bare.ts'
import { kinds } from './session.ts'
import { fill, gone, has, named, press, says, valueIn } from './steps.ts'
import { until } from './until.ts'

describe.each(kinds)('in %s', (kind) => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await bareBrowser(kind)
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    await page?.close()
    page = await browser.newPage()
  })

  /** The page does this once `done` is asked for. */
  async function meanwhile<T>(done: Promise<T>, act: () => void): Promise<T> {
    // The question is with the page before this one.
    await page.evaluate(act)
    return done
  }

  test('what comes by a mutation, by a value that none tells, and under a shadow root, is noticed', async () => {
    await page.setContent('<label>Field <input></label><div id="host"></div>')
    await meanwhile(named(page, 'Later', 'button'), () => {
      document.body.insertAdjacentHTML('beforeend', '<button>Later</button>')
    })
    const value = until(page, 'the value', () => document.querySelector('input')?.value || null)
    expect(
      await meanwhile(value, () => {
        const field = document.querySelector('input')
        if (field) field.value = 'set by script'
      }),
    ).toBe('set by script')
    await page.evaluate(() => document.querySelector('#host')?.attachShadow({ mode: 'open' }))
    await meanwhile(named(page, 'Deep', 'button'), () => {
      const root = document.querySelector('#host')?.shadowRoot
      if (root) root.innerHTML = '<button>Deep</button>'
    })
    await meanwhile(gone(page, 'Later', 'button'), () => document.querySelector('button')?.remove())
    expect(await has(page, 'Later', 'button')).toBe(false)
  })

  test('a navigation in the middle ends no wait', async () => {
    await page.goto('data:text/html,<p>one')
    const said = says(page, 'two')
    const found = named(page, 'There', 'button')
    await page.goto('data:text/html,<p>two<button>There</button>', { waitUntil: [] })
    await said
    await found
  })

  test('a page that allows no script of others is looked at all the same', async () => {
    await page.setContent(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; require-trusted-types-for 'script'">
    <button>There</button><p>words`,
    )
    await named(page, 'There', 'button')
    await says(page, 'words')
    await press(page, 'There')
  })

  test('what a page has made of its own globals is no matter', async () => {
    await page.setContent('<label>Field <input value="held"></label><button>There</button>')
    await page.evaluate(() => {
      const broken = () => {
        throw new Error('broken')
      }
      Object.assign(globalThis, { MutationObserver: broken, setTimeout: broken, requestAnimationFrame: broken })
      Object.assign(Element.prototype, { getAttribute: broken, matches: broken })
    })
    await press(page, 'There')
    expect(await valueIn(page, 'Field')).toBe('held')
  })

  test('a tab that is not in front is looked at, and its buttons pressed', async () => {
    await page.setContent('<button onclick="this.textContent = 1">There</button>')
    const other = await browser.newPage()
    await other.bringToFront()
    const { hidden } = await page.evaluate(() => ({ hidden: document.hidden }))
    expect(hidden).toBe(true)
    await meanwhile(named(page, 'Later', 'button'), () => {
      document.body.insertAdjacentHTML('beforeend', '<button>Later</button>')
    })
    await other.close()
  })

  test('a button is pressed once it is enabled and stands still, wherever it is scrolled to', async () => {
    await page.setContent(`<div style="height:3000px"></div>
    <div style="height:100px;overflow:auto"><div style="height:900px"></div>
    <button disabled style="position:relative;transition:left .3s linear;left:0">There</button></div><p></p>`)
    const pressed = press(page, 'There')
    await meanwhile(pressed, () => {
      const button = document.querySelector('button')
      if (!button) return
      button.onclick = () => document.querySelector('p')?.replaceChildren('pressed')
      button.disabled = false
      button.style.left = '300px'
    })
    await says(page, 'pressed')
  })

  test('what is typed into a field is typed over what it held', async () => {
    await page.setContent('<label>Field <input value="before"></label>')
    await fill(page, 'Field', 'after')
    expect(await valueIn(page, 'Field')).toBe('after')
  })

  test('what does not come is missed, and what is there instead is said', async () => {
    await page.setContent('<p>words</p><button>One</button><button>Other</button><button disabled>Disabled</button>')
    await expect(named(page, 'Missing', 'button', 300)).rejects.toThrow(
      /^Waited 0.3 s for the button “Missing” to be there; last error: .*there are: “One”, “Other”, “Disabled”/,
    )
    await expect(says(page, 'missing', 300)).rejects.toThrow(
      /Waited 0.3 s for the page to say missing; .*it says: words/,
    )
    await expect(until(page, 'the impossible', () => false, [], 300)).rejects.toThrow(
      /for the impossible; .*last seen: false/,
    )
  })
})
