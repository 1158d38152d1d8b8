// Puts a host in place of a sealed text and hides the ciphertext, so that the page keeps working with what it made: no node of the page is
// moved or removed, and the ciphertext stays in the page's text. All of it can be undone.

import { type Hider, hide, isHiddenCopy, isStillSeen, showCopy, shrink, shrinkToLine } from '../script/hiding.ts'
import { recordHost } from '../script/orphanCleanup.ts'
import type { Match, Span } from './textRun.ts'

/** More spans than this are hidden with the element that they are all of. */
const cutsAtMost = 64

/** Makes a text stand behind `host`. */
export interface Cover {
  /** The text nodes that the ciphertext stands in while it is covered. */
  readonly nodes: readonly Text[]
  hide(): void
  show(): void
  /** Whether the page has not changed what was covered since. */
  intact(): boolean
  /** Takes everything of ours away; what the page has changed meanwhile is left as the page made it. */
  undo(): void
}

/** How a text will be covered. */
export interface CoverPlan {
  /** Whether the ciphertext will be hidden. One that may still grow is not. Told by its letters alone. */
  readonly hides: boolean
  cover(host: HTMLElement): Cover
}

/**
 * Plans how a text will be covered. All that is asked of the page is asked here, before anything is changed for the texts that are
 * covered together: else the browser would work out its styles anew for each. `shared` says that another text stands in one
 * of the same text nodes.
 */
export function planCover(match: Match, shared: boolean): CoverPlan {
  if (!shared && mayGoOn(match)) return { hides: false, cover: (host) => standBeside(match, host) }
  if (match.alone && !isOnLine(match)) return { hides: true, cover: (host) => coverScope(match, host) }
  const [wholes, breaks] = [wholesIn(match), breaksIn(match)]
  return { hides: true, cover: (host) => coverSpans(match, host, wholes, breaks) }
}

/** Takes away what a page has copied of our hiding with its own HTML. To be done before anything is asked about the text. */
export function tidyCopies({ spans, scope }: Match): void {
  for (const { node } of spans) tidyCopy(node.parentElement)
  if (scope instanceof Element) tidyCopy(scope)
}

/** In a link, say, the host must stand on a line as high as before, so the element itself keeps its size. */
function isOnLine({ scope, spans }: Match): boolean {
  return spans.length <= cutsAtMost && scope instanceof Element && getComputedStyle(scope).display === 'inline'
}

/** A text that lacks letters may be on its way still. That is to be seen without any key, so a page is told nothing by it. */
function mayGoOn({ fault, spans }: Match): boolean {
  const last = spans.at(-1)
  return fault === 'damaged' && last !== undefined && last.to === last.node.data.length
}

/**
 * It stays in view. A page that goes on writing it reads what it has written so far from its own text node, so nothing is
 * cut out of that.
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

/** The text is all that its element holds: the element's own text is made to take no room. */
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
    // Whatever else comes to stand in the scope must not be hidden with it.
    intact: () => host.isConnected && host.parentNode === scope && scope.textContent === text,
    undo() {
      show()
      host.remove()
    },
  }
}

/** A sealed text cut out of a text node of the page: that node keeps what stood before it, and nodes of ours the rest. */
interface Cut {
  readonly host: HTMLElement | null
  readonly wrapper: HTMLElement
  readonly text: Text
  readonly rest: Text
  /** Empty, and of no use but one: it is gone when the page has had its empty text nodes taken away. */
  readonly canary: Text
}

/** Text nodes of the page that we have cut, what they hold since, and the cuts in the order in which they stand. */
const cutNodes = new WeakMap<Text, { data: string; cuts: Cut[] }>()

/** Other text stands beside it: the page's nodes keep what is before it, and nodes of ours after them take the rest. */
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

/** What stands right before a cut: the page's own text node, or the rest of the cut before it. */
function beforeCut(node: Text, cut: Cut): Text | null {
  const cuts = cutNodes.get(node)?.cuts ?? []
  const index = cuts.indexOf(cut)
  return index > 0 ? (cuts[index - 1]?.rest ?? null) : index === 0 ? node : null
}

const isKept = (node: Text): boolean => node.isConnected && cutNodes.get(node)?.data === node.data

/** Whether all is where we put it: nothing came between, nothing was written over, nothing is gone. */
function isInPlace(node: Text, cut: Cut): boolean {
  const { host, wrapper, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  if (before === null || !isKept(node) || !canary.isConnected || wrapper.firstChild !== text) return false
  const previous = host === null ? wrapper.previousSibling : host.previousSibling
  const joined = before === node ? previous === node : previous instanceof Text && previous.data === ''
  return joined && (host === null || host.nextSibling === wrapper) && wrapper.nextSibling === rest
}

/** Gives the text back to the node that it was cut from, wherever that stands now, unless the page has written over it. */
function putBack(node: Text, cut: Cut): void {
  const { host, wrapper, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  const known = cutNodes.get(node)
  if (before !== null && known !== undefined && wrapper.isConnected && isKept(node)) {
    before.data += text.data + rest.data
    if (before === node) known.data = node.data
  } else if (!node.isConnected && wrapper.isConnected && !canary.isConnected) {
    // With the canary gone and our wrapper in its place, no framework took the node away, and nobody meant the text: all text
    // nodes here were joined, and the node was empty or became a part of the one before it.
    node.data = text.data + rest.data
    wrapper.before(node)
  }
  if (known !== undefined) known.cuts = known.cuts.filter((other) => other !== cut)
  for (const ours of [host, wrapper, rest, canary]) ours?.remove()
}

/** Elements in the scope that hold nothing but this text: hidden as a whole, they leave no empty lines behind. */
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
      // What is inline makes no line of its own, and the host in it must stand on a line as high as before.
      if (parent instanceof HTMLElement && getComputedStyle(parent).display !== 'inline') found.add(parent)
    }
  }
  return [...found]
}

/** Line breaks that the page has put into this text. */
function breaksIn({ scope, spans }: Match): HTMLElement[] {
  const [first, last] = [spans[0]?.node, spans.at(-1)?.node]
  if (first === undefined || last === undefined || first === last) return []
  const { DOCUMENT_POSITION_FOLLOWING: follows } = Node
  return [...scope.querySelectorAll('br')].filter(
    (br) => first.compareDocumentPosition(br) & follows && br.compareDocumentPosition(last) & follows,
  )
}

/** A page that copies its own HTML copies our hiding, and an empty `div` that was a host: nobody else would undo those. */
function tidyCopy(element: Element | null): void {
  if (element === null || !isHiddenCopy(element)) return
  showCopy(element)
  for (const near of [element.previousElementSibling, element.lastElementChild]) {
    if (near?.localName === 'div' && near.childNodes.length === 0 && near.attributes.length === 0) near.remove()
  }
}
