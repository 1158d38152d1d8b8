// Finds sealed texts in a page: first in the whole page, then in what is added, in slices too short to notice. While the page changes, it
// only records the changes, and processes them together later.

import { MutationQueue } from './mutationQueue.ts'
import { ShadowRootFinder } from './shadowRoots.ts'
import { type Chunk, type InsertedRange, Sweep, scopesAround } from './sweep.ts'
import { isSkipped, type Match, matchesIn, type Scope } from './textRun.ts'

/** How long one slice may take before the page gets its turn. */
const maxSliceMs = 4
/** Shortest pause between two rounds of scanning, and the longest extra wait for a busy page to become idle. */
const restMs = 150
const busyMs = 300
/** Most elements in one chunk. */
const elementsAtOnce = 4_000
/** After so many observer calls since the last slice, the observer pauses until the next slice, in pages of at most `smallPage` elements. */
const callsAtMost = 20
const smallPage = 10_000
const rootsAtOnce = 2_000
const rootsTried = 60
const scopesAtOnce = 16
/** How many levels up the scanner looks for the rest of a text that is cut off, and the most text of a level that it reads. */
const climbAtMost = 3
export const climbChars = 200_000
/** A text that the page is still writing counts as cut off only after it has not grown for so long. */
const unfinishedMs = 700
/** The scanner waits so long before it joins a text with its surroundings, which may be other words. */
const joinedMs = 300
const unfinishedAtMost = 100

export interface ScannerEvents {
  readonly isOurs: (element: Element) => boolean
  /** Whether texts are shown. Changes to them must then be processed before the next paint. */
  readonly isShowing: () => boolean
  /** New texts in some scopes of the page. */
  readonly onMatches: (matches: readonly Match[]) => void
  /** The page changed at or below these nodes; anywhere if null. Called before the scanner reads their new content. */
  readonly onChange: (changed: readonly Node[] | null) => void
  /** This part of the page became editable, or is no longer editable. */
  readonly onEditable: (part: Node) => void
}

export class Scanner {
  readonly #events: ScannerEvents
  readonly #observers: Record<'nodes' | 'writing', MutationObserver>
  readonly #queue = new MutationQueue()
  readonly #rootFinder: ShadowRootFinder
  /** Scopes that wait for a search. */
  readonly #scopes = new Set<Scope>()
  readonly #inserted: InsertedRange[] = []
  readonly #sweeps: Sweep[] = []
  /** Texts that the page is still writing, and until when the scanner waits for more of them. */
  readonly #unfinished = new Map<Scope, { letters: number; until: number }>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #idle = 0
  #frame = 0
  /** Observer calls since the last slice. */
  #calls = 0
  /** The observer for nodes is off; the next slice scans the whole page instead. */
  #isPaused = false
  #restedAt = Number.NEGATIVE_INFINITY
  #stopped = false
  /** Until `release`, the scanner only records which scopes may hold a text. */
  #isHeld = true

