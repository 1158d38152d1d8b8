// The one IndexedDB of this device. Stores sealed bytes, and one half of the session's key, which is useless without the other
// half in `storage.session`. Knows no secret. Upgrade steps are only ever appended.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { Failure } from '../failure.ts'
import type { Preferences } from './preferenceNames.ts'

/** The vault record (FORMAT.md §6.1), with two fields of its header. */
export interface VaultRow {
  readonly vaultId: string
  readonly revision: number
  readonly header: string
  readonly body: string
}

/** Rollback protection: what this device has seen of a vault, to detect an older or weaker record in its place. */
export interface SeenRow {
  readonly vaultId: string
  /** The highest revision ever written or unlocked here. */
  readonly revision: number
  /** The cost of the password slot when last seen; null without one. */
  readonly cost: { readonly memoryKiB: number; readonly iterations: number; readonly parallelism: number } | null
}

/** A sealed document of the library. FORMAT.md §7. */
export interface DocumentRow {
  readonly id: string
  readonly revision: number
  /** ISO date, by which the library is sorted. */
  readonly updatedAt: string
  /** Finds the entry of a sealed text: a keyed hash of that text. FORMAT.md §7.1. */
  readonly tag?: string
}

/** An earlier text of a document, in a sealed document of its own. FORMAT.md §7.1. */
export interface VersionRow {
  readonly id: string
  readonly revision: number
  /** The id of the document that had this text. */
  readonly of: string
}

/** One shard of the highest revisions written here: the documents whose ids begin with `part` (revisions.ts). */
export interface RevisionsRow {
  readonly part: string
  /** For each document a line break, its id, a space and the revision. */
  readonly highest: string
}

export interface Schema extends DBSchema {
  /** `unreadable`: an unreadable record that a backup replaced. */
  vault: { key: 'vault' | 'unreadable'; value: VaultRow }
  seen: { key: string; value: SeenRow }
  session: { key: 'key'; value: CryptoKey }
  drafts: { key: string; value: { readonly id: string; readonly revision: number } }
  preferences: { key: 'preferences'; value: Preferences }
  /** A backup that is being restored, in pieces by number (staging.ts). */
  staged: { key: number; value: { readonly token: string; readonly text: string } }
  documents: { key: string; value: DocumentRow; indexes: { byTime: string; byTag: string } }
  versions: { key: string; value: VersionRow; indexes: { of: string } }
  revisions: { key: string; value: RevisionsRow }
  /** Deleted documents that can still be restored (documents.ts). */
  bin: { key: string; value: { readonly id: string; readonly deed: string; readonly row: DocumentRow } }
}

export type Database = IDBPDatabase<Schema>

const databaseName = 'fieldseal'
const version = 3

let opening: Promise<Database> | null = null

/** The open database. Opens it again if the browser closed it. */
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
 * A browser may undo a transaction by itself: Firefox does so with the transaction after one that ran out of space. Its next
 * request then fails with one of these names. Nothing of it was done, and a second attempt works.
 */
const undone = ['AbortError', 'TransactionInactiveError', 'InvalidStateError']

/** Runs storage work. Failure `full`: the disk is full; `unavailable`: any other error. Passes on the failures of `work`. */
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

/** Does all of `work` in a transaction, or nothing. Throws the most specific reason for a failure. */
export async function inTransaction(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  const working = work().catch((thrown: unknown) => {
    try {
      transaction.abort()
    } catch {
      // It has ended already.
    }
    throw thrown
  })
  // A full disk fails the request or, at the commit, only the transaction.
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

/** More than any single write needs. */
const leastFreeBytes = 16 * 1024 * 1024

/**
 * With `unlimitedStorage`, Chromium does not check a write against the space beforehand: on a full disk the write fails with some
 * other error, and only the estimate shows why.
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
