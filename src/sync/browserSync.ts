// The browser's own sync, as a place for one record. Writes it so that no reader mistakes a part for the whole, within the browser's
// quotas. Knows neither keys nor what is in a record. FORMAT.md §9.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { msPerDay } from '../time.ts'
import {
  areaBytes,
  bytesOf,
  type Items,
  join,
  keysOf,
  manifestKey,
  manifestOf,
  type RecordSummary,
  type SyncContents,
  type SyncedRecord,
  split,
  writeOf,
} from './chunks.ts'

/** The storage area that the browser syncs between all devices of an account. */
export interface Area {
  get(keys: null): Promise<Items>
  set(items: Record<string, unknown>): Promise<void>
  remove(keys: string[]): Promise<void>
}

/** `later`: the browser refuses it for now. `too-large`: it always will. Neither loses what is stored there. */
export type SendOutcome = { readonly kind: 'sent'; readonly write: string } | { readonly kind: 'later' | 'too-large' }

/** When this device first saw pieces without a manifest, by the id of their write; milliseconds since 1970. */
export type Strays = Readonly<Record<string, number>>

/** A device that was interrupted while writing may continue within this time. */
const strayLastsMs = msPerDay

/** Reads and writes the one record in the sync area. */
export class BrowserSync {
  readonly #area: Area

  constructor(area: Area = browser.storage.sync) {
    this.#area = area
  }

  /** Failure `unavailable`: the browser has no sync, or does not answer. */
  async read(): Promise<SyncContents> {
    return join(await this.#readItems())
  }

  /**
   * Replaces the record: writes the pieces, then the manifest, then removes the old pieces. If both do not fit, removes the old
   * ones first, and readers wait meanwhile.
   */
  async write(record: SyncedRecord, about: RecordSummary): Promise<SendOutcome> {
    const next = await split(record, about)
    const needed = next === null ? Number.POSITIVE_INFINITY : bytesOf({ ...next.pieces, [manifestKey]: next.manifest })
    if (next === null || needed > areaBytes) return { kind: 'too-large' }
    try {
      const before = await this.#area.get(null)
      const named = manifestOf(before)
      const old = named === null ? [] : keysOf(named).filter((key) => Object.hasOwn(before, key))
      const remaining = await this.#makeRoom(before, old, needed)
      await this.#area.set(next.pieces)
      await this.#area.set({ [manifestKey]: next.manifest })
      // If this fails, sweep removes them later.
      if (remaining.length > 0) await this.#area.remove(remaining).catch(() => undefined)
      return { kind: 'sent', write: next.manifest.write }
    } catch (thrown) {
      // Leaves the pieces, with or without their manifest: sweep removes stray ones after a day.
      return { kind: isTooLarge(thrown) ? 'too-large' : 'later' }
    }
  }

  /** Removes pieces that had no manifest for a day. Returns the strays that are younger. `now` in milliseconds since 1970. */
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

  /** Removes everything here, and thereby from the areas of the other devices. */
  async clear(): Promise<void> {
    const items = await this.#readItems()
    const ours = Object.keys(items).filter((key) => key === manifestKey || writeOf(key) !== null)
    if (ours.length > 0) await this.#area.remove(ours)
  }

  async #readItems(): Promise<Items> {
    try {
      return await this.#area.get(null)
    } catch (cause) {
      throw new Failure('unavailable', { cause })
    }
  }

  /** Frees only the room that is needed: the old pieces, then stray ones. Returns the old ones that remain. */
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

/** Denies content scripts the storage areas, where the browser can do that. What is stored there is sealed in any case. */
export async function keepFromContentScripts(): Promise<void> {
  const level = { accessLevel: 'TRUSTED_CONTEXTS' }
  for (const area of [browser.storage.local, browser.storage.sync] as { setAccessLevel?(to: object): Promise<void> }[])
    await area.setAccessLevel?.(level)?.catch(() => undefined)
}

/** Quotas of writes per minute and hour pass by themselves; the others are limits of size. */
function isTooLarge(thrown: unknown): boolean {
  const message = String(thrown instanceof Error ? thrown.message : thrown)
  return /quota/i.test(message) && !/MAX_WRITE_OPERATIONS|MAX_SUSTAINED/i.test(message)
}
