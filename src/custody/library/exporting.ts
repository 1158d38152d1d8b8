// Texts on their way out of the library in the clear, which needs a fresh proof (proof.ts); and texts from such a file on
// their way in.

import { encodeBase64url, utf8 } from '../../bytes.ts'
import { derive } from '../../crypto/kdf.ts'
import { captureFailure, Failure } from '../../failure.ts'
import { type DocumentKeyring, newDocument } from '../../keyring/documents.ts'
import type { EntryContent } from '../../keyring/entries.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { InHandler, OutHandler } from '../../messages/handlers.ts'
import { maxIdsPerMessage, maxTextCharsPerMessage, type PlainEntry } from '../../messages/vault/library.ts'
import { addDocuments, readDocuments } from '../../storage/documents.ts'
import type { Custodian } from '../vault/custodian.ts'
import { decryptEntries } from './decrypt.ts'

export function exportTexts(custodian: Custodian): OutHandler<'exportTexts'> {
  return {
    async read({ ids }, cursor) {
      const keyring = documentKeyring(await custodian.vault())
      let { taken, damaged } = cursor ?? { taken: 0, damaged: 0 }
      if (taken >= ids.length) return { result: { damaged } }
      const wanted = ids.slice(taken, taken + maxIdsPerMessage)
      const found = await readDocuments(wanted)
      const opened = await decryptEntries(keyring, found)
      const byId = new Map(found.map(({ row }, index) => [row.id, opened[index]]))
      const texts: PlainEntry[] = []
      let characters = 0
      for (const id of wanted) {
        const entry = byId.get(id)
        if (entry instanceof Failure) damaged++
        else if (entry !== undefined) {
          const { text, place, createdAt, changedAt } = entry.content
          if (texts.length > 0 && characters + text.length > maxTextCharsPerMessage) break
          texts.push({ text, origin: place?.origin ?? null, url: place?.url ?? null, createdAt, changedAt })
          characters += text.length
        }
        taken++
      }
      return { chunk: { texts }, cursor: { taken, damaged } }
    },
  }
}

/** Failure 'full' | 'locked'. A text that is too long or not whole is refused alone. */
export function importTexts(
  custodian: Custodian,
  onChanged: (ids: readonly string[]) => Promise<void>,
): InHandler<'importTexts'> {
  return {
    async store({ token }, cursor, { texts }) {
      const keyring = documentKeyring(await custodian.vault())
      const { chunks, taken, refused } = cursor ?? { chunks: 0, taken: 0, refused: { 'too-long': 0, damaged: 0 } }
      const now = new Date()
      // Under ids that follow from where a text comes, it is there once.
      const ids = texts.map((_, index) => idOf(token, chunks, index))
      const present = new Set((await readDocuments(ids)).map(({ row }) => row.id))
      const made = await Promise.all(
        texts.map((entry, index) => captureFailure(() => newEntry(keyring, entry, ids[index], now))),
      )
      const counts = { ...refused }
      const rows: Exclude<(typeof made)[number], Failure>[] = []
      for (const row of made) {
        if (!(row instanceof Failure)) rows.push(row)
        else if (row.code === 'too-long' || row.code === 'damaged') counts[row.code]++
        else throw row
      }
      const added = rows.filter(({ id }) => !present.has(id))
      await addDocuments(added)
      await onChanged(added.map(({ id }) => id))
      return { chunks: chunks + 1, taken: taken + texts.length, refused: counts }
    },
    finish: async (_request, cursor) => ({
      taken: cursor?.taken ?? 0,
      refused: cursor?.refused ?? { 'too-long': 0, damaged: 0 },
    }),
  }
}

async function newEntry(keyring: DocumentKeyring, entry: PlainEntry, id: string | undefined, now: Date) {
  const { text, origin, url, createdAt, changedAt } = entry
  const place = origin === null ? null : { origin, url }
  const content: EntryContent = { kind: 'text', text, createdAt, changedAt, place, sealed: null, behind: false }
  const record = await newDocument(keyring, content as never, now, id)
  return { ...record, updatedAt: dateOf(changedAt, now) }
}

function idOf(token: string, chunk: number, index: number): string {
  return encodeBase64url(derive(utf8(token), new Uint8Array(), `fieldseal/v1/import|${chunk}|${index}`, 16))
}

/** A date from a file may be none. */
function dateOf(milliseconds: number, otherwise: Date): string {
  const date = new Date(milliseconds)
  return Number.isFinite(date.getTime()) && date.getFullYear() < 10_000 && date.getFullYear() >= 0
    ? date.toISOString()
    : otherwise.toISOString()
}
