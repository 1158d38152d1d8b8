// The requests of the library's tab, and how it learns that something has changed. The tab is ours and shows plaintext; only what it
// shows at the moment crosses: a list is requested window by window.

import * as v from 'valibot'
import { maxRekeyDays } from '../../policy.ts'
import type { Table, TransferTable } from '../entry.ts'
import { documentId, empty, plain, sealed, sealedUnder, token } from '../shapes.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.safeInteger())
const revision = v.pipe(count, v.minValue(1))
const line = v.pipe(v.string(), v.maxLength(1_000))
/** As many as a window of the list holds at most. */
const entriesAtOnce = 200
/** As many as are deleted by one message, exported or imported by one chunk. */
export const maxIdsPerMessage = 1_000
const ids = v.pipe(v.array(documentId), v.minLength(1), v.maxLength(maxIdsPerMessage))
/** The texts of one chunk are at most so many characters together, but for a single longer one. */
export const maxTextCharsPerMessage = 2_000_000

/** A part of a text, in which letters `from` up to `to` are what was searched for; null for none. */
const excerpt = v.strictObject({ text: line, found: v.nullable(v.tuple([count, count])) })
export type Excerpt = v.InferOutput<typeof excerpt>

const summary = {
  id: documentId,
  /** The first line that says anything; empty for a text of white space. */
  title: excerpt,
  /** What comes after the title, or where what was searched for stands. */
  excerpt,
  /** Null for what belongs to no site. */
  host: v.nullable(line),
  changedAt: moment,
  /** Letters of the whole text. */
  letters: count,
}

/** A line of the list. A draft is an unfinished text of the composer's. */
export const listedEntry = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), ...summary }),
  v.strictObject({ kind: v.literal('draft'), ...summary }),
  v.strictObject({ kind: v.literal('damaged'), id: documentId, changedAt: v.nullable(moment) }),
])
export type ListedEntry = v.InferOutput<typeof listedEntry>

export const entry = v.strictObject({
  id: documentId,
  revision,
  text: plain,
  host: v.nullable(line),
  url: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
  createdAt: moment,
  changedAt: moment,
  /** When the key it is sealed under was made; and whether it was old and has just been replaced. */
  keyCreatedAt: moment,
  reencrypted: v.boolean(),
  /** The sealed text that was given to the site last; `behind`: the text was changed here since. */
  sealed: v.nullable(sealed),
  behind: v.boolean(),
  /** Whose key that text was sealed under; null where there is none, or where it opens no more. */
  under: v.nullable(sealedUnder),
  /** Earlier texts, the latest first. */
  versions: v.array(v.strictObject({ id: documentId, changedAt: moment, letters: count })),
  /** Earlier texts that do not open. */
  damagedVersions: count,
})
export type LibraryEntry = v.InferOutput<typeof entry>

const reencryption = v.strictObject({
  state: v.picklist(['running', 'stopped', 'full', 'done']),
  done: count,
  of: count,
  /** Documents that do not open, and were left as they are. */
  damaged: count,
})

const rekeyAfterDays = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxRekeyDays))
const settings = v.strictObject({
  /** Whether what is sealed is kept here. */
  keepTexts: v.boolean(),
  /** A document whose key is older gets a new one when it is read. */
  rekeyAfterDays,
})

export const libraryState = v.strictObject({
  documents: count,
  drafts: count,
  ...settings.entries,
  /** The last text that could not be kept, and why; null once one was, or the person has seen it. */
  unkept: v.nullable(v.strictObject({ why: v.picklist(['full', 'unavailable']), at: moment })),
  /** How far the re-encryption of everything has come; null when it was never requested, or is long over. */
  reencryption: v.nullable(reencryption),
})
export type LibraryState = v.InferOutput<typeof libraryState>

