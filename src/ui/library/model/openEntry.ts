// The one entry that is open beside the list, and what the window shows of it: the text, the box in which it is changed, or an
// earlier version.

import { type Signal, signal } from '@preact/signals'
import { codeOf } from '../../../failure.ts'
import { call } from '../../../messages/call.ts'
import type { LibraryEntry } from '../../../messages/vault/library.ts'
import { Latest } from '../../app/latest.ts'
import { Task, type UserError, userErrorOf } from '../../app/task.ts'
import { Editor } from './editor.ts'

export interface Version {
  readonly id: string
  readonly text: string
  readonly changedAt: number
}

export class OpenEntry {
  readonly id: string
  readonly entry: Signal<LibraryEntry | null> = signal<LibraryEntry | null>(null)
  readonly error: Signal<UserError | null> = signal<UserError | null>(null)
  readonly editor: Signal<Editor | null> = signal<Editor | null>(null)
  readonly version: Signal<Version | null> = signal<Version | null>(null)
  readonly versionTask = new Task()
  readonly #latest = new Latest()

  constructor(id: string) {
    this.id = id
  }

  /** Opens it, or loads it again. What is being written stays as it is. */
  async open(): Promise<void> {
    const isLatest = this.#latest.begin()
    try {
      const entry = await call('openEntry', { id: this.id })
      if (!isLatest()) return
      this.error.value = null
      if (JSON.stringify(this.entry.peek()) !== JSON.stringify(entry)) this.entry.value = entry
    } catch (thrown) {
      if (!isLatest()) return
      // While a person is writing, errors other than damage show when they save.
      if (this.editor.peek() !== null && codeOf(thrown) !== 'damaged') return
      this.entry.value = null
      this.error.value = userErrorOf(thrown, 'open-entry')
    }
  }

  edit(): void {
    const entry = this.entry.peek()
    if (entry !== null) this.editor.value = new Editor(entry)
  }

  /** Opens an earlier version, beside the text as it is now. */
  openVersion(id: string): Promise<boolean> {
    return this.versionTask.run('open-version', async () => {
      const isLatest = this.#latest.join()
      const { text, changedAt } = await call('openVersion', { id: this.id, version: id })
      if (isLatest()) this.version.value = { id, text, changedAt }
    })
  }

  /** Saves the version's text as the newest; the present text becomes an earlier version. */
  restoreVersion({ text }: Version): Promise<boolean> {
    return this.versionTask.run('restore-version', async () => {
      const entry = this.entry.peek()
      if (entry === null) return
      await call('saveEntry', { id: this.id, revision: entry.revision, text })
      this.version.value = null
      await this.open()
    })
  }

  wipe(): void {
    this.#latest.end()
    this.editor.peek()?.wipe()
    this.editor.value = null
    this.entry.value = null
    this.version.value = null
    this.error.value = null
  }
}
