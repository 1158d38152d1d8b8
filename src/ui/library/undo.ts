// Having back what was deleted. Texts are taken out of the library at once and brought back by the background; unfinished
// texts are dropped only after some seconds, as the composer does.

import { type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { idsAtOnce } from '../../messages/library.ts'
import { Deed } from '../deed.ts'
import { newToken } from '../token.ts'
import { counted } from './words.ts'

/** How long unfinished texts can be had back. */
const dropAfterMs = 15_000

export interface Deleted {
  readonly of: 'texts' | 'drafts'
  readonly words: string
}

export class Undo {
  /** What can be had back: until others are deleted. */
  readonly offer: Signal<Deleted | null> = signal<Deleted | null>(null)
  /** What was done last, for whoever hears the screen. */
  readonly told: Signal<string> = signal('')
  /** Unfinished texts on their way out. */
  readonly going: Signal<ReadonlySet<string>> = signal(new Set())
  readonly deed = new Deed()
  readonly dropping = new Deed()
  /** How many of those to be deleted are, while that takes; null else. */
  readonly done: Signal<{ readonly done: number; readonly of: number } | null> = signal<{
    readonly done: number
    readonly of: number
  } | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  async deleteTexts(ids: readonly string[]): Promise<boolean> {
    this.commit()
    const deed = newToken()
    let gone = 0
    const done = await this.deed.run('delete-entries', async () => {
      this.told.value = ''
      for (let at = 0; at < ids.length; at += idsAtOnce) {
        if (ids.length > idsAtOnce) this.done.value = { done: at, of: ids.length }
        const part = ids.slice(at, at + idsAtOnce)
        await call('deleteEntries', { deed, ids: part })
        gone += part.length
      }
    })
    this.done.value = null
    // Also what was deleted before something went wrong can be had back.
    if (gone > 0) this.offer.value = { of: 'texts', words: `Deleted ${counted(gone, 'text', 'texts')}.` }
    return done
  }

  dropDrafts(ids: readonly string[]): void {
    this.commit()
    this.told.value = ''
    this.going.value = new Set(ids)
    this.offer.value = {
      of: 'drafts',
      words: `Discarded ${counted(ids.length, 'unfinished text', 'unfinished texts')}.`,
    }
    this.#timer = setTimeout(() => this.commit(), dropAfterMs)
  }

  async undo(): Promise<boolean> {
    const offer = this.offer.peek()
    if (offer === null) return false
    if (offer.of === 'drafts') {
      clearTimeout(this.#timer)
      this.going.value = new Set()
      this.#end('They are back.')
      return true
    }
    return this.deed.run('undo-delete', async () => {
      const { restored } = await call('undoDelete', {})
      this.#end(
        restored === 0
          ? 'There was nothing left to bring back.'
          : `Brought back ${counted(restored, 'text', 'texts')}.`,
      )
    })
  }

  dismiss(): void {
    this.commit()
    this.#end('')
  }

  /** Unfinished texts that are on their way out are dropped now. */
  commit(): void {
    clearTimeout(this.#timer)
    const ids = [...this.going.peek()]
    if (ids.length === 0) return
    this.offer.value = null
    void this.dropping.run('drop-drafts', async () => {
      try {
        for (let at = 0; at < ids.length; at += idsAtOnce)
          await call('dropDrafts', { ids: ids.slice(at, at + idsAtOnce) })
      } finally {
        this.going.value = new Set()
      }
    })
  }

  /** The vault was locked: unfinished texts that were not dropped yet are kept. */
  close(): void {
    clearTimeout(this.#timer)
    this.going.value = new Set()
    this.#end('')
  }

  #end(told: string): void {
    this.offer.value = null
    this.told.value = told
  }
}