  constructor(events: ScannerEvents) {
    this.#events = events
    const observer = (kind: 'nodes' | 'writing') => new MutationObserver((records) => this.#enqueue(records, kind))
    this.#observers = { nodes: observer('nodes'), writing: observer('writing') }
    this.#rootFinder = new ShadowRootFinder({ onRoot: (root) => this.#observe(root, root), onDue: () => this.#plan() })
  }

  start(): void {
    this.#observe(document.documentElement, document.body)
    // The first slice does not wait: a page that has just loaded becomes idle late.
    cancelIdleCallback(this.#idle)
    this.#slice()
  }

  stop(): void {
    this.#stopped = true
    for (const observer of Object.values(this.#observers)) observer.disconnect()
    this.#rootFinder.stop()
    clearTimeout(this.#timer)
    clearTimeout(this.#retryTimer)
    cancelIdleCallback(this.#idle)
    cancelAnimationFrame(this.#frame)
  }

  /** Reports texts from now on, including those found before. */
  release(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    cancelIdleCallback(this.#idle)
    this.#slice()
  }

  /** Scans this part again, soon. */
  rescan(scope: Scope): void {
    this.#scopes.add(scope)
    this.#plan()
  }

  /** Runs our own changes to the page without observing them. */
  unobserved(change: () => void): void {
    const { nodes, writing } = this.#observers
    this.#enqueue(nodes.takeRecords(), 'nodes')
    this.#enqueue(writing.takeRecords(), 'writing')
    try {
      change()
    } finally {
      nodes.takeRecords()
      writing.takeRecords()
    }
  }

  /** Scans everything that waits, without slices. */
  finish(): void {
    this.#resumeObserving()
    this.#drainQueue(Number.POSITIVE_INFINITY)
    while (this.#step()) {}
    for (const scan of this.#unfinished.values()) scan.until = 0
    this.#retryUnfinished()
    while (this.#step()) {}
  }

  /** Scans a part of the page now, and what the page adds to it from now on. */
  #observe(watched: Node | null, part: Scope | null): void {
    if (this.#stopped || watched === null || part === null) return
    if (!this.#isPaused) this.#observeNodes(watched)
    // An element that becomes an editor must not contain anything of ours.
    const attributeFilter = ['contenteditable']
    this.#observers.writing.observe(watched, { subtree: true, characterData: true, attributeFilter })
    this.#sweep(part)
    this.#rootFinder.lookIn(part)
    this.#plan()
  }

  /** Runs at every change that the page makes, so its cost slows the page down. */
  #enqueue(records: readonly MutationRecord[], kind: 'nodes' | 'writing'): void {
    if (records.length === 0) return
    this.#queue.add(records, kind)
    if (++this.#calls === callsAtMost) this.#pauseObserving()
    if (this.#frame === 0 && this.#events.isShowing()) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0
        this.#drainQueue(performance.now() + maxSliceMs)
      })
    }
    this.#plan()
  }

  /** For a page that changes its DOM at every word, observer calls cost more than a scan of the whole page, if it is small. */
  #pauseObserving(): void {
    if (this.#events.isShowing() || document.getElementsByTagName('*').length > smallPage) return
    this.#isPaused = true
    this.#observers.nodes.disconnect()
  }

  #resumeObserving(): void {
    this.#calls = 0
    if (!this.#isPaused) return
    this.#isPaused = false
    for (const part of [document.body, ...this.#rootFinder.roots]) {
      this.#observeNodes(part instanceof ShadowRoot ? part : document.documentElement)
      this.#sweep(part)
      this.#rootFinder.lookIn(part)
    }
    this.#retryUnfinished()
  }

  #observeNodes(root: Node): void {
    this.#observers.nodes.observe(root, { subtree: true, childList: true })
  }

  /** Schedules the next slice. */
  #plan(): void {
    if (this.#timer !== undefined || this.#idle !== 0 || this.#stopped) return
    const wait = this.#restedAt + restMs - performance.now()
    if (wait > 0) this.#timer = setTimeout(() => this.#whenIdle(), wait)
    else this.#whenIdle()
  }

  #whenIdle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#idle = requestIdleCallback(() => this.#slice(), { timeout: busyMs })
  }

  #slice(): void {
    this.#idle = 0
    this.#resumeObserving()
    const until = performance.now() + maxSliceMs
    let working = true
    while (working && performance.now() < until) {
      this.#drainQueue(until)
      working = this.#step()
      // A query for shadow roots cannot be divided, so it starts only early in a slice.
      if (this.#asksNext && performance.now() > until - maxSliceMs / 2) break
    }
    if (working || !this.#queue.empty) {
      this.#whenIdle()
      return
    }
    // The first rest comes after the scan of the whole page.
    if (this.#restedAt < 0) this.#rootFinder.rescan()
    this.#restedAt = performance.now()
    this.#planRetry()
  }

  /** Searches a text that is still unfinished once more when its wait is over, and then takes it as it is. */
  #planRetry(): void {
    if (this.#unfinished.size === 0 || this.#retryTimer !== undefined) return
    const soonest = Math.min(...Array.from(this.#unfinished.values(), ({ until }) => until))
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined
      this.#retryUnfinished()
      this.#plan()
    }, soonest - performance.now())
  }

  #retryUnfinished(): void {
    for (const scope of this.#unfinished.keys()) this.#scopes.add(scope)
  }

  /** Processes recorded changes until `until`, in `performance.now()` milliseconds. */
  #drainQueue(until: number): void {
    if (this.#queue.empty) return
    const changes = this.#queue.take(until)
    if (this.#events.isShowing()) this.#events.onChange(changes && [...changes.targets])
    if (changes === null) {
      this.#sweep(document.body)
      return
    }
    for (const part of changes.edited) this.#events.onEditable(part)
    this.#inserted.push(...changes.inserted)
    for (const part of changes.whole) {
      if (isScope(part)) this.#sweep(part)
      this.#rootFinder.soon()
    }
    // These changes may have completed an unfinished text.
    this.#retryUnfinished()
  }

  /** Only queries for shadow roots are left to do. */
  get #asksNext(): boolean {
    return this.#scopes.size === 0 && this.#inserted.length === 0 && this.#sweeps.length === 0 && this.#rootFinder.asks
  }

  /** Does one short piece of work. False if there is none. */
  #step(): boolean {
    if (this.#scopes.size > 0 && !this.#isHeld) {
      const scopes = [...this.#scopes].slice(0, scopesAtOnce)
      for (const scope of scopes) this.#scopes.delete(scope)
      this.#search(scopes)
      return true
    }
    const range = this.#inserted.shift()
    if (range !== undefined) {
      this.#scan(range)
      return true
    }
    const [sweep] = this.#sweeps
    if (sweep !== undefined) {
      if (sweep.root.isConnected) for (const scope of sweep.next()) this.#scopes.add(scope)
      if (sweep.done || !sweep.root.isConnected) this.#sweeps.shift()
      return true
    }
    return this.#rootFinder.step()
  }

  /** Finds the scopes of an inserted range that may hold a text. */
  #scan({ parent, first, last }: InsertedRange): void {
    const root = parent.getRootNode() === document ? document.body : parent.getRootNode()
    if (!parent.isConnected || !root.contains(parent)) return
    const parts = this.#chunksOf(parent, first, last)
    if (parts === null) {
      if (isScope(parent)) this.#sweep(parent)
      return
    }
    for (const part of parts) for (const scope of scopesAround(part, root)) this.#scopes.add(scope)
  }

  /**
   * Divides a range, as it is now, into chunks. Sweeps a node that is too large for a chunk. Null if the whole range is too large,
   * or its ends are no longer in its parent in this order.
   */
  #chunksOf(parent: Node, first: Node, last: Node | null): Chunk[] | null {
    if (first.parentNode !== parent) return null
    const parts: Chunk[] = []
    let part: Chunk | null = null
    let elements = 0
    let roots = 0
    for (let node: Node | null = first; node !== null; node = node.nextSibling) {
      if (++roots > rootsAtOnce) return null
      // Many nodes appended one after the other form one chunk without a look at each, if the first ones are small.
      if (last === null && roots > rootsTried && parts.length === 1 && elements < rootsTried * 4) {
        return [{ first, last: parent.lastChild ?? node }]
      }
      const inside = elementsIn(node)
      if (node instanceof Element) this.#rootFinder.lookAt(node, roots, inside)
      elements += inside + 1
      if (inside > elementsAtOnce) {
        if (node instanceof Element) this.#sweep(node)
        part = null
      } else if (part === null || elements > elementsAtOnce) {
        part = { first: node, last: node }
        parts.push(part)
        elements = inside + 1
      } else {
        part.last = node
      }
      if (node === last) return parts
    }
    return last === null ? parts : null
  }

  #sweep(part: Scope): void {
    if (!this.#sweeps.some((sweep) => sweep.root === part && !sweep.isBegun)) this.#sweeps.push(new Sweep(part))
  }

  /** Searches these scopes for texts, and reports them. */
  #search(scopes: readonly Scope[]): void {
    const outer = scopes.filter((scope) => !scopes.some((other) => other !== scope && other.contains(scope)))
    const found = outer.flatMap((scope) => {
      if (!scope.isConnected || isInsideSkipped(scope, this.#events.isOurs)) {
        this.#unfinished.delete(scope)
        return []
      }
      return this.#completed(scope, matchesIn(scope, this.#events.isOurs))
    })
    if (found.length > 0) this.#events.onMatches(found)
  }

  /**
   * A text that is cut off at the end of its scope may continue in the next one, so the scanner also reads the scopes around it.
   * If it does not continue there, the page may still be writing it, so the scanner holds it back for a while. It does the same
   * with a text of a newer version, whose end it cannot recognise.
   */
  #completed(scope: Scope, found: Match[]): Match[] {
    const before = this.#unfinished.get(scope)
    this.#unfinished.delete(scope)
    const last = found.at(-1)
    // If only the beginning of a text was in its scope, the rest may come from other words.
    if (last === undefined || last.fault === null || !(last.atEnd || last.scope !== scope)) return found
    const others = found.slice(0, -1)
    const most = this.#mostOf(last)
    const joined = most.fault === null
    const now = performance.now()
    const letters = joined ? last.sealed.length : most.sealed.length
    const same = before?.letters === letters
    const due = same ? before.until <= now : before === undefined && this.#unfinished.size >= unfinishedAtMost
    if (due) return joined ? [...others, most] : found
    this.#unfinished.set(scope, { letters, until: same ? before.until : now + (joined ? joinedMs : unfinishedMs) })
    return others
  }

  /** The longest form of a text, in its own scope or in those around it. */
  #mostOf(match: Match): Match {
    const [first] = match.spans
    let most = match
    let part = scopeAround(match.scope)
    for (let climbed = 0; climbed < climbAtMost && part !== null && part !== document.documentElement; climbed++) {
      if ((part.textContent?.length ?? 0) > climbChars || (part instanceof Element && isSkipped(part))) break
      const same = matchesIn(part, this.#events.isOurs).find(
        ({ spans }) => spans[0]?.node === first?.node && spans[0]?.from === first?.from,
      )
      // A text that ends in the middle of a word took its last letters from another word.
      if (same !== undefined && (same.fault === null ? endsWord(same) : same.sealed.length > most.sealed.length))
        most = same
      if (most.fault === null) break
      part = scopeAround(part)
    }
    return most
  }
}

/** How many elements are in a node. The browser counts them quickly. */
function elementsIn(node: Node): number {
  return node instanceof Element && node.firstElementChild !== null ? node.getElementsByTagName('*').length : 0
}

function isScope(node: Node | null): node is Scope {
  return node instanceof Element || node instanceof ShadowRoot
}

function endsWord({ spans }: Match): boolean {
  const last = spans.at(-1)
  return last !== undefined && !/[0-9A-Za-z]/.test(last.node.data.charAt(last.to))
}

function scopeAround(scope: Scope): Scope | null {
  const around = scope.parentNode
  return isScope(around) ? around : null
}

function isInsideSkipped(scope: Scope, isOurs: (element: Element) => boolean): boolean {
  let element: Element | null = scope instanceof ShadowRoot ? scope.host : scope
  while (element !== null) {
    if (isOurs(element) || isSkipped(element)) return true
    if (element === document.body) return false
    const around: ParentNode | null = element.parentNode
    element = around instanceof ShadowRoot ? around.host : element.parentElement
  }
  return true
}
