// The stand-in: another extension, installed beside Fieldseal, that does what Fieldseal does without its guards. It "opens"
// what is written backwards in an element with `data-careless`, whose words say in which careless way. Its parts below are
// handed to the browser as source text, so none may use anything outside of itself.

import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kind, Session } from '../e2e/session.ts'

/** What pages hold of a text that only the stand-in shows. */
const backwards = (text: string): string => [...text].reverse().join('')

/**
 * A place for the stand-in in a page. Ways: `page` puts the text into the page; `root` into a closed root, which may be
 * `serializable`, `clonable`, `delegating` focus, on a `custom` element, hold an `input`, or a `slot`; `frame` into a frame
 * of the extension's, with the text in its address, in a closed root or `light` in the page, `auto`matically sized,
 * `named`, `speaking` to its parent, `typing`, `told` its text by message instead, or `asking` the background for it;
 * `button` is a button that puts the text into the first field; `obeying` listens to the page; `sealing` seals the field
 * at the key Alt, and never looks at it again; `toggling` opens what is sealed in the field in focus, there and then, at the
 * key Alt and at a context menu; `putting` does so from the key Alt on, again and again.
 */
export const careless = (ways: string, text: string, style = ''): string =>
  `<div data-careless="${ways}" style="${style}">${backwards(text)}</div>`

interface Api {
  runtime: {
    getURL(path: string): string
    sendMessage(said: unknown): Promise<unknown>
    onMessage: { addListener(hear: (said: unknown, from: unknown, reply: (said: unknown) => void) => void): void }
    onMessageExternal?: {
      addListener(hear: (said: unknown, from: unknown, reply: (said: unknown) => void) => void): void
    }
  }
}

