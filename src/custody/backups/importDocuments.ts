// Documents that came with a vault, in a backup: those that open, as rows for the stores they are from. What stands beside a
// document in a file is not believed; it is made anew from what is inside.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import type { BackupDocument, DocumentKind } from '../../keyring/backup.ts'
import {
  type DocumentKeyring,
  type DocumentRecord,
  newDocument,
  type OpenedDocument,
  openDocuments,
} from '../../keyring/documents.ts'
import { entryContent, tagsOf, versionContent } from '../../keyring/entries.ts'
import { isPlausibleRevision } from '../../keyring/plausible.ts'
import type { Row, RowStore, Rows } from '../../storage/rows.ts'

/** Which store a kind of document is kept in. */
export const storeByKind = { draft: 'drafts', document: 'documents', version: 'versions' } as const satisfies Record<
  DocumentKind,
  RowStore
>

/** An opened document that came, and how it was sealed. */
interface ImportedDocument {
  readonly kind: DocumentKind
  readonly record: DocumentRecord
  readonly opened: OpenedDocument
}

/** Those that this vault's keys open, and that can still be changed: a revision with no next one counts as unreadable. */
export async function openImported(
  keyring: DocumentKeyring,
  documents: readonly BackupDocument[],
): Promise<ImportedDocument[]> {
  const opened = await openDocuments(
    keyring,
    documents.map(({ document }) => document),
  )
  return opened.flatMap((result, index): ImportedDocument[] => {
    const came = documents[index]
    if (came === undefined || result instanceof Failure || !isPlausibleRevision(result.revision)) return []
    const { id, revision, keyCreatedAt, updatedAt, wrappedKey, content } = came.document as unknown as DocumentRecord
    return [{ kind: came.kind, record: { id, revision, keyCreatedAt, updatedAt, wrappedKey, content }, opened: result }]
  })
}

/** The same documents under new keys that another vault wraps, as if they had been made there. Failure 'too-long'. */
export function resealImported(
  keyring: DocumentKeyring,
  arrived: readonly ImportedDocument[],
  now: Date,
): Promise<ImportedDocument[]> {
  return Promise.all(
    arrived.map(async ({ kind, record, opened }) => {
      const { id, content } = opened
      const made = await newDocument(keyring, content, now, id)
      return { kind, record: { ...made, updatedAt: record.updatedAt }, opened: { ...opened, revision: made.revision } }
    }),
  )
}

export function toRows(keyring: DocumentKeyring, arrived: readonly ImportedDocument[]): Rows {
  const rows: Record<RowStore, Row[]> = { documents: [], versions: [], drafts: [] }
  for (const { kind, record, opened } of arrived) {
    const { content } = opened
    if (kind === 'version') {
      // A version of no entry could never be reached.
      if (v.is(versionContent, content)) rows.versions.push({ ...record, of: content.of } as Row)
      continue
    }
    const sealed = kind === 'document' && v.is(entryContent, content) ? content.sealed : null
    const [tag] = sealed === null ? [] : tagsOf(keyring, sealed)
    rows[storeByKind[kind]].push(tag === undefined ? record : ({ ...record, tag } as Row))
  }
  return rows
}
