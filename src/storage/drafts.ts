// Drafts of the composer: sealed documents (docs/FORMAT.md, Document), by their id. What is in them is not known here.
// Those of private windows, sealed as well, are in the session's storage and never on disk.

import * as v from 'valibot'
import { stored, whole } from './database.ts'
import { Volatile } from './volatile.ts'

export interface DraftRow {
  readonly id: string
  readonly revision: number
}

const inPrivate = new Volatile(
  'privateDrafts',
  v.record(v.string(), v.looseObject({ id: v.string(), revision: v.number() })),
)

export async function readDraft(id: string): Promise<DraftRow | null> {
  return (await privateDrafts())[id] ?? (await stored(async (db) => (await db.get('drafts', id)) ?? null))
}

/** Those of private windows, or all others. */
export async function readDrafts(privately: boolean): Promise<DraftRow[]> {
  return privately ? Object.values(await privateDrafts()) : stored((db) => db.getAll('drafts'))
}

/** A draft that was begun in a private window stays off the disk, whatever `onDisk` says. */
export async function writeDraft(row: DraftRow, onDisk: boolean): Promise<void> {
  if (onDisk && !Object.hasOwn(await privateDrafts(), row.id)) await stored((db) => db.put('drafts', row))
  else await inPrivate.change((before) => ({ ...before, [row.id]: { ...row } }))
}

export async function deleteDraft(id: string): Promise<void> {
  if (Object.hasOwn(await privateDrafts(), id)) {
    await inPrivate.change((before) => {
      const { [id]: _gone, ...rest } = before ?? {}
      return rest
    })
  }
  await stored((db) => db.delete('drafts', id))
}

export function forgetPrivateDrafts(): Promise<void> {
  return inPrivate.remove()
}

async function privateDrafts(): Promise<Record<string, DraftRow>> {
  return (await inPrivate.read()) ?? {}
}

/** Up to `most` of those on disk, in the order of their ids, that come after this id; from the first on for null. */
export async function draftsAfter(id: string | null, most: number): Promise<DraftRow[]> {
  return stored((db) => db.getAll('drafts', id === null ? null : IDBKeyRange.lowerBound(id, true), most))
}

/** Puts a row in the place of another on disk; false, and nothing done, when that is no longer what is there. */
export async function replaceDraft(before: DraftRow, after: DraftRow): Promise<boolean> {
  return stored(async (db) => {
    const transaction = db.transaction('drafts', 'readwrite')
    let replaced = false
    await whole(transaction, async () => {
      const present = await transaction.store.get(before.id)
      if (present?.revision !== before.revision) return
      await transaction.store.put(after)
      replaced = true
    })
    return replaced
  })
}
