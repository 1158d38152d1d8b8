// The requests of our own windows about backup files. The files themselves cross as transfers.

import * as v from 'valibot'
import type { Table, TransferTable } from '../entry.ts'
import { documentId, empty, password, recoveryKey, token } from '../shapes.ts'

/** Part of a file. A chunk ends with the document that exceeds 4 million characters, and a document may have 16 million. */
const text = v.pipe(v.string(), v.maxLength(24_000_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** 32 bytes as base64url. */
const chain = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** A document by its kind. `entry`: for a version, its library entry; else the document itself. */
const place = v.strictObject({ kind: v.picklist(['draft', 'document', 'version']), id: documentId, entry: documentId })
/** More entries than any library has. */
const maxEntries = 1_000_000
/** Pieces of a staged file. */
const pieces = v.pipe(count, v.maxValue(100_000))
/** The secret that opens an arriving vault; null while nobody knows whether one is needed. */
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

/** Whether it belongs to the vault here (`same`) or another (`foreign`); `nobodys` if there is no vault here. */
export const whose = v.picklist(['nobodys', 'same', 'foreign'])
/** What a restore would add. `age`: compared with the same vault here. */
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
  /** Describes a staged file. Failure 'wrong-secret' or 'mistyped'; 'gone': another file was staged since. */
  inspectBackup: {
    roles: ['onboarding', 'options'],
    request: staged,
    response: v.variant('kind', [
      /** It needs its own password or recovery key. */
      v.strictObject({ kind: v.literal('closed'), ...about }),
      v.strictObject({
        kind: v.literal('opened'),
        ...about,
        whose,
        /** Documents that no key opens. */
        unreadable: count,
        /** Whether its authentication proves that it is unchanged since somebody with the vault made it. */
        genuine: v.boolean(),
        brings,
      }),
    ]),
    idempotent: true,
    activity: false,
  },
  /** Needs a proof if it brings unlock methods into the vault here. Failures as `inspectBackup`. */
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
   * The text of a new backup of everything, or of `only` these entries of the library with their versions. After the last chunk, a backup
   * of everything counts as made.
   */
  makeBackup: {
    roles: ['options', 'library'],
    direction: 'out',
    request: v.strictObject({ only: v.nullable(v.pipe(v.array(documentId), v.maxLength(maxEntries))) }),
    chunk: v.strictObject({ text }),
    cursor: v.strictObject({
      /** `chain` covers all lines so far. `documents` of them are documents, the last of which is `after`. */
      chain,
      documents: count,
      after: v.nullable(place),
      next: v.picklist(['documents', 'end', 'nothing']),
    }),
    result: v.strictObject({ documents: count }),
    activity: true,
  },
  /** Stages a file for `inspectBackup` and `restoreBackup`, which name it by its token and number of pieces. Replaces any earlier one. */
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
