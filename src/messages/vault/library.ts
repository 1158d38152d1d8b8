// The requests of the library's tab, and how it notices changes. The tab is ours and shows plaintext, but only what it shows at the moment
// crosses: it requests a list window by window.

import * as v from 'valibot'
import { maxKeyAgeDays } from '../../policy.ts'
import type { Table, TransferTable } from '../entry.ts'
import { documentId, empty, plain, sealed, sealedUnder, token } from '../shapes.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.safeInteger())
const revision = v.pipe(count, v.minValue(1))
const line = v.pipe(v.string(), v.maxLength(1_000))
/** Most entries in one window of the list. */
const entriesAtOnce = 200
/** Most entries in one message or chunk. */
export const maxIdsPerMessage = 1_000
const ids = v.pipe(v.array(documentId), v.minLength(1), v.maxLength(maxIdsPerMessage))
/** Most characters in the texts of one chunk, unless it has only one text. */
export const maxTextCharsPerMessage = 2_000_000

/** Part of a text. `found`: start and end of the match in it, in UTF-16 units; null for none. */
const excerpt = v.strictObject({ text: line, found: v.nullable(v.tuple([count, count])) })
export type Excerpt = v.InferOutput<typeof excerpt>

const summary = {
  id: documentId,
  /** The first line with visible text; empty for a text of white space. */
  title: excerpt,
  /** The text after the title, or around the match of a search. */
  excerpt,
  /** Null if it belongs to no site. */
  host: v.nullable(line),
  changedAt: moment,
  /** Length of the whole text. */
  letters: count,
}

/** A line of the list. */
export const listedEntry = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), ...summary }),
  v.strictObject({ kind: v.literal('draft'), ...summary }),
  v.strictObject({ kind: v.literal('damaged'), id: documentId, changedAt: v.nullable(moment) }),
])
export type ListedEntry = v.InferOutput<typeof listedEntry>

/** An entry of the library with its plaintext. */
export const entry = v.strictObject({
  id: documentId,
  revision,
  text: plain,
  host: v.nullable(line),
  url: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
  createdAt: moment,
  changedAt: moment,
  /** When its key was made. */
  keyCreatedAt: moment,
  /** Whether its key was too old and has just been replaced. */
  reencrypted: v.boolean(),
  /** The sealed text that the site received last; null for none. */
  sealed: v.nullable(sealed),
  /** Whether the text has changed here since then. */
  behind: v.boolean(),
  /** Whose key that sealed text is under; null if there is none, or it no longer opens. */
  under: v.nullable(sealedUnder),
  /** Earlier texts, latest first. */
  versions: v.array(v.strictObject({ id: documentId, changedAt: moment, letters: count })),
  /** How many earlier texts do not open. */
  damagedVersions: count,
})
export type LibraryEntry = v.InferOutput<typeof entry>

const reencryption = v.strictObject({
  state: v.picklist(['running', 'stopped', 'full', 'done']),
  done: count,
  of: count,
  /** How many documents do not open, and stay as they are. */
  damaged: count,
})

const rekeyAfterDays = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxKeyAgeDays))
const settings = v.strictObject({
  /** Whether the library keeps the texts that the person seals. */
  keepTexts: v.boolean(),
  /** A document with an older key gets a new one when it is opened. */
  rekeyAfterDays,
})

/** The counts, settings and running work of the library. */
export const libraryState = v.strictObject({
  documents: count,
  drafts: count,
  ...settings.entries,
  /** Why and when a text last could not be kept; null once another was kept, or the person has seen it. */
  unkept: v.nullable(v.strictObject({ why: v.picklist(['full', 'unavailable']), at: moment })),
  /** Progress of re-encrypting everything; null if it was never requested, or ended long ago. */
  reencryption: v.nullable(reencryption),
})
export type LibraryState = v.InferOutput<typeof libraryState>

const page = v.strictObject({
  /** How many entries there are, as far as read; null if the list did not wait for the count (`getLibraryState`). */
  total: v.nullable(count),
  offset: count,
  entries: v.pipe(v.array(listedEntry), v.maxLength(entriesAtOnce)),
  /** Progress of reading for a search or the order by site; null when complete or not needed. */
  reading: v.nullable(v.strictObject({ done: count, of: count })),
})
export type LibraryPage = v.InferOutput<typeof page>

const plainEntry = v.strictObject({
  text: plain,
  origin: v.nullable(line),
  url: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
  createdAt: moment,
  changedAt: moment,
})
export type PlainEntry = v.InferOutput<typeof plainEntry>

