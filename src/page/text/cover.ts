// Puts a host in place of a sealed text and hides the ciphertext. The page keeps working: we move or remove none of its nodes, and the
// ciphertext stays in the page's text. All of it can be undone.

import { type Hider, hide, isHiddenCopy, isStillSeen, showCopy, shrink, shrinkToLine } from '../script/hiding.ts'
import { recordHost } from '../script/orphanCleanup.ts'
import type { Match, Span } from './textRun.ts'

/** With more spans than this, we hide the element that contains only them. */
const cutsAtMost = 64

/** The cover of one text, whose place `host` takes. */
export interface Cover {
  /** The text nodes that hold the ciphertext while it is covered. */
  readonly nodes: readonly Text[]
  hide(): void
  show(): void
  /** Whether the page has left the covered part unchanged. */
  intact(): boolean
  /** Removes everything of ours, and leaves the page's own changes since then. */
  undo(): void
}

/** How to cover a text. */
export interface CoverPlan {
  /** Whether the cover hides the ciphertext. One that may still grow stays visible. Depends only on its letters. */
  readonly hides: boolean
  cover(host: HTMLElement): Cover
}

/**
 * Plans how to cover a text. Reads everything it needs from the page, before the first of several texts is covered: otherwise the
 * browser would compute styles again for each. `shared`: another text is in one of the same text nodes.
 */
export function planCover(match: Match, shared: boolean): CoverPlan {
  if (!shared && mayGoOn(match)) return { hides: false, cover: (host) => standBeside(match, host) }
  if (match.alone && !isOnLine(match)) return { hides: true, cover: (host) => coverScope(match, host) }
  const [wholes, breaks] = [wholesIn(match), breaksIn(match)]
  return { hides: true, cover: (host) => coverSpans(match, host, wholes, breaks) }
}

/** Removes copies of our hiding that a page made with its own HTML. Call it before `planCover`. */
export function tidyCopies({ spans, scope }: Match): void {
  for (const { node } of spans) tidyCopy(node.parentElement)
  if (scope instanceof Element) tidyCopy(scope)
}

/** Whether the text is in an inline element, such as a link. The line must keep its height there, so the element keeps its size. */
function isOnLine({ scope, spans }: Match): boolean {
  return spans.length <= cutsAtMost && scope instanceof Element && getComputedStyle(scope).display === 'inline'
}

/** Whether the page may still be writing this text. That shows without any key, so it reveals nothing to the page. */
function mayGoOn({ fault, spans }: Match): boolean {
  const last = spans.at(-1)
  return fault === 'damaged' && last !== undefined && last.to === last.node.data.length
}

/**
 * Leaves the text visible. A page that is still writing it reads the text so far from its own text node, so we must not cut that.
 */
function standBeside({ spans, scope }: Match, host: HTMLElement): Cover {
  const before = spans.map(({ node }) => node.data)
  spans.at(-1)?.node.after(host)
  recordHost(host, scope, [])
  return {
    nodes: spans.map(({ node }) => node),
    hide() {},
    show() {},
    intact: () =>
      host.previousSibling === spans.at(-1)?.node &&
      spans.every(({ node }, index) => node.isConnected && node.data === before[index]),
    undo: () => host.remove(),
  }
}

/** For an element that contains only this text: its own text takes no room. */
function coverScope({ scope, spans }: Match, host: HTMLElement): Cover {
  const text = scope.textContent
  const inside = [...scope.querySelectorAll('*')].filter((element) => element instanceof HTMLElement)
  const outer = scope instanceof HTMLElement ? [shrink(scope)] : []
  let inner: Hider[] | null = null
  const hide = () => {
    for (const hider of outer) hider.on()
    inner ??= inside.filter(isStillSeen).map(shrink)
    for (const hider of inner) hider.on()
  }
  const show = () => {
    for (const hider of [...outer, ...(inner ?? [])]) hider.off()
  }
  scope.append(host)
  recordHost(host, scope, scope instanceof HTMLElement ? [scope, ...inside] : inside)
  return {
    nodes: spans.map(({ node }) => node),
    hide,
    show,
    // New text in the scope must not be hidden with it.
    intact: () => host.isConnected && host.parentNode === scope && scope.textContent === text,
    undo() {
      show()
      host.remove()
    },
  }
}

/** A sealed text cut out of a text node of the page: that node keeps the text before it, and our nodes hold the rest. */
interface Cut {
  readonly host: HTMLElement | null
  readonly wrapper: HTMLElement
  readonly text: Text
  readonly rest: Text
  /** An empty text node: its absence shows that the page removed its empty text nodes (`normalize`). */
  readonly canary: Text
}

/** Text nodes of the page that we have cut, their data after that, and the cuts in document order. */
const cutNodes = new WeakMap<Text, { data: string; cuts: Cut[] }>()

