// A list of the library as far as it is loaded: windows of rows, around the visible ones. What is shown stays until the next search
// has its answer; answers to earlier searches are thrown away. A lock makes it forget everything.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../../messages/call.ts'
import type { LibraryPage, ListedEntry } from '../../../messages/vault/library.ts'
import { Latest } from '../../app/latest.ts'
import { type UserError, userErrorOf } from '../../app/task.ts'

/** Rows of one request: as many as a window of usual height shows, since the background decrypts each. */
const windowRows = 24
/** Windows kept: those around the visible rows, and where the person was just before. */
const maxWindows = 100
/** Rows of one request for ids. */
const maxIdsPerRequest = 192
/**
 * While the background is still reading the library, how long to wait before asking again: longer when there is much to read, since
 * each answer costs a search in all that is read by then.
 */
const readingMs = { least: 250, most: 2_000, perDocument: 1 / 50 }

export interface Query {
  readonly search: string
  readonly order: 'time' | 'site'
}

export interface ShownRows extends Query {
  readonly total: number
  /** Whether `total` is exact, and not only what is known so far. */
  readonly counted: boolean
  readonly reading: LibraryPage['reading']
  /** Window numbers to rows, as far as they are loaded. */
  readonly rows: ReadonlyMap<number, readonly ListedEntry[]>
}

export class Listing {
  readonly kind: 'texts' | 'drafts'
  readonly query: Signal<Query> = signal<Query>({ search: '', order: 'time' })
  /** Null before the first answer. */
  readonly shown: Signal<ShownRows | null> = signal<ShownRows | null>(null)
  readonly error: Signal<UserError | null> = signal<UserError | null>(null)
  /** Whether a search other than the one shown is running. */
  readonly searching: Signal<boolean> = signal(false)
  #rows = new Map<number, readonly ListedEntry[]>()
  /** Windows whose rows may have changed. */
  #stale = new Set<number>()
  #loading = new Set<number>()
  #visible: readonly number[] = [0]
  /** An answer to an earlier search is thrown away. */
  readonly #searches = new Latest()
  #running = false
  #closed = false

  constructor(kind: 'texts' | 'drafts') {
    this.kind = kind
  }

  /** Searches for something else, and begins at the first row. */
  setQuery(change: Partial<Query>): void {
    const query = { ...this.query.peek(), ...change }
    this.query.value = query
    this.#visible = [0]
    void this.#search()
  }

