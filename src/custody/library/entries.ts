// One entry of the library at a time: opened, written, changed with its earlier text kept, and sealed again. Reading a
// document whose key has become old gives it a new one.

import * as v from 'valibot'
import { Failure, requireSingle } from '../../failure.ts'
import {
  type DocumentKeyring,
  type DocumentRecord,
  newDocument,
  openDocuments,
  reencryptDocument,
  rewriteDocument,
} from '../../keyring/documents.ts'
import { type EntryContent, tagsOf, type VersionContent, versionContent } from '../../keyring/entries.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import type { SealedUnder } from '../../messages/shapes.ts'
import type { DocumentRow, VersionRow } from '../../storage/database.ts'
import { readDocument, readVersion, versionsOf, writeDocument } from '../../storage/documents.ts'
import { type Found, type RowStore, replaceRows } from '../../storage/rows.ts'
import { cleanAddress, hostOf } from '../texts/address.ts'
import type { Texts } from '../texts/texts.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { isOld } from '../vault/librarySettings.ts'
import { decryptEntries, type OpenedEntry, type StoredEntry } from './decrypt.ts'

export class Entries {
  readonly #custodian: Custodian
  readonly #texts: Texts
  /** Called with the id of what was written. */
  readonly #onChange: (id: string) => Promise<void>

  constructor(custodian: Custodian, texts: Texts, onChange: (id: string) => Promise<void>) {
    this.#custodian = custodian
    this.#texts = texts
    this.#onChange = onChange
  }

  /** Failure 'gone' where there is none, 'damaged' where it does not open. */
  async open({ id }: Request<'openEntry'>): Promise<Response<'openEntry'>> {
    const vault = await this.#custodian.vault()
    const keyring = documentKeyring(vault)
    const [found, earlier] = await Promise.all([findDocument(id), versionsOf(id)])
    const before = requireSingle(await decryptEntries(keyring, [found]))
    const entry = await this.#withYoungKey(vault, 'documents', found.row, before)
    const opened = await openVersions(keyring, id, earlier)
    const { text, place, createdAt, changedAt, sealed, behind } = before.content
    const under = sealed === null ? null : await this.#under(sealed)
    return {
      id,
      revision: entry.revision,
      text,
      host: hostOf(place?.origin ?? null),
      url: cleanAddress(place?.url),
      createdAt,
      changedAt,
      keyCreatedAt: Date.parse(entry.keyCreatedAt),
      reencrypted: entry !== before,
      sealed,
      behind,
      under,
      versions: opened.sound.map(({ id, content }) => ({
        id,
        changedAt: content.changedAt,
        letters: content.text.length,
      })),
      damagedVersions: opened.damaged,
    }
  }

  /** Failure 'gone' | 'damaged'. */
  async version({ id, version }: Request<'openVersion'>): Promise<Response<'openVersion'>> {
    const vault = await this.#custodian.vault()
    const row = await readVersion(version)
    if (row === null) throw new Failure('gone')
    const [opened] = (await openVersions(documentKeyring(vault), id, [row])).sound
    if (opened === undefined) throw new Failure('damaged')
    await this.#withYoungKey(vault, 'versions', row, opened)
    return { text: opened.content.text, changedAt: opened.content.changedAt }
  }

  /** A text of its own. Written once under one id: requested again, it stays as it is. */
  async write({ id, text }: Request<'createEntry'>): Promise<Response<'createEntry'>> {
    const vault = await this.#custodian.vaultForFinalSave()
    const found = await readDocument(id)
    if (found !== null) return { revision: found.row.revision }
    const now = new Date()
    const createdAt = now.getTime()
    const content = {
      kind: 'text',
      text,
      createdAt,
      changedAt: createdAt,
      place: null,
      sealed: null,
      behind: false,
    } as const
    await this.#store(vault, await newDocument(documentKeyring(vault), content, now, id), null, null)
    return { revision: 1 }
  }

  /** Failure 'conflict' when `revision` is not the last; 'gone' | 'damaged' | 'full' | 'too-long'. */
  async save({ id, revision, text }: Request<'saveEntry'>): Promise<Response<'saveEntry'>> {
    const vault = await this.#custodian.vaultForFinalSave()
    const { row, content } = await this.#openStored(vault, id)
    if (row.revision !== revision) throw new Failure('conflict')
    if (content.text === text) return { revision }
    const next = { ...content, text, changedAt: Date.now(), behind: content.sealed !== null }
    return { revision: await this.rewrite(vault, row, content, next) }
  }

  /** Failure 'gone' | 'damaged' | 'full'. */
  async seal({ id }: Request<'sealEntry'>): Promise<Response<'sealEntry'>> {
    const vault = await this.#custodian.vault()
    const { row, content } = await this.#openStored(vault, id)
    if (content.sealed !== null && !content.behind) return { sealed: content.sealed }
    const sealed = await this.#texts.seal(content.text, content.place?.origin ?? null)
    await this.rewrite(vault, row, content, { ...content, sealed, behind: false })
    return { sealed }
  }