export const libraryEntries = {
  getLibraryState: {
    roles: ['library', 'options', 'popup'],
    request: empty,
    response: libraryState,
    idempotent: true,
    activity: false,
  },
  setLibrarySettings: {
    roles: ['library', 'options'],
    request: settings,
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** The person has read that a text was not kept (`unkept`). */
  dismissAutoSaveFailure: {
    roles: ['library', 'options', 'popup'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
  listEntries: {
    roles: ['library'],
    request: v.strictObject({
      of: v.picklist(['texts', 'drafts']),
      /** Finds entries with all of these words in the text, the site or the date. Everything for the empty string. */
      search: v.pipe(v.string(), v.maxLength(200)),
      order: v.picklist(['time', 'site']),
      offset: count,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(entriesAtOnce)),
    }),
    response: page,
    idempotent: true,
    activity: false,
  },
  /** Returns the ids of all entries that a search finds, to select them all. */
  listEntryIds: {
    roles: ['library'],
    request: v.strictObject({ search: v.pipe(v.string(), v.maxLength(200)) }),
    response: v.strictObject({ ids: v.array(documentId) }),
    idempotent: true,
    activity: false,
  },
  /** Failure 'gone' or 'damaged'. */
  openEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    response: entry,
    idempotent: true,
    activity: true,
  },
  /** Failure 'gone' or 'damaged'. */
  openVersion: {
    roles: ['library'],
    request: v.strictObject({ id: documentId, version: documentId }),
    response: v.strictObject({ text: plain, changedAt: moment }),
    idempotent: true,
    activity: true,
  },
  /** Creates a text that belongs to no site. The tab chooses the random id, so that a repeated request creates only one. */
  createEntry: {
    roles: ['library'],
    request: v.strictObject({ id: token, text: plain }),
    response: v.strictObject({ revision }),
    idempotent: true,
    activity: true,
  },
  /** Replaces the text of `revision`, which becomes a version. Failure 'conflict': `revision` is not the newest; 'gone'. */
  saveEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId, revision, text: plain }),
    response: v.strictObject({ revision }),
    idempotent: false,
    activity: true,
  },
  /** Records whether this tab has an unsaved text. `token` identifies the tab. A lock waits until the text is saved. */
  recordUnsavedText: {
    roles: ['library'],
    request: v.strictObject({ token, unsaved: v.boolean() }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** Returns the sealed text of an entry: the last one, if it holds the current text; else a new one. Failure 'gone'. */
  sealEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    response: v.strictObject({ sealed }),
    idempotent: true,
    activity: true,
  },
  /** Deletes entries. `undoDelete` restores them until another `operation` deletes others, or the vault locks. */
  deleteEntries: {
    roles: ['library'],
    request: v.strictObject({ operation: token, ids }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  undoDelete: {
    roles: ['library'],
    request: empty,
    response: v.strictObject({ restored: count }),
    idempotent: true,
    activity: true,
  },
  /** Opens the page where an entry was sealed, and searches for it there. */
  findOnPage: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    /** `off`: Fieldseal is off at that site, so it cannot search. */
    response: v.strictObject({ found: v.picklist(['there', 'missing', 'off', 'unreachable']) }),
    idempotent: false,
    activity: true,
  },
  /** Opens the page of an entry, and lets the person choose the field for its sealed text. */
  placeEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    response: v.strictObject({ placing: v.picklist(['waiting', 'off', 'unreachable']) }),
    idempotent: false,
    activity: true,
  },
  deleteDrafts: {
    roles: ['library'],
    request: v.strictObject({ ids }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Gives every document of the library a new key, in the background. Continues where it stopped. */
  reencryptLibrary: {
    roles: ['library', 'options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
  stopReencrypting: {
    roles: ['library', 'options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table

/** More entries than any library has. */
const maxEntries = 1_000_000
const refused = v.strictObject({ 'too-long': count, damaged: count })

export const libraryTransfers = {
  /** Exports the plaintext of these entries, in this order. */
  exportTexts: {
    roles: ['library'],
    direction: 'out',
    request: v.strictObject({ ids: v.pipe(v.array(documentId), v.minLength(1), v.maxLength(maxEntries)) }),
    chunk: v.strictObject({ texts: v.array(plainEntry) }),
    /** `taken`: how many of the ids are done. `damaged`: how many of these do not open. */
    cursor: v.strictObject({ taken: count, damaged: count }),
    result: v.strictObject({ damaged: count }),
    activity: true,
    proof: true,
  },
  /** Imports texts. `token` identifies the import, so that a repeated chunk is stored only once. */
  importTexts: {
    roles: ['library'],
    direction: 'in',
    request: v.strictObject({ token }),
    chunk: v.strictObject({ texts: v.pipe(v.array(plainEntry), v.minLength(1), v.maxLength(maxIdsPerMessage)) }),
    /** `taken`: how many texts were sent, in `chunks` chunks. `refused`: how many of them cannot be entries, by reason. */
    cursor: v.strictObject({ chunks: count, taken: count, refused }),
    result: v.strictObject({ taken: count, refused }),
    activity: true,
  },
} as const satisfies TransferTable

/** The key in `storage.session` that is written when the library changes. */
export const libraryKey = 'library'