  /** Loads the visible rows again after a change in the library, and the rest when it becomes visible. */
  async refresh(): Promise<void> {
    for (const index of this.#rows.keys()) this.#stale.add(index)
    if (this.shown.peek() === null) await this.#search()
    else this.#load()
  }

  /** Says which rows are visible, up to but without `end`, and loads them. */
  setVisible(first: number, end: number): void {
    const from = Math.floor(first / windowRows)
    const to = Math.floor(Math.max(first, end - 1) / windowRows)
    this.#visible = Array.from({ length: to - from + 1 }, (_, offset) => from + offset)
    this.#load()
  }

  rowAt(row: number): ListedEntry | null {
    return this.#rows.get(Math.floor(row / windowRows))?.[row % windowRows] ?? null
  }

  /** The row of an entry in the windows that are loaded; null when it is in none. */
  rowOf(id: string): number | null {
    for (const [index, entries] of this.#rows) {
      const offset = entries.findIndex((entry) => entry.id === id)
      if (offset >= 0) return index * windowRows + offset
    }
    return null
  }

  /** The ids of these rows, also of those that are not loaded; up to but without `end`. */
  async idsBetween(first: number, end: number): Promise<string[]> {
    const query = this.query.peek()
    const ids: string[] = []
    for (let offset = first; offset < end; offset += maxIdsPerRequest) {
      const count = Math.min(maxIdsPerRequest, end - offset)
      const loaded = Array.from({ length: count }, (_, index) => this.rowAt(offset + index))
      if (loaded.every((entry) => entry !== null)) ids.push(...loaded.map(({ id }) => id))
      else {
        const page = await call('listEntries', { of: this.kind, ...query, offset, count })
        ids.push(...page.entries.map(({ id }) => id))
      }
    }
    return ids
  }

  close(): void {
    this.#closed = true
    this.#searches.end()
    this.#rows.clear()
    batch(() => {
      this.shown.value = null
      this.query.value = { search: '', order: 'time' }
      this.error.value = null
    })
  }

  /** Runs one search at a time. Of the searches requested meanwhile, only the last one runs after it. */
  async #search(): Promise<void> {
    this.#searches.end()
    this.searching.value = true
    if (this.#running) return
    this.#running = true
    try {
      for (let answered = false; !(answered || this.#closed); ) {
        const isLatest = this.#searches.join()
        const query = this.query.peek()
        const page = await call('listEntries', { of: this.kind, ...query, offset: 0, count: windowRows })
        answered = isLatest()
        if (answered) this.#replaceRows(query, page)
      }
    } catch (thrown) {
      if (!this.#closed) this.error.value = userErrorOf(thrown, 'list-library')
    } finally {
      this.#running = false
      this.searching.value = false
    }
  }

  #replaceRows(query: Query, page: LibraryPage): void {
    this.#rows = new Map([[0, page.entries]])
    this.#stale.clear()
    this.#loading.clear()
    this.#show(query, page)
  }

  #show({ search, order }: Query, page: LibraryPage): void {
    const previous = this.shown.peek()
    const known = previous?.search === search && previous.order === order ? previous.total : 0
    const total = page.total ?? Math.max(known, page.offset + page.entries.length)
    this.error.value = null
    this.shown.value = { search, order, total, counted: page.total !== null, reading: page.reading, rows: this.#rows }
    if (page.total === null) void this.#count()
    this.#pollReading(page)
  }

  /** Loads the exact total, for which the list by time does not wait. */
  async #count(): Promise<void> {
    const isLatest = this.#searches.join()
    try {
      const { documents } = await call('getLibraryState', {})
      const shown = this.shown.peek()
      if (isLatest() && shown !== null) this.shown.value = { ...shown, total: documents, counted: true }
    } catch {
      // The next window of the list asks again.
    }
  }

  #load(): void {
    const shown = this.shown.peek()
    if (shown === null || this.searching.peek()) return
    for (const index of this.#visible) {
      const isLoaded = this.#rows.has(index) && !this.#stale.has(index)
      const exists = index === 0 || index * windowRows < shown.total
      if (!isLoaded && exists && !this.#loading.has(index)) void this.#loadWindow(shown, index)
    }
  }

  async #loadWindow({ search, order }: Query, index: number): Promise<void> {
    const isLatest = this.#searches.join()
    this.#loading.add(index)
    this.#stale.delete(index)
    try {
      const offset = index * windowRows
      const page = await call('listEntries', { of: this.kind, search, order, offset, count: windowRows })
      if (!isLatest()) return
      this.#rows.set(index, page.entries)
      this.#forgetDistantWindows()
      this.#show({ search, order }, page)
    } catch (thrown) {
      if (!isLatest()) return
      this.#stale.add(index)
      this.error.value = userErrorOf(thrown, 'list-library')
    } finally {
      if (isLatest()) {
        this.#loading.delete(index)
        // Something changed while it was loading.
        if (this.#stale.has(index) && this.error.peek() === null) this.#load()
      }
    }
  }

  #pollReading({ reading }: LibraryPage): void {
    if (reading === null) return
    const isLatest = this.#searches.join()
    setTimeout(
      () => {
        if (isLatest()) void this.refresh()
      },
      Math.min(readingMs.most, Math.max(readingMs.least, reading.of * readingMs.perDocument)),
    )
  }

  #forgetDistantWindows(): void {
    const visible = new Set(this.#visible)
    for (const index of this.#rows.keys()) {
      if (this.#rows.size <= maxWindows) return
      if (!visible.has(index)) this.#rows.delete(index)
    }
  }
}
