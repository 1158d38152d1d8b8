// Goes through the text of a part of the page in chunks, each of which the browser joins into one string: asking every element for its text
// costs several times as much. Only a chunk that may hold a sealed text is examined further.

import { markerPrefix, mayHoldSealed, overlapChars } from '../../crypto/prefilter.ts'
import type { Scope } from './textRun.ts'

/** Elements in a chunk: a first guess, and bounds to what is learnt from the time that the chunks take. */
const firstChunk = 1_024
const leastChunk = 128
const greatestChunk = 8_192
const chunkMs = { least: 1, most: 3 }
/** How far above the node in which it ends a marker may have its beginning. */
const climbAtMost = 4

/** One way through all the text of a root, which may change in the meantime: nothing that stays in it is passed over. */
export class Sweep {
  readonly root: Scope
  readonly #elements: ArrayLike<Element>
  /** From where on it is still to be looked at. The browser keeps this right while the page changes. */
  readonly #range = document.createRange()
  #index = 0
  #chunk = firstChunk
  #tail = ''
  #done = false

  constructor(root: Scope) {
    this.root = root
    // The collection is a live one where there is such: made in no time, and walked by the browser as far as it is asked.
    this.#elements = root instanceof Element ? root.getElementsByTagName('*') : root.querySelectorAll('*')
    this.#range.setStart(root, 0)
  }

  get isBegun(): boolean {
    return this.#index > 0
  }

  get done(): boolean {
    return this.#done
  }

  /** Looks at the next chunk; gives the smallest elements in which a sealed text may begin. */
  next(): Scope[] {
    const startedAt = performance.now()
    const range = this.#range
    this.#index += this.#chunk
    let end = this.#elements[this.#index]
    if (end !== undefined && !this.root.contains(end)) end = undefined
    // Inside an element rather than before it: the browser need not count the element's siblings then.
    if (end !== undefined) range.setEnd(end, 0)
    else if (this.#index < this.#elements.length) return []
    else range.setEnd(this.root, this.root.childNodes.length)
    const text = range.toString()
    const hit = mayHoldSealed(this.#tail + text)
    const found = hit ? scopesFrom(range.startContainer, end ?? null, this.root, this.#tail) : []
    this.#tail = tailOf(this.#tail + text, hit)
    this.#done = end === undefined
    // A range that the page's changes need not be kept track of.
    if (this.#done) range.selectNode(document.documentElement)
    else range.collapse(false)
    this.#learn(performance.now() - startedAt)
    return found
  }

  #learn(tookMs: number): void {
    if (tookMs < chunkMs.least) this.#chunk = Math.min(this.#chunk * 2, greatestChunk)
    else if (tookMs > chunkMs.most) this.#chunk = Math.max(Math.floor(this.#chunk / 2), leastChunk)
  }
}

/** Siblings that came to the page, and all between them. */
export interface InsertedRange {
  readonly parent: Node
  first: Node
  /** Null for the parent's end, wherever that is by now. */
  last: Node | null
}

/** As many of the siblings of an inserted range as can be looked at as one. */
export interface Chunk {
  first: Node
  last: Node
}

/** One range for all of them: the browser sees to every range there is at each change of a page. */
let spare: Range | undefined

/** The smallest elements around a part in which a sealed text may begin, together with the text next to it. */
export function scopesAround({ first, last }: Chunk, root: Node): Scope[] {
  const before = neighbour(first, root, 'previousNode')
  const stop = neighbour(lastIn(last), root, 'nextNode')
  const after = stop instanceof Text ? stop : null
  spare ??= document.createRange()
  spare.setStart(before ?? first, before === null ? 0 : Math.max(0, before.length - overlapChars))
  if (after !== null) spare.setEnd(after, Math.min(overlapChars, after.length))
  else spare.setEnd(last, last instanceof Text ? last.length : last.childNodes.length)
  const hit = mayHoldSealed(spare.toString())
  spare.selectNode(document.documentElement)
  return hit
    ? scopesFrom(before ?? first, after === null ? following(last, root) : following(after, root), root, '', [
        before,
        after,
      ])
    : []
}

/** The text node that comes before or after, far enough away that a marker cannot reach beyond it. */
function neighbour(node: Node, root: Node, direction: 'previousNode' | 'nextNode'): Text | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  walker.currentNode = node
  let found: Text | null = null
  for (let chars = 0; chars < overlapChars; ) {
    const next = walker[direction]()
    if (!(next instanceof Text)) break
    // An empty text node must not keep what lies behind it from being seen, nor may thousands of them be walked.
    chars += Math.max(next.length, 1)
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
  for (let last: Node | null = node; last !== null && last !== root; last = last.parentNode) {
    if (last.nextSibling !== null) return last.nextSibling
  }
  return null
}

/**
 * The smallest elements that hold what hints at a sealed text, from a node on until another. Of the neighbours, which were looked at
 * before and may be long, only as much counts as a marker can reach over to.
 */
function scopesFrom(
  start: Node,
  stop: Node | null,
  root: Node,
  before: string,
  [previous, next]: readonly [Text | null, Text | null] = [null, null],
): Scope[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  walker.currentNode = start
  const scopes = new Set<Scope>()
  let tail = before
  for (let node: Node | null = start; node !== null && node !== stop; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    if (node === next) {
      const scope = reachesOver(tail, node) ? smallestScope(node) : null
      if (scope !== null) scopes.add(scope)
      break
    }
    const text = tail + (node === previous ? lastChars(node) : node.data)
    const hit = mayHoldSealed(text)
    const scope = hit ? smallestScope(node) : null
    if (scope !== null) scopes.add(scope)
    tail = tailOf(text, hit)
  }
  return [...scopes]
}

function lastChars(node: Text): string {
  return node.substringData(Math.max(0, node.length - overlapChars), overlapChars)
}

/** Whether a marker may begin in the text before a node and end in it. One that stands in the node whole is none of these. */
function reachesOver(tail: string, node: Text): boolean {
  const head = node.substringData(0, overlapChars)
  const own = head.indexOf(markerPrefix)
  return mayHoldSealed(tail + (own < 0 ? head : head.slice(0, own)))
}

/** What is looked at once more with the text that follows: not so much that what was found is found again. */
function tailOf(text: string, hit: boolean): string {
  return text.slice(hit ? 1 - markerPrefix.length : -overlapChars)
}

function smallestScope(node: Text): Scope | null {
  let part: ParentNode | null = node.parentNode
  for (let climbed = 0; climbed < climbAtMost && (part instanceof Element || part instanceof ShadowRoot); climbed++) {
    if (mayHoldSealed(part.textContent ?? '')) return part
    part = part.parentNode
  }
  return null
}
