// Removes what an earlier content script left in the page when its extension was updated or reloaded: in Firefox its world is gone at once, so
// the next script cleans up. The token in their closed shadow roots (shell.ts) identifies our hosts, and the exact way of hiding
// identifies what they hid. Notes in a root are parsed as foreign data: in Firefox a page can reach an element in there.

import * as v from 'valibot'
import { isHiddenCopy, showCopy } from './hiding.ts'
import { boxIn } from './shell.ts'

/**
 * Notes in the closed root of a host, for whoever comes after us, which elements of the scope around it are about to be
 * hidden, and what style each has of the page's own: one that only shows again what is hidden needs no note.
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
    styles: notes.map(([element, style]) => ({ nth: known.get(element), style })),
  })
}

/** Takes everything away that looks as if it were ours. To be called before anything of our own is put into the page. */
export function removeOrphans(): void {
  const hosts = [...document.querySelectorAll('div:empty')].flatMap((host) => {
    const box = boxIn(host)
    return box === null ? [] : [{ host, before: box.dataset.before }]
  })
  // The style attributes are what spans of ours are known by, so they come last.
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

/** The elements around a host that were hidden, each with the style that it had of the page's own. */
function stylesFor(host: Element, before: string | undefined): [HTMLElement, string | null][] {
  if (before === undefined) return []
  const notes = readNotes(before)
  let scope = host.parentNode
  for (let climbed = 0; notes !== null && scope !== null && climbed < notes.up; climbed++) scope = scope.parentNode
  if (notes === null || scope === null) return []
  const elements = elementsIn(scope as ParentNode & Node)
  return notes.styles.flatMap(({ nth, style }): [HTMLElement, string | null][] => {
    const element = elements[nth]
    if (!(element instanceof HTMLElement)) return []
    const isOurDoing = element.style.display === 'none' || isHiddenCopy(element)
    return isOurDoing ? [[element, style]] : []
  })
}

/** `nth`: of the elements of the scope; `style`: the attribute's value of before, null for none. */
const notesShape = v.strictObject({
  up: v.number(),
  styles: v.array(v.strictObject({ nth: v.number(), style: v.nullable(v.string()) })),
})

function readNotes(before: string): v.InferOutput<typeof notesShape> | null {
  try {
    const parsed = v.safeParse(notesShape, JSON.parse(before))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** The scope and all elements in it that are the page's, in the order in which they stand. */
function elementsIn(scope: ParentNode & Node): Element[] {
  const all = [...(scope instanceof Element ? [scope] : []), ...scope.querySelectorAll('*')]
  return all.filter((element) => !isOurs(element))
}

function isOurs(element: Element): boolean {
  if (element.localName === 'div') return element.childNodes.length === 0 && boxIn(element) !== null
  return isPieceOfOurs(element)
}

/** A span around a piece of a page's text: no page of its own puts a bare one, hidden in this very way, behind a text. */
function isPieceOfOurs(element: Element): boolean {
  const [only, ...more] = element.childNodes
  const bare = element.attributes.length === 0 || (element.attributes.length === 1 && isHiddenCopy(element))
  return element.localName === 'span' && bare && only instanceof Text && more.length === 0
}

/** Gives the text back to the node that it was cut out of, and what stood after it too. */
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
