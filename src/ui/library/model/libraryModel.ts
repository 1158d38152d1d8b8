// What the library's tab knows while the vault is unlocked: its lists, what is open, what is selected. A lock wipes all of it, here
// and in the boxes; just before, it saves a text that is being written.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../../messages/call.ts'
import { onLockSignal, onSessionChange } from '../../../messages/lockSignal.ts'
import { type LibraryState, type ListedEntry, libraryKey } from '../../../messages/vault/library.ts'
import { Task, type UserError, userErrorOf } from '../../app/task.ts'
import { Deletion } from './deletion.ts'
import { Editor } from './editor.ts'
import { Listing } from './listing.ts'
import { OpenEntry } from './openEntry.ts'
import { Selection } from './selection.ts'

export type Draft = Exclude<ListedEntry, { kind: 'text' }>
export type LibraryPane = 'texts' | 'drafts' | 'settings'
/** How often to ask for the progress of a re-encryption. */
const reencryptionPollMs = 500
/** Changes that come closer together cause one refresh. */
const refreshDelayMs = 150

/**
 * Browsers end a background that nobody asks anything for half a minute, and its search index, which takes long to build, goes with
 * it: while this window is visible, it asks more often.
 */
const keepAwakeMs = 20_000

/** What happened to a text that was being written when the vault was locked. */
export type UnsavedText = 'saved' | 'lost'

export class LibraryModel {
  readonly pane: Signal<LibraryPane> = signal<LibraryPane>('texts')
  readonly state: Signal<LibraryState | null> = signal<LibraryState | null>(null)
  readonly stateError: Signal<UserError | null> = signal<UserError | null>(null)
  readonly texts = new Listing('texts')
  readonly drafts = new Listing('drafts')
  readonly selection = new Selection()
  readonly deletion = new Deletion()
  readonly opened: Signal<OpenEntry | null> = signal<OpenEntry | null>(null)
  /** The unfinished text that is open. */
  readonly draft: Signal<Draft | null> = signal<Draft | null>(null)
  /** A note that is not saved yet. */
  readonly note: Signal<Editor | null> = signal<Editor | null>(null)
  readonly dialog: Signal<'export' | 'import' | null> = signal<'export' | 'import' | null>(null)
  readonly listTask = new Task()
  readonly searchBox: { current: HTMLInputElement | null } = { current: null }
  #flushed: Promise<boolean> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #polling: ReturnType<typeof setTimeout> | undefined
  #closed = false

