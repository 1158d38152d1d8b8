// A copy in the library of every text that is sealed, where that was chosen. It never blocks sealing: a copy that
// cannot be kept is recorded, and shown in our windows.

import * as v from 'valibot'
import { codeOf, Failure } from '../../failure.ts'
import { tagsOf } from '../../keyring/entries.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { LibraryState } from '../../messages/vault/library.ts'
import { documentsWithTag, newestDocuments } from '../../storage/documents.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'
import type { CopyStore, SealedCopy } from '../texts/sealedCopy.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { librarySettings } from '../vault/librarySettings.ts'
import { decryptEntries, type StoredEntry } from './decrypt.ts'
import type { Entries } from './entries.ts'

/** A text sealed again within this time, at the same place and the same in every letter, is the same: a repeated request. */
const againMs = 60_000

/** Not on the disk, which is what is full. */
const autoSaveFailure = new SessionEntry(
  'unkept',
  v.strictObject({ why: v.picklist(['full', 'unavailable']), at: v.number() }),
)

export class AutoSave implements CopyStore {
  readonly #custodian: Custodian
  readonly #entries: Entries

  constructor(custodian: Custodian, entries: Entries) {
    this.#custodian = custodian
    this.#entries = entries
  }

  /** Keeps it, unless it is from a private window or that was not chosen. Never throws a Failure. */
  async keep(sealing: SealedCopy): Promise<void> {
    if (sealing.inPrivate) return
    try {
      const vault = await this.#custodian.vault()
      if (!librarySettings(vault).keepTexts) return
      await this.#keep(vault, sealing).catch((thrown: unknown) => {
        // Something else has changed the entry meanwhile: it is looked at once more.
        if (codeOf(thrown) !== 'conflict') throw thrown
        return this.#keep(vault, sealing)
      })
      await recordAutoSaveFailure(null)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      // Locked meanwhile: then nothing is wrong with the disk.
      if (thrown.code !== 'locked')
        await recordAutoSaveFailure(thrown.code === 'full' ? 'full' : 'unavailable').catch(ignoreFailures)
    }
  }

  /** The origin that this text was sealed on, where an entry records it. Failure 'locked'. */
  async sealedOn(sealed: string): Promise<string | null> {
    const entries = await this.#entriesOf(await this.#custodian.vault(), sealed)
    return entries.find(({ content }) => content.place !== null)?.content.place?.origin ?? null
  }

  async #keep(vault: Vault, sealing: SealedCopy): Promise<void> {
    const { text, sealed, origin, url, replaces } = sealing
    const now = Date.now()
    const place = origin === null ? null : { origin, url }
    const found =
      (replaces === null ? null : await this.#entryOf(vault, replaces, origin)) ?? (await this.#again(vault, sealing))
    if (found === null) {
      const content = { kind: 'text', text, createdAt: now, changedAt: now, place, sealed, behind: false } as const
      await this.#entries.add(vault, content)
      return
    }
    const { row, content } = found
    const changedAt = content.text === text ? content.changedAt : now
    await this.#entries.rewrite(vault, row, content, {
      ...content,
      text,
      changedAt,
      place: place ?? content.place,
      sealed,
      behind: false,
    })
  }

  /**
   * The entry that holds this sealed text and was sealed on this very site, or on none for a window of ours. What a text
   * replaces comes from a page, so it never reaches an entry of another site, nor one that was written in the library.
   */
  async #entryOf(vault: Vault, sealed: string, origin: string | null): Promise<StoredEntry | null> {
    const entries = await this.#entriesOf(vault, sealed)
    return entries.find(({ content: { place } }) => (place?.origin ?? null) === origin) ?? null
  }

  async #entriesOf(vault: Vault, sealed: string): Promise<StoredEntry[]> {
    const keyring = documentKeyring(vault)
    const found = (await Promise.all(tagsOf(keyring, sealed).map(documentsWithTag))).flat()
    const opened = await decryptEntries(keyring, found)
    return opened.flatMap((entry, index) => {
      const row = found[index]?.row
      // The name it was found by is not authenticated; what is inside is.
      if (row === undefined || entry instanceof Failure || entry.content.sealed !== sealed) return []
      return [{ row, content: entry.content }]
    })
  }

  /** The entry that this very text has made a moment ago. */
  async #again(vault: Vault, { text, origin, url }: SealedCopy): Promise<StoredEntry | null> {
    const [found] = await newestDocuments(0, 1)
    if (found === undefined) return null
    const [entry] = await decryptEntries(documentKeyring(vault), [found])
    if (entry === undefined || entry instanceof Failure) return null
    const { content } = entry
    const samePlace = (content.place?.origin ?? null) === origin && (content.place?.url ?? null) === url
    const recent = Math.abs(Date.now() - content.changedAt) < againMs
    return content.text === text && samePlace && recent ? { row: found.row, content } : null
  }
}

/** The last text that could not be kept, and why. */
export function readAutoSaveFailure(): Promise<LibraryState['unkept']> {
  return autoSaveFailure.read()
}

export async function recordAutoSaveFailure(why: 'full' | 'unavailable' | null): Promise<void> {
  if (why !== null) await autoSaveFailure.write({ why, at: Date.now() })
  else if ((await autoSaveFailure.read()) !== null) await autoSaveFailure.remove()
}
