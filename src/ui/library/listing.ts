// A list of the library as far as it was asked for: windows of it, around what is seen. What was shown stays until the next
// search has answered; what was asked before that answers to nobody. At a lock all of it is forgotten.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import type { LibraryPage, ListedEntry } from '../../messages/library.ts'
import { type Trouble, troubleOf } from '../deed.ts'

/** Rows that are asked for together: as many as are made for a window of usual height, since each costs its opening. */
const windowRows = 24
/** Windows that are kept: those around what is seen, and where a person was just before. */
const windowsKept = 100
/** Rows whose ids are asked for together. */
const idsAtOnce = 192
/**
 * While the library is still being read, how long until it is asked again how far that has come: longer where there is much to
 * read, since each answer is searched for among all that is there by then.
 */
const readingMs = { least: 250, most: 2_000, perDocument: 1 / 50 }

export interface Query {
  readonly search: string
  readonly order: 'time' | 'site'
}

export interface Shown extends Query {
  readonly total: number
  /** Whether that is all there are, and not as many as are known of so far. */
  readonly counted: boolean
  readonly reading: LibraryPage['reading']
  /** Row numbers to rows, as far as they are there. */
  readonly rows: ReadonlyMap<number, readonly ListedEntry[]>
}

export class Listing {
  readonly of: 'texts' | 'drafts'
  readonly query: Signal<Query> = signal<Query>({ search: '', order: 'time' })
  /** Null before the first answer. */
  readonly shown: Signal<Shown | null> = signal<Shown | null>(null)
  readonly trouble: Signal<Trouble | null> = signal<Trouble | null>(null)
  /** Whether a search other than the one shown is under way. */
  readonly searching: Signal<boolean> = signal(false)
  #rows = new Map<number, readonly ListedEntry[]>()
  /** Windows whose rows may be others by now. */
  #stale = new Set<number>()
  #asking = new Set<number>()
  /** Those that were seen last. */
  #seen: readonly number[] = [0]
  /** Counts the searches: an answer to an earlier one is thrown away. */
  #turn = 0
  #running = false
  #closed = false

  constructor(of: 'texts' | 'drafts') {
    this.of = of
  }

  /** Asks for something else. The first row is what is seen then. */
  ask(change: Partial<Query>): void {
    const query = { ...this.query.peek(), ...change }
    this.query.value = query
    this.#seen = [0]
    void this.#search()
  }

