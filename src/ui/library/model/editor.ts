// A text of the library that a person is writing: a new note, or a change to an entry. Knows what is unsaved and loses none of it,
// neither to a lock nor to a change made elsewhere in the meantime.

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { randomToken } from '../../../bytes.ts'
import { codeOf } from '../../../failure.ts'
import { call } from '../../../messages/call.ts'
import type { LibraryEntry } from '../../../messages/vault/library.ts'
import { Task } from '../../app/task.ts'

export class Editor {
  /** Null for a new note. */
  readonly entry: LibraryEntry | null
  readonly text: Signal<string>
  readonly saving = new Task()
  /** The entry as it was saved elsewhere since this text was opened. */
  readonly conflicting: Signal<LibraryEntry | null> = signal<LibraryEntry | null>(null)
  /** What the person wants to do next, which would leave unsaved text behind: the window asks first. */
  readonly leave: Signal<(() => void) | null> = signal<(() => void) | null>(null)
  readonly changed: ReadonlySignal<boolean>
  /** Kept also when it is off the page: it must hold nothing after a lock. */
  readonly box: { current: HTMLTextAreaElement | null } = { current: null }
  readonly #noteId = randomToken()
  readonly #saved: Signal<string>
  #revision: number
  readonly #stopNotifying: () => void

  constructor(entry: LibraryEntry | null) {
    this.entry = entry
    this.#saved = signal(entry?.text ?? '')
    this.#revision = entry?.revision ?? 0
    this.text = signal(this.#saved.peek())
    this.changed = computed(() => this.text.value !== this.#saved.value && this.text.value.trim() !== '')
    let notified = false
    this.#stopNotifying = effect(() => {
      const unsaved = this.changed.value
      if (unsaved === notified) return
      notified = unsaved
      // Without this note a lock saves nothing; the tab still warns before it is closed.
      void call('recordUnsavedText', { token: this.#noteId, unsaved }).catch(() => undefined)
    })
  }

  /** Gives the id of the saved entry; null when it was not saved. */
  async save(): Promise<string | null> {
    const text = this.text.peek()
    if (!this.changed.peek()) return this.entry?.id ?? null
    const saved = await this.saving.run('save-entry', async () => {
      try {
        await this.#send(text)
        this.#saved.value = text
      } catch (thrown) {
        if (codeOf(thrown) === 'conflict' && this.entry !== null) await this.#loadConflicting(this.entry.id)
        throw thrown
      }
    })
    return saved ? (this.entry?.id ?? this.#noteId) : null
  }

  /** Saves the text as a new note, and leaves the entry as it was changed elsewhere. Gives the note's id; null when not saved. */
  async saveAsNote(): Promise<string | null> {
    const text = this.text.peek()
    const saved = await this.saving.run('save-entry', async () => {
      await call('createEntry', { id: this.#noteId, text })
    })
    return saved ? this.#noteId : null
  }

  /** Saves what is unsaved before a lock, as a new note when there is a conflict. True when nothing was lost. */
  async flush(): Promise<boolean> {
    const text = this.text.peek()
    if (!this.changed.peek()) return true
    try {
      if (this.conflicting.peek() === null) await this.#send(text)
      else await call('createEntry', { id: this.#noteId, text })
      return true
    } catch (thrown) {
      if (codeOf(thrown) !== 'conflict') return false
      return call('createEntry', { id: this.#noteId, text }).then(
        () => true,
        () => false,
      )
    }
  }

  wipe(): void {
    if (this.box.current) this.box.current.value = ''
    this.text.value = ''
    this.conflicting.value = null
    this.leave.value = null
    this.#saved.value = ''
    this.#stopNotifying()
  }

  async #send(text: string): Promise<void> {
    if (this.entry === null) await call('createEntry', { id: this.#noteId, text })
    else await call('saveEntry', { id: this.entry.id, revision: this.#revision, text })
  }

  /** After this, saving overwrites the conflicting text, which becomes an earlier version. */
  async #loadConflicting(id: string): Promise<void> {
    const conflicting = await call('openEntry', { id })
    this.#revision = conflicting.revision
    this.conflicting.value = conflicting
  }
}
