// Changes of the page that the scanner has not examined yet. Recording a change costs the page time, so this only stores the browser's own
// records, and processes many of them together later.

import type { InsertedRange } from './sweep.ts'

/** With more stored records than this, a new scan of the whole page is faster. */
const recordsAtMost = 50_000
/** Records taken before looking at the clock again. */
const takenAtOnce = 128
/** With more inserted ranges in one parent than this, a scan of the whole parent is faster. */
const rangesAtMost = 30

export interface Changes {
  /** Every node that changed. */
  readonly targets: Set<Node>
  /** Elements that became editable, or are no longer editable. */
  readonly edited: Set<Node>
  /** Nodes that the page inserted or rewrote. */
  readonly inserted: readonly InsertedRange[]
  /** Parents with so many changes that the scanner must read all of them. */
  readonly whole: Set<Node>
}

/** Records of one observer: `nodes` for inserted and removed nodes, `writing` for changed text and attributes. */
interface Batch {
  readonly records: readonly MutationRecord[]
  readonly kind: 'nodes' | 'writing'
}

export class MutationQueue {
  #batches: Batch[] = []
  #heldNodes = 0
  /** How many records of the first batch are processed. */
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

  /** The changes that can be processed until `until`; null if there were too many to store. */
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
  /** The last range inserted into that target. A range up to the target's end includes everything appended later. */
  #growing: InsertedRange | undefined

  get inserted(): readonly InsertedRange[] {
    return [...this.#inserted.values()].flat()
  }

  /** Reads as few properties of a record as possible: each read costs as much as the search of a short text. */
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
