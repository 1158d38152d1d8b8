// The browser's sync, as it is documented: an area on each device with the browser's quotas, and between them a server that
// passes on one item after the other, in any order, at any time.

import type { Area } from '../../src/sync/browserSync.ts'
import { bytesOf, type Items } from '../../src/sync/chunks.ts'

const itemBytes = 8_192
const areaBytes = 102_400
const itemsAtMost = 512
const writesAMinute = 120

export class DeviceArea implements Area {
  items: Record<string, unknown> = {}
  /** What was changed here and has not been passed on. */
  readonly dirty = new Set<string>()
  /** Counts writes; each that is in `faults` fails, before it is done or after. */
  writes = 0
  readonly faults = new Map<number, 'before' | 'after'>()
  readonly #server: Map<string, unknown>
  #thisMinute = 0

  constructor(server: Map<string, unknown> = new Map()) {
    this.#server = server
  }

  async get(): Promise<Items> {
    return structuredClone(this.items)
  }

  async set(items: Record<string, unknown>): Promise<void> {
    await this.#write(() => {
      for (const [key, value] of Object.entries(items))
        if (bytesOf({ [key]: value }) > itemBytes) throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded')
      const after = { ...this.items, ...structuredClone(items) }
      if (Object.keys(after).length > itemsAtMost) throw new Error('MAX_ITEMS quota exceeded')
      if (bytesOf(after) > areaBytes) throw new Error('QUOTA_BYTES quota exceeded')
      this.items = after
      for (const key of Object.keys(items)) this.dirty.add(key)
    })
  }

  async remove(keys: string[]): Promise<void> {
    await this.#write(() => {
      for (const key of keys) {
        if (!Object.hasOwn(this.items, key)) continue
        delete this.items[key]
        this.dirty.add(key)
      }
    })
  }

  nextMinute(): void {
    this.#thisMinute = 0
  }

  /** Passes one item on to the server. */
  push(key: string): void {
    if (!this.dirty.delete(key)) return
    if (Object.hasOwn(this.items, key)) this.#server.set(key, structuredClone(this.items[key]))
    else this.#server.delete(key)
  }

  /** Takes one item from the server, unless it was changed here. Says whether that changed anything. */
  pull(key: string): boolean {
    if (this.dirty.has(key)) return false
    const before = JSON.stringify(this.items[key])
    if (this.#server.has(key)) this.items[key] = structuredClone(this.#server.get(key))
    else delete this.items[key]
    return JSON.stringify(this.items[key]) !== before
  }

  /** All that is changed here goes out, then all that is changed there comes in. */
  passAll(): boolean {
    for (const key of [...this.dirty]) this.push(key)
    const keys = new Set([...Object.keys(this.items), ...this.#server.keys()])
    return [...keys].map((key) => this.pull(key)).some((changed) => changed)
  }

  async #write(work: () => void): Promise<void> {
    const fault = this.faults.get(++this.writes)
    if (++this.#thisMinute > writesAMinute) throw new Error('MAX_WRITE_OPERATIONS_PER_MINUTE quota exceeded')
    if (fault === 'before') throw new Error('An unexpected error occurred')
    work()
    if (fault === 'after') throw new Error('An unexpected error occurred')
  }
}
