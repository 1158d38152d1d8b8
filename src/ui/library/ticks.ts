// Which entries are ticked, and from which row a range is drawn.

import { type Signal, signal } from '@preact/signals'
import type { Listing } from './listing.ts'

export class Ticks {
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set())
  #from = 0

  toggle(id: string, row: number): void {
    const ids = new Set(this.ids.peek())
    if (!ids.delete(id)) ids.add(id)
    this.ids.value = ids
    this.#from = row
  }

  /** All from the row that was ticked last to this one, added to those that are ticked. */
  async range(listing: Listing, row: number): Promise<void> {
    const ids = await listing.idsBetween(Math.min(this.#from, row), Math.max(this.#from, row) + 1)
    this.add(ids)
  }

  /** A range that is drawn by the keyboard begins at this row, where none is ticked yet. */
  beginAt(row: number): void {
    if (this.ids.peek().size === 0) this.#from = row
  }

  add(ids: readonly string[]): void {
    this.ids.value = new Set([...this.ids.peek(), ...ids])
  }

  drop(ids: readonly string[]): void {
    const left = new Set(this.ids.peek())
    for (const id of ids) left.delete(id)
    this.ids.value = left
  }

  clear(): void {
    this.ids.value = new Set()
    this.#from = 0
  }
}
