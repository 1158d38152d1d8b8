// What our own windows may ask about backup files, which go out and in as transfers.

import * as v from 'valibot'
import type { Table, TransferTable } from '../entry.ts'
import { documentId, empty, password, recoveryKey, token } from '../shapes.ts'

/** A part of a file: a chunk ends with the document that goes beyond 4 million characters, and one may have 16 million. */
const text = v.pipe(v.string(), v.maxLength(24_000_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** 32 bytes as base64url. */
const chain = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** A document by its kind; `entry`: the one of the library that an earlier text belongs to, else the document itself. */
const place = v.strictObject({ kind: v.picklist(['draft', 'document', 'version']), id: documentId, entry: documentId })
/** More entries than any library has. */
const maxEntries = 1_000_000
/** Pieces of a staged file. */
const pieces = v.pipe(count, v.maxValue(100_000))
/** What opens a vault that was brought here; null as long as it is not known whether that is needed. */
export const secret = v.nullable(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('password'), password }),
    v.strictObject({ kind: v.literal('recovery'), recoveryKey }),
  ]),
)
const staged = v.strictObject({ token, pieces, secret })

const about = {
  /** Milliseconds since 1970. */
  madeAt: v.pipe(v.number(), v.integer()),
  state: v.picklist(['whole', 'altered', 'cut-off']),
  documents: count,
  damagedLines: count,
}

/** Whether it is of the vault here, of another, or there is none here. */
export const whose = v.picklist(['nobodys', 'same', 'foreign'])
/** What taking it in would add. `age` says how it stands to the same vault here. */
export const brings = v.strictObject({
  keys: count,
  documents: count,
  changesVault: v.boolean(),
  age: v.picklist(['older', 'same', 'newer']),
})

export const backupEntries = {
  snoozeBackupReminder: {
    roles: ['popup', 'options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
  inspectBackup: {
    roles: ['onboarding', 'options'],
    request: staged,
    response: v.variant('kind', [
      /** Its own password or recovery key is needed. */
      v.strictObject({ kind: v.literal('closed'), ...about }),
      v.strictObject({
        kind: v.literal('opened'),
        ...about,
        whose,
        /** Documents that no key opens. */
        unreadable: count,
        /** Whether it is as it was when it was made, by whoever had the vault. */
        genuine: v.boolean(),
        brings,
      }),
    ]),
    idempotent: true,
    activity: false,
  },
  /** Where it brings a way into the vault here it needs a proof. */
  restoreBackup: {
    roles: ['onboarding', 'options'],
    request: staged,
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
} as const satisfies Table

export const backupTransfers = {
  /**
   * The text of a new backup: of everything for null, or of `only` these entries of the library with their earlier texts. Once it is out,
   * one of everything counts as made.
   */
  makeBackup: {
    roles: ['options', 'library'],
    direction: 'out',
    request: v.strictObject({ only: v.nullable(v.pipe(v.array(documentId), v.maxLength(maxEntries))) }),
    chunk: v.strictObject({ text }),
    cursor: v.strictObject({
      /** Over all lines so far, of which so many are `documents`, the last one `after`. */
      chain,
      documents: count,
      after: v.nullable(place),
      /** What comes next. */
      next: v.picklist(['documents', 'end', 'nothing']),
    }),
    result: v.strictObject({ documents: count }),
    activity: true,
  },
  /** A file to be looked at and restored by its `token` and the number of its pieces. It takes the place of any before it. */
  stageBackup: {
    roles: ['onboarding', 'options'],
    direction: 'in',
    request: v.strictObject({ token }),
    chunk: v.strictObject({ text }),
    cursor: v.strictObject({ pieces }),
    result: v.strictObject({ pieces }),
    activity: true,
  },
} as const satisfies TransferTable
