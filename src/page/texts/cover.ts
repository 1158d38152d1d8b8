// Puts a host in the place of a sealed text and hides the ciphertext, so that a page keeps working with what it made:
// no node of the page is moved or removed, and the ciphertext stays in the page's text. All of it can be undone.

import { note } from '../leftovers.ts'
import { type Hider, isHiddenCopy, isStillSeen, showCopy, shrink, shrinkToLine, takeOut } from './hiding.ts'
import type { Piece, Sighting } from './run.ts'

/** More pieces than this are hidden with the element that they are all of. */
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
export interface Plan {
  /** Whether the ciphertext will be hidden. One that may still grow is not. Told by its letters alone. */
  readonly hides: boolean
  cover(host: HTMLElement): Cover
}

/**
 * Plans how a text will be covered. All that is asked of the page is asked here, before anything is changed for the texts that are
 * covered together: else the browser would work out its styles anew for each. `shared` says that another text stands in one
 * of the same text nodes.
 */
export function planCover(sighting: Sighting, shared: boolean): Plan {
  if (!shared && mayGoOn(sighting)) return { hides: false, cover: (host) => standBeside(sighting, host) }
  if (sighting.alone && !isOnLine(sighting)) return { hides: true, cover: (host) => coverUnit(sighting, host) }
  const [wholes, breaks] = [wholesIn(sighting), breaksIn(sighting)]
  return { hides: true, cover: (host) => coverPieces(sighting, host, wholes, breaks) }
}

/** Takes away what a page has copied of our hiding with its own HTML. To be done before anything is asked about the text. */
export function tidyCopies({ pieces, unit }: Sighting): void {
  for (const { node } of pieces) tidyCopy(node.parentElement)
  if (unit instanceof Element) tidyCopy(unit)
}

/** In a link, say, the host must stand on a line as high as before, so the element itself keeps its size. */
function isOnLine({ unit, pieces }: Sighting): boolean {
  return pieces.length <= cutsAtMost && unit instanceof Element && getComputedStyle(unit).display === 'inline'
}

/** A text that lacks letters may be on its way still. That is to be seen without any key, so a page is told nothing by it. */
function mayGoOn({ fault, pieces }: Sighting): boolean {
  const last = pieces.at(-1)
  return fault === 'damaged' && last !== undefined && last.to === last.node.data.length
}

/**
 * It stays in view. A page that goes on writing it reads what it has written so far from its own text node, so nothing is
 * cut out of that.
 */
function standBeside({ pieces, unit }: Sighting, host: HTMLElement): Cover {
  const before = pieces.map(({ node }) => node.data)
  pieces.at(-1)?.node.after(host)
  note(host, unit, [])
  return {
    nodes: pieces.map(({ node }) => node),
    hide() {},
    show() {},
    intact: () =>
      host.previousSibling === pieces.at(-1)?.node &&
      pieces.every(({ node }, nth) => node.isConnected && node.data === before[nth]),
    undo: () => host.remove(),
  }
}

/** The text is all that its element holds: the element's own text is made to take no room. */
function coverUnit({ unit, pieces }: Sighting, host: HTMLElement): Cover {
  const text = unit.textContent
  const inside = [...unit.querySelectorAll('*')].filter((element) => element instanceof HTMLElement)
  const outer = unit instanceof HTMLElement ? [shrink(unit)] : []
  let inner: Hider[] | null = null
  const hide = () => {
    for (const hider of outer) hider.on()
    inner ??= inside.filter(isStillSeen).map(shrink)
    for (const hider of inner) hider.on()
  }
  const show = () => {
    for (const hider of [...outer, ...(inner ?? [])]) hider.off()
  }
  unit.append(host)
  note(host, unit, unit instanceof HTMLElement ? [unit, ...inside] : inside)
  return {
    nodes: pieces.map(({ node }) => node),
    hide,
    show,
    // Whatever else comes to stand in the unit must not be hidden with it.
    intact: () => host.isConnected && host.parentNode === unit && unit.textContent === text,
    undo() {
      show()
      host.remove()
    },
  }
}

/** A sealed text cut out of a text node of the page: that node keeps what stood before it, and nodes of ours the rest. */
interface Cut {
  readonly host: HTMLElement | null
  readonly span: HTMLElement
  readonly text: Text
  readonly rest: Text
  /** Empty, and of no use but one: it is gone when the page has had its empty text nodes taken away. */
  readonly canary: Text
}

/** Text nodes of the page that we have cut, what they hold since, and the cuts in the order in which they stand. */
const cutNodes = new WeakMap<Text, { data: string; cuts: Cut[] }>()

