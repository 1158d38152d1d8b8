// Deletes entries of the library, and brings back what was deleted last. The background deletes texts at once and can bring them
// back; unfinished texts are dropped only after some seconds, as in the composer.

import { type Signal, signal } from '@preact/signals'
import { randomToken } from '../../../bytes.ts'
import { call } from '../../../messages/call.ts'
import { maxIdsPerMessage } from '../../../messages/vault/library.ts'
import { counted, words } from '../../../words.ts'
import { Task } from '../../app/task.ts'

/** How long discarded unfinished texts can be brought back. */
const dropAfterMs = 15_000

export interface Deleted {
  readonly kind: 'texts' | 'drafts'
  readonly words: string
}

export class Deletion {
  /** What can be brought back: until others are deleted. */
  readonly offer: Signal<Deleted | null> = signal<Deleted | null>(null)
  /** What was done last, for screen readers. */
  readonly announcement: Signal<string> = signal('')
  /** Ids of the unfinished texts that are dropped soon. */
  readonly draftsToDrop: Signal<ReadonlySet<string>> = signal(new Set())
  /** Deletes texts, or brings them back. */
  readonly task = new Task()
  readonly dropTask = new Task()
  /** How many are deleted already, while that takes long; null otherwise. */
  readonly progress: Signal<{ readonly done: number; readonly of: number } | null> = signal<{
    readonly done: number
    readonly of: number
  } | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  async deleteTexts(ids: readonly string[]): Promise<boolean> {
    this.commit()
    const operation = randomToken()
    let deleted = 0
    const done = await this.task.run('delete-entries', async () => {
      this.announcement.value = ''
      for (let offset = 0; offset < ids.length; offset += maxIdsPerMessage) {
        if (ids.length > maxIdsPerMessage) this.progress.value = { done: offset, of: ids.length }
        const batch = ids.slice(offset, offset + maxIdsPerMessage)
        await call('deleteEntries', { operation, ids: batch })
        deleted += batch.length
      }
    })
    this.progress.value = null
    // What was deleted before an error can be brought back too.
    if (deleted > 0) this.offer.value = { kind: 'texts', words: counted('library.deletion.deleted', { n: deleted }) }
    return done
  }

  deleteDrafts(ids: readonly string[]): void {
    this.commit()
    this.announcement.value = ''
    this.draftsToDrop.value = new Set(ids)
    this.offer.value = {
      kind: 'drafts',
      words: counted('library.deletion.discarded', { n: ids.length }),
    }
    this.#timer = setTimeout(() => this.commit(), dropAfterMs)
  }

  async undo(): Promise<boolean> {
    const offer = this.offer.peek()
    if (offer === null) return false
    if (offer.kind === 'drafts') {
      clearTimeout(this.#timer)
      this.draftsToDrop.value = new Set()
      this.#end(words('library.deletion.draftsBack'))
      return true
    }
    return this.task.run('undo-delete', async () => {
      const { restored } = await call('undoDelete', {})
      this.#end(
        restored === 0 ? words('library.deletion.nothingBack') : counted('library.deletion.textsBack', { n: restored }),
      )
    })
  }

  dismiss(): void {
    this.commit()
    this.#end('')
  }

  /** Drops now the unfinished texts that were discarded. */
  commit(): void {
    clearTimeout(this.#timer)
    const ids = [...this.draftsToDrop.peek()]
    if (ids.length === 0) return
    this.offer.value = null
    void this.dropTask.run('drop-drafts', async () => {
      try {
        for (let offset = 0; offset < ids.length; offset += maxIdsPerMessage)
          await call('deleteDrafts', { ids: ids.slice(offset, offset + maxIdsPerMessage) })
      } finally {
        this.draftsToDrop.value = new Set()
      }
    })
  }

  /** For a lock: unfinished texts that were not dropped yet are kept. */
  close(): void {
    clearTimeout(this.#timer)
    this.draftsToDrop.value = new Set()
    this.#end('')
  }

  #end(announcement: string): void {
    this.offer.value = null
    this.announcement.value = announcement
  }
}
