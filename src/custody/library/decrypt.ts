// The library's documents, opened: each alone, so that one that is damaged, exchanged or put back as it was before is reported as
// such and harms no other.

import * as v from 'valibot'
import { Failure, type Result } from '../../failure.ts'
import { type DocumentKeyring, type OpenedDocument, openDocuments } from '../../keyring/documents.ts'
import { type EntryContent, entryContent } from '../../keyring/entries.ts'
import type { DocumentRow } from '../../storage/documents.ts'
import type { Found } from '../../storage/rows.ts'

export interface OpenedEntry extends OpenedDocument {
  readonly content: EntryContent & OpenedDocument['content']
}

/** A row, and what is in it. */
export interface StoredEntry {
  readonly row: DocumentRow
  readonly content: EntryContent
}

/** What each of these rows is, in their order, or Failure 'damaged'. */
export async function decryptEntries(
  keyring: DocumentKeyring,
  found: readonly Found<DocumentRow>[],
): Promise<Result<OpenedEntry>[]> {
  const opened = await openDocuments(
    keyring,
    found.map(({ row }) => row),
  )
  return opened.map((document, index) => {
    if (document instanceof Failure) return document
    // An older revision than was written here authenticates as well: it was put in the place of that.
    if (document.revision < (found[index]?.newest ?? 0)) return new Failure('damaged')
    return v.is(entryContent, document.content) ? (document as OpenedEntry) : new Failure('damaged')
  })
}
