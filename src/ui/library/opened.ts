// The one entry that is open beside the list, and what is looked at of it: the text, the box in which it is changed, or an
// earlier version.

import { type Signal, signal } from '@preact/signals'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { LibraryEntry } from '../../messages/library.ts'
import { Deed, type Trouble, troubleOf } from '../deed.ts'
import { Editor } from './editor.ts'

export interface Version {
  readonly id: string
  readonly text: string
  readonly changedAt: number
}

export class Opened {
  readonly id: string
  readonly entry: Signal<LibraryEntry | null> = signal<LibraryEntry | null>(null)
  readonly trouble: Signal<Trouble | null> = signal<Trouble | null>(null)
  readonly editor: Signal<Editor | null> = signal<Editor | null>(null)
  readonly version: Signal<Version | null> = signal<Version | null>(null)
  readonly looking = new Deed()
  #turn = 0

  constructor(id: string) {
    this.id = id
  }

  /** Opens it, or again what was changed meanwhile. What is being written stays as it is. */
  async open(): Promise<void> {
    const turn = ++this.#turn
    try {
      const entry = await call('openEntry', { id: this.id })
      if (turn !== this.#turn) return
      this.trouble.value = null
      if (JSON.stringify(this.entry.peek()) !== JSON.stringify(entry)) this.entry.value = entry
    } catch (thrown) {
      if (turn !== this.#turn) return
      // While it is being written, what is wrong with it is said when it is saved.
      if (this.editor.peek() !== null && codeOf(thrown) !== 'damaged') return
      this.entry.value = null
      this.trouble.value = troubleOf(thrown, 'open-entry')
    }
  }

  edit(): void {
    const entry = this.entry.peek()
    if (entry !== null) this.editor.value = new Editor(entry)
  }

  /** Looks at an earlier version, beside the text as it is now. */
  look(id: string): Promise<boolean> {
    return this.looking.run('open-version', async () => {
      const turn = this.#turn
      const { text, changedAt } = await call('openVersion', { id: this.id, version: id })
      if (turn === this.#turn) this.version.value = { id, text, changedAt }
    })
  }

  /** That version's text becomes the newest; the one before it becomes a version. */
  restore({ text }: Version): Promise<boolean> {
    return this.looking.run('restore-version', async () => {
      const entry = this.entry.peek()
      if (entry === null) return
      await call('saveEntry', { id: this.id, revision: entry.revision, text })
      this.version.value = null
      await this.open()
    })
  }

  wipe(): void {
    this.#turn++
    this.editor.peek()?.wipe()
    this.editor.value = null
    this.entry.value = null
    this.version.value = null
    this.trouble.value = null
  }
}
