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
import { Latest } from '../app/latest.ts'
import { Task, type UserError, userErrorOf } from '../app/task.ts'
import { closeThis } from '../app/windows.ts'
import { Drafts } from './drafts.ts'
import { Saver } from './saver.ts'

export type WriteContext = Extract<WindowContext, { purpose: 'write' }>
export type PutBackContext = Extract<WindowContext, { purpose: 'put-back' }>
export type SealedResult = 'nothing' | 'all' | 'most'

export type ComposerView =
  | { readonly kind: 'starting' }
  | { readonly kind: 'locked'; readonly kept: SealedResult }
  | { readonly kind: 'failed'; readonly error: UserError }
  | { readonly kind: 'write'; readonly opening: WriteContext }
  | { readonly kind: 'read'; readonly opening: Extract<WindowContext, { purpose: 'read' }> }
  | {
      readonly kind: 'copy'
      readonly cue: Cue | null
      readonly sealed: string
      readonly why: Unplaced
      readonly back: WriteContext | null
    }
  | { readonly kind: 'sealed' }
  /** `failed` once it was agreed to, and came to nothing. */
  | { readonly kind: 'put-back'; readonly opening: PutBackContext; readonly failed: NotPutBack | null }
  | { readonly kind: 'put' }

/** The token of the window request in a window's address, or null when there is none. */
export function requestIdIn(hash: string): string | null {
  const token = hash.replace(/^#/, '')
  return /^[A-Za-z0-9_-]{22}$/.test(token) ? token : null
}

export class Composer {
  readonly view: Signal<ComposerView> = signal<ComposerView>({ kind: 'starting' })
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
  readonly #beginnings = new Latest()
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
    const isLatest = this.#beginnings.begin()
    try {
      const opening = await call('getWindowContext', { windowRequest: this.#windowRequest })
      const own = opening.purpose === 'write' ? await this.#ownText() : null
      if (isLatest()) this.#show(opening, own)
    } catch (thrown) {
      if (isLatest()) await this.#notBegun(codeOf(thrown), thrown)
    }
  }

  typed(text: string): void {
    this.text.value = text
    this.keeping.value = 'changed'
    this.#saver.changed(text)
  }

  async seal(): Promise<void> {
    const view = this.view.peek()
    const text = this.text.peek()
    if (view.kind !== 'write' || text.trim() === '' || this.restoring.busy.peek()) return
    const sealed = await this.sealing.run('seal', async () => {
      // Kept before it is sealed, so that a lock in between loses nothing; and a save that arrived after the sealing
      // would bring the draft back.
      await this.#saver.flush()
      await this.#saver.forget()
      const done = await call('sealComposedText', { windowRequest: this.#windowRequest, draft: this.#draft, text })
      if (this.view.peek() !== view) return
      if (done.placed) this.#placed()
      else
        this.view.value = {
          kind: 'copy',
          cue: view.opening.cue,
          sealed: done.sealed,
          why: done.why,
          back: view.opening,
        }
    })
    if (!sealed && this.view.peek() === view) this.#saver.changed(text)
  }

  /** From the sealed text to be copied back to the text, e.g. to make it shorter. */
  back(): void {
    const view = this.view.peek()
    if (view.kind !== 'copy' || view.back === null) return
    this.view.value = { kind: 'write', opening: view.back }
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
      if (this.view.peek().kind !== 'write') return
      const before = this.#saved && this.text.peek() !== '' ? { id: this.#draft, text: this.text.peek() } : null
      this.drafts.swap(id, before)
      this.#takeUp(id)
      this.text.value = text
      this.box.current?.focus()
    })
  }

  /** The person agrees that the page may have the opened text. */
  async putBack(): Promise<void> {
    const view = this.view.peek()
    const windowRequest = this.#windowRequest
    if (view.kind !== 'put-back' || windowRequest === null) return
    await this.puttingBack.run('put-back', async () => {
      const done = await call('confirmPutBack', { windowRequest })
      if (this.view.peek() !== view) return
      this.view.value = done.placed ? { kind: 'put' } : { ...view, failed: done.why }
      if (done.placed) void closeThis()
    })
  }

  async lock(): Promise<void> {
    const view = this.view.peek()
    this.#beginnings.end()
    if (this.box.current) this.box.current.value = ''
    const had = view.kind === 'write' && (this.text.peek() !== '' || this.#saved)
    const unsaved = this.#saver.unsaved
    batch(() => {
      this.text.value = ''
      this.unkept.value = null
      this.keeping.value = null
      this.drafts.clear()
      // A sealed text to be copied is no secret, and stays; the text it was made of goes.
      if (view.kind === 'copy') this.view.value = { ...view, back: null }
      else if (view.kind !== 'sealed' && view.kind !== 'put')
        this.view.value = { kind: 'locked', kept: had ? (unsaved ? 'most' : 'all') : 'nothing' }
    })
    if (had && unsaved && (await this.#saver.settled()) && this.view.peek().kind === 'locked') {
      this.view.value = { kind: 'locked', kept: 'all' }
    }
    await this.#saver.forget()
  }

  unlocked(): void {
    const { kind } = this.view.peek()
    if (kind === 'write') void this.#saver.flush()
    else if (kind !== 'copy' && kind !== 'sealed' && kind !== 'put') void this.begin()
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
        this.view.value = { kind: 'write', opening }
      } else if (opening.purpose === 'read') {
        this.view.value = { kind: 'read', opening }
      } else if (opening.purpose === 'put-back') {
        this.view.value = { kind: 'put-back', opening, failed: null }
      } else {
        this.view.value = { kind: 'copy', cue: opening.cue, sealed: opening.sealed, why: opening.why, back: null }
      }
    })
  }

  async #notBegun(code: FailureCode, thrown: unknown): Promise<void> {
    if (code === 'locked') {
      this.view.value = { kind: 'locked', kept: this.#saved ? 'all' : 'nothing' }
    } else if ((code === 'gone' || code === 'refused') && this.#windowRequest !== null) {
      this.#windowRequest = null
      this.lost.value = userErrorOf(thrown, 'begin')
      await this.begin()
    } else {
      this.view.value = { kind: 'failed', error: userErrorOf(thrown, 'begin') }
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
    this.view.value = { kind: 'sealed' }
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
      if (this.view.peek().kind !== 'write' || draft !== this.#draft) return
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
