// Texts on their way out of the library in the clear, which needs a fresh proof (proof.ts); and texts from such a file on
// their way in. In parts, because no message holds a long library.

import { encodeBase64url, utf8 } from '../../bytes.ts'
import { derive } from '../../crypto/kdf.ts'
import { Failure } from '../../failure.ts'
import { newDocument } from '../../keyring/documents.ts'
import type { EntryContent } from '../../keyring/entries.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { maxTextCharsPerMessage, type PlainEntry } from '../../messages/vault/library.ts'
import { addDocuments, readDocuments } from '../../storage/documents.ts'
import type { Custodian } from '../vault/custodian.ts'
import { decryptEntries } from './decrypt.ts'

export class PlaintextFiles {
  readonly #custodian: Custodian
  readonly #changed: (ids: readonly string[]) => Promise<void>

  constructor(custodian: Custodian, changed: (ids: readonly string[]) => Promise<void>) {
    this.#custodian = custodian
    this.#changed = changed
  }

  async part({ ids }: Request<'exportPart'>): Promise<Response<'exportPart'>> {
    const vault = await this.#custodian.vault()
    const found = await readDocuments(ids)
    const opened = await decryptEntries(documentKeyring(vault), found)
    const byId = new Map(found.map(({ row }, at) => [row.id, opened[at]]))
    const texts: PlainEntry[] = []
    let [letters, damaged, taken] = [0, 0, 0]
    for (const id of ids) {
      const entry = byId.get(id)
      if (entry instanceof Failure) damaged++
      else if (entry !== undefined) {
        const { text, place, createdAt, changedAt } = entry.content
        if (texts.length > 0 && letters + text.length > maxTextCharsPerMessage) break
        texts.push({ text, origin: place?.origin ?? null, url: place?.url ?? null, createdAt, changedAt })
        letters += text.length
      }
      taken++
    }
    return { texts, taken, damaged }
  }

  /** Each under an id of its own that the part's token gives: asked twice, they are there once. Failure 'full' | 'too-long'. */
  async take({ token, texts }: Request<'importTexts'>): Promise<void> {
    const keyring = documentKeyring(await this.#custodian.vault())
    const ids = texts.map((_, nth) => idOf(token, nth))
    const there = new Set((await readDocuments(ids)).map(({ row }) => row.id))
    const now = new Date()
    const made = texts.map(async ({ text, origin, url, createdAt, changedAt }, nth) => {
      const place = origin === null ? null : { origin, url }
      const content: EntryContent = { kind: 'text', text, createdAt, changedAt, place, sealed: null, behind: false }
      const record = await newDocument(keyring, content as never, now, ids[nth])
      return { ...record, updatedAt: dateOf(changedAt, now) }
    })
    const rows = (await Promise.all(made)).filter(({ id }) => !there.has(id))
    await addDocuments(rows)
    await this.#changed(rows.map(({ id }) => id))
  }
}

function idOf(token: string, nth: number): string {
  return encodeBase64url(derive(utf8(token), new Uint8Array(), `fieldseal/v1/import|${nth}`, 16))
}

/** A date from a file may be none. */
function dateOf(milliseconds: number, otherwise: Date): string {
  const date = new Date(milliseconds)
  return Number.isFinite(date.getTime()) && date.getFullYear() < 10_000 && date.getFullYear() >= 0
    ? date.toISOString()
    : otherwise.toISOString()
}
