// The names and roles by which tests find things (tree.ts) are those of the browsers' own accessibility trees.

import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareBrowser } from './bare.ts'
import { kinds } from './session.ts'
import { allIn } from './until.ts'

const icon = '<svg width="9" height="9" aria-hidden="true"><path d="M0 0h9v9z"/></svg>'
const picture = (alt: string) => `<img alt="${alt}" src="data:," width="9" height="9">`
const content = `
  <label for="for">By its label</label> <input id="for">
  <label>Password <input type="password"></label>
  <label>Number <input type="number"></label>
  <label>Search <input type="search"></label>
  <label>Mail <input type="email"></label>
  <label>Several lines <textarea>what it holds</textarea></label>
  <label><input type="checkbox"> A box to tick</label>
  <label><input type="radio" name="some"> One of some</label>
  <label>Choice <select><option>First</option><option>Second</option></select></label>
  <label>Several <em>parts</em> of <b>a label</b> <input></label>
  <span id="one">Named by</span> <span id="two">two parts</span> <input aria-labelledby="one two">
  <span id="unseen" hidden>By what is not seen</span> <input aria-labelledby="unseen">
  <input aria-label="By an attribute"> <input title="By its title">
  <div contenteditable role="textbox" aria-label="Editor" aria-multiline="true">text</div>
  <div contenteditable aria-label="Editor without a role">text</div>
  <button>Plain</button> <button disabled>Not now</button> <button aria-disabled="true">Nor now</button>
  <button aria-label="By what is said">×</button> <button title="Only a title"></button>
  <button>${icon}Beside an icon</button> <button>${picture('Picture')}</button>
  <button>In <div>two</div> blocks</button> <button>With
     line breaks and   spaces</button>
  <button><span aria-hidden="true">→</span>Go<span hidden> never</span> on</button>
  <input type="button" value="By its value"> <input type="submit" value="Send it">
  <button role="switch" aria-checked="false">A switch</button>
  <label>Switched <input type="checkbox" role="switch"></label>
  <span id="site">On this site</span> <button role="switch" aria-checked="true" aria-labelledby="site"></button>
  <a href="#x">A link</a> <a href="#y"><code>in code</code></a> <a>no link</a>
  ${picture('A picture')} ${picture('')} <svg role="img" aria-label="Drawn" width="9" height="9"></svg>
  <fieldset><legend>Of one kind</legend> <button>Inside</button></fieldset>
  <section aria-label="A part"><h2>A heading</h2><p>Words</p></section>
  <nav aria-label="Ways"><ul><li>item</li></ul></nav> <main><h1>The first <i>heading</i></h1></main>
  <output aria-label="Recovery key">AAAA-BBBB</output> <output>Said</output>
  <p role="status">All is well</p> <p role="alert">It is not</p>
  <div role="group" aria-labelledby="group"><h3 id="group">A group</h3></div>
  <details><summary>More</summary><button>Folded away</button></details>
  <details open><summary>Less</summary><button>Unfolded</button></details>
  <div role="listbox" aria-label="Texts" tabindex="0">
    <div role="option" aria-selected="true">First of the list</div><div role="option">Other</div>
  </div>
  <div role="region" aria-label="Opened text">Words</div>
  <progress aria-label="So far" value="1" max="2"></progress>
  <dialog open aria-label="Not modal"><button>In a dialog</button></dialog>
  <dialog aria-label="Closed"><button>In a closed one</button></dialog>
  <div hidden><button>In what is hidden</button></div> <div style="display:none"><button>Without a box</button></div>
  <div style="visibility:hidden">
    <button>Unseen</button> <button style="visibility:visible">Seen all the same</button>
  </div>
  <div aria-hidden="true"><button>Not said</button></div> <div inert><button>Inert</button></div>
  <div style="display:contents"><button>In what has no box</button></div>
  <div style="opacity:0"><button>Transparent</button></div>
  <div style="position:absolute;left:-9999px"><button>Far away</button></div>`

const modal = `
  <button>Behind</button>
  <dialog id="lower" aria-label="Lower"><button>In the lower</button></dialog>
  <dialog id="upper" aria-label="Upper"><button>In the upper</button></dialog>`

