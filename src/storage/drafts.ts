// Drafts of the composer: sealed documents (docs/FORMAT.md, Document), by their id. What is in them is not known here.

import { stored } from './database.ts'

export type DraftRow = { readonly id: string }

export function readDraft(id: string): Promise<DraftRow | null> {
  return stored(async (db) => (await db.get('drafts', id)) ?? null)
}

export function readDrafts(): Promise<DraftRow[]> {
  return stored((db) => db.getAll('drafts'))
}

export async function writeDraft(row: DraftRow): Promise<void> {
  await stored((db) => db.put('drafts', row))
}

export async function deleteDraft(id: string): Promise<void> {
  await stored((db) => db.delete('drafts', id))
}
