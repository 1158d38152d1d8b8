// Our own element in a foreign document: a plain `div` with a closed shadow root, for icons, notices and placement only. It never contains a
// secret, because such roots leak (docs/THREATS.md).

import { direction, locale } from '../../words.ts'

export interface Shell {
  readonly host: HTMLDivElement
  readonly root: ShadowRoot
  /** The one element in the root that may be placed and sized: the page cannot reach its style, as it can the host's. */
  readonly box: HTMLDivElement
}

/** The name of our boxes in this document, which its page does not know. Empty until the background has given it. */
let owner = ''
/** Boxes that were made before the background has given the name. */
const unnamed = new Set<HTMLElement>()
/** The boxes of the hosts that this very script has made. */
const boxes = new WeakMap<Element, HTMLElement>()

/** To be called with what the background answers to `getSiteState`: what this script has put into the page until then is named too. */
export function setOwner(token: string): void {
  owner = token
  if (token === '') return
  for (const box of unnamed) box.id = token
  unnamed.clear()
}

/** Laid over whatever the page's style sheets say of a `div`; `!important` in here beats the page's, inline too. */
const base = `
:host { all: initial !important; color-scheme: normal !important; }
:host([hidden]) { display: none !important; }
`

/** An element that is in no document yet. `css` may style `:host`, where every declaration should be important, and `.box`. */
export function makeShell(css: string): Shell {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'closed' })
  adopt(root, base + css)
  const box = document.createElement('div')
  box.className = 'box'
  // Ours are the words in it, whatever the page around it is written in.
  box.lang = locale()
  box.dir = direction()
  if (owner === '') unnamed.add(box)
  else box.id = owner
  boxes.set(host, box)
  root.append(box)
  return { host, root, box }
}

/** One sheet serves all places of a kind. Null once the browser has refused one. */
let sheets: Map<string, CSSStyleSheet> | null = new Map()

function adopt(root: ShadowRoot, css: string): void {
  try {
    if (sheets !== null) {
      root.adoptedStyleSheets = [sheetOf(css, sheets)]
      return
    }
  } catch {
    // Firefox does not let a content script adopt a sheet that it made in its own world.
    sheets = null
  }
  const style = document.createElement('style')
  style.textContent = css
  root.append(style)
}

function sheetOf(css: string, known: Map<string, CSSStyleSheet>): CSSStyleSheet {
  let sheet = known.get(css)
  if (sheet === undefined) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    known.set(css, sheet)
  }
  return sheet
}

/**
 * The box of a place of ours, an earlier script's too, or null. A closed root alone proves nothing, a page makes them as well;
 * what proves it is the name in it.
 */
export function boxIn(host: Element): HTMLElement | null {
  const own = boxes.get(host)
  if (own !== undefined || owner === '') return own ?? null
  type Opens = { dom?: { openOrClosedShadowRoot?(element: Element): ShadowRoot | null } }
  const { chrome } = globalThis as { chrome?: Opens }
  const root =
    (host as { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot ??
    chrome?.dom?.openOrClosedShadowRoot?.(host)
  return root?.getElementById(owner) ?? null
}

/** Builds an element for a shadow root of ours. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}
