// Pages that prepared the ground before anything of ours came: every prototype patched, every likely element defined, every
// message overheard. What they collect is compared with what they collect from a content script that works in their world.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { settled } from '../e2e/settled.ts'
import { fieldNamed, press, says, valueIn } from '../e2e/steps.ts'
import { words } from '../words.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'

/** Writes down whatever passes through the platform, and lets it go on. */
function spy(): void {
  window.loot = []
  const keep = (...things: unknown[]) => {
    for (const thing of things) {
      const said = typeof thing === 'function' ? '' : typeof thing === 'object' ? lookInto(thing) : String(thing)
      window.loot.push(said)
    }
  }
  const lookInto = (thing: object | null) => {
    if (thing instanceof HTMLIFrameElement) return `iframe ${thing.src}`
    if (thing instanceof ShadowRoot) return `root ${thing.textContent}`
    if (thing instanceof Event) return ''
    try {
      return stringify(thing)
    } catch {
      return ''
    }
  }
  const stringify = JSON.stringify
  const patch = (where: object, name: string) => {
    const was = Object.getOwnPropertyDescriptor(where, name)
    if (was === undefined) return
    const wrap = (fn: (...args: unknown[]) => unknown) =>
      function (this: unknown, ...args: unknown[]) {
        const got = fn.apply(this, args)
        keep(...args, got)
        return got
      }
    if (typeof was.value === 'function') Object.defineProperty(where, name, { ...was, value: wrap(was.value) })
    else
      Object.defineProperty(where, name, {
        ...was,
        ...(was.get && { get: wrap(was.get) as () => unknown }),
        ...(was.set && { set: wrap(was.set) as () => void }),
      })
  }
  for (const [where, names] of [
    [Element.prototype, ['attachShadow', 'append', 'before', 'after', 'setAttribute', 'remove']],
    [Node.prototype, ['appendChild', 'insertBefore', 'textContent', 'cloneNode']],
    [CharacterData.prototype, ['data']],
    [Document.prototype, ['createElement', 'createTextNode', 'execCommand', 'createRange']],
    [HTMLIFrameElement.prototype, ['contentWindow', 'src', 'contentDocument']],
    [HTMLTextAreaElement.prototype, ['value', 'select']],
    [HTMLInputElement.prototype, ['value']],
    [EventTarget.prototype, ['dispatchEvent']],
    [MessagePort.prototype, ['postMessage', 'start', 'onmessage']],
    [MessageEvent.prototype, ['data', 'ports', 'source']],
    [Clipboard.prototype, ['writeText', 'write']],
    [CSSStyleSheet.prototype, ['replaceSync']],
    [Array.prototype, ['map', 'push', 'join']],
    [String.prototype, ['slice', 'replace', 'includes', 'trim']],
    [RegExp.prototype, ['exec']],
    [JSON, ['parse', 'stringify']],
    [window, ['postMessage', 'atob', 'btoa']],
    [Storage.prototype, ['setItem']],
    [Crypto.prototype, ['getRandomValues']],
    [TextDecoder.prototype, ['decode']],
  ] as const) {
    for (const name of names) if (where !== Array.prototype || name !== 'push') patch(where, name)
  }
  for (const name of ['ticket', 'sealed', 'texts', 'event', 'command']) {
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get: () => undefined,
      set(this: object, given: unknown) {
        keep(`polluted ${name}`, given)
        Object.defineProperty(this, name, { value: given, writable: true, enumerable: true, configurable: true })
      },
    })
  }
  const Channel = MessageChannel
  window.MessageChannel = class extends Channel {
    constructor() {
      super()
      keep('channel')
      for (const port of [this.port1, this.port2]) port.addEventListener('message', (event) => keep(event.data))
    }
  }
  const { then } = Promise.prototype
  // biome-ignore lint/suspicious/noThenProperty: a hostile page does just that
  Promise.prototype.then = function (done, failed) {
    return then.call(
      this,
      (value) => {
        keep(value)
        return done ? done(value) : value
      },
      failed,
    ) as never
  }
  for (const name of ['fieldseal', 'reader', 'frame', 'host', 'shell', 'box', 'button', 'notice', 'cue', 'opened']) {
    for (const tag of [`fieldseal-${name}`, `sealed-${name}`, `x-${name}`]) {
      customElements.define(
        tag,
        class extends HTMLElement {
          constructor() {
            super()
            keep(`made ${tag}`)
          }
        },
      )
    }
  }
  addEventListener('message', (event) => keep('message', event.data), true)
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) keep(node, node.textContent)
  }).observe(document, { subtree: true, childList: true, characterData: true })
}

