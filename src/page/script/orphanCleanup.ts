// Removes what an earlier content script left in the page when its extension was updated or reloaded. In Firefox the script's world ends at
// once, so the next script cleans up. The token in a closed shadow root (shell.ts) identifies our hosts, and the exact declarations
// identify the elements we hid. Notes in a root are parsed as foreign data: in Firefox a page can reach elements in closed roots.

import * as v from 'valibot'
import { isHiddenCopy, showCopy } from './hiding.ts'
import { boxIn } from './shell.ts'

/**
 * Records in the closed root of a host, for a later script, which elements of the scope around it are about to be hidden, and the page's
 * own style of each. An element without a style of its own needs no note, unless it is a line break.
 */
export function recordHost(host: Element, scope: ParentNode, hidden: readonly HTMLElement[]): void {
  const notes = hidden
    .map((element) => [element, element.getAttribute('style')] as const)
    .filter(([element, style]) => style !== null || element instanceof HTMLBRElement)
  const box = boxIn(host)
  if (notes.length === 0 || box === null) return
  const known = new Map(elementsIn(scope).map((element, index) => [element, index]))
  let up = 0
  for (let node: Node | null = host.parentNode; node !== null && node !== scope; node = node.parentNode) up++
  box.dataset.before = JSON.stringify({
    up,
    styles: notes.map(([element, style]) => ({ index: known.get(element), style })),
  })
}

/** Removes everything that looks like ours. Call it before this script puts anything into the page. */
export function removeOrphans(): void {
  const hosts = [...document.querySelectorAll('div:empty')].flatMap((host) => {
    const box = boxIn(host)
    return box === null ? [] : [{ host, before: box.dataset.before }]
  })
  // Our spans are recognised by their style attributes, so read everything before changing any.
  const styled = hosts.map(({ host, before }) => stylesFor(host, before))
  const hidden = [...document.querySelectorAll<HTMLElement>('[style*="font-size: 0"]')].filter(isHiddenCopy)
  const inside = new Set(hidden.filter(({ parentElement }) => parentElement !== null && isHiddenCopy(parentElement)))
  for (const { host } of hosts) host.remove()
  for (const [element, style] of styled.flat()) {
    if (style === null) element.removeAttribute('style')
    else element.setAttribute('style', style)
  }
  for (const element of hidden) {
    if (!isHiddenCopy(element)) continue
    const isCut = isPieceOfOurs(element) && (!inside.has(element) || element.previousSibling instanceof Text)
    showCopy(element)
    if (isCut) unwrap(element)
  }
}

/** The hidden elements around a host, each with the page's own style; null for none. */
function stylesFor(host: Element, before: string | undefined): [HTMLElement, string | null][] {
  if (before === undefined) return []
  const notes = readNotes(before)
  let scope = host.parentNode
  for (let climbed = 0; notes !== null && scope !== null && climbed < notes.up; climbed++) scope = scope.parentNode
  if (notes === null || scope === null) return []
  const elements = elementsIn(scope as ParentNode & Node)
  return notes.styles.flatMap(({ index, style }): [HTMLElement, string | null][] => {
    const element = elements[index]
    if (!(element instanceof HTMLElement)) return []
    const isOurDoing = element.style.display === 'none' || isHiddenCopy(element)
    return isOurDoing ? [[element, style]] : []
  })
}

/** `up`: levels from the host to the scope. `index`: among the elements of the scope. `style`: the page's own attribute, null for none. */
const notesShape = v.strictObject({
  up: v.number(),
  styles: v.array(v.strictObject({ index: v.number(), style: v.nullable(v.string()) })),
})

function readNotes(before: string): v.InferOutput<typeof notesShape> | null {
  try {
    const parsed = v.safeParse(notesShape, JSON.parse(before))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** The scope and all of the page's elements in it, in document order. */
function elementsIn(scope: ParentNode & Node): Element[] {
  const all = [...(scope instanceof Element ? [scope] : []), ...scope.querySelectorAll('*')]
  return all.filter((element) => !isOurs(element))
}

function isOurs(element: Element): boolean {
  if (element.localName === 'div') return element.childNodes.length === 0 && boxIn(element) !== null
  return isPieceOfOurs(element)
}

/** Whether this is our span around a piece of the page's text. No page puts a bare span with these exact declarations there itself. */
function isPieceOfOurs(element: Element): boolean {
  const [only, ...more] = element.childNodes
  const bare = element.attributes.length === 0 || (element.attributes.length === 1 && isHiddenCopy(element))
  return element.localName === 'span' && bare && only instanceof Text && more.length === 0
}

/** Returns the text of the span, and the text after it, to the node they were cut from. */
function unwrap(span: HTMLElement): void {
  const { previousSibling: before, nextSibling: rest } = span
  if (!(before instanceof Text)) return
  before.data += span.textContent
  if (rest instanceof Text) {
    before.data += rest.data
    rest.remove()
  }
  span.remove()
}
