// What the library's tab knows while the vault is unlocked: its lists, what is open, what is ticked. At a lock every bit of
// it is wiped, here and in the boxes; a text that is being written is saved just before.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { onMark, onNews } from '../../messages/changes.ts'
import { type LibraryState, type ListedEntry, libraryKey } from '../../messages/library.ts'
import { Deed, type Trouble, troubleOf } from '../deed.ts'
import { Editor } from './editor.ts'
import { Listing } from './listing.ts'
import { Opened } from './opened.ts'
import { Ticks } from './ticks.ts'
import { Undo } from './undo.ts'

export type Draft = Exclude<ListedEntry, { kind: 'text' }>
export type View = 'texts' | 'drafts' | 'settings'
/** While everything is given new keys, it is asked so often how far that has come. */
const rekeyingMs = 500
/** News that come close together are looked at once. */
const newsMs = 150

/**
 * A background that is asked nothing for half a minute is ended by the browser, and with it goes what the library is searched
 * by, which takes long to read again: while this window is looked at, it is asked more often.
 */
const awakeMs = 20_000

/** What became of a text that was being written when the vault was locked. */
export type LeftOver = 'saved' | 'lost'

export class Shelf {
  readonly view: Signal<View> = signal<View>('texts')
  readonly state: Signal<LibraryState | null> = signal<LibraryState | null>(null)
  readonly stateTrouble: Signal<Trouble | null> = signal<Trouble | null>(null)
  readonly texts = new Listing('texts')
  readonly drafts = new Listing('drafts')
  readonly ticks = new Ticks()
  readonly undo = new Undo()
  readonly opened: Signal<Opened | null> = signal<Opened | null>(null)
  /** An unfinished text that is looked at. */
  readonly draft: Signal<Draft | null> = signal<Draft | null>(null)
  /** A note that is not saved yet. */
  readonly note: Signal<Editor | null> = signal<Editor | null>(null)
  readonly dialog: Signal<'export' | 'import' | null> = signal<'export' | 'import' | null>(null)
  readonly choosing = new Deed()
  readonly searchBox: { current: HTMLInputElement | null } = { current: null }
  #flushed: Promise<boolean> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #polling: ReturnType<typeof setTimeout> | undefined
  #closed = false