/** What a content script would do if it worked in the page's world, with a text to show in a frame and one in a root. */
function naive(frame: string): void {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'closed' })
  const iframe = document.createElement('iframe')
  iframe.src = frame
  root.appendChild(iframe)
  document.body.appendChild(host)
  const shown = document.createElement('span')
  shown.textContent = 'a naive plaintext'
  root.append(shown)
  iframe.addEventListener('load', () => {
    const { port1, port2 } = new MessageChannel()
    const said: { ticket?: string } = {}
    said.ticket = 'naive-ticket'
    iframe.contentWindow?.postMessage(JSON.stringify(said), '*', [port2])
    port1.start()
  })
}

export function worldAttacks(stage: () => Stage): void {
  describe('a page that was there first', () => {
    test('overhears no ticket, no plaintext and no frame of ours', async () => {
      const { session, site } = stage()
      const secret = 'Opened among patched prototypes'
      const [sealed = ''] = await stage().sealed([secret])
      site.give('standin', html('stand-in'))
      const body = `<p>${sealed}</p><textarea aria-label="Note">typed by a person</textarea>`
      const page = await stage().visit('patched', html(body, `(${spy})()`))
      await stage().opened(page, [secret])
      await (await fieldNamed(page, 'Note')).click()
      await session.command('seal-field', page)
      await waitFor('the field to be sealed', async () => (await valueIn(page, 'Note')).startsWith('sealed1'))
      const guarded = (await page.evaluate(() => window.loot)).map(String)
      const got = ['ticket', 'admission', secret, session.origin, 'root ', 'channel', 'made ', 'message', 'polluted']
      const leaked = got.filter((each) => guarded.some((one) => one.includes(each)))
      await page.evaluate(() => {
        window.loot.length = 0
      })
      await page.evaluate(naive, `${site.origin}/standin`)
      const wanted = ['naive-ticket', 'a naive plaintext', 'standin', 'channel', 'polluted ticket']
      const control = await waitFor('the stand-in to be overheard', async () => {
        const all = (await page.evaluate(() => window.loot)).map(String)
        return wanted.every((each) => all.some((one) => one.includes(each))) && wanted
      })
      played(stage().kind, 'prototypes patched and polluted', leaked, control)
    })

    test('gets into no root of ours by having defined its element first', async () => {
      const [sealed = ''] = await stage().sealed(['Shown in a root that nobody owns'])
      const script = `loot = []; window.owned = []
        const owned = () => class extends HTMLElement { constructor() { super(); window.owned.push(this.attachInternals()) } }
        for (const name of ['careless-host', 'fieldseal-host', 'fieldseal-reader', 'sealed-text']) customElements.define(name, owned())`
      const body = `<p>${sealed}</p>${careless('root frame custom', 'a careless text')}`
      const page = await stage().visit('defined', html(body, script))
      await stage().opened(page, ['Shown in a root that nobody owns'])
      const look = () =>
        page.evaluate(() => {
          const { owned } = window as unknown as { owned: ElementInternals[] }
          return owned.map(({ shadowRoot }) => shadowRoot?.innerHTML ?? '')
        })
      const control = await waitFor('the stand-in to be owned', async () => {
        const [root = ''] = await look()
        return root.includes('a careless text') && root.includes('frame.html') && 'its text, its frame’s address'
      })
      const guarded = (await look()).filter((root) => root.includes('reader.html') || !root.includes('careless'))
      const tags = await page.evaluate(() => [...document.querySelectorAll('p *')].map(({ localName }) => localName))
      played(stage().kind, 'our element defined first', guarded, control)
      expect(new Set(tags)).toEqual(new Set(['div']))
    })

    test('gets nothing from a composer that was opened for the page before it in the same tab', async () => {
      const { session, site } = stage()
      const field = '<textarea aria-label="Note"></textarea>'
      const write = async (page: Page) => {
        await (await fieldNamed(page, 'Note')).click()
        await session.command('compose', page)
        const composer = await session.ownPage('composer.html')
        await (await fieldNamed(composer, words('composer.write.text'))).type('for another page')
        return composer
      }
      const page = await stage().visit('leaving', html(field))
      await press(await write(page), 'Seal')
      // The page that stayed gets a sealed text, and no more than that.
      const control = await waitFor('the sealed text', async () => {
        const value = await valueIn(page, 'Note')
        return value.startsWith('sealed1') && 'a sealed text, if it stays'
      })
      await waitFor('the composer to close', async () => (await session.ownPages('composer.html')).length === 0)
      const composer = await write(page)
      site.give('leaving-to', html(field, 'loot = []'))
      await page.goto(`${site.other}/leaving-to`)
      await press(composer, 'Seal')
      await says(composer, words('composer.sealed.heading'))
      await settled(stage().session, page)
      played(stage().kind, 'field’s page replaced while composing', await valueIn(page, 'Note'), control)
    })
  })
}
