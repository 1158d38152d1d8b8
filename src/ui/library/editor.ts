// A text of the library that is being written: a new note, or another text in the place of one that is there. Knows what is
// unsaved, and loses none of it: not to a lock, and not to a change made elsewhere meanwhile.

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { LibraryEntry } from '../../messages/library.ts'
import { Deed } from '../deed.ts'
import { newToken } from '../token.ts'

export class Editor {
  /** Null for a new note. */
  readonly of: LibraryEntry | null
  readonly text: Signal<string>
  readonly saving = new Deed()
  /** What was written elsewhere since this text was opened. */
  readonly other: Signal<LibraryEntry | null> = signal<LibraryEntry | null>(null)
  /** What the person wants to go to, leaving unsaved text behind: asked first. */
  readonly leaving: Signal<(() => void) | null> = signal<(() => void) | null>(null)
  readonly changed: ReadonlySignal<boolean>
  /** Kept also when it is off the page: it is to hold nothing after a lock. */
  readonly box: { current: HTMLTextAreaElement | null } = { current: null }
  readonly #noteId = newToken()
  readonly #before: Signal<string>
  #revision: number
  readonly #stopTelling: () => void

  constructor(of: LibraryEntry | null) {
    this.of = of
    this.#before = signal(of?.text ?? '')
    this.#revision = of?.revision ?? 0
    this.text = signal(this.#before.peek())
    this.changed = computed(() => this.text.value !== this.#before.value && this.text.value.trim() !== '')
    let told = false
    this.#stopTelling = effect(() => {
      const writing = this.changed.value
      if (writing === told) return
      told = writing
      // A lock that is not told of it saves nothing; the tab still warns before it is closed.
      void call('noteWriting', { token: this.#noteId, writing }).catch(() => undefined)
    })
  }

  /** The id it was saved under; null when it was not. */
  async save(): Promise<string | null> {
    const text = this.text.peek()
    if (!this.changed.peek()) return this.of?.id ?? null
    const saved = await this.saving.run('save-entry', async () => {
      try {
        await this.#send(text)
        this.#before.value = text
      } catch (thrown) {
        if (codeOf(thrown) === 'conflict' && this.of !== null) await this.#meet(this.of.id)
        throw thrown
      }
    })
    return saved ? (this.of?.id ?? this.#noteId) : null
  }

  /** What is in the box becomes a note of its own, and the text it was made of stays as it was changed elsewhere. */
  async saveApart(): Promise<string | null> {
    const text = this.text.peek()
    const saved = await this.saving.run('save-entry', async () => {
      await call('writeEntry', { id: this.#noteId, text })
    })
    return saved ? this.#noteId : null
  }

  /** The vault is about to be locked: what is unsaved is saved, beside the other where there is one. True when nothing was lost. */
  async flush(): Promise<boolean> {
    const text = this.text.peek()
    if (!this.changed.peek()) return true
    try {
      if (this.other.peek() === null) await this.#send(text)
      else await call('writeEntry', { id: this.#noteId, text })
      return true
    } catch (thrown) {
      if (codeOf(thrown) !== 'conflict') return false
      return call('writeEntry', { id: this.#noteId, text }).then(
        () => true,
        () => false,
      )
    }
  }

  wipe(): void {
    if (this.box.current) this.box.current.value = ''
    this.text.value = ''
    this.other.value = null
    this.leaving.value = null
    this.#before.value = ''
    this.#stopTelling()
  }

  async #send(text: string): Promise<void> {
    if (this.of === null) await call('writeEntry', { id: this.#noteId, text })
    else await call('saveEntry', { id: this.of.id, revision: this.#revision, text })
  }

  /** From now on saving puts this text in the place of the other one, which becomes an earlier version. */
  async #meet(id: string): Promise<void> {
    const other = await call('openEntry', { id })
    this.#revision = other.revision
    this.other.value = other
  }
}