  /** Listens until the returned function is called, which wipes everything. `onUnsaved` gets what happened to an unsaved text. */
  open(onUnsaved: (outcome: UnsavedText) => void): () => void {
    this.refresh()
    const stops = [
      onLockSignal((change) => {
        if (change === 'flush') this.#flush()
        else if (change === 'locked') this.#end(onUnsaved)
      }),
      onSessionChange(libraryKey, () => this.#refreshSoon()),
    ]
    const commit = () => this.deletion.commit()
    addEventListener('pagehide', commit)
    const keepAwake = setInterval(() => {
      if (document.visibilityState === 'visible') void this.loadState()
    }, keepAwakeMs)
    return () => {
      clearInterval(keepAwake)
      for (const stop of stops) stop()
      removeEventListener('pagehide', commit)
      // The page may have noticed the lock first, and removed the library.
      this.#end(onUnsaved)
    }
  }

  get listing(): Listing {
    return this.pane.peek() === 'drafts' ? this.drafts : this.texts
  }

  /** The editor in use, of a new note or of the open text. */
  get editor(): Editor | null {
    return this.note.peek() ?? this.opened.peek()?.editor.peek() ?? null
  }

  refresh(): void {
    // The person waits for the list: it asks for nothing else before that has come.
    void this.texts.refresh().then(() => {
      if (this.#closed) return
      void this.drafts.refresh()
      void this.loadState()
      void this.opened.peek()?.open()
    })
  }

  async loadState(): Promise<void> {
    clearTimeout(this.#polling)
    try {
      const state = await call('getLibraryState', {})
      if (this.#closed) return
      this.state.value = state
      this.stateError.value = null
      if (state.reencryption?.state === 'running') {
        clearTimeout(this.#polling)
        this.#polling = setTimeout(() => void this.loadState(), reencryptionPollMs)
      }
    } catch (thrown) {
      if (!this.#closed) this.stateError.value = userErrorOf(thrown, 'look-at-library')
    }
  }

  /** Calls `then` now, or once the person has decided about a text that is not saved. */
  leaveEditor(next: () => void): void {
    const editor = this.editor
    if (editor?.changed.peek()) editor.leave.value = next
    else
      batch(() => {
        this.note.value = null
        const opened = this.opened.peek()
        if (opened !== null) opened.editor.value = null
        next()
      })
  }

  showPane(pane: LibraryPane): void {
    this.leaveEditor(() => {
      this.#closeOpened()
      this.selection.clear()
      this.pane.value = pane
    })
  }

  /** Opens a row of the list. */
  openRow(entry: ListedEntry): void {
    if (entry.kind === 'text' || this.pane.peek() === 'texts') this.openText(entry.id)
    else
      this.leaveEditor(() => {
        this.#closeOpened()
        this.draft.value = entry
      })
  }

  openText(id: string): void {
    if (this.opened.peek()?.id === id && this.note.peek() === null) return
    this.leaveEditor(() => {
      this.#closeOpened()
      const opened = new OpenEntry(id)
      this.opened.value = opened
      void opened.open()
    })
  }

  /** Goes back to the list. */
  closePane(): void {
    this.leaveEditor(() => this.#closeOpened())
  }

  startNote(): void {
    this.leaveEditor(() => {
      this.#closeOpened()
      this.pane.value = 'texts'
      this.note.value = new Editor(null)
    })
  }

  /** Shows a text that was saved. */
  showSaved(id: string): void {
    this.note.value = null
    const opened = this.opened.peek()
    if (opened !== null) opened.editor.value = null
    if (opened?.id === id) void opened.open()
    else this.openText(id)
    this.#refreshSoon()
  }

  async selectAll(): Promise<void> {
    await this.listTask.run('list-library', async () => {
      const listing = this.listing
      const { search } = listing.query.peek()
      const ids =
        listing.kind === 'texts'
          ? (await call('listEntryIds', { search })).ids
          : await listing.idsBetween(0, listing.shown.peek()?.total ?? 0)
      if (!this.#closed) this.selection.add(ids)
    })
  }

  async remove(ids: readonly string[]): Promise<void> {
    const open = this.opened.peek() ?? this.draft.peek()
    const drafts = this.pane.peek() === 'drafts'
    const deleteNow = async () => {
      if (open !== null && ids.includes(open.id)) this.#closeOpened()
      if (drafts) this.deletion.deleteDrafts(ids)
      else await this.deletion.deleteTexts(ids)
      if (this.#closed) return
      this.selection.drop(ids)
      this.#refreshSoon()
    }
    if (open !== null && ids.includes(open.id)) this.leaveEditor(() => void deleteNow())
    else await deleteNow()
  }

  async undoDelete(): Promise<void> {
    if (await this.deletion.undo()) this.#refreshSoon()
  }

  #wipe(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#polling)
    if (this.searchBox.current) this.searchBox.current.value = ''
    batch(() => {
      this.#closeOpened()
      this.dialog.value = null
      this.state.value = null
      this.selection.clear()
      this.deletion.close()
      this.texts.close()
      this.drafts.close()
      this.pane.value = 'texts'
    })
  }

  #closeOpened(): void {
    this.note.peek()?.wipe()
    this.note.value = null
    this.opened.peek()?.wipe()
    this.opened.value = null
    this.draft.value = null
  }

  #refreshSoon(): void {
    if (this.#closed || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#closed) this.refresh()
    }, refreshDelayMs)
  }

  #flush(): void {
    const editor = this.editor
    if (editor?.changed.peek()) this.#flushed = editor.flush()
  }

  #end(onUnsaved: (outcome: UnsavedText) => void): void {
    if (this.#closed) return
    const lost = this.editor?.changed.peek() === true
    const flushed = this.#flushed
    this.#flushed = null
    this.#wipe()
    if (flushed !== null) void flushed.then((saved) => onUnsaved(saved ? 'saved' : 'lost'))
    else if (lost) onUnsaved('lost')
  }
}
