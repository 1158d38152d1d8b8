// The documents of a backup, opened one by one; what they hold is read loosely, for each kind puts in what it needs.

import { Failure } from '../failure.ts'
import type { BackupDocument } from '../keyring/backup.ts'
import { type OpenedDocument, openDocument } from '../keyring/documents.ts'
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
  const keyring = documentKeyring(vault)
  const read: ReadDocument[] = []
  for (const each of backup?.documents ?? []) read.push(await readOne(each))
  return read

  async function readOne({ kind, document }: BackupDocument): Promise<ReadDocument> {
    try {
      return { kind, id: document.id, opened: await openDocument(keyring, document) }
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'damaged') return { kind, id: document.id, opened: null }
      throw thrown
    }
  }
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
