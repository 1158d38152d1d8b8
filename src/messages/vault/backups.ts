// What our own windows may ask about backup files: made and restored in pieces, because no message holds a large one.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { documentId, empty, password, recoveryKey, token } from '../shapes.ts'

/** A piece of a file: a part ends with the document that goes beyond 4 million characters, and one may have 16 million. */
const text = v.pipe(v.string(), v.maxLength(24_000_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** 32 bytes as base64url. */
const chain = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** Where the next part goes on: after this document of this kind. */
const place = v.strictObject({ kind: v.picklist(['draft', 'document', 'version']), id: documentId })
/** What opens a vault that was brought here; null as long as it is not known whether that is needed. */
export const secret = v.nullable(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('password'), password }),
    v.strictObject({ kind: v.literal('recovery'), recoveryKey }),
  ]),
)
const staged = v.strictObject({ token, pieces: v.pipe(count, v.maxValue(100_000)), secret })

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
  beginBackup: {
    roles: ['options', 'library'],
    request: empty,
    response: v.strictObject({ text, chain }),
    idempotent: true,
    activity: true,
  },
  /**
   * The documents after this one; `after` is null at the first part, and in the last part's answer. `only` these entries of the
   * library with their earlier texts, or everything for null.
   */
  backupPart: {
    roles: ['options', 'library'],
    request: v.strictObject({
      chain,
      after: v.nullable(place),
      only: v.nullable(v.pipe(v.array(documentId), v.maxLength(1_000))),
    }),
    response: v.strictObject({ text, documents: count, chain, after: v.nullable(place) }),
    idempotent: true,
    activity: false,
  },
  /** `partial`: some documents are left out, so that it does not count as a backup of everything. */
  endBackup: {
    roles: ['options', 'library'],
    request: v.strictObject({ chain, documents: count, partial: v.boolean() }),
    response: v.strictObject({ text }),
    idempotent: true,
    activity: false,
  },
  remindOfBackupLater: {
    roles: ['popup', 'options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: true,
  },
  stageBackup: {
    roles: ['onboarding', 'options'],
    request: v.strictObject({ token, nth: v.pipe(count, v.maxValue(100_000)), text }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  lookAtBackup: {
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