  /** The sealed texts that may stand on the page of an entry, the likeliest first. */
  async standing(id: string): Promise<{ url: string | null; origin: string | null; sealed: string[] }> {
    const vault = await this.#custodian.vault()
    const [{ content }, earlier] = await Promise.all([this.#openStored(vault, id), versionsOf(id)])
    const { sound } = await openVersions(documentKeyring(vault), id, earlier)
    const older = sound.map((version) => version.content.sealed)
    const sealed = [content.sealed, ...older].filter((text) => typeof text === 'string')
    return {
      url: cleanAddress(content.place?.url),
      origin: content.place?.origin ?? null,
      sealed: [...new Set(sealed)],
    }
  }

  /** Writes other content, the text of before kept as a version where it was another. Gives the revision. Failure 'conflict' | 'full'. */
  async rewrite(vault: Vault, row: DocumentRow, before: EntryContent, content: EntryContent): Promise<number> {
    const keyring = documentKeyring(vault)
    const now = new Date()
    const other = content.text !== before.text
    const version = other ? await versionOf(keyring, row, before, now) : null
    const record = await rewriteDocument(keyring, row, content as never, now)
    // Its text is as old as before: it keeps its place in the list.
    await this.#store(
      vault,
      other ? record : { ...record, updatedAt: row.updatedAt },
      row.revision,
      version,
      content.sealed,
    )
    return record.revision
  }

  /** Writes a new entry. */
  async add(vault: Vault, content: EntryContent): Promise<void> {
    const record = await newDocument(documentKeyring(vault), content as never, new Date())
    await this.#store(vault, record, null, null, content.sealed)
  }

  /** Whose key a sealed text is under, or null where it does not open. */
  async #under(sealed: string): Promise<SealedUnder | null> {
    const [opened] = await this.#texts.openMany([{ sealed, origin: null }])
    return opened === undefined || opened instanceof Failure ? null : opened.under
  }

  /** Failure 'gone' | 'damaged'. */
  async #openStored(vault: Vault, id: string): Promise<StoredEntry> {
    const found = await findDocument(id)
    const entry = requireSingle(await decryptEntries(documentKeyring(vault), [found]))
    return { row: found.row, content: entry.content }
  }

  async #store(
    vault: Vault,
    record: DocumentRecord,
    replaces: number | null,
    version: VersionRow | null,
    sealed: string | null = null,
  ): Promise<void> {
    const [tag] = sealed === null ? [] : tagsOf(documentKeyring(vault), sealed)
    await writeDocument(tag === undefined ? record : ({ ...record, tag } as DocumentRow), replaces, version)
    await this.#onChange(record.id)
  }

  /**
   * Gives a document that has just been read a new key where its key is old, unless it has been written since. One that cannot
   * be written stays as it is.
   */
  async #withYoungKey<Opened extends { readonly revision: number; readonly keyCreatedAt: string }>(
    vault: Vault,
    store: RowStore,
    row: DocumentRow | VersionRow,
    opened: Opened,
  ): Promise<Opened | DocumentRecord> {
    if (!isOld(vault, Date.parse(opened.keyCreatedAt))) return opened
    try {
      const next = await reencryptDocument(documentKeyring(vault), row, new Date())
      const written = await replaceRows(store, [{ row: { ...row, ...next }, replaces: opened.revision }])
      return written.has(row.id) ? next : opened
    } catch (thrown) {
      return ignoreFailures(thrown) ?? opened
    }
  }
}

/** Failure 'gone'. */
async function findDocument(id: string): Promise<Found<DocumentRow>> {
  const found = await readDocument(id)
  if (found === null) throw new Failure('gone')
  return found
}

interface OpenedVersion extends Pick<OpenedEntry, 'id' | 'revision' | 'keyCreatedAt'> {
  readonly content: VersionContent
}

/** The earlier texts of an entry, the latest first; and how many of them do not open, or are of another. */
async function openVersions(keyring: DocumentKeyring, id: string, rows: readonly VersionRow[]) {
  const opened = await openDocuments(keyring, rows)
  const sound = opened.flatMap((version): OpenedVersion[] =>
    !(version instanceof Failure) && v.is(versionContent, version.content) && version.content.of === id
      ? [version as unknown as OpenedVersion]
      : [],
  )
  return { sound: sound.sort((a, b) => b.content.nth - a.content.nth), damaged: rows.length - sound.length }
}

/** A document of its own for the earlier text of an entry, with its sealed text of then. */
async function versionOf(
  keyring: DocumentKeyring,
  { id, revision }: DocumentRow,
  { text, changedAt, sealed, behind }: EntryContent,
  now: Date,
): Promise<VersionRow> {
  const content: VersionContent = {
    kind: 'version',
    of: id,
    nth: revision,
    text,
    changedAt,
    sealed: behind ? null : sealed,
  }
  return { ...(await newDocument(keyring, content as never, now)), of: id }
}
