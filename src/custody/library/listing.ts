// What the library's list shows: some entries at a time, opened on request. By time it is listed from the disk,
// whatever its length; for searching, and by site, it is read once, in the background, into the search index.

import * as v from 'valibot'
import { codeOf, Failure } from '../../failure.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { documentId } from '../../messages/shapes.ts'
import type { ListedEntry } from '../../messages/vault/library.ts'
import type { DocumentRow } from '../../storage/database.ts'
import { newestDocuments, readDocuments } from '../../storage/documents.ts'
import { countRows, type Found, rowsAfter } from '../../storage/rows.ts'
import { hostOf } from '../texts/address.ts'
import type { Custodian } from '../vault/custodian.ts'
import { decryptEntries } from './decrypt.ts'
import { itemOf, pause, SearchIndex } from './searchIndex.ts'
import { findExcerpts, searchWords } from './searchText.ts'

const readAtOnce = 200

type List = Request<'listEntries'>

export class Listing {
  readonly #custodian: Custodian
  readonly #index = new SearchIndex()
  /** Counts locks and the like: work begun before one stops. */
  #era = 0
  #reading: Promise<void> | null = null
  #complete = false
  /** What has changed while it was being read: what is read of these is old. */
  readonly #changed = new Set<string>()
  /** How many documents there are, which takes the longer to count the more there are; null while that is not known. */
  #total: number | null = null
  #counting: Promise<number> | null = null
  /** Counts changes: what was counted before one does not hold. */
  #changes = 0

  constructor(custodian: Custodian) {
    this.#custodian = custodian
  }

  /** Nothing is kept in memory from now on. To be called at every lock. */
  forget(): void {
    this.#era++
    this.#index.clear()
    this.#changed.clear()
    this.#reading = null
    this.#complete = false
  }

  async list({ search, order, offset, count }: List): Promise<Response<'listEntries'>> {
    const words = searchWords(search)
    if (words.length === 0 && order === 'time' && !this.#complete) return this.#fromDisk(offset, count)
    await this.#custodian.vault()
    this.#read()
    const found = await this.#index.search(search, order)
    const ids = found.slice(offset, offset + count).map(({ id }) => id)
    const [vault, rows, reading] = await Promise.all([this.#custodian.vault(), readDocuments(ids), this.#progress()])
    return { total: found.length, offset, entries: await listRows(vault, rows, words), reading }
  }

  /** Of all that a search finds. Waits until everything was read. */
  async ids(search: string): Promise<string[]> {
    await this.#custodian.vault()
    await this.#read()
    return (await this.#index.search(search, 'time')).map(({ id }) => id)
  }

  /** How many documents there are. */
  total(): Promise<number> {
    if (this.#total !== null) return Promise.resolve(this.#total)
    this.#counting ??= this.#count().finally(() => {
      this.#counting = null
    })
    return this.#counting
  }

  /** These have been written or are gone. */
  async changed(ids: readonly string[]): Promise<void> {
    this.#changes++
    this.#total = null
    for (const id of ids) {
      this.#changed.add(id)
      this.#index.remove(id)
    }
    if (this.#reading === null && !this.#complete) return
    const era = this.#era
    const vault = await this.#custodian.unlockedVault()
    if (vault === null) return
    try {
      for (let start = 0; start < ids.length; start += readAtOnce) {
        const batch = await readDocuments(ids.slice(start, start + readAtOnce))
        const items = await this.#items(documentKeyring(vault), batch)
        if (era !== this.#era) return
        for (const item of items) this.#index.put(item)
      }
    } catch (thrown) {
      // Locked meanwhile: they are written all the same, and read again on request.
      if (codeOf(thrown) !== 'locked') throw thrown
    }
  }

  /** The requested part of the list, without reading the rest. */
  async #fromDisk(offset: number, count: number): Promise<Response<'listEntries'>> {
    const [vault, found] = await Promise.all([this.#custodian.vault(), newestDocuments(offset, count)])
    const entries = await listRows(vault, found, [])
    const isLast = found.length < count && (offset === 0 || found.length > 0)
    return { total: isLast ? offset + found.length : this.#total, offset, entries, reading: null }
  }

  async #count(): Promise<number> {
    for (;;) {
      const changes = this.#changes
      const total = await countRows('documents')
      if (changes !== this.#changes) continue
      this.#total = total
      return total
    }
  }

  async #progress(): Promise<Response<'listEntries'>['reading']> {
    return this.#complete ? null : { done: this.#index.size, of: await this.total() }
  }

  /** Reads everything into the search index, once. Done when that is. */
  #read(): Promise<void> {
    if (this.#complete) return Promise.resolve()
    if (this.#reading !== null) return this.#reading
    const reading = this.#fill(this.#era)
    this.#reading = reading
    // Whoever waits for it receives what stops it; it starts over when it is needed again.
    const over = () => {
      if (this.#reading === reading) this.#reading = null
    }
    reading.then(over, over)
    return reading
  }

  async #fill(era: number): Promise<void> {
    this.#changed.clear()
    for (let reading = rowsFrom(null); ; ) {
      const vault = await this.#custodian.vault()
      const found = await reading
      const last = found.at(-1)?.row.id
      const over = last === undefined || found.length < readAtOnce
      // The disk is at it while these are opened.
      if (!over) reading = rowsFrom(last)
      const items = await this.#items(documentKeyring(vault), found)
      if (era !== this.#era) throw new Failure('locked')
      for (const item of items) if (!this.#changed.has(item.id)) this.#index.put(item)
      if (over) break
      await pause()
    }
    this.#index.complete()
    this.#complete = true
  }

  async #items(keyring: Parameters<typeof decryptEntries>[0], found: readonly Found<DocumentRow>[]) {
    const opened = await decryptEntries(keyring, found)
    return opened.map((entry, index) => {
      const row = found[index]?.row
      const changedAt = timeOf(row) ?? 0
      if (entry instanceof Failure) return itemOf(row?.id ?? '', changedAt, null, '')
      return itemOf(entry.id, changedAt, hostOf(entry.content.place?.origin ?? null), entry.content.text)
    })
  }
}

/** The next rows to be read. */
function rowsFrom(last: string | null): Promise<Found<DocumentRow>[]> {
  const reading = rowsAfter('documents', last, readAtOnce) as Promise<Found<DocumentRow>[]>
  // Whoever awaits it receives the failure; nobody may come to do so.
  reading.catch(() => undefined)
  return reading
}

/** The rows as entries of the list, with these words marked. */
async function listRows(vault: Vault, found: readonly Found<DocumentRow>[], words: readonly string[]) {
  const opened = await decryptEntries(documentKeyring(vault), found)
  return opened.map((entry, index): ListedEntry => {
    const row = found[index]?.row
    if (entry instanceof Failure) return { kind: 'damaged', id: nameOf(row), changedAt: timeOf(row) }
    const { text, place, changedAt } = entry.content
    const host = hostOf(place?.origin ?? null)
    return { kind: 'text', id: entry.id, ...findExcerpts(text, words), host, changedAt, letters: text.length }
  })
}

/** When a row was changed, as far as it can be read from the outside. */
function timeOf(row: DocumentRow | undefined): number | null {
  const time = Date.parse(String(row?.updatedAt))
  return Number.isFinite(time) ? time : null
}

/** 'unnamed' for an id that only a damaged or hostile disk holds: it is listed, and cannot be requested. */
function nameOf(row: DocumentRow | undefined): string {
  return v.is(documentId, row?.id) ? row.id : 'unnamed'
}