const page = v.strictObject({
  /** How many there are in all, as far as was read; null for a list that did not wait until they were counted (`getLibraryState`). */
  total: v.nullable(count),
  offset: count,
  entries: v.pipe(v.array(listedEntry), v.maxLength(entriesAtOnce)),
  /** How much has been read for searching and sorting by site; null once that is all of it, or not needed. */
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
  /** The person has read that a text was not kept. */
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
      /** All of its words are in the text, the site or the date. Everything for the empty string. */
      search: v.pipe(v.string(), v.maxLength(200)),
      order: v.picklist(['time', 'site']),
      offset: count,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(entriesAtOnce)),
    }),
    response: page,
    idempotent: true,
    activity: false,
  },
  /** The ids of all that a search finds, for selecting them all. */
  listEntryIds: {
    roles: ['library'],
    request: v.strictObject({ search: v.pipe(v.string(), v.maxLength(200)) }),
    response: v.strictObject({ ids: v.array(documentId) }),
    idempotent: true,
    activity: false,
  },
  openEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    response: entry,
    idempotent: true,
    activity: true,
  },
  openVersion: {
    roles: ['library'],
    request: v.strictObject({ id: documentId, version: documentId }),
    response: v.strictObject({ text: plain, changedAt: moment }),
    idempotent: true,
    activity: true,
  },
  /** A new text, a note that belongs to no site, under an id that its tab has drawn: requested twice, there is one. */
  createEntry: {
    roles: ['library'],
    request: v.strictObject({ id: token, text: plain }),
    response: v.strictObject({ revision }),
    idempotent: true,
    activity: true,
  },
  /** Another text in the place of that of `revision`, which becomes a version. Failure 'conflict' when that is not the last. */
  saveEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId, revision, text: plain }),
    response: v.strictObject({ revision }),
    idempotent: false,
    activity: true,
  },
  /** Whether this tab holds an unsaved text, under a `token` of its own: a lock waits for it to be saved. */
  recordUnsavedText: {
    roles: ['library'],
    request: v.strictObject({ token, unsaved: v.boolean() }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** The sealed text of an entry: that which was given away, where it holds the text as it is now; else sealed anew. */
  sealEntry: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    response: v.strictObject({ sealed }),
    idempotent: true,
    activity: true,
  },
  /** Takes them out of the library. They can be restored until others are deleted (by another `operation`), or the vault is locked. */
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
  /** Goes back to the page where it was sealed, and looks for it there. */
  findOnPage: {
    roles: ['library'],
    request: v.strictObject({ id: documentId }),
    /** `off`: Fieldseal is not on at that site, so that it can't look. */
    response: v.strictObject({ found: v.picklist(['there', 'missing', 'off', 'unreachable']) }),
    idempotent: false,
    activity: true,
  },
  /** Goes to that page and lets the person choose the field that its sealed text is put into. */
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
  /** A new key for everything in the library, in the background. Goes on where it stopped. */
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
  /** Plaintext leaves the vault: these texts, in this order. */
  exportTexts: {
    roles: ['library'],
    direction: 'out',
    request: v.strictObject({ ids: v.pipe(v.array(documentId), v.minLength(1), v.maxLength(maxEntries)) }),
    chunk: v.strictObject({ texts: v.array(plainEntry) }),
    /** `taken`: how many of the ids are done. Of these, so many are `damaged`: they do not open. */
    cursor: v.strictObject({ taken: count, damaged: count }),
    result: v.strictObject({ damaged: count }),
    activity: true,
    proof: true,
  },
  /** Texts of a file. `token` names the import: a chunk that comes twice is there once. */
  importTexts: {
    roles: ['library'],
    direction: 'in',
    request: v.strictObject({ token }),
    chunk: v.strictObject({ texts: v.pipe(v.array(plainEntry), v.minLength(1), v.maxLength(maxIdsPerMessage)) }),
    /** `taken`: how many texts were handed over, in so many chunks. Those that are no entry of a library are `refused`. */
    cursor: v.strictObject({ chunks: count, taken: count, refused }),
    result: v.strictObject({ taken: count, refused }),
    activity: true,
  },
} as const satisfies TransferTable

/** The key in `storage.session` that is written when something in the library has changed. */
export const libraryKey = 'library'
