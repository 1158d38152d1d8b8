// What the composer's window knows and does: the text being written, its draft, and where it goes. At a lock the text is
// wiped here and in the box at once; a draft of it, sealed, is with the background.

import { batch, type Signal, signal } from '@preact/signals'
import { createRef } from 'preact'
import { randomToken } from '../../bytes.ts'
import { codeOf, Failure, type FailureCode } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import { onLockSignal } from '../../messages/lockSignal.ts'
import type { Cue, NotPutBack, Unplaced } from '../../messages/shapes.ts'
import type { WindowContext } from '../../messages/vault/composer.ts'
import { Task, type UserError, userErrorOf } from '../app/task.ts'
import { closeThis } from '../app/windows.ts'
import { Drafts } from './drafts.ts'
import { Saver } from './saver.ts'

export type WriteContext = Extract<WindowContext, { purpose: 'write' }>
export type PutBackContext = Extract<WindowContext, { purpose: 'put-back' }>
export type SealedResult = 'nothing' | 'all' | 'most'

export type ComposerView =
  | { readonly at: 'starting' }
  | { readonly at: 'locked'; readonly kept: SealedResult }
  | { readonly at: 'failed'; readonly error: UserError }
  | { readonly at: 'write'; readonly opening: WriteContext }
  | { readonly at: 'read'; readonly opening: Extract<WindowContext, { purpose: 'read' }> }
  | {
      readonly at: 'copy'
      readonly cue: Cue | null
      readonly sealed: string
      readonly why: Unplaced
      readonly back: WriteContext | null
    }
  | { readonly at: 'sealed' }
  /** `failed` once it was agreed to, and came to nothing. */
  | { readonly at: 'put-back'; readonly opening: PutBackContext; readonly failed: NotPutBack | null }
  | { readonly at: 'put' }

