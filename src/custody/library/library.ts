// The library: the sealed copies kept on this device, behind the questions that its tab asks. What is in them is opened here;
// where they lie is the storage's, and what tabs do is asked of the doors.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { openDocuments } from '../../keyring/documents.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Handlers } from '../../messages/handlers.ts'
import { type libraryEntries, libraryKey } from '../../messages/library.ts'
import type { Answer, Ask } from '../../messages/protocol.ts'
import { binDocuments, emptyBin, takeFromBin } from '../../storage/documents.ts'
import { deleteDraft, readDrafts } from '../../storage/drafts.ts'
import { countRows } from '../../storage/rows.ts'
import { Volatile } from '../../storage/volatile.ts'
import { hostOf } from '../address.ts'
import { draftContent } from '../composing.ts'
import type { Custodian } from '../custodian.ts'
import { passFailures } from '../damaged.ts'
import { Rekeying } from '../rekeying.ts'
import type { Settled } from '../settled.ts'
import { Entries } from './entries.ts'
import { Exporting } from './exporting.ts'
import { excerpts, folded, wordsOf } from './folding.ts'
import { Keeping, noteUnkept, readUnkept } from './keeping.ts'
import { librarySettings, withLibrarySettings } from './settings.ts'
import { Shelf } from './shelf.ts'
import { noteWriting } from './writing.ts'

/** The page where a text was sealed. */
interface Where {
  readonly url: string
  readonly origin: string
}

/** A text and earlier ones on the page where they were sealed, the likeliest first. */
export interface Sought extends Where {
  readonly sealed: readonly string[]
}

/** A text on the page where it was sealed. */
export interface Standing extends Where {
  readonly sealed: string
}

export interface LibraryDoors {
  /** Goes to the page and looks for the sealed texts, all at once. `off`: it may not look there. */
  find(sought: Sought): Promise<Answer<'findOnPage'>['found']>
  /** Goes to the page and lets the person choose a field for it. */
  place(standing: Standing): Promise<Answer<'placeEntry'>['placing']>
  /** Opens the composer for an unfinished text. */
  composeDraft(draft: string): Promise<void>
}

export class Library {
  readonly keeping: Keeping
  readonly rekeying: Rekeying
  readonly #custodian: Custodian
  readonly #doors: LibraryDoors
  readonly #shelf: Shelf
  readonly #entries: Entries
  readonly #exporting: Exporting
  readonly #news = new Volatile(libraryKey, v.number())