  /** Listens until the returned function is called, which wipes everything. `left` hears what became of an unsaved text. */
  open(left: (what: LeftOver) => void): () => void {
    this.refresh()
    const stop = [
      onMark((what) => {
        if (what === 'flush') this.#flush()
        else if (what === 'locked') this.#end(left)
      }),
      onNews(libraryKey, () => this.#news()),
    ]
    const leave = () => this.undo.commit()
    addEventListener('pagehide', leave)
    const awake = setInterval(() => {
      if (document.visibilityState === 'visible') void this.lookAtState()
    }, awakeMs)
    return () => {
      clearInterval(awake)
      for (const end of stop) end()
      removeEventListener('pagehide', leave)
      // The page may have seen the lock first, and have taken the library off.
      this.#end(left)
    }
  }

  get listing(): Listing {
    return this.view.peek() === 'drafts' ? this.drafts : this.texts
  }

  /** The editor in hand, of a new note or of the text that is open. */
  get editor(): Editor | null {
    return this.note.peek() ?? this.opened.peek()?.editor.peek() ?? null
  }

  refresh(): void {
    // The list is what is waited for: nothing else is asked before it has answered.
    void this.texts.refresh().then(() => {
      if (this.#closed) return
      void this.drafts.refresh()
      void this.lookAtState()
      void this.opened.peek()?.open()
    })
  }

  async lookAtState(): Promise<void> {
    clearTimeout(this.#polling)
    try {
      const state = await call('library', {})
      if (this.#closed) return
      this.state.value = state
      this.stateTrouble.value = null
      if (state.rekeying?.state === 'running') {
        clearTimeout(this.#polling)
        this.#polling = setTimeout(() => void this.lookAtState(), rekeyingMs)
      }
    } catch (thrown) {
      if (!this.#closed) this.stateTrouble.value = troubleOf(thrown, 'look-at-library')
    }
  }

  /** Does it now, or once the person has said what is to become of a text that is not saved. */
  leave(then: () => void): void {
    const editor = this.editor
    if (editor?.changed.peek()) editor.leaving.value = then
    else
      batch(() => {
        this.note.value = null
        const opened = this.opened.peek()
        if (opened !== null) opened.editor.value = null
        then()
      })
  }

  show(view: View): void {
    this.leave(() => {
      this.#shut()
      this.ticks.clear()
      this.view.value = view
    })
  }

  /** Opens a row of the list. */
  take(entry: ListedEntry): void {
    if (entry.kind === 'text' || this.view.peek() === 'texts') this.read(entry.id)
    else
      this.leave(() => {
        this.#shut()
        this.draft.value = entry
      })
  }

  read(id: string): void {
    if (this.opened.peek()?.id === id && this.note.peek() === null) return
    this.leave(() => {
      this.#shut()
      const opened = new Opened(id)
      this.opened.value = opened
      void opened.open()
    })
  }

  /** Back to the list. */
  shut(): void {
    this.leave(() => this.#shut())
  }

  write(): void {
    this.leave(() => {
      this.#shut()
      this.view.value = 'texts'
      this.note.value = new Editor(null)
    })
  }

  /** After a text was saved, it is shown. */
  saved(id: string): void {
    this.note.value = null
    const opened = this.opened.peek()
    if (opened !== null) opened.editor.value = null
    if (opened?.id === id) void opened.open()
    else this.read(id)
    this.#news()
  }

  async tickAll(): Promise<void> {
    await this.choosing.run('list-library', async () => {
      const listing = this.listing
      const { search } = listing.query.peek()
      const ids =
        listing.of === 'texts'
          ? (await call('libraryIds', { search })).ids
          : await listing.idsBetween(0, listing.shown.peek()?.total ?? 0)
      if (!this.#closed) this.ticks.add(ids)
    })
  }

  async remove(ids: readonly string[]): Promise<void> {
    const open = this.opened.peek() ?? this.draft.peek()
    const drafts = this.view.peek() === 'drafts'
    const then = async () => {
      if (open !== null && ids.includes(open.id)) this.#shut()
      if (drafts) this.undo.dropDrafts(ids)
      else await this.undo.deleteTexts(ids)
      if (this.#closed) return
      this.ticks.drop(ids)
      this.#news()
    }
    if (open !== null && ids.includes(open.id)) this.leave(() => void then())
    else await then()
  }

  async bringBack(): Promise<void> {
    if (await this.undo.undo()) this.#news()
  }

  #wipe(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#polling)
    if (this.searchBox.current) this.searchBox.current.value = ''
    batch(() => {
      this.#shut()
      this.dialog.value = null
      this.state.value = null
      this.ticks.clear()
      this.undo.close()
      this.texts.close()
      this.drafts.close()
      this.view.value = 'texts'
    })
  }

  #shut(): void {
    this.note.peek()?.wipe()
    this.note.value = null
    this.opened.peek()?.wipe()
    this.opened.value = null
    this.draft.value = null
  }

  #news(): void {
    if (this.#closed || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#closed) this.refresh()
    }, newsMs)
  }

  #flush(): void {
    const editor = this.editor
    if (editor?.changed.peek()) this.#flushed = editor.flush()
  }

  #end(left: (what: LeftOver) => void): void {
    if (this.#closed) return
    const lost = this.editor?.changed.peek() === true
    const flushed = this.#flushed
    this.#flushed = null
    this.#wipe()
    if (flushed !== null) void flushed.then((kept) => left(kept ? 'saved' : 'lost'))
    else if (lost) left('lost')
  }
}