const roles = [
  ...['alert', 'button', 'checkbox', 'combobox', 'dialog', 'group', 'heading', 'image', 'link', 'listbox', 'main'],
  ...[
    'navigation',
    'option',
    'progressbar',
    'radio',
    'region',
    'searchbox',
    'spinbutton',
    'status',
    'switch',
    'textbox',
  ],
]

/** Puppeteer's own way to the browser's tree. */
interface Tree {
  queryAXTree(name?: string, role?: string): AsyncIterable<ElementHandle<Element>>
}

describe.each(kinds)('in %s', (kind) => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await bareBrowser(kind)
    page = await browser.newPage()
  })
  afterAll(() => browser?.close())

  async function browsersOwn(name?: string, role?: string): Promise<string[]> {
    const root = (await page.$('html')) as unknown as Tree
    const found: string[] = []
    for await (const each of root.queryAXTree(name, role)) found.push(await each.evaluate(({ outerHTML }) => outerHTML))
    return found
  }
  const ours = async (name: string | null, role: string | null) =>
    (await allIn(page, { name, role })).map(({ html }) => html)

  describe('in a page with a range of elements', () => {
    beforeAll(() => page.setContent(content))

    test.each(roles)('what is a %s is one in the browser', async (role) => {
      const found = await ours(null, role)
      expect(found).not.toEqual([])
      // A password is written into a textbox in Chromium, and into what has no role in Firefox.
      expect(found).toEqual((await browsersOwn(undefined, role)).filter((html) => !html.includes('"password"')))
    })

    test('what has a name has it in the browser, with its role', async () => {
      const named = (await allIn(page, { name: null, role: null })).filter(
        ({ name, role }) => name !== '' && role !== null && roles.includes(role),
      )
      expect(named.length).toBeGreaterThan(40)
      for (const { name, role } of named)
        expect([name, await ours(name, role)]).toEqual([name, await browsersOwn(name, role ?? undefined)])
    })

    test.each([
      'Password',
      'Several lines',
      'Editor',
      'Editor without a role',
      'By its title',
      'Plain',
      'More',
      'On this site',
    ])('“%s” is found without its role', async (name) => {
      // In Firefox a label can be found by its own words, too.
      const theirs = (await browsersOwn(name)).filter((html) => !html.startsWith('<label'))
      expect(theirs).not.toEqual([])
      expect(await ours(name, null)).toEqual(theirs)
    })

    test.each(['Folded away', 'In what is hidden', 'Without a box', 'Unseen', 'Not said', 'Inert', 'Closed'])(
      '“%s” is in neither',
      async (name) => {
        expect(await ours(name, null)).toEqual([])
        expect(await browsersOwn(name)).toEqual([])
      },
    )
  })

  test('behind a modal dialog there is nothing', async () => {
    await page.setContent(modal)
    const show = (id: string) => page.$eval(`#${id}`, (dialog) => (dialog as HTMLDialogElement).showModal())
    const buttons = async () => {
      const found = await ours(null, 'button')
      expect(found).toEqual(await browsersOwn(undefined, 'button'))
      return found.map((html) => html.replace(/<.*?>/g, ''))
    }
    expect(await buttons()).toEqual(['Behind'])
    await show('upper')
    expect(await buttons()).toEqual(['In the upper'])
    await show('lower')
    expect(await buttons()).toEqual(['In the lower'])
  })

  test('what stands under an open shadow root is found, through slots too', async () => {
    await page.setContent('<div id="host"><button>Slotted</button></div>')
    await page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.innerHTML = '<label>Field there <input></label> <button>There</button> <slot></slot>'
    })
    for (const [name, role] of [
      ['Field there', 'textbox'],
      ['There', 'button'],
      ['Slotted', 'button'],
    ] as const) {
      const found = await ours(name, role)
      expect(found).toHaveLength(1)
      // Puppeteer has no way to these in Firefox's tree.
      if (kind === 'chromium') expect(found).toEqual(await browsersOwn(name, role))
    }
  })
})
