// Reads the text of a part of the page in chunks. The browser joins each chunk into one string, which costs a fraction of asking every
// element for its text. Only a chunk that may hold a sealed text is examined further.

import { markerPrefix, mayHoldSealed, overlapChars } from '../../crypto/prefilter.ts'
import type { Scope } from './textRun.ts'

/** Elements in a chunk: the first size, and bounds for adapting it to the time that chunks take. */
const firstChunk = 1_024
const leastChunk = 128
const greatestChunk = 8_192
const chunkMs = { least: 1, most: 3 }
/** How many levels above its last text node a marker may begin. */
const climbAtMost = 4

/** One pass over all the text of a root, which may change meanwhile. The pass misses nothing that stays in the root. */
export class Sweep {
  readonly root: Scope
  readonly #elements: ArrayLike<Element>
  /** Begins where the unread text begins. The browser keeps a range valid while the page changes. */
  readonly #range = document.createRange()
  #index = 0
  #chunk = firstChunk
  #tail = ''
  #done = false

  constructor(root: Scope) {
    this.root = root
    // A live collection costs nothing to create, and the browser walks it only as far as it is read. Shadow roots have none.
    this.#elements = root instanceof Element ? root.getElementsByTagName('*') : root.querySelectorAll('*')
    this.#range.setStart(root, 0)
  }

  get isBegun(): boolean {
    return this.#index > 0
  }

  get done(): boolean {
    return this.#done
  }

  /** Reads the next chunk, and returns the smallest scopes in which a sealed text may begin. */
  next(): Scope[] {
    const startedAt = performance.now()
    const range = this.#range
    this.#index += this.#chunk
    let end = this.#elements[this.#index]
    if (end !== undefined && !this.root.contains(end)) end = undefined
    // Inside an element rather than before it, so that the browser need not count the element's siblings.
    if (end !== undefined) range.setEnd(end, 0)
    else if (this.#index < this.#elements.length) return []
    else range.setEnd(this.root, this.root.childNodes.length)
    const text = range.toString()
    const hit = mayHoldSealed(this.#tail + text)
    const found = hit ? scopesFrom(range.startContainer, end ?? null, this.root, this.#tail) : []
    this.#tail = tailOf(this.#tail + text, hit)
    this.#done = end === undefined
    // Around the whole document, so that the browser need not update the range when the page changes.
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

/** Siblings that the page inserted: `first`, `last` and all between them. */
export interface InsertedRange {
  readonly parent: Node
  first: Node
  /** Null for the parent's end at the time of the scan. */
  last: Node | null
}

/** Siblings of an inserted range, few enough for one search. */
export interface Chunk {
  first: Node
  last: Node
}

/** One shared range: the browser updates every existing range at each change of the page. */
let spare: Range | undefined

/** The smallest scopes in or beside a chunk in which a sealed text may begin. Includes texts that cross the chunk's edges. */
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
  return hit ? scopesFrom(before ?? first, following(after ?? last, root), root, '', before, after) : []
}

/** A text node before or after `node`, far enough away that no marker reaches beyond it. */
function neighbour(node: Node, root: Node, direction: 'previousNode' | 'nextNode'): Text | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  walker.currentNode = node
  let found: Text | null = null
  for (let chars = 0; chars < overlapChars; ) {
    const next = walker[direction]()
    if (!(next instanceof Text)) break
    // An empty text node counts as one character, so that thousands of them end the walk.
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

/** The first node after `node` and all it contains. */
function following(node: Node, root: Node): Node | null {
  for (let last: Node | null = node; last !== null && last !== root; last = last.parentNode) {
    if (last.nextSibling !== null) return last.nextSibling
  }
  return null
}

/**
 * The smallest scopes that may hold a sealed text, from `start` to before `stop`. The neighbours were searched before and may be
 * long, so only as much of them counts as a marker can span.
 */
function scopesFrom(
  start: Node,
  stop: Node | null,
  root: Node,
  before: string,
  previous: Text | null = null,
  next: Text | null = null,
): Scope[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  walker.currentNode = start
  const scopes = new Set<Scope>()
  let tail = before
  for (let node: Node | null = start; node !== null && node !== stop; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    const text = tail + (node === previous ? lastChars(node) : node === next ? untilMarker(node) : node.data)
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

/** The beginning of a text, up to a marker that is entirely in it: only one that begins before the text counts. */
function untilMarker(node: Text): string {
  return node.substringData(0, overlapChars).split(markerPrefix, 1).join('')
}

/** The end of a text, to be searched again with the text that follows. Short after a hit, so that it is not found twice. */
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
