// What a document of the library holds: a text that a person sealed or wrote, where it stands, and what was there before.
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

export const entryContent = v.looseObject({
  kind: v.literal('text'),
  text: v.string(),
  createdAt: moment,
  /** When the text itself was last changed. */
  changedAt: moment,
  /** Where it was sealed; null for what was written in the library. `url` is the address of the tab, where it was known. */
  place: v.nullable(v.looseObject({ origin: v.string(), url: v.nullable(v.string()) })),
  /** The sealed text as it was last given away; null for what never was. */
  sealed: v.nullable(v.string()),
  /** The text was changed here since: `sealed` holds an earlier one. */
  behind: v.boolean(),
})
export type EntryContent = v.InferOutput<typeof entryContent>

/** An earlier text of an entry, in a document of its own. */
export const versionContent = v.looseObject({
  kind: v.literal('version'),
  /** The id of the entry. */
  of: idText,
  /** The revision at which the entry held it last. */
  nth: revisionNumber,
  text: v.string(),
  changedAt: moment,
})
export type VersionContent = v.InferOutput<typeof versionContent>

const tagBytes = 16

/**
 * The name under which the entry of a sealed text is found, of 22 characters: it says nothing to whoever lacks the master key.
 * One for each master key there was, that of now first; empty when `sealed` is not a sealed text in canonical form.
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
