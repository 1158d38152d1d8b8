// The unfinished texts on offer. A discarded one is dropped only after some seconds, in which it can be had back.

import { type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import type { Draft } from '../../messages/vault/composer.ts'
import { titleOf } from '../../text.ts'

export const undoMs = 7000

export class Drafts {
  readonly offered: Signal<readonly Draft[]> = signal([])
  /** Those on their way out. */
  readonly discarded: Signal<ReadonlySet<string>> = signal(new Set())
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #host: string | null = null

  show(drafts: readonly Draft[], host: string | null): void {
    this.#host = host
    this.offered.value = drafts
  }

  discard(id: string): void {
    this.discarded.value = new Set(this.discarded.value).add(id)
    this.#timers.set(
      id,
      setTimeout(() => this.#drop(id), undoMs),
    )
  }

  undo(id: string): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    const left = new Set(this.discarded.value)
    left.delete(id)
    this.discarded.value = left
  }

  /** Takes one off the list, and puts the text that made place for it on it. */
  swap(taken: string, before: { readonly id: string; readonly text: string } | null): void {
    const rest = this.offered.value.filter((draft) => draft.id !== taken)
    if (before === null) this.offered.value = rest
    else
      this.offered.value = [
        { id: before.id, host: this.#host, savedAt: Date.now(), title: titleOf(before.text) },
        ...rest,
      ]
  }

  /** The window goes away: what was discarded is dropped now. */
  commit(): void {
    for (const id of [...this.#timers.keys()]) this.#drop(id)
  }

  /** The vault was locked: titles are plaintext. What was not dropped yet is kept. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.offered.value = []
    this.discarded.value = new Set()
  }

  #drop(id: string): void {
    this.undo(id)
    this.offered.value = this.offered.value.filter((draft) => draft.id !== id)
    void call('deleteDraft', { draft: id }).catch(() => undefined)
  }
}
