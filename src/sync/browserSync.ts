// The browser's own sync, as a place for one record: written so that no reader ever takes half of it for the whole, within
// the browser's quotas. Knows neither keys nor what is in a record. FORMAT.md §9.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { msPerDay } from '../time.ts'
import {
  type About,
  areaBytes,
  bytesOf,
  type Items,
  join,
  keysOf,
  manifestKey,
  manifestOf,
  type SyncContents,
  type SyncedRecord,
  split,
  writeOf,
} from './chunks.ts'

/** The area of the browser's storage that it keeps alike on all devices of an account. */
export interface Area {
  get(keys: null): Promise<Items>
  set(items: Record<string, unknown>): Promise<void>
  remove(keys: string[]): Promise<void>
}

/** `later`: the browser does not take it now. `too-large`: it never will. Nothing that lay there is lost by either. */
export type Sent = { readonly kind: 'sent'; readonly write: string } | { readonly kind: 'later' | 'too-large' }

/** When pieces that no manifest names were first seen here, by the id of their writing; milliseconds since 1970. */
export type Strays = Readonly<Record<string, number>>

/** A device that was cut off in the middle of writing may go on after so long. */
const strayLastsMs = msPerDay

export class BrowserSync {
  readonly #area: Area

  constructor(area: Area = browser.storage.sync) {
    this.#area = area
  }

  /** Failure 'unavailable' where the browser has no sync, or does not answer. */
  async read(): Promise<SyncContents> {
    return join(await this.#lying())
  }

  /**
   * Writes a record in the place of what lies there: its pieces, then the manifest, and only then the old pieces go. Where
   * both do not fit beside each other, the old ones go first, and readers wait meanwhile.
   */
  async write(record: SyncedRecord, about: About): Promise<Sent> {
    const next = await split(record, about)
    const needed = next === null ? Number.POSITIVE_INFINITY : bytesOf({ ...next.pieces, [manifestKey]: next.manifest })
    if (next === null || needed > areaBytes) return { kind: 'too-large' }
    try {
      const before = await this.#area.get(null)
      const named = manifestOf(before)
      const old = named === null ? [] : keysOf(named).filter((key) => Object.hasOwn(before, key))
      const left = await this.#makeRoom(before, old, needed)
      await this.#area.set(next.pieces)
      await this.#area.set({ [manifestKey]: next.manifest })
      // What is left over is swept up later.
      if (left.length > 0) await this.#area.remove(left).catch(() => undefined)
      return { kind: 'sent', write: next.manifest.write }
    } catch (thrown) {
      // Pieces that are there without their manifest, or with it after all, are left: they take room for a day at most.
      return { kind: isTooLarge(thrown) ? 'too-large' : 'later' }
    }
  }

  /** Removes pieces that no manifest has named for a day. Gives those that are not due yet. */
  async sweep(strays: Strays, now: number): Promise<Strays> {
    const items = await this.#area.get(null)
    const named = manifestOf(items)?.write
    const pieces = Object.keys(items).flatMap((key) => {
      const write = writeOf(key)
      return write === null || write === named ? [] : [{ key, write }]
    })
    const since = (write: string) => Math.min(strays[write] ?? now, now)
    const due = pieces.filter(({ write }) => now - since(write) >= strayLastsMs)
    if (due.length > 0) await this.#area.remove(due.map(({ key }) => key))
    return Object.fromEntries(pieces.filter((piece) => !due.includes(piece)).map(({ write }) => [write, since(write)]))
  }

  /** Takes everything away from here, and with that from the other devices' areas. */
  async clear(): Promise<void> {
    const items = await this.#lying()
    const ours = Object.keys(items).filter((key) => key === manifestKey || writeOf(key) !== null)
    if (ours.length > 0) await this.#area.remove(ours)
  }

  async #lying(): Promise<Items> {
    try {
      return await this.#area.get(null)
    } catch (cause) {
      throw new Failure('unavailable', { cause })
    }
  }

  /** Frees what is needed and not more: the old pieces, then stray ones. Gives the old ones that are still there. */
  async #makeRoom(before: Items, old: readonly string[], needed: number): Promise<string[]> {
    const { [manifestKey]: _manifest, ...others } = before
    const free = areaBytes - bytesOf(others)
    if (free >= needed) return [...old]
    const oldBytes = bytesOf(Object.fromEntries(old.map((key) => [key, before[key]])))
    const strays = free + oldBytes >= needed ? [] : Object.keys(others).filter((key) => writeOf(key) !== null)
    await this.#area.remove([...new Set([...old, ...strays])])
    return []
  }
}

/** Content scripts have no business with it. Where the browser cannot be told so, what lies there is sealed all the same. */
export async function keepFromContentScripts(): Promise<void> {
  const level = { accessLevel: 'TRUSTED_CONTEXTS' }
  for (const area of [browser.storage.local, browser.storage.sync] as { setAccessLevel?(to: object): Promise<void> }[])
    await area.setAccessLevel?.(level)?.catch(() => undefined)
}

/** How many writings a minute and an hour: that passes. Other quotas are of size. */
function isTooLarge(thrown: unknown): boolean {
  const said = String(thrown instanceof Error ? thrown.message : thrown)
  return /quota/i.test(said) && !/MAX_WRITE_OPERATIONS|MAX_SUSTAINED/i.test(said)
}
