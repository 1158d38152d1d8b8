// Which entries are selected, and the row from which a range is selected.

import { type Signal, signal } from '@preact/signals'
import type { Listing } from './listing.ts'

export class Selection {
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set())
  #anchor = 0

  toggle(id: string, row: number): void {
    const ids = new Set(this.ids.peek())
    if (!ids.delete(id)) ids.add(id)
    this.ids.value = ids
    this.#anchor = row
  }

  /** Adds all from the row that was toggled last to this one. */
  async selectRange(listing: Listing, row: number): Promise<void> {
    const ids = await listing.idsBetween(Math.min(this.#anchor, row), Math.max(this.#anchor, row) + 1)
    this.add(ids)
  }

  /** Begins a range of the keyboard's at this row, unless something is selected already. */
  startRange(row: number): void {
    if (this.ids.peek().size === 0) this.#anchor = row
  }

  add(ids: readonly string[]): void {
    this.ids.value = new Set([...this.ids.peek(), ...ids])
  }

  drop(ids: readonly string[]): void {
    const remaining = new Set(this.ids.peek())
    for (const id of ids) remaining.delete(id)
    this.ids.value = remaining
  }

  clear(): void {
    this.ids.value = new Set()
    this.#anchor = 0
  }
}
