// Finds sealed texts in a page, first in all of it and then in what is added, in slices too short to notice. While the page changes it only
// records; now and then it processes all changes together.

import { MutationQueue } from './mutationQueue.ts'
import { ShadowRootFinder } from './shadowRoots.ts'
import { type Chunk, type InsertedRange, Sweep, scopesAround } from './sweep.ts'
import { isSkipped, type Match, matchesIn, type Scope } from './textRun.ts'

/** How long one slice may take before the page gets its turn. */
const maxSliceMs = 4
/** Changes are looked at together, at least so long after those before; and at most so much later when the page is busy. */
const restMs = 150
const busyMs = 300
/** How many elements can be looked at as one, and how many scopes at a time. */
const elementsAtOnce = 4_000
/** Calls between two slices above which the observer is put away until the next, in pages of no more elements than this. */
const callsAtMost = 20
const smallPage = 10_000
const rootsAtOnce = 2_000
const rootsTried = 60
const scopesAtOnce = 16
/** How many levels up a text that is cut off may find its other half, and how long that level's text may be. */
const climbAtMost = 3
export const climbChars = 200_000
/** A text that is still being written is not called cut off before nothing came to it for so long. */
const unfinishedMs = 700
/** Nor is it taken to go on in what stands around it, which may be words that are none of it. */
const joinedMs = 300
const unfinishedAtMost = 100

export interface ScannerEvents {
  readonly isOurs: (element: Element) => boolean
  /** Whether texts are shown, so that what happens to them must be seen to before the page is next painted. */
  readonly isShowing: () => boolean
  /** New texts of some parts of the page. */
  readonly onMatches: (matches: readonly Match[]) => void
  /** The page changed at these nodes or below, or anywhere when null; called before what they now hold is scanned. */
  readonly onChange: (changed: readonly Node[] | null) => void
  /** This part of the page became, or ceased to be, something to write in. */
  readonly onEditable: (part: Node) => void
}

export class Scanner {
  readonly #events: ScannerEvents
  readonly #observers: Record<'nodes' | 'writing', MutationObserver>
  readonly #queue = new MutationQueue()
  readonly #rootFinder: ShadowRootFinder
  /** What waits to be looked at, each before those below it. */
  readonly #scopes = new Set<Scope>()
  readonly #inserted: InsertedRange[] = []
  readonly #sweeps: Sweep[] = []
  /** Texts that are still being written, and until when more of them is waited for. */
  readonly #unfinished = new Map<Scope, { letters: number; until: number }>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #idle = 0
  #frame = 0
  /** How often the page has called since the last slice. */
  #calls = 0
  /** New nodes are not told of: with the next slice all of the page is looked at instead. */
  #isPaused = false
  #restedAt = Number.NEGATIVE_INFINITY
  #stopped = false
  /** What may hold a text is only noted as yet. */
  #isHeld = true

