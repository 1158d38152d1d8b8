// Goes through the text of a part of the page in chunks, each of which the browser joins into one string by itself: asking
// every element for its text costs several times as much. Only in a chunk that hints at a sealed text is anything looked at.

import { hints, inkling, overlapChars } from './inkling.ts'
import type { Unit } from './run.ts'

/** Elements in a chunk: a first guess, and bounds to what is learnt from the time that the chunks take. */
const firstChunk = 1_024
const leastChunk = 128
const greatestChunk = 8_192
const chunkMs = { least: 1, most: 3 }
/** How far above the node in which it ends a marker may have its beginning. */
const climbAtMost = 4

/** One way through all the text of a root, which may change in the meantime: nothing that stays in it is passed over. */
export class Sweep {
  readonly root: Unit
  readonly #elements: ArrayLike<Element>
  /** From where on it is still to be looked at. The browser keeps this right while the page changes. */
  readonly #range = document.createRange()
  #at = 0
  #chunk = firstChunk
  #tail = ''
  #done = false

  constructor(root: Unit) {
    this.root = root
    // The collection is a live one where there is such: made in no time, and walked by the browser as far as it is asked.
    this.#elements = root instanceof Element ? root.getElementsByTagName('*') : root.querySelectorAll('*')
    this.#range.setStart(root, 0)
  }

  get begun(): boolean {
    return this.#at > 0
  }

  get done(): boolean {
    return this.#done
  }

  /** Looks at the next chunk; gives the smallest elements in which a sealed text may begin. */
  next(): Unit[] {
    const begun = performance.now()
    const range = this.#range
    this.#at += this.#chunk
    let end = this.#elements[this.#at]
    if (end !== undefined && !this.root.contains(end)) end = undefined
    // Inside an element rather than before it: the browser need not count the element's siblings then.
    if (end !== undefined) range.setEnd(end, 0)
    else if (this.#at < this.#elements.length) return []
    else range.setEnd(this.root, this.root.childNodes.length)
    const text = range.toString()
    const hit = hints(this.#tail + text)
    const found = hit ? unitsFrom(range.startContainer, end ?? null, this.root, this.#tail) : []
    this.#tail = tailOf(this.#tail + text, hit)
    this.#done = end === undefined
    // A range that the page's changes need not be kept track of.
    if (this.#done) range.selectNode(document.documentElement)
    else range.collapse(false)
    this.#learn(performance.now() - begun)
    return found
  }

  #learn(tookMs: number): void {
    if (tookMs < chunkMs.least) this.#chunk = Math.min(this.#chunk * 2, greatestChunk)
    else if (tookMs > chunkMs.most) this.#chunk = Math.max(Math.floor(this.#chunk / 2), leastChunk)
  }
}

/** Siblings that came to the page, and all between them. */
export interface Region {
  readonly parent: Node
  first: Node
  /** Null for the parent's end, wherever that is by now. */
  last: Node | null
}

/** As many of the siblings of a region as can be looked at as one. */
export interface Part {
  first: Node
  last: Node
}

/** One range for all regions: the browser sees to every range there is at each change of a page. */
let spare: Range | undefined

/** The smallest elements around a part in which a sealed text may begin, together with the text next to it. */
export function unitsAround({ first, last }: Part, root: Node): Unit[] {
  const before = neighbour(first, root, 'previousNode')
  const stop = neighbour(lastIn(last), root, 'nextNode')
  const after = stop instanceof Text ? stop : null
  spare ??= document.createRange()
  spare.setStart(before ?? first, before === null ? 0 : Math.max(0, before.data.length - overlapChars))
  if (after !== null) spare.setEnd(after, Math.min(overlapChars, after.data.length))
  else spare.setEnd(last, last instanceof Text ? last.data.length : last.childNodes.length)
  const hit = hints(spare.toString())
  spare.selectNode(document.documentElement)
  return hit
    ? unitsFrom(before ?? first, after === null ? following(last, root) : following(after, root), root, '')
    : []
}

/** The text node that comes before or after, far enough away that a marker cannot reach beyond it. */
function neighbour(node: Node, root: Node, way: 'previousNode' | 'nextNode'): Text | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  walker.currentNode = node
  let found: Text | null = null
  for (let chars = 0; chars < overlapChars; ) {
    const next = walker[way]()
    if (!(next instanceof Text)) break
    // An empty text node must not keep what lies behind it from being seen, nor may thousands of them be walked.
    chars += Math.max(next.data.length, 1)
    found = next
  }
  return found
}

function lastIn(node: Node): Node {
  let last = node
  while (last.lastChild !== null) last = last.lastChild
  return last
}

/** What comes after all of a node. */
function following(node: Node, root: Node): Node | null {
  for (let one: Node | null = node; one !== null && one !== root; one = one.parentNode) {
    if (one.nextSibling !== null) return one.nextSibling
  }
  return null
}

/** The smallest elements that hold what hints at a sealed text, from a node on until another. */
function unitsFrom(start: Node, stop: Node | null, root: Node, before: string): Unit[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  walker.currentNode = start
  const units = new Set<Unit>()
  let tail = before
  for (let node: Node | null = start; node !== null && node !== stop; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    const text = tail + node.data
    const hit = hints(text)
    const unit = hit ? smallest(node) : null
    if (unit !== null) units.add(unit)
    tail = tailOf(text, hit)
  }
  return [...units]
}

/** What is looked at once more with the text that follows: not so much that what was found is found again. */
function tailOf(text: string, hit: boolean): string {
  return text.slice(hit ? 1 - inkling.length : -overlapChars)
}

function smallest(node: Text): Unit | null {
  let part: ParentNode | null = node.parentNode
  for (let climbed = 0; climbed < climbAtMost && (part instanceof Element || part instanceof ShadowRoot); climbed++) {
    if (hints(part.textContent ?? '')) return part
    part = part.parentNode
  }
  return null
}