/** The token of the window request in a window's address, or null when there is none. */
export function requestIdIn(hash: string): string | null {
  const token = hash.replace(/^#/, '')
  return /^[A-Za-z0-9_-]{22}$/.test(token) ? token : null
}

export class Composer {
  readonly scene: Signal<ComposerView> = signal<ComposerView>({ at: 'starting' })
  readonly text: Signal<string> = signal('')
  readonly keeping: Signal<'kept' | 'changed' | null> = signal(null)
  readonly unkept: Signal<UserError | null> = signal(null)
  /** Why the window request came to nothing, when the field it was for is gone. */
  readonly lost: Signal<UserError | null> = signal(null)
  readonly sealing = new Task()
  readonly restoring = new Task()
  readonly puttingBack = new Task()
  readonly drafts = new Drafts()
  readonly box = createRef<HTMLTextAreaElement>()
  #windowRequest: string | null
  #draft = randomToken()
  /** Whether something may have been saved under #draft. */
  #saved = false
  #turn = 0
  #saver = this.#newSaver()

  constructor(windowRequest: string | null) {
    this.#windowRequest = windowRequest
  }

  open(): void {
    void this.begin()
    onLockSignal((what) => {
      if (what === 'flush') void this.#saver.flush()
      else if (what === 'locked') void this.lock()
      else this.unlocked()
    })
    addEventListener('pagehide', () => {
      this.#saver.part()
      this.drafts.commit()
    })
  }

  async begin(): Promise<void> {
    const turn = ++this.#turn
    try {
      const opening = await call('getWindowContext', { windowRequest: this.#windowRequest })
      const own = opening.purpose === 'write' ? await this.#ownText() : null
      if (turn === this.#turn) this.#show(opening, own)
    } catch (thrown) {
      if (turn === this.#turn) await this.#notBegun(codeOf(thrown), thrown)
    }
  }

  typed(text: string): void {
    this.text.value = text
    this.keeping.value = 'changed'
    this.#saver.changed(text)
  }

  async seal(): Promise<void> {
    const scene = this.scene.peek()
    const text = this.text.peek()
    if (scene.at !== 'write' || text.trim() === '' || this.restoring.busy.peek()) return
    const sealed = await this.sealing.run('seal', async () => {
      // Kept before it is sealed, so that a lock in between loses nothing; and a save that arrived after the sealing
      // would bring the draft back.
      await this.#saver.flush()
      await this.#saver.forget()
      const done = await call('sealComposedText', { windowRequest: this.#windowRequest, draft: this.#draft, text })
      if (this.scene.peek() !== scene) return
      if (done.placed) this.#placed()
      else
        this.scene.value = {
          at: 'copy',
          cue: scene.opening.cue,
          sealed: done.sealed,
          why: done.why,
          back: scene.opening,
        }
    })
    if (!sealed && this.scene.peek() === scene) this.#saver.changed(text)
  }

  /** From the sealed text to be copied back to the text, e.g. to make it shorter. */
  back(): void {
    const scene = this.scene.peek()
    if (scene.at !== 'copy' || scene.back === null) return
    this.scene.value = { at: 'write', opening: scene.back }
    // Once it was copied its draft was dropped; now it is unfinished again.
    this.#saver.changed(this.text.peek())
  }

  /** The sealed text was copied: the draft has done its work. */
  copied(): void {
    this.#saved = false
    void call('deleteDraft', { draft: this.#draft }).catch(() => undefined)
  }

  /** Keeps the draft and closes; stays when it could not be kept. */
  async leave(): Promise<void> {
    if (await this.#saver.flush()) await closeThis()
  }

  /** Takes an unfinished text up again. What stands in the box becomes an unfinished text itself. */
  restore(id: string): Promise<boolean> {
    return this.restoring.run('draft', async () => {
      if (!(await this.#saver.flush())) throw new Failure(this.unkept.peek()?.code ?? 'unavailable')
      const { text } = await call('resumeDraft', { windowRequest: this.#windowRequest, draft: id })
      if (this.scene.peek().at !== 'write') return
      const before = this.#saved && this.text.peek() !== '' ? { id: this.#draft, text: this.text.peek() } : null
      this.drafts.swap(id, before)
      this.#takeUp(id)
      this.text.value = text
      this.box.current?.focus()
    })
  }

  /** The person agrees that the page may have the opened text. */
  async putBack(): Promise<void> {
    const scene = this.scene.peek()
    const windowRequest = this.#windowRequest
    if (scene.at !== 'put-back' || windowRequest === null) return
    await this.puttingBack.run('put-back', async () => {
      const done = await call('confirmPutBack', { windowRequest })
      if (this.scene.peek() !== scene) return
      this.scene.value = done.placed ? { at: 'put' } : { ...scene, failed: done.why }
      if (done.placed) void closeThis()
    })
  }

  async lock(): Promise<void> {
    const scene = this.scene.peek()
    this.#turn++
    if (this.box.current) this.box.current.value = ''
    const had = scene.at === 'write' && (this.text.peek() !== '' || this.#saved)
    const unsaved = this.#saver.unsaved
    batch(() => {
      this.text.value = ''
      this.unkept.value = null
      this.keeping.value = null
      this.drafts.clear()
      // A sealed text to be copied is no secret, and stays; the text it was made of goes.
      if (scene.at === 'copy') this.scene.value = { ...scene, back: null }
      else if (scene.at !== 'sealed' && scene.at !== 'put')
        this.scene.value = { at: 'locked', kept: had ? (unsaved ? 'most' : 'all') : 'nothing' }
    })
    if (had && unsaved && (await this.#saver.settled()) && this.scene.peek().at === 'locked') {
      this.scene.value = { at: 'locked', kept: 'all' }
    }
    await this.#saver.forget()
  }

  unlocked(): void {
    const { at } = this.scene.peek()
    if (at === 'write') void this.#saver.flush()
    else if (at !== 'copy' && at !== 'sealed' && at !== 'put') void this.begin()
  }

  /** `own` is this window's own draft, where it has one. */
  #show(opening: WindowContext, own: string | null): void {
    batch(() => {
      if (opening.purpose === 'write') {
        if (own === null && opening.draft !== null) this.#takeUp(opening.draft)
        this.text.value = own ?? opening.text
        this.drafts.show(
          opening.drafts.filter((draft) => draft.id !== this.#draft),
          opening.target?.host ?? null,
        )
        this.scene.value = { at: 'write', opening }
      } else if (opening.purpose === 'read') {
        this.scene.value = { at: 'read', opening }
      } else if (opening.purpose === 'put-back') {
        this.scene.value = { at: 'put-back', opening, failed: null }
      } else {
        this.scene.value = { at: 'copy', cue: opening.cue, sealed: opening.sealed, why: opening.why, back: null }
      }
    })
  }

  async #notBegun(code: FailureCode, thrown: unknown): Promise<void> {
    if (code === 'locked') {
      this.scene.value = { at: 'locked', kept: this.#saved ? 'all' : 'nothing' }
    } else if ((code === 'gone' || code === 'refused') && this.#windowRequest !== null) {
      this.#windowRequest = null
      this.lost.value = userErrorOf(thrown, 'begin')
      await this.begin()
    } else {
      this.scene.value = { at: 'failed', error: userErrorOf(thrown, 'begin') }
    }
  }

  /** This draft is the one that is written on from now on. */
  #takeUp(draft: string): void {
    this.#draft = draft
    this.#saved = true
    this.#saver = this.#newSaver()
    this.keeping.value = 'kept'
  }

  /** This window's own draft, as after a lock; null when it has none. */
  async #ownText(): Promise<string | null> {
    if (!this.#saved) return null
    try {
      return (await call('resumeDraft', { windowRequest: this.#windowRequest, draft: this.#draft })).text
    } catch (thrown) {
      if (codeOf(thrown) === 'gone') return null
      throw thrown
    }
  }

  #placed(): void {
    if (this.box.current) this.box.current.value = ''
    this.#saved = false
    this.text.value = ''
    this.scene.value = { at: 'sealed' }
    void closeThis()
  }

  #newSaver(): Saver {
    const draft = this.#draft
    const save = async (text: string) => {
      if (text === '') await call('deleteDraft', { draft })
      else await call('saveDraft', { windowRequest: this.#windowRequest, draft, text })
      if (draft === this.#draft) this.#saved = text !== ''
    }
    return new Saver(save, (outcome) => {
      if (this.scene.peek().at !== 'write' || draft !== this.#draft) return
      if (outcome === 'kept') {
        this.unkept.value = null
        if (!this.#saver.unsaved) this.keeping.value = this.#saved ? 'kept' : null
      } else {
        const error = userErrorOf(outcome.failed, 'draft')
        if (this.unkept.peek()?.code !== error.code) this.unkept.value = error
      }
    })
  }
}