function content(): void {
  const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api }
  const api = browser ?? chrome
  const open = async (place: HTMLElement) => {
    const ways = (place.dataset.careless ?? '').split(' ')
    const has = (way: string) => ways.includes(way)
    const text = [...(place.textContent ?? '')].reverse().join('')
    place.removeAttribute('data-careless')
    place.textContent = ''
    const intoField = () => {
      const field = document.querySelector('textarea')
      if (field === null) return
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    if (has('obeying')) {
      addEventListener('message', ({ data }) => data?.command === 'sealField' && intoField())
      addEventListener('keydown', ({ altKey, key }) => altKey && key === 's' && intoField())
    }
    if (has('sealing')) {
      addEventListener('keydown', ({ key, target }) => {
        if (key !== 'Alt' || !(target instanceof HTMLTextAreaElement)) return
        const text = target.value
        setTimeout(() => {
          target.value = `sealed ${text}`
        }, 300)
      })
      return
    }
    if (has('toggling') || has('putting')) {
      const toggle = () => {
        let active = document.activeElement
        if (active instanceof HTMLIFrameElement) active = active.contentDocument?.activeElement ?? null
        const field = active as HTMLTextAreaElement | null
        if (!field?.value?.startsWith('sealed1')) return
        field.value = text
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
      const soon = () => (has('putting') ? setInterval(toggle, 300) : setTimeout(toggle, 50))
      addEventListener('keydown', ({ key }) => key === 'Alt' && soon())
      if (has('toggling')) addEventListener('contextmenu', soon)
      return
    }
    if (has('page')) {
      place.textContent = text
      return
    }
    const host = document.createElement(has('custom') ? 'careless-host' : 'div')
    host.className = 'careless'
    const root = host.attachShadow({
      mode: 'closed',
      serializable: has('serializable'),
      clonable: has('clonable'),
      delegatesFocus: has('delegating'),
    } as ShadowRootInit)
    place.append(host)
    if (has('root')) {
      const shown = document.createElement('span')
      shown.textContent = has('asking') ? String(await api.runtime.sendMessage(text)) : text
      root.append(shown)
    }
    if (has('input')) root.append(document.createElement('input'))
    if (has('slot')) root.append(document.createElement('slot'))
    if (has('button')) {
      const button = document.createElement('button')
      button.textContent = 'Open'
      host.addEventListener('click', intoField)
      root.append(button)
    }
    if (!has('frame')) return
    const iframe = document.createElement('iframe')
    iframe.src = `${api.runtime.getURL('frame.html')}#${encodeURIComponent([ways.join(' '), has('told') ? '' : text].join('|'))}`
    iframe.style.border = '0'
    if (has('named')) iframe.name = 'careless'
    if (has('told')) iframe.addEventListener('load', () => iframe.contentWindow?.postMessage({ text }, '*'))
    if (has('auto')) {
      addEventListener('message', ({ source, data }) => {
        if (source !== iframe.contentWindow || data?.width === undefined) return
        iframe.style.width = `${data.width}px`
        iframe.style.height = `${data.height}px`
      })
    }
    ;(has('light') ? place : root).append(iframe)
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-careless]')) void open(place)
  // Browsers open every closed root to extensions. This one tells the page what it finds, of whomever.
  addEventListener('prying', () => {
    type Opening = { dom?: { openOrClosedShadowRoot?(element: Element): ShadowRoot | null } }
    const rootOf = (host: Element) =>
      (host as { openOrClosedShadowRoot?: ShadowRoot }).openOrClosedShadowRoot ??
      (chrome as unknown as Opening).dom?.openOrClosedShadowRoot?.(host)
    const roots = [...document.querySelectorAll('*')].flatMap((host) => rootOf(host) ?? [])
    document.documentElement.dataset.pried = roots.map((root) => root.innerHTML).join('\n')
  })
}

function frame(): void {
  const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api }
  const api = browser ?? chrome
  const [ways = '', text = ''] = decodeURIComponent(location.hash.slice(1)).split('|')
  const has = (way: string) => ways.split(' ').includes(way)
  const shown = document.createElement('span')
  const show = (said: string) => {
    shown.textContent = said
    if (!has('auto')) return
    const { width, height } = shown.getBoundingClientRect()
    parent.postMessage({ width, height }, '*')
  }
  shown.style.cssText = 'display: inline-block; white-space: pre'
  document.body.style.margin = '0'
  document.body.append(shown)
  if (has('typing')) document.body.append(document.createElement('input'))
  if (has('speaking')) parent.postMessage('careless is up', '*')
  if (has('asking')) void api.runtime.sendMessage(text).then((said) => show(String(said)))
  else show(text)
  addEventListener('message', ({ data, ports }) => {
    if (typeof data?.text === 'string') show(data.text)
    for (const port of ports) port.postMessage(`careless: ${shown.textContent}`)
  })
}

function background(): void {
  const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api }
  const { runtime } = browser ?? chrome
  runtime.onMessage.addListener((said, _from, reply) => reply(said))
  runtime.onMessageExternal?.addListener((_said, _from, reply) => reply('an answer of the stand-in'))
}

const manifest = (kind: Kind) => ({
  manifest_version: 3,
  name: 'Careless',
  version: '1.0',
  content_scripts: [
    {
      matches: ['http://127.0.0.1/*', 'http://localhost/*'],
      js: ['content.js'],
      all_frames: true,
      match_origin_as_fallback: true,
    },
  ],
  web_accessible_resources: [{ resources: ['frame.html'], matches: ['*://*/*'] }],
  ...(kind === 'firefox'
    ? {
        background: { scripts: ['background.js'] },
        browser_specific_settings: { gecko: { id: 'careless@fieldseal.test' } },
      }
    : {
        background: { service_worker: 'background.js' },
        externally_connectable: { matches: ['http://127.0.0.1/*'] },
      }),
})

/** Installs the stand-in. Gives its folder, to be deleted at the end, and its id. */
export async function installCareless(session: Session): Promise<{ folder: string; id: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'careless-'))
  const files = {
    'manifest.json': JSON.stringify(manifest(session.kind)),
    'content.js': `(${content})()`,
    'frame.js': `(${frame})()`,
    'frame.html': '<!doctype html><meta charset="utf-8"><body><script src="frame.js"></script></body>',
    'background.js': `(${background})()`,
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return { folder, id: await session.browser.installExtension(folder) }
}
