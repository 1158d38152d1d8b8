// The library: the sealed copies kept on this device, behind the requests of its tab. What is in them is opened here;
// where they lie is the storage's, and what tabs do is the browser side's.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { openDocuments } from '../../keyring/documents.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Handlers, TransferHandlers } from '../../messages/handlers.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { type libraryEntries, libraryKey, type libraryTransfers } from '../../messages/vault/library.ts'
import { binDocuments, emptyBin, takeFromBin } from '../../storage/documents.ts'
import { deleteDraft, readDrafts } from '../../storage/drafts.ts'
import { countRows } from '../../storage/rows.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'
import { hostOf } from '../texts/address.ts'
import type { Texts } from '../texts/texts.ts'
import type { BrowserSide } from '../vault/browserSide.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { librarySettings, withLibrarySettings } from '../vault/librarySettings.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { AutoSave, readAutoSaveFailure, recordAutoSaveFailure } from './autoSave.ts'
import { draftContent } from './draftContent.ts'
import { Entries } from './entries.ts'
import { exportTexts, importTexts } from './exporting.ts'
import { Listing } from './listing.ts'
import { Reencryption } from './reencryption.ts'
import { findExcerpts, foldText, searchWords } from './searchText.ts'
import { recordUnsavedTab } from './unsavedTabs.ts'

export class Library {
  readonly autoSave: AutoSave
  readonly reencryption: Reencryption
  readonly #custodian: Custodian
  readonly #browser: Pick<BrowserSide, 'find' | 'place'>
  readonly #listing: Listing
  readonly #entries: Entries
  readonly #changeSignal = new SessionEntry(libraryKey, v.number())

