// The documents of a backup, opened; what they hold is read loosely, for each kind puts in what it needs.

import { Failure } from '../failure.ts'
import { type OpenedDocument, openDocuments } from '../keyring/documents.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import type { Vault } from '../keyring/vault.ts'
import { oneLine } from './printing.ts'
import type { VaultFile } from './vaultFile.ts'

const titleCharacters = 60

export interface ReadDocument {
  readonly kind: string
  readonly id: string
  /** Null when it is damaged. */
  readonly opened: OpenedDocument | null
}

export async function readDocuments(vault: Vault, { backup }: VaultFile): Promise<ReadDocument[]> {
  const found = backup?.documents ?? []
  const opened = await openDocuments(
    documentKeyring(vault),
    found.map(({ document }) => document),
  )
  return found.map(({ kind, document }, at) => {
    const one = opened[at]
    return { kind, id: document.id, opened: one === undefined || one instanceof Failure ? null : one }
  })
}

/** What every kind of document may hold. */
export function contentOf({ content, updatedAt }: OpenedDocument) {
  const { text, title, origin, savedAt } = content
  const body = typeof text === 'string' ? text : ''
  return {
    title: typeof title === 'string' && title.trim() !== '' ? title : firstLine(body),
    origin: typeof origin === 'string' ? origin : null,
    savedAt: typeof savedAt === 'number' && Number.isFinite(new Date(savedAt).getTime()) ? dateOf(savedAt) : updatedAt,
    text: body,
  }
}

function firstLine(text: string): string {
  return oneLine(text.trim().split('\n', 1)[0] ?? '', titleCharacters)
}

function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