  /** Something in the library has changed: what is seen is asked for again, the rest when it comes to be seen. */
  async refresh(): Promise<void> {
    for (const nth of this.#rows.keys()) this.#stale.add(nth)
    if (this.shown.peek() === null) await this.#search()
    else this.#load()
  }

  /** These rows are seen, up to but without `end`. */
  see(first: number, end: number): void {
    const from = Math.floor(first / windowRows)
    const to = Math.floor(Math.max(first, end - 1) / windowRows)
    this.#seen = Array.from({ length: to - from + 1 }, (_, nth) => from + nth)
    this.#load()
  }

  rowAt(row: number): ListedEntry | null {
    return this.#rows.get(Math.floor(row / windowRows))?.[row % windowRows] ?? null
  }

  /** Where an entry is now, among the windows that are there; null when it is in none. */
  rowOf(id: string): number | null {
    for (const [nth, entries] of this.#rows) {
      const at = entries.findIndex((entry) => entry.id === id)
      if (at >= 0) return nth * windowRows + at
    }
    return null
  }

  /** The ids of these rows, also of those that were never seen; up to but without `end`. */
  async idsBetween(first: number, end: number): Promise<string[]> {
    const query = this.query.peek()
    const ids: string[] = []
    for (let at = first; at < end; at += idsAtOnce) {
      const there = Array.from({ length: Math.min(idsAtOnce, end - at) }, (_, nth) => this.rowAt(at + nth))
      if (there.every((entry) => entry !== null)) ids.push(...there.map(({ id }) => id))
      else {
        const page = await call('listLibrary', { of: this.of, ...query, at, count: there.length })
        ids.push(...page.entries.map(({ id }) => id))
      }
    }
    return ids
  }

  close(): void {
    this.#closed = true
    this.#turn++
    this.#rows.clear()
    batch(() => {
      this.shown.value = null
      this.query.value = { search: '', order: 'time' }
      this.trouble.value = null
    })
  }

  /** One search is under way at a time; whatever was typed meanwhile is searched for after it, and only the last of that. */
  async #search(): Promise<void> {
    this.#turn++
    this.searching.value = true
    if (this.#running) return
    this.#running = true
    try {
      for (let turn = -1; turn !== this.#turn && !this.#closed; ) {
        turn = this.#turn
        const query = this.query.peek()
        const page = await call('listLibrary', { of: this.of, ...query, at: 0, count: windowRows })
        if (turn === this.#turn) this.#begin(query, page)
      }
    } catch (thrown) {
      if (!this.#closed) this.trouble.value = troubleOf(thrown, 'list-library')
    } finally {
      this.#running = false
      this.searching.value = false
    }
  }

  #begin(query: Query, page: LibraryPage): void {
    this.#rows = new Map([[0, page.entries]])
    this.#stale.clear()
    this.#asking.clear()
    this.#show(query, page)
  }

  #show({ search, order }: Query, page: LibraryPage): void {
    const before = this.shown.peek()
    const there = before?.search === search && before.order === order ? before.total : 0
    const total = page.total ?? Math.max(there, page.at + page.entries.length)
    this.trouble.value = null
    this.shown.value = { search, order, total, counted: page.total !== null, reading: page.reading, rows: this.#rows }
    if (page.total === null) void this.#count()
    this.#goOnReading(page)
  }

  /** The list by time does not wait for it. */
  async #count(): Promise<void> {
    const turn = this.#turn
    try {
      const { documents } = await call('library', {})
      const shown = this.shown.peek()
      if (turn === this.#turn && shown !== null) this.shown.value = { ...shown, total: documents, counted: true }
    } catch {
      // It is asked for again with the next window of the list.
    }
  }

  #load(): void {
    const shown = this.shown.peek()
    if (shown === null || this.searching.peek()) return
    for (const nth of this.#seen) {
      const there = this.#rows.has(nth) && !this.#stale.has(nth)
      const within = nth === 0 || nth * windowRows < shown.total
      if (!there && within && !this.#asking.has(nth)) void this.#window(shown, nth)
    }
  }

  async #window({ search, order }: Query, nth: number): Promise<void> {
    const turn = this.#turn
    this.#asking.add(nth)
    this.#stale.delete(nth)
    try {
      const at = nth * windowRows
      const page = await call('listLibrary', { of: this.of, search, order, at, count: windowRows })
      if (turn !== this.#turn) return
      this.#rows.set(nth, page.entries)
      this.#forgetFar()
      this.#show({ search, order }, page)
    } catch (thrown) {
      if (turn !== this.#turn) return
      this.#stale.add(nth)
      this.trouble.value = troubleOf(thrown, 'list-library')
    } finally {
      if (turn === this.#turn) {
        this.#asking.delete(nth)
        // Something changed while it was asked for.
        if (this.#stale.has(nth) && this.trouble.peek() === null) this.#load()
      }
    }
  }

  #goOnReading({ reading }: LibraryPage): void {
    if (reading === null) return
    const turn = this.#turn
    setTimeout(
      () => {
        if (turn === this.#turn) void this.refresh()
      },
      Math.min(readingMs.most, Math.max(readingMs.least, reading.of * readingMs.perDocument)),
    )
  }

  #forgetFar(): void {
    const near = new Set(this.#seen)
    for (const nth of this.#rows.keys()) {
      if (this.#rows.size <= windowsKept) return
      if (!near.has(nth)) this.#rows.delete(nth)
    }
  }
}
