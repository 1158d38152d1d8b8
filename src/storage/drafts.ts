// Drafts of the composer: sealed documents (FORMAT.md §7), by id. Never reads the contents of one. Drafts of private windows, sealed
// as well, are in the session's storage and never on disk.

import * as v from 'valibot'
import { type Database, inTransaction, withDatabase } from './database.ts'
import { withAddedFields } from './rows.ts'
import { SessionEntry } from './sessionEntry.ts'

export interface DraftRow {
  readonly id: string
  readonly revision: number
}

const inPrivate = new SessionEntry(
  'privateDrafts',
  v.record(v.string(), v.looseObject({ id: v.string(), revision: v.number() })),
)

export async function readDraft(id: string): Promise<DraftRow | null> {
  return (await privateDrafts())[id] ?? (await withDatabase(async (db) => (await db.get('drafts', id)) ?? null))
}

/** The drafts of private windows, or all others. */
export async function readDrafts(privately: boolean): Promise<DraftRow[]> {
  return privately ? Object.values(await privateDrafts()) : withDatabase((db) => db.getAll('drafts'))
}

/** Writes a draft. One that began in a private window stays off the disk, whatever `onDisk` says. */
export async function writeDraft(row: DraftRow, onDisk: boolean): Promise<void> {
  if (onDisk && !Object.hasOwn(await privateDrafts(), row.id)) await withDatabase((db) => putDraft(db, row))
  else await inPrivate.change((before) => ({ ...before, [row.id]: { ...row } }))
}

async function putDraft(db: Database, row: DraftRow): Promise<void> {
  const transaction = db.transaction('drafts', 'readwrite')
  await inTransaction(transaction, async () => {
    await transaction.store.put(withAddedFields(await transaction.store.get(row.id), row))
  })
}

export async function deleteDraft(id: string): Promise<void> {
  if (Object.hasOwn(await privateDrafts(), id)) {
    await inPrivate.change((before) => {
      const { [id]: _gone, ...rest } = before ?? {}
      return rest
    })
  }
  await withDatabase((db) => db.delete('drafts', id))
}

export function forgetPrivateDrafts(): Promise<void> {
  return inPrivate.remove()
}

async function privateDrafts(): Promise<Record<string, DraftRow>> {
  return (await inPrivate.read()) ?? {}
}
