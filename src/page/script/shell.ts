// Our own element in a foreign document: a plain `div` with a closed shadow root, for icons, notices and placement only. It never contains a
// secret, because such roots leak (docs/THREATS.md).

import { direction, locale } from '../../words.ts'

export interface Shell {
  readonly host: HTMLDivElement
  readonly root: ShadowRoot
  /** Position and size only this element: the page can reach the host's style, but not this one's. */
  readonly box: HTMLDivElement
}

/** The token that identifies our boxes in this document, unknown to the page. Empty until the background sends it. */
let owner = ''
/** Boxes made before the token arrived. */
const unnamed = new Set<HTMLElement>()
/** The boxes of this script's own hosts. */
const boxes = new WeakMap<Element, HTMLElement>()

/** Sets the token from the response to `getSiteState`, also on the boxes made before. */
export function setOwner(token: string): void {
  owner = token
  if (token === '') return
  for (const box of unnamed) box.id = token
  unnamed.clear()
}

/** Resets the page's styles for a `div`. `!important` in a shadow root overrides the page's, even inline. */
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
  // The words are ours, so their language is not the page's.
  box.lang = locale()
  box.dir = direction()
  if (owner === '') unnamed.add(box)
  else box.id = owner
  boxes.set(host, box)
  root.append(box)
  return { host, root, box }
}

/** Style sheets by their CSS, shared by all shells of a kind. Null once the browser has refused one. */
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
 * The box of a host of ours, including an earlier script's; null for other elements. A closed root proves nothing, since pages make
 * them too. The token in it does.
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
