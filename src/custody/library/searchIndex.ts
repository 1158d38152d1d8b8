// What the library is searched and sorted by, in memory: never on disk, filled as it is read, dropped at a lock. It works in
// slices, so that a long library holds nothing up.

import { compareText } from '../../text.ts'
import { foldText, searchWords } from './searchText.ts'

/** No slice of work is longer, so that what else is to be done is not kept waiting. */
const sliceMs = 6
/** So many are looked at between two looks at the clock. */
const perLook = 64

export type Order = 'time' | 'site'

export interface Item {
  readonly id: string
  /** Milliseconds since 1970: what the list is sorted by. */
  readonly changedAt: number
  readonly host: string | null
  /** Everything that is searched, folded. */
  readonly words: string
}

interface Search {
  readonly key: string
  readonly words: readonly string[]
  readonly order: Order
  readonly found: readonly Item[]
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })

/** An item of the index: what is searched is the text, the site, and the day as it is written in two ways. */
export function itemOf(id: string, date: number, host: string | null, text: string): Item {
  const day = Number.isFinite(date) ? `${new Date(date).toISOString().slice(0, 10)} ${dates.format(date)}` : ''
  const changedAt = Number.isFinite(date) ? date : 0
  return { id, changedAt, host, words: foldText(`${text}\n${host ?? ''}\n${day}`) }
}

export class SearchIndex {
  readonly #items = new Map<string, Item>()
  /** In the order of time, once everything is here: from then on kept so. */
  #byTime: Item[] | null = null
  /** The last search, which other windows of its list and longer words go on from; dropped with every change. */
  #last: Search | null = null
  /** Counts changes. */
  #changes = 0

  get size(): number {
    return this.#items.size
  }

  put(item: Item): void {
    this.remove(item.id)
    this.#items.set(item.id, item)
    this.#byTime?.splice(placeOf(this.#byTime, item), 0, item)
  }

  remove(id: string): void {
    const item = this.#items.get(id)
    this.#changed()
    if (item === undefined) return
    this.#items.delete(id)
    if (this.#byTime !== null) this.#byTime.splice(placeOf(this.#byTime, item), 1)
  }

  /** Everything is here. Until then it is in no order, which would have to be kept with everything that comes. */
  complete(): void {
    this.#byTime = [...this.#items.values()].sort(newerFirst)
  }

  clear(): void {
    this.#items.clear()
    this.#byTime = null
    this.#changed()
  }

  /** Those that have all words of `search`, in this order. */
  async search(search: string, order: Order): Promise<readonly Item[]> {
    const words = searchWords(search)
    const key = words.join(' ')
    const [last, changes] = [this.#last, this.#changes]
    if (last !== null && last.key === key && last.order === order) return last.found
    // Whatever has the longer words has the shorter ones in them.
    const narrower =
      last !== null && last.order === order && last.words.every((old) => words.some((word) => word.includes(old)))
    const inOrder = this.#byTime !== null
    const among = narrower && last !== null ? last.found : [...(this.#byTime ?? this.#items.values())]
    const matching = words.length === 0 ? among : await withAll(among, words)
    const found = narrower ? matching : sortItems(matching, order, inOrder)
    if (this.#changes === changes) this.#last = { key, words, order, found }
    return found
  }

  #changed(): void {
    this.#changes++
    this.#last = null
  }
}

function sortItems(items: readonly Item[], order: Order, byTime: boolean): readonly Item[] {
  const newest = byTime ? items : items.toSorted(newerFirst)
  return order === 'time' ? newest : bySite(newest)
}

async function withAll(items: readonly Item[], words: readonly string[]): Promise<Item[]> {
  const found: Item[] = []
  let since = performance.now()
  let untilLook = perLook
  for (const item of items) {
    if (hasAll(item, words)) found.push(item)
    if (--untilLook > 0) continue
    untilLook = perLook
    if (performance.now() - since > sliceMs) {
      await pause()
      since = performance.now()
    }
  }
  return found
}

function hasAll(item: Item, words: readonly string[]): boolean {
  for (const word of words) if (!item.words.includes(word)) return false
  return true
}

/** Lets whatever else is waiting have its turn. */
export async function pause(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } }
  if (scheduler?.yield) await scheduler.yield()
  else await new Promise((resolve) => setTimeout(resolve))
}

/** The sites by name, each with its newest first; what belongs to no site comes last. */
function bySite(byTime: readonly Item[]): Item[] {
  const sites = Map.groupBy(byTime, ({ host }) => host)
  const named = [...sites.keys()].filter((host) => host !== null).sort()
  return [...named, null].flatMap((host) => sites.get(host) ?? [])
}

function newerFirst(a: Item, b: Item): number {
  return b.changedAt - a.changedAt || compareText(b.id, a.id)
}

/** Where an item stands in this order, or would. */
function placeOf(sorted: readonly Item[], item: Item): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const other = sorted[middle]
    if (other !== undefined && newerFirst(other, item) < 0) from = middle + 1
    else to = middle
  }
  return from
}
