// What lasts as long as the browser session and is never on disk: `storage.session`. Survives the background, not the browser.
// Each entry has a key of its own and is parsed when read; a malformed entry counts as missing. The parser may be strict, unlike
// for the disk: browsers clear this storage when the extension is updated, so no other version wrote it.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { Queue } from '../queue.ts'

/** Removes all entries. */
export async function clearSessionEntries(): Promise<void> {
  await browser.storage.session.clear()
}

/** One entry of the session's storage. Changes to it are made one after the other. */
export class SessionEntry<Shape extends v.GenericSchema> {
  readonly #key: string
  readonly #shape: Shape
  readonly #changes = new Queue()

  constructor(key: string, shape: Shape) {
    this.#key = key
    this.#shape = shape
  }

  async read(): Promise<v.InferOutput<Shape> | null> {
    const stored = await browser.storage.session.get(this.#key)
    const parsed = v.safeParse(this.#shape, stored[this.#key])
    return parsed.success ? parsed.output : null
  }

  /** Failure `full`: the session's storage has no room; the old value stays. */
  async write(value: v.InferInput<Shape>): Promise<void> {
    try {
      await browser.storage.session.set({ [this.#key]: value })
    } catch (cause) {
      throw new Failure('full', { cause })
    }
  }

  async remove(): Promise<void> {
    await browser.storage.session.remove(this.#key)
  }

  /** Overwrites an entry that can't be removed, with a value that counts as missing. */
  async overwrite(): Promise<void> {
    await browser.storage.session.set({ [this.#key]: null })
  }

  /** Reads, changes and writes, with no other change in between. `change` returns the new value. */
  change(change: (before: v.InferOutput<Shape> | null) => v.InferInput<Shape>): Promise<void> {
    return this.#changes.run(async () => this.write(change(await this.read())))
  }
}