  constructor(custodian: Custodian, texts: Texts, browser: Pick<BrowserSide, 'find' | 'place'>) {
    this.#custodian = custodian
    this.#browser = browser
    this.#listing = new Listing(custodian)
    this.#entries = new Entries(custodian, texts, (id) => this.#changed([id]))
    this.autoSave = new AutoSave(custodian, this.#entries)
    this.reencryption = new Reencryption(custodian, () => this.#notify())
  }

  /** Forgets what it has in memory, and deletes for good what was deleted. To be called at every lock and browser start. */
  forget(): void {
    this.#listing.forget()
    emptyBin().catch(ignoreFailures)
  }

  /** Documents have come from elsewhere. */
  async noteArrived(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#changed(ids)
  }

  handlers(withBroadcast: WithBroadcast): Pick<Handlers, keyof typeof libraryEntries> {
    const [entries, reencryption] = [this.#entries, this.reencryption]
    return {
      getLibraryState: () => this.#state(),
      setLibrarySettings: (chosen) =>
        withBroadcast(() => this.#custodian.change((vault) => withLibrarySettings(vault, chosen))),
      dismissAutoSaveFailure: () => done(recordAutoSaveFailure(null)),
      listEntries: (request) => (request.of === 'drafts' ? this.#listDrafts(request) : this.#listing.list(request)),
      listEntryIds: async ({ search }) => ({ ids: await this.#listing.ids(search) }),
      openEntry: (request) => entries.open(request),
      openVersion: (request) => entries.version(request),
      createEntry: (request) => entries.write(request),
      saveEntry: (request) => entries.save(request),
      recordUnsavedText: (request) => done(recordUnsavedTab(request)),
      sealEntry: (request) => entries.seal(request),
      deleteEntries: ({ operation, ids }) => this.#delete(operation, ids),
      undoDelete: () => this.#undoDelete(),
      findOnPage: (request) => this.#find(request),
      placeEntry: (request) => this.#place(request),
      deleteDrafts: ({ ids }) => done(Promise.all(ids.map(deleteDraft))),
      reencryptLibrary: () => done(reencryption.start()),
      stopReencrypting: () => done(reencryption.stop()),
    }
  }

  transferHandlers(): Pick<TransferHandlers, keyof typeof libraryTransfers> {
    return {
      exportTexts: exportTexts(this.#custodian),
      importTexts: importTexts(this.#custodian, (ids) => this.#changed(ids)),
    }
  }

  async #state(): Promise<Response<'getLibraryState'>> {
    const settings = librarySettings(await this.#custodian.vault())
    // A background that died in the middle of it is followed by one that knows nothing of it.
    this.reencryption.resume()
    const [documents, drafts, unkept, reencryption] = await Promise.all([
      this.#listing.total(),
      countRows('drafts'),
      readAutoSaveFailure(),
      this.reencryption.state(),
    ])
    return { documents, drafts, ...settings, unkept, reencryption }
  }

  /** The composer's unfinished texts: few, and opened all at once. */
  async #listDrafts({ search, order, offset, count }: Request<'listEntries'>): Promise<Response<'listEntries'>> {
    const vault = await this.#custodian.vault()
    const rows = await readDrafts(false)
    const words = searchWords(search)
    const opened = await openDocuments(documentKeyring(vault), rows)
    const drafts = opened.map((draft, index) => {
      const content = v.safeParse(draftContent, draft instanceof Failure ? null : draft.content)
      return { id: rows[index]?.id ?? '', content: content.success ? content.output : null }
    })
    const found = drafts.filter(({ content }) => {
      const whole = content === null ? '' : foldText(`${content.text}\n${hostOf(content.origin) ?? ''}`)
      return words.every((word) => whole.includes(word))
    })
    const site = (draft: (typeof found)[number]) => hostOf(draft.content?.origin ?? null) ?? '\uffff'
    const time = (draft: (typeof found)[number]) => draft.content?.savedAt ?? 0
    found.sort((a, b) => (order === 'site' && site(a) !== site(b) ? (site(a) < site(b) ? -1 : 1) : time(b) - time(a)))
    const entries = found.slice(offset, offset + count).map(({ id, content }) => {
      if (content === null) return { kind: 'damaged' as const, id, changedAt: null }
      const { text, origin, savedAt } = content
      const shown = findExcerpts(text, words)
      return { kind: 'draft' as const, id, ...shown, host: hostOf(origin), changedAt: savedAt, letters: text.length }
    })
    return { total: found.length, offset, entries, reading: null }
  }

  async #delete(operation: string, ids: readonly string[]): Promise<Record<string, never>> {
    await this.#custodian.vault()
    await binDocuments(operation, ids)
    await this.#changed(ids)
    return {}
  }

  async #undoDelete(): Promise<Response<'undoDelete'>> {
    await this.#custodian.vault()
    const ids = await takeFromBin()
    await this.#changed(ids)
    return { restored: ids.length }
  }

  /** The text that was given to the site last, or an earlier one that still stands there. */
  async #find({ id }: Request<'findOnPage'>): Promise<Response<'findOnPage'>> {
    const { url, origin, sealed } = await this.#entries.standing(id)
    if (url === null || origin === null) return { found: 'unreachable' }
    return { found: await this.#browser.find({ url, origin, sealed }) }
  }

  async #place({ id }: Request<'placeEntry'>): Promise<Response<'placeEntry'>> {
    const { url, origin } = await this.#entries.standing(id)
    if (url === null || origin === null) return { placing: 'unreachable' }
    const { sealed } = await this.#entries.seal({ id })
    return { placing: await this.#browser.place({ url, origin, sealed }) }
  }

  async #changed(ids: readonly string[]): Promise<void> {
    await this.#listing.changed(ids)
    await this.#notify()
  }

  /** Notifies our windows that there is something new. One that misses it shows what was there before. */
  async #notify(): Promise<void> {
    await this.#changeSignal.write(Date.now()).catch(ignoreFailures)
  }
}

async function done(work: Promise<unknown>): Promise<Record<string, never>> {
  await work
  return {}
}
