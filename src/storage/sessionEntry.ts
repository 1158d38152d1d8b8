// What lives as long as the browser session and never on disk: `storage.session`. Survives the background, not the browser.
// Each entry has one key of its own and is parsed when it is read; whatever does not parse counts as not there. That may be
// strict, unlike what lies on a disk: browsers clear it when the extension is updated, so no other version has written it.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'

/** Removes every entry there is. */
export async function clearSessionEntries(): Promise<void> {
  await browser.storage.session.clear()
}

/** One entry of the session's storage. Changes to it are made one after the other. */
export class SessionEntry<Shape extends v.GenericSchema> {
  readonly #key: string
  readonly #shape: Shape
  #turn: Promise<unknown> = Promise.resolve()

  constructor(key: string, shape: Shape) {
    this.#key = key
    this.#shape = shape
  }

  async read(): Promise<v.InferOutput<Shape> | null> {
    const stored = await browser.storage.session.get(this.#key)
    const parsed = v.safeParse(this.#shape, stored[this.#key])
    return parsed.success ? parsed.output : null
  }

  /** Failure 'full' when the session's storage cannot hold it; then the old value stays. */
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

  /** Leaves nothing of it, where it can't be removed: what is written in its place counts as not there. */
  async overwrite(): Promise<void> {
    await browser.storage.session.set({ [this.#key]: null })
  }

  /** Reads, changes and writes with no other change between. `change` returns the new value. */
  change(change: (before: v.InferOutput<Shape> | null) => v.InferInput<Shape>): Promise<void> {
    const turn = this.#turn.then(async () => this.write(change(await this.read())))
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