/** Other text stands beside it: the page's nodes keep what is before it, and nodes of ours after them take the rest. */
function coverPieces(
  { pieces, unit }: Sighting,
  host: HTMLElement,
  wholes: readonly HTMLElement[],
  breaks: readonly HTMLElement[],
): Cover {
  const around = [...wholes.map(shrink), ...breaks.map(takeOut)]
  const made = pieces.map((piece, nth) => ({ node: piece.node, cut: cutOut(piece, nth === 0 ? host : null) }))
  note(host, unit, [...wholes, ...breaks])
  const hiders = [...made.map(({ cut }) => shrinkToLine(cut.span)), ...around]
  return {
    nodes: made.map(({ cut }) => cut.text),
    hide() {
      for (const hider of hiders) hider.on()
    },
    show() {
      for (const hider of hiders) hider.off()
    },
    intact: () => made.every(({ node, cut }) => stands(node, cut)),
    undo() {
      for (const hider of hiders) hider.off()
      for (const { node, cut } of made) putBack(node, cut)
      host.remove()
    },
  }
}

function cutOut({ node, from, to }: Piece, host: HTMLElement | null): Cut {
  const span = document.createElement('span')
  const [text, rest, canary] = [node.data.slice(from, to), node.data.slice(to), ''].map((data) =>
    document.createTextNode(data),
  ) as [Text, Text, Text]
  const cut = { host, span, text, rest, canary }
  span.append(text)
  node.data = node.data.slice(0, from)
  node.after(...(host === null ? [] : [host]), span, rest, canary)
  cutNodes.set(node, { data: node.data, cuts: [cut, ...(cutNodes.get(node)?.cuts ?? [])] })
  return cut
}

/** What stands right before a cut: the page's own text node, or the rest of the cut before it. */
function beforeCut(node: Text, cut: Cut): Text | null {
  const cuts = cutNodes.get(node)?.cuts ?? []
  const at = cuts.indexOf(cut)
  return at > 0 ? (cuts[at - 1]?.rest ?? null) : at === 0 ? node : null
}

const isKept = (node: Text): boolean => node.isConnected && cutNodes.get(node)?.data === node.data

/** Whether all is where we put it: nothing came between, nothing was written over, nothing is gone. */
function stands(node: Text, cut: Cut): boolean {
  const { host, span, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  if (before === null || !isKept(node) || !canary.isConnected || span.firstChild !== text) return false
  const previous = host === null ? span.previousSibling : host.previousSibling
  const joined = before === node ? previous === node : previous instanceof Text && previous.data === ''
  return joined && (host === null || host.nextSibling === span) && span.nextSibling === rest
}

/** Gives the text back to the node that it was cut from, wherever that stands now, unless the page has written over it. */
function putBack(node: Text, cut: Cut): void {
  const { host, span, text, rest, canary } = cut
  const before = beforeCut(node, cut)
  const known = cutNodes.get(node)
  if (before !== null && known !== undefined && span.isConnected && isKept(node)) {
    before.data += text.data + rest.data
    if (before === node) known.data = node.data
  } else if (!node.isConnected && span.isConnected && !canary.isConnected) {
    // With the canary gone and our span in its place, no framework took the node away, and nobody meant the text: all text
    // nodes here were joined, and the node was empty or became a part of the one before it.
    node.data = text.data + rest.data
    span.before(node)
  }
  if (known !== undefined) known.cuts = known.cuts.filter((one) => one !== cut)
  for (const ours of [host, span, rest, canary]) ours?.remove()
}

/** Elements in the unit that hold nothing but this text: hidden as a whole, they leave no empty lines behind. */
function wholesIn({ unit, pieces }: Sighting): HTMLElement[] {
  const whole = new Map(pieces.map(({ node, from, to }) => [node, node.data.slice(0, from) + node.data.slice(to)]))
  const isWhole = (parent: Node): boolean =>
    [...parent.childNodes].every((child) =>
      child instanceof Text ? (whole.get(child) ?? child.data).trim() === '' : isWhole(child) && holdsText(child),
    )
  const holdsText = (node: Node) => node instanceof HTMLBRElement || pieces.some((piece) => node.contains(piece.node))
  const found = new Set<HTMLElement>()
  for (const { node } of pieces) {
    for (let at = node.parentElement; at !== null && at !== unit && unit.contains(at); at = at.parentElement) {
      if (!isWhole(at)) break
      // What is inline makes no line of its own, and the host in it must stand on a line as high as before.
      if (at instanceof HTMLElement && getComputedStyle(at).display !== 'inline') found.add(at)
    }
  }
  return [...found]
}

/** Line breaks that the page has put into this text. */
function breaksIn({ unit, pieces }: Sighting): HTMLElement[] {
  const [first, last] = [pieces[0]?.node, pieces.at(-1)?.node]
  if (first === undefined || last === undefined || first === last) return []
  const { DOCUMENT_POSITION_FOLLOWING: follows } = Node
  return [...unit.querySelectorAll('br')].filter(
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
