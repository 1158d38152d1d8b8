// What a document of the library contains: a text that a person sealed or wrote, where it is, and its earlier texts.
// Values only. FORMAT.md §7.1.

import * as v from 'valibot'
import { encodeBase64url } from '../bytes.ts'
import { parseSealed } from '../crypto/armor.ts'
import { derive } from '../crypto/kdf.ts'
import type { DocumentKeyring } from './documents.ts'
import { requireUnwiped } from './masterKey.ts'
import { idText, revisionNumber } from './shapes.ts'

/** Milliseconds since 1970. */
const moment = v.pipe(v.number(), v.safeInteger())

/** The content of an entry. FORMAT.md §7.1. */
export const entryContent = v.looseObject({
  kind: v.literal('text'),
  text: v.string(),
  createdAt: moment,
  /** When the text itself last changed. */
  changedAt: moment,
  /** Where it was sealed; null if it was written in the library. `url` is the address of the tab, null if unknown. */
  place: v.nullable(v.looseObject({ origin: v.string(), url: v.nullable(v.string()) })),
  /** The last sealed text that was given out; null if none was. */
  sealed: v.nullable(v.string()),
  /** The text changed since, so `sealed` is an earlier one. */
  behind: v.boolean(),
})
export type EntryContent = v.InferOutput<typeof entryContent>

/** An earlier text of an entry, in a document of its own. FORMAT.md §7.1. */
export const versionContent = v.looseObject({
  kind: v.literal('version'),
  /** The id of the entry. */
  of: idText,
  /** The last revision at which the entry had this text. */
  nth: revisionNumber,
  text: v.string(),
  changedAt: moment,
})
export type VersionContent = v.InferOutput<typeof versionContent>

const tagBytes = 16

/**
 * The tags by which the entry of a sealed text is found: 22 characters each, meaningless without the master key. One for each
 * master key, the current one first; none if `sealed` is not in canonical form. Failure `locked`: a wiped key. FORMAT.md §7.1.
 */
export function tagsOf({ masterKey, pastMasterKeys = [] }: DocumentKeyring, sealed: string): string[] {
  const salt = saltOf(sealed)
  if (salt === null) return []
  return [requireUnwiped(masterKey), ...pastMasterKeys].map((key) =>
    encodeBase64url(derive(key, salt, 'fieldseal/v1/library-tag', tagBytes)),
  )
}

function saltOf(sealed: string) {
  try {
    return parseSealed(sealed).salt
  } catch {
    return null
  }
}
