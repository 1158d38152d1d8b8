// Finds sealed texts in a page, first in all of it and then in what comes to it, in slices short enough that nobody
// notices. It looks for the marker in an element's whole text first, and goes inside only where that hits.

import { inkling, isSkipped, type Sighting, sightingsIn } from './run.ts'

/** How long one slice may take before the page gets its turn. */
const maxSliceMs = 8
/** Roots waiting to be scanned, above which the page is scanned as a whole instead. */
const waitingAtMost = 2_000
/** How many levels up a text that is cut off may find its other half, and how long that level's text may be. */
const climbAtMost = 3
const climbChars = 200_000

export interface ScannerEvents {
  readonly isOurs: (element: Element) => boolean
  /** New texts of one part of the page. */
  readonly onSightings: (sightings: readonly Sighting[]) => void
  /** The page changed at this node or below; called before what it now holds is scanned. */
  readonly onChange: (changed: readonly Node[]) => void
  /** This part of the page became, or ceased to be, something to write in. */
  readonly onEditable: (part: Node) => void
}

export class Scanner {
  readonly #events: ScannerEvents
  readonly #observer: MutationObserver
  #waiting = new Set<Element>()
  #scheduled = false
  #stopped = false

  constructor(events: ScannerEvents) {
    this.#events = events
    this.#observer = new MutationObserver((records) => this.#noticed(records))
  }

  start(): void {
    this.#watch()
    this.#wait(document.body)
  }

  stop(): void {
    this.#stopped = true
    this.#observer.disconnect()
    this.#waiting.clear()
  }

  /** Scans this part again, soon. */
  again(part: Element): void {
    this.#wait(part)
  }

  /** Runs changes of our own to the page, which are nobody's news. */
  unobserved(change: () => void): void {
    this.#noticed(this.#observer.takeRecords())
    this.#observer.disconnect()
    try {
      change()
    } finally {
      this.#watch()
    }
  }

  /** Scans everything that waits, now. */
  finish(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const root of waiting) this.#scan(root)
  }

  #watch(): void {
    if (this.#stopped || document.documentElement === null) return
    // An attribute is looked at for one reason: what becomes an editor must hold nothing of ours.
    const watched = { childList: true, subtree: true, characterData: true, attributeFilter: ['contenteditable'] }
    this.#observer.observe(document.documentElement, watched)
  }

  #noticed(records: readonly MutationRecord[]): void {
    const changed: Node[] = []
    for (const { type, target, addedNodes } of records) {
      changed.push(target)
      if (type === 'attributes') this.#events.onEditable(target)
      if (type === 'characterData' && target.parentElement !== null) this.#wait(target.parentElement)
      for (const added of addedNodes) {
        if (added instanceof Element) this.#wait(added)
        else if (added instanceof Text && target instanceof Element) this.#wait(target)
      }
    }
    if (changed.length > 0) this.#events.onChange(changed)
  }

  #wait(root: Element | null): void {
    if (root === null || this.#stopped || !root.isConnected) return
    if (this.#waiting.size >= waitingAtMost) {
      this.#waiting = new Set([document.body])
    } else {
      this.#waiting.add(root)
    }
    if (this.#scheduled) return
    this.#scheduled = true
    requestIdleCallback(() => this.#slice(), { timeout: 300 })
  }

  #slice(): void {
    this.#scheduled = false
    const until = performance.now() + maxSliceMs
    for (const root of this.#waiting) {
      this.#waiting.delete(root)
      this.#scan(root)
      if (performance.now() > until) break
    }
    const [next] = this.#waiting
    if (next !== undefined) {
      this.#waiting.delete(next)
      this.#wait(next)
    }
  }

  #scan(root: Element): void {
    if (!root.isConnected || insideSkipped(root, this.#events.isOurs)) return
    const found = this.#inside(root)
    if (found.length > 0) this.#events.onSightings(this.#completed(root, found))
  }

  /** What stands in an element: asked of the children that hit, or of the element as one where a hit lies between them. */
  #inside(element: Element): Sighting[] {
    if (!element.textContent?.includes(inkling) || this.#events.isOurs(element) || isSkipped(element)) return []
    const hits = [...element.children].filter((child) => child.textContent?.includes(inkling))
    if (hits.length === 0 || hasOwnHit(element)) return sightingsIn(element, this.#events.isOurs)
    return hits.flatMap((child) => this.#completed(child, this.#inside(child)))
  }

  /** A text that is cut off where its element ends may go on in the next element: then it is looked at in the parent. */
  #completed(element: Element, found: Sighting[]): Sighting[] {
    const last = found[found.length - 1]
    if (last?.fault !== 'damaged' || !last.atEnd || last.unit !== element) return found
    let parent = element.parentElement
    for (let climbed = 0; climbed < climbAtMost && parent !== null && parent !== document.documentElement; climbed++) {
      if ((parent.textContent?.length ?? 0) > climbChars || isSkipped(parent)) break
      const [first] = last.pieces
      const whole = sightingsIn(parent, this.#events.isOurs).find(
        ({ pieces, fault }) => fault === null && pieces[0]?.node === first?.node && pieces[0]?.from === first?.from,
      )
      if (whole !== undefined) return [...found.slice(0, -1), whole]
      parent = parent.parentElement
    }
    return found
  }
}

function hasOwnHit(element: Element): boolean {
  for (const child of element.childNodes) {
    if (child instanceof Text && child.data.includes(inkling)) return true
  }
  return false
}

function insideSkipped(root: Element, isOurs: (element: Element) => boolean): boolean {
  for (let element: Element | null = root; element !== null; element = element.parentElement) {
    if (isOurs(element) || isSkipped(element)) return true
  }
  return !(document.body?.contains(root) ?? false)
}
