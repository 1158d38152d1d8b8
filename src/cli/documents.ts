// The documents of a backup, opened. Reads their contents loosely, because each kind has its own fields.

import { Failure } from '../failure.ts'
import { type OpenedDocument, openDocuments } from '../keyring/documents.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import type { Vault } from '../keyring/vault.ts'
import { isPlainObject } from '../plainObject.ts'
import { oneLine } from './printing.ts'
import type { VaultFile } from './vaultFile.ts'

const titleCharacters = 60

export interface ReadDocument {
  readonly kind: string
  readonly id: string
  /** Null if it is damaged. */
  readonly opened: OpenedDocument | null
}

export async function readDocuments(vault: Vault, { backup }: VaultFile): Promise<ReadDocument[]> {
  const found = backup?.documents ?? []
  const opened = await openDocuments(
    documentKeyring(vault),
    found.map(({ document }) => document),
  )
  return found.map(({ kind, document }, index) => {
    const result = opened[index]
    return { kind, id: document.id, opened: result === undefined || result instanceof Failure ? null : result }
  })
}

/** The fields that every kind of document may have. */
export function contentOf({ content, updatedAt }: OpenedDocument) {
  const { text, title, origin, place, savedAt, changedAt } = content
  const body = typeof text === 'string' ? text : ''
  // A draft has a site of its own, an entry of the library a place on one.
  const site = [origin, isPlainObject(place) ? place.origin : null].find((value) => typeof value === 'string')
  const date = [savedAt, changedAt].find(isMoment)
  return {
    title: typeof title === 'string' && title.trim() !== '' ? title : firstLine(body),
    origin: site ?? null,
    savedAt: date === undefined ? updatedAt : dateOf(date),
    text: body,
  }
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(new Date(value).getTime())
}

function firstLine(text: string): string {
  return oneLine(text.trim().split('\n', 1)[0] ?? '', titleCharacters)
}

function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
