// The one IndexedDB of this device. Holds sealed bytes, and one half of the session's key that is useless without the
// other half in `storage.session`. Knows no secret. Upgrades are only ever appended.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { Failure } from '../failure.ts'
import type { Preferences } from './preferenceNames.ts'

export interface VaultRow {
  readonly vaultId: string
  readonly revision: number
  readonly header: string
  readonly body: string
}

/** What this device has seen of a vault, to notice an older or weaker record put in its place. */
export interface SeenRow {
  readonly vaultId: string
  /** The highest revision ever written or unlocked here. */
  readonly revision: number
  /** The cost of the password slot when it was last seen; null while there is none. */
  readonly cost: { readonly memoryKiB: number; readonly iterations: number; readonly parallelism: number } | null
}

/** A document of the library (docs/FORMAT.md, Document), sealed. */
export interface DocumentRow {
  readonly id: string
  readonly revision: number
  /** What the library is sorted by, as an ISO date. */
  readonly updatedAt: string
  /** By which the entry of a sealed text is found again: a keyed name of that text. */
  readonly tag?: string
}

/** An earlier text of a document: a sealed document of its own. */
export interface VersionRow {
  readonly id: string
  readonly revision: number
  /** The id of the document that it was the text of. */
  readonly of: string
}

/** The highest revisions of documents that were written here, of those whose ids begin with `part` (revisions.ts). */
export interface RevisionsRow {
  readonly part: string
  /** For each a line break, its id, a space, and the number. */
  readonly highest: string
}

export interface Schema extends DBSchema {
  /** `unreadable`: the record that a backup took the place of because it could not be read. */
  vault: { key: 'vault' | 'unreadable'; value: VaultRow }
  seen: { key: string; value: SeenRow }
  session: { key: 'key'; value: CryptoKey }
  drafts: { key: string; value: { readonly id: string; readonly revision: number } }
  preferences: { key: 'preferences'; value: Preferences }
  /** A backup that is being restored, in pieces by their number (staging.ts). */
  staged: { key: number; value: { readonly token: string; readonly text: string } }
  documents: { key: string; value: DocumentRow; indexes: { byTime: string; byTag: string } }
  versions: { key: string; value: VersionRow; indexes: { of: string } }
  revisions: { key: string; value: RevisionsRow }
  /** Documents that were deleted and can still be had back (documents.ts). */
  bin: { key: string; value: { readonly id: string; readonly deed: string; readonly row: DocumentRow } }
}

export type Database = IDBPDatabase<Schema>

const databaseName = 'fieldseal'
const version = 3

let opening: Promise<Database> | null = null

/** The open database; opened anew when the browser closed it under us. */
export function database(): Promise<Database> {
  opening ??= openDB<Schema>(databaseName, version, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('vault')
        db.createObjectStore('seen', { keyPath: 'vaultId' })
        db.createObjectStore('session')
        db.createObjectStore('drafts', { keyPath: 'id' })
        db.createObjectStore('preferences')
      }
      if (from < 2) db.createObjectStore('staged')
      if (from < 3) {
        const documents = db.createObjectStore('documents', { keyPath: 'id' })
        documents.createIndex('byTime', 'updatedAt')
        documents.createIndex('byTag', 'tag')
        db.createObjectStore('versions', { keyPath: 'id' }).createIndex('of', 'of')
        db.createObjectStore('revisions', { keyPath: 'part' })
        db.createObjectStore('bin', { keyPath: 'id' })
      }
    },
    blocking(_from, _to, event) {
      opening = null
      ;(event.target as IDBDatabase).close()
    },
    terminated() {
      opening = null
    },
  }).catch((cause: unknown) => {
    opening = null
    throw cause
  })
  return opening
}

/**
 * A browser may undo a transaction under us: Firefox does so with the one that follows on one for which there was no space. What
 * is asked next of it fails by one of these names; nothing of it is done, and once more it goes as it would have.
 */
const undone = ['AbortError', 'TransactionInactiveError', 'InvalidStateError']

/** Runs one piece of storage work; a full disk is 'full', whatever else fails is 'unavailable'. Failures pass. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await database()).catch(async (thrown: unknown) => {
      if (!isUndone(thrown)) throw thrown
      return work(await database())
    })
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure(isFull(thrown) || (await isDiskFull()) ? 'full' : 'unavailable', { cause: thrown })
  }
}

interface Transaction {
  readonly done: Promise<void>
  abort(): void
}

/** Does all of `work` in a transaction, or nothing of it. Throws what says most about why it failed. */
export async function inTransaction(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  const working = work().catch((thrown: unknown) => {
    try {
      transaction.abort()
    } catch {
      // It had ended by itself.
    }
    throw thrown
  })
  // A disk that is full shows in the request that failed or, at the commit, in the transaction alone.
  const reasons = (await Promise.allSettled([working, transaction.done])).flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  )
  if (reasons.length > 0)
    throw (
      reasons.find((reason) => reason instanceof Failure) ??
      reasons.find(isFull) ??
      reasons.find((reason) => !isUndone(reason)) ??
      reasons[0]
    )
}

function isUndone(thrown: unknown): boolean {
  return undone.some((name) => isNamed(thrown, name))
}

function isFull(thrown: unknown): boolean {
  return isNamed(thrown, 'QuotaExceededError')
}

/** What is written at once is smaller than this. */
const leastFreeBytes = 16 * 1024 * 1024

/**
 * With `unlimitedStorage`, Chromium does not weigh a write against the space beforehand: on a full disk it fails by the name of
 * some other error, and only the estimate tells.
 */
async function isDiskFull(): Promise<boolean> {
  try {
    const { quota, usage } = await navigator.storage.estimate()
    return quota !== undefined && usage !== undefined && quota - usage < leastFreeBytes
  } catch {
    return false
  }
}

function isNamed(thrown: unknown, name: string): boolean {
  return thrown instanceof DOMException && thrown.name === name
}
