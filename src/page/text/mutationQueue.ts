// Changes of the page that nobody has examined yet. Recording a change costs the page time, so this only stores the browser's own records,
// and processes many of them together later.

import type { InsertedRange } from './sweep.ts'

/** Records kept, above which it is quicker to look at the whole page again. */
const recordsAtMost = 50_000
/** Records taken before looking at the clock again. */
const takenAtOnce = 128
/** Inserted ranges of one parent, above which it is quicker to look at all of it. */
const rangesAtMost = 30

export interface Changes {
  /** Where anything was changed. */
  readonly targets: Set<Node>
  /** What became, or ceased to be, something to write in. */
  readonly edited: Set<Node>
  /** What came to the page or was rewritten. */
  readonly inserted: readonly InsertedRange[]
  /** What was changed in so many places that all of it is to be looked at. */
  readonly whole: Set<Node>
}

/** Records of one observer: of nodes that came and went, or of what was written over. */
interface Batch {
  readonly records: readonly MutationRecord[]
  readonly kind: 'nodes' | 'writing'
}

export class MutationQueue {
  #batches: Batch[] = []
  #heldNodes = 0
  /** How much of the first batch has been taken. */
  #taken = 0
  #lost = false

  get empty(): boolean {
    return this.#batches.length === 0 && !this.#lost
  }

  add(records: readonly MutationRecord[], kind: Batch['kind']): void {
    if (records.length === 0) return
    this.#batches.push({ records, kind })
    this.#heldNodes += records.length
    if (this.#heldNodes <= recordsAtMost) return
    this.#forget()
    this.#lost = true
  }

  /** What was changed, as far as there is time to tell; null when it is too much to tell. */
  take(until: number): Changes | null {
    if (this.#lost) {
      this.#lost = false
      return null
    }
    const changes = new Collector()
    let done = 0
    for (let batch = this.#batches[done]; batch !== undefined; batch = this.#batches[done]) {
      const { records, kind } = batch
      const end = Math.min(records.length, this.#taken + takenAtOnce)
      for (; this.#taken < end; this.#taken++) changes[kind](records[this.#taken])
      if (this.#taken === records.length) {
        done++
        this.#taken = 0
        this.#heldNodes -= records.length
      }
      if (performance.now() > until) break
    }
    this.#batches = this.#batches.slice(done)
    return changes
  }

  #forget(): void {
    this.#batches = []
    this.#heldNodes = 0
    this.#taken = 0
  }
}

class Collector implements Changes {
  readonly targets = new Set<Node>()
  readonly edited = new Set<Node>()
  readonly whole = new Set<Node>()
  readonly #inserted = new Map<Node, InsertedRange[]>()
  readonly #open = new Map<Node, InsertedRange>()
  #target: Node | null = null
  /** What came last to that target. One that reaches to its end takes in all that is added there. */
  #growing: InsertedRange | undefined

  get inserted(): readonly InsertedRange[] {
    return [...this.#inserted.values()].flat()
  }

  /** Asks of a record as little as it can: each question costs as much as looking at a short text. */
  nodes(record: MutationRecord | undefined): void {
    if (record === undefined) return
    const { target } = record
    if (target !== this.#target) {
      this.#target = target
      this.#growing = this.#open.get(target)
      this.targets.add(target)
    }
    if (this.whole.has(target) || (this.#growing?.last === null && record.nextSibling === null)) return
    const { addedNodes, previousSibling, nextSibling } = record
    const first = addedNodes[0]
    const last = addedNodes[addedNodes.length - 1]
    if (first === undefined || last === undefined) return
    const before = this.#growing
    if (before !== undefined && nextSibling === before.first) {
      before.first = first
    } else if (before !== undefined && nextSibling !== null && previousSibling === before.last) {
      before.last = last
    } else {
      this.#growing = { parent: target, first, last: nextSibling === null ? null : last }
      this.#open.set(target, this.#growing)
      this.#add(this.#growing)
    }
  }

  #add(range: InsertedRange): void {
    const { parent } = range
    const others = this.#inserted.get(parent)
    if (others === undefined) {
      this.#inserted.set(parent, [range])
    } else if (others.push(range) > rangesAtMost) {
      this.#inserted.delete(parent)
      this.whole.add(parent)
    }
  }

  writing(record: MutationRecord | undefined): void {
    if (record === undefined) return
    const { type, target } = record
    if (type === 'attributes') {
      this.targets.add(target)
      this.edited.add(target)
    } else if (!this.targets.has(target)) {
      this.targets.add(target)
      const parent = target.parentNode
      if (parent !== null && !this.whole.has(parent)) this.#add({ parent, first: target, last: target })
    }
  }
}