  constructor(events: ScannerEvents) {
    this.#events = events
    const observer = (kind: 'nodes' | 'writing') => new MutationObserver((records) => this.#enqueue(records, kind))
    this.#observers = { nodes: observer('nodes'), writing: observer('writing') }
    this.#rootFinder = new ShadowRootFinder({ onRoot: (root) => this.#observe(root, root), onDue: () => this.#plan() })
  }

  start(): void {
    this.#observe(document.documentElement, document.body)
    // What is to be read at once is not made to wait until a page that has just been loaded is idle.
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

  /** From now on texts are told of, those that were found before too. */
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

  /** Runs changes of our own to the page, which are not observed. */
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

  /** Scans everything that waits, now. */
  finish(): void {
    this.#resumeObserving()
    this.#drainQueue(Number.POSITIVE_INFINITY)
    while (this.#step()) {}
    for (const scan of this.#unfinished.values()) scan.until = 0
    this.#retryUnfinished()
    while (this.#step()) {}
  }

  /** Looks at a part of the page, and from now on at what comes to it. */
  #observe(watched: Node | null, part: Scope | null): void {
    if (this.#stopped || watched === null || part === null) return
    if (!this.#isPaused) this.#observeNodes(watched)
    // An attribute is looked at for one reason: what becomes an editor must hold nothing of ours.
    const attributeFilter = ['contenteditable']
    this.#observers.writing.observe(watched, { subtree: true, characterData: true, attributeFilter })
    this.#sweep(part)
    this.#rootFinder.lookIn(part)
    this.#plan()
  }

  /** Called for every change that a page makes: what is done here is paid for by the page. */
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

  /** A page that calls for every word that it writes is not made to: being called costs more than looking at a small page. */
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

  /** A slice will follow, once there is time. */
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
      // What the browser is asked next takes as long as it takes.
      if (this.#asksNext && performance.now() > until - maxSliceMs / 2) break
    }
    if (working || !this.#queue.empty) {
      this.#whenIdle()
      return
    }
    // The first rest is after all of the page was looked at.
    if (this.#restedAt < 0) this.#rootFinder.rescan()
    this.#restedAt = performance.now()
    this.#planRetry()
  }

  /** What is still unfinished when its time is over is looked at once more, and taken as it is. */
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

  /** Takes in what the page has changed. */
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
    // What lacks something may have got it.
    this.#retryUnfinished()
  }

  /** Nothing is left to do but to ask the browser for shadow roots. */
  get #asksNext(): boolean {
    return this.#scopes.size === 0 && this.#inserted.length === 0 && this.#sweeps.length === 0 && this.#rootFinder.asks
  }

  /** Does a little of what there is to do. False when there is nothing. */
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

  /** Looks for what may hold a text in what came to the page. */
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
   * A range as it stands now, in parts that can each be looked at as one. What is too large for that by itself is swept.
   * Null where the range is, or its ends no longer stand in its parent in this order.
   */
  #chunksOf(parent: Node, first: Node, last: Node | null): Chunk[] | null {
    if (first.parentNode !== parent) return null
    const parts: Chunk[] = []
    let part: Chunk | null = null
    let elements = 0
    let roots = 0
    for (let node: Node | null = first; node !== null; node = node.nextSibling) {
      if (++roots > rootsAtOnce) return null
      // Of many that were added at the end one after the other, none is looked at by itself where the first ones are small.
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

  /** Looks for texts in these parts of the page, and tells of them. */
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
   * A text that is cut off where its part of the page ends may go on in the next: then it is looked at in what is around
   * both. Where it does not, the rest may be on its way, and it is kept back for a while; so is one of a newer version, of
   * which nobody here can tell where it ends.
   */
  #completed(scope: Scope, found: Match[]): Match[] {
    const before = this.#unfinished.get(scope)
    this.#unfinished.delete(scope)
    const last = found.at(-1)
    // Of one that had hardly begun where its part ends, the rest may have been taken from words that are none of it.
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

  /** The most there is of a text, in its own part of the page or in what is around that. */
  #mostOf(match: Match): Match {
    const [first] = match.spans
    let most = match
    let part = scopeAround(match.scope)
    for (let climbed = 0; climbed < climbAtMost && part !== null && part !== document.documentElement; climbed++) {
      if ((part.textContent?.length ?? 0) > climbChars || (part instanceof Element && isSkipped(part))) break
      const same = matchesIn(part, this.#events.isOurs).find(
        ({ spans }) => spans[0]?.node === first?.node && spans[0]?.from === first?.from,
      )
      // What ends in the middle of a word has taken its last letters from words that are none of it.
      if (same !== undefined && (same.fault === null ? endsWord(same) : same.sealed.length > most.sealed.length))
        most = same
      if (most.fault === null) break
      part = scopeAround(part)
    }
    return most
  }
}

/** How many elements are in a node. The browser counts them by itself. */
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