  constructor(custodian: Custodian, doors: LibraryDoors) {
    this.#custodian = custodian
    this.#doors = doors
    this.#shelf = new Shelf(custodian)
    this.#entries = new Entries(custodian, (id) => this.#changed([id]))
    this.#exporting = new Exporting(custodian, (ids) => this.#changed(ids))
    this.keeping = new Keeping(custodian, this.#entries)
    this.rekeying = new Rekeying(custodian, () => this.#tell())
  }

  /** Forgets what it has in memory, and deletes for good what was deleted. To be called at every lock and browser start. */
  forget(): void {
    this.#shelf.forget()
    emptyBin().catch(passFailures)
  }

  /** Documents have come from elsewhere. */
  async arrived(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#changed(ids)
  }

  answers(settled: Settled): Pick<Handlers, keyof typeof libraryEntries> {
    const [entries, exporting, rekeying] = [this.#entries, this.#exporting, this.rekeying]
    return {
      library: () => this.#state(),
      setLibrary: (chosen) => settled(() => this.#custodian.change((vault) => withLibrarySettings(vault, chosen))),
      forgetUnkept: () => done(noteUnkept(null)),
      listLibrary: (ask) => (ask.of === 'drafts' ? this.#listDrafts(ask) : this.#shelf.list(ask)),
      libraryIds: async ({ search }) => ({ ids: await this.#shelf.ids(search) }),
      openEntry: (ask) => entries.open(ask),
      openVersion: (ask) => entries.version(ask),
      writeEntry: (ask) => entries.write(ask),
      saveEntry: (ask) => entries.save(ask),
      noteWriting: (ask) => done(noteWriting(ask)),
      sealEntry: (ask) => entries.seal(ask),
      deleteEntries: ({ deed, ids }) => this.#delete(deed, ids),
      undoDelete: () => this.#undoDelete(),
      exportPart: (ask) => exporting.part(ask),
      importTexts: (ask) => done(exporting.take(ask)),
      findOnPage: (ask) => this.#find(ask),
      placeEntry: (ask) => this.#place(ask),
      composeDraft: ({ draft }) => done(this.#doors.composeDraft(draft)),
      dropDrafts: ({ ids }) => done(Promise.all(ids.map(deleteDraft))),
      rekeyLibrary: () => done(rekeying.all()),
      stopRekeying: () => done(rekeying.stop()),
    }
  }

  async #state(): Promise<Answer<'library'>> {
    const settings = librarySettings(await this.#custodian.vault())
    // A background that died in the middle of it is followed by one that knows nothing of it.
    this.rekeying.resume()
    const [documents, drafts, unkept, rekeying] = await Promise.all([
      this.#shelf.total(),
      countRows('drafts'),
      readUnkept(),
      this.rekeying.state(),
    ])
    return { documents, drafts, ...settings, unkept, rekeying }
  }

  /** The composer's unfinished texts: few, and opened all at once. */
  async #listDrafts({ search, order, at, count }: Ask<'listLibrary'>): Promise<Answer<'listLibrary'>> {
    const vault = await this.#custodian.vault()
    const rows = await readDrafts(false)
    const words = wordsOf(search)
    const opened = await openDocuments(documentKeyring(vault), rows)
    const drafts = opened.map((each, nth) => {
      const content = v.safeParse(draftContent, each instanceof Failure ? null : each.content)
      return { id: rows[nth]?.id ?? '', content: content.success ? content.output : null }
    })
    const found = drafts.filter(({ content }) => {
      const whole = content === null ? '' : folded(`${content.text}\n${hostOf(content.origin) ?? ''}`)
      return words.every((word) => whole.includes(word))
    })
    const site = (draft: (typeof found)[number]) => hostOf(draft.content?.origin ?? null) ?? '\uffff'
    const time = (draft: (typeof found)[number]) => draft.content?.savedAt ?? 0
    found.sort((a, b) => (order === 'site' && site(a) !== site(b) ? (site(a) < site(b) ? -1 : 1) : time(b) - time(a)))
    const entries = found.slice(at, at + count).map(({ id, content }) => {
      if (content === null) return { kind: 'damaged' as const, id, changedAt: null }
      const { text, origin, savedAt } = content
      const shown = excerpts(text, words)
      return { kind: 'draft' as const, id, ...shown, host: hostOf(origin), changedAt: savedAt, letters: text.length }
    })
    return { total: found.length, at, entries, reading: null }
  }

  async #delete(deed: string, ids: readonly string[]): Promise<Record<string, never>> {
    await this.#custodian.vault()
    await binDocuments(deed, ids)
    await this.#changed(ids)
    return {}
  }

  async #undoDelete(): Promise<Answer<'undoDelete'>> {
    await this.#custodian.vault()
    const ids = await takeFromBin()
    await this.#changed(ids)
    return { restored: ids.length }
  }

  /** The text that was given to the site last, or an earlier one that still stands there. */
  async #find({ id }: Ask<'findOnPage'>): Promise<Answer<'findOnPage'>> {
    const { url, origin, sealed } = await this.#entries.standing(id)
    if (url === null || origin === null) return { found: 'unreachable' }
    return { found: await this.#doors.find({ url, origin, sealed }) }
  }

  async #place({ id }: Ask<'placeEntry'>): Promise<Answer<'placeEntry'>> {
    const { url, origin } = await this.#entries.standing(id)
    if (url === null || origin === null) return { placing: 'unreachable' }
    const { sealed } = await this.#entries.seal({ id })
    return { placing: await this.#doors.place({ url, origin, sealed }) }
  }

  async #changed(ids: readonly string[]): Promise<void> {
    await this.#shelf.changed(ids)
    await this.#tell()
  }

  /** Tells the windows of ours that there is something new. One that does not hear of it shows what was there before. */
  async #tell(): Promise<void> {
    await this.#news.write(Date.now()).catch(passFailures)
  }
}

async function done(work: Promise<unknown>): Promise<Record<string, never>> {
  await work
  return {}
}