/** For a text with other text beside it: the page's nodes keep the text before it, and our nodes after them hold the rest. */
function coverSpans(
  { spans, scope }: Match,
  host: HTMLElement,
  wholes: readonly HTMLElement[],
  breaks: readonly HTMLElement[],
): Cover {
  const around = [...wholes.map(shrink), ...breaks.map(hide)]
  const cuts = spans.map((span, index) => ({ node: span.node, cut: cutOut(span, index === 0 ? host : null) }))
  recordHost(host, scope, [...wholes, ...breaks])
  const hiders = [...cuts.map(({ cut }) => shrinkToLine(cut.wrapper)), ...around]
  return {
    nodes: cuts.map(({ cut }) => cut.text),
    hide() {
      for (const hider of hiders) hider.on()
    },
    show() {
      for (const hider of hiders) hider.off()
    },
    intact: () => cuts.every(({ node, cut }) => isInPlace(node, cut)),
    undo() {
      for (const hider of hiders) hider.off()
      for (const { node, cut } of cuts) putBack(node, cut)
      host.remove()
    },
  }
}

function cutOut({ node, from, to }: Span, host: HTMLElement | null): Cut {
  const wrapper = document.createElement('span')
  const [text, rest, canary] = [node.data.slice(from, to), node.data.slice(to), ''].map((data) =>
    document.createTextNode(data),
  ) as [Text, Text, Text]
  const cut = { host, wrapper, text, rest, canary }
  wrapper.append(text)
  node.data = node.data.slice(0, from)
  node.after(...(host === null ? [] : [host]), wrapper, rest, canary)
  cutNodes.set(node, { data: node.data, cuts: [cut, ...(cutNodes.get(node)?.cuts ?? [])] })
  return cut
}

/** The text node right before a cut: the page's own, or the rest of the previous cut. */
function beforeCut(node: Text, cut: Cut): Text | null {
  const cuts = cutNodes.get(node)?.cuts ?? []
  const index = cuts.indexOf(cut)
  return index > 0 ? (cuts[index - 1]?.rest ?? null) : index === 0 ? node : null
}

const isKept = (node: Text): boolean => node.isConnected && cutNodes.get(node)?.data === node.data

/** Whether all of a cut is where we put it: nothing inserted, overwritten or removed. */
function isInPlace(node: Text, cut: Cut): boolean {
  const { host, wrapper, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  if (before === null || !isKept(node) || !canary.isConnected || wrapper.firstChild !== text) return false
  const previous = host === null ? wrapper.previousSibling : host.previousSibling
  const joined = before === node ? previous === node : previous instanceof Text && previous.data === ''
  return joined && (host === null || host.nextSibling === wrapper) && wrapper.nextSibling === rest
}

/** Returns the text to the node it was cut from, wherever that is now, unless the page has overwritten it. */
function putBack(node: Text, cut: Cut): void {
  const { host, wrapper, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  const known = cutNodes.get(node)
  if (before !== null && known !== undefined && wrapper.isConnected && isKept(node)) {
    before.data += text.data + rest.data
    if (before === node) known.data = node.data
  } else if (!node.isConnected && wrapper.isConnected && !canary.isConnected) {
    // The canary is gone but our wrapper is in place, so no framework removed the text on purpose: `normalize` joined the text
    // nodes here, and this node was empty or became part of the one before it.
    node.data = text.data + rest.data
    wrapper.before(node)
  }
  if (known !== undefined) known.cuts = known.cuts.filter((other) => other !== cut)
  for (const ours of [host, wrapper, rest, canary]) ours?.remove()
}

/** Elements in the scope that contain only this text. Hiding the whole element leaves no empty lines. */
function wholesIn({ scope, spans }: Match): HTMLElement[] {
  const whole = new Map(spans.map(({ node, from, to }) => [node, node.data.slice(0, from) + node.data.slice(to)]))
  const isWhole = (parent: Node): boolean =>
    [...parent.childNodes].every((child) =>
      child instanceof Text ? (whole.get(child) ?? child.data).trim() === '' : isWhole(child) && holdsText(child),
    )
  const holdsText = (node: Node) => node instanceof HTMLBRElement || spans.some((span) => node.contains(span.node))
  const found = new Set<HTMLElement>()
  for (const { node } of spans) {
    for (
      let parent = node.parentElement;
      parent !== null && parent !== scope && scope.contains(parent);
      parent = parent.parentElement
    ) {
      if (!isWhole(parent)) break
      // An inline element makes no line of its own, and the line of the host in it must keep its height.
      if (parent instanceof HTMLElement && getComputedStyle(parent).display !== 'inline') found.add(parent)
    }
  }
  return [...found]
}

/** The page's line breaks within this text. */
function breaksIn({ scope, spans }: Match): HTMLElement[] {
  const [first, last] = [spans[0]?.node, spans.at(-1)?.node]
  if (first === undefined || last === undefined || first === last) return []
  const { DOCUMENT_POSITION_FOLLOWING: follows } = Node
  return [...scope.querySelectorAll('br')].filter(
    (br) => first.compareDocumentPosition(br) & follows && br.compareDocumentPosition(last) & follows,
  )
}

/** A page that copies its own HTML also copies our hiding, and an empty `div` that was a host. Only we can undo those. */
function tidyCopy(element: Element | null): void {
  if (element === null || !isHiddenCopy(element)) return
  showCopy(element)
  for (const near of [element.previousElementSibling, element.lastElementChild]) {
    if (near?.localName === 'div' && near.childNodes.length === 0 && near.attributes.length === 0) near.remove()
  }
}
