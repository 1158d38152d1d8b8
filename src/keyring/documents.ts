// Documents: entries of the library and drafts, each sealed under a key of its own that the master key wraps. Values
// only: knows neither where they are kept nor what is in them, beyond its being a JSON object. FORMAT.md §7.

import * as v from 'valibot'
import {
  type DocumentKey,
  decodeBase64url,
  encodeBase64url,
  type KeyEncryptionKey,
  type MasterKey,
  randomBytes,
  randomToken,
  utf8,
} from '../bytes.ts'
import { openContent, sealContent, unwrapKey, wrapKey, wrappedKeyBytes } from '../crypto/aead.ts'
import { derive } from '../crypto/kdf.ts'
import { readUtf8 } from '../crypto/utf8.ts'
import { Failure, failingAlone, orThrow } from '../failure.ts'
import { requireUnwiped } from './masterKey.ts'
import { binaryText, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** The part of a vault that documents need. */
export interface DocumentKeyring {
  readonly masterKey: MasterKey
  /** base64url of 16 bytes. */
  readonly vaultId: string
  /** Master keys of before: what they wrapped opens too, until it has a new key (reencryptDocument). */
  readonly pastMasterKeys?: readonly MasterKey[]
}

/** As it is stored. Binary values are base64url. */
export interface DocumentRecord {
  readonly id: string
  /** From 1, one more with every save. */
  readonly revision: number
  readonly keyCreatedAt: string
  /** When its content was last saved. For sorting only: not authenticated. */
  readonly updatedAt: string
  readonly wrappedKey: string
  readonly content: string
}

/** A JSON object. The field `revision` is the format's own and is not among them. */
export interface DocumentContent {
  readonly revision?: never
  readonly [field: string]: unknown
}

export interface OpenedDocument {
  readonly id: string
  readonly revision: number
  readonly keyCreatedAt: string
  readonly updatedAt: string
  readonly content: DocumentContent
}

const maxContentCharacters = 16 * 1024 * 1024

const documentShape = v.object({
  id: idText,
  revision: revisionNumber,
  keyCreatedAt: isoDate,
  updatedAt: isoDate,
  wrappedKey: binaryText(wrappedKeyBytes),
  content: v.pipe(v.string(), v.maxLength(maxContentCharacters)),
})
const contentShape = v.looseObject({ revision: revisionNumber })

/** A document with a new key, at revision 1; its id is 16 bytes as base64url, drawn here if none is given. Failure `too-long`. */
export async function newDocument(
  keyring: DocumentKeyring,
  content: DocumentContent,
  now: Date,
  id: string = randomToken(),
): Promise<DocumentRecord> {
  return sealUnderNewKey(new WrappingKeys(keyring), { id, revision: 1, updatedAt: now.toISOString() }, content, now)
}

/**
 * The same document under a new key of its own, at the next revision, wrapped under the master key of today. It is dated as
 * before: a new key is no change of what it says. Failure `damaged` when the old one does not open; `too-long`.
 */
export async function reencryptDocument(keyring: DocumentKeyring, record: unknown, now: Date): Promise<DocumentRecord> {
  return orThrow(await reencryptWithKeys(new WrappingKeys(keyring), record, now))
}

/** `reencryptDocument` for many, begun together: in their order, for each what became of it, or its failure. */
export function reencryptDocuments(
  keyring: DocumentKeyring,
  records: readonly unknown[],
  now: Date,
): Promise<(DocumentRecord | Failure)[]> {
  const keys = new WrappingKeys(keyring)
  return Promise.all(records.map((record) => reencryptWithKeys(keys, record, now)))
}

/** Those of the records whose keys the master key of today does not wrap; what is damaged, too. */
export function needsRewrapping<Row>(keyring: DocumentKeyring, records: readonly Row[]): Row[] {
  const keys = new WrappingKeys(keyring)
  return records.filter((record) => !v.is(documentShape, record) || keys.unwrapNow(record) === null)
}

/**
 * The same document with other content, at the next revision; under the same key, or a new one where that was wrapped
 * under a master key of before. The old one must open first, so that
 * nobody can set back the count by editing what is stored. Failure `damaged` when it does not; `too-long`.
 */
export async function rewriteDocument(
  keyring: DocumentKeyring,
  record: unknown,
  content: DocumentContent,
  now: Date,
): Promise<DocumentRecord> {
  const keys = new WrappingKeys(keyring)
  const { document, key } = await openWithKey(keys, record)
  const next = { ...document, revision: document.revision + 1, updatedAt: now.toISOString() }
  return keys.unwrapNow(document) === null
    ? sealUnderNewKey(keys, next, content, now)
    : sealDocument(key, next, content)
}

/** What was sealed. Failure `damaged`, whatever it is that does not fit. */
export async function openDocument(keyring: DocumentKeyring, record: unknown): Promise<OpenedDocument> {
  return orThrow(await openWithKeys(new WrappingKeys(keyring), record))
}

/** `openDocument` for many, begun together: in their order, for each what was sealed, or its failure. */
export function openDocuments(
  keyring: DocumentKeyring,
  records: readonly unknown[],
): Promise<(OpenedDocument | Failure)[]> {
  const keys = new WrappingKeys(keyring)
  return Promise.all(records.map((record) => openWithKeys(keys, record)))
}

type Named = Pick<DocumentRecord, 'id' | 'keyCreatedAt'>
type Wrapped = Named & Pick<DocumentRecord, 'wrappedKey'>

/**
 * The keys that the master keys of now and of before wrap documents' keys under, each derived once. Failure `locked` where the
 * one of now was wiped.
 */
class WrappingKeys {
  readonly #keyring: DocumentKeyring
  /** Of now, then of before. */
  readonly #derived: KeyEncryptionKey[] = []

  constructor(keyring: DocumentKeyring) {
    this.#keyring = keyring
    // At once, so that a key that was wiped fails the whole and is not told as damage of each document.
    this.#of(requireUnwiped(keyring.masterKey), 0)
  }

  wrap(key: DocumentKey, named: Named): string {
    return encodeBase64url(wrapKey(this.#ofNow(), key, aadFor(named)))
  }

  /** By the master key of today alone; null when that does not wrap it. */
  unwrapNow(document: Wrapped): DocumentKey | null {
    return unwrapDocumentKey(this.#ofNow(), document)
  }

  /** By any of the master keys; null when none of them wraps it. */
  unwrap(document: Wrapped): DocumentKey | null {
    const { masterKey, pastMasterKeys = [] } = this.#keyring
    for (const [index, key] of [masterKey, ...pastMasterKeys].entries()) {
      const documentKey = unwrapDocumentKey(this.#of(key, index), document)
      if (documentKey !== null) return documentKey
    }
    return null
  }

  #ofNow(): KeyEncryptionKey {
    return this.#of(this.#keyring.masterKey, 0)
  }

  #of(masterKey: MasterKey, index: number): KeyEncryptionKey {
    this.#derived[index] ??= wrappingKey(masterKey, this.#keyring.vaultId)
    return this.#derived[index]
  }
}

function openWithKeys(keys: WrappingKeys, record: unknown): Promise<OpenedDocument | Failure> {
  return failingAlone(async () => {
    const { document, content } = await openWithKey(keys, record)
    const { id, revision, keyCreatedAt, updatedAt } = document
    return { id, revision, keyCreatedAt, updatedAt, content }
  })
}

function reencryptWithKeys(keys: WrappingKeys, record: unknown, now: Date): Promise<DocumentRecord | Failure> {
  return failingAlone(async () => {
    const { document, content } = await openWithKey(keys, record)
    return sealUnderNewKey(keys, { ...document, revision: document.revision + 1 }, content, now)
  })
}

async function sealUnderNewKey(
  keys: WrappingKeys,
  { id, revision, updatedAt }: Pick<DocumentRecord, 'id' | 'revision' | 'updatedAt'>,
  content: DocumentContent,
  now: Date,
): Promise<DocumentRecord> {
  const named = { id, keyCreatedAt: now.toISOString() }
  const key = randomBytes(32) as DocumentKey
  return sealDocument(key, { ...named, revision, updatedAt, wrappedKey: keys.wrap(key, named) }, content)
}

async function sealDocument(
  key: DocumentKey,
  { id, revision, keyCreatedAt, updatedAt, wrappedKey }: Omit<DocumentRecord, 'content'>,
  content: DocumentContent,
): Promise<DocumentRecord> {
  if ('revision' in content) throw new TypeError('expected content without a field named revision')
  const json = utf8(JSON.stringify({ ...content, revision }))
  const sealed = encodeBase64url(await sealContent(key, json, aadFor({ id, keyCreatedAt })))
  if (sealed.length > maxContentCharacters) throw new Failure('too-long')
  return { id, revision, keyCreatedAt, updatedAt, wrappedKey, content: sealed }
}

async function openWithKey(keys: WrappingKeys, document: unknown) {
  if (!v.is(documentShape, document)) throw new Failure('damaged')
  const key = keys.unwrap(document)
  const bytes = key && (await openContent(key, decodeBase64url(document.content), aadFor(document)))
  if (!bytes) throw new Failure('damaged')
  const value = parseJson(readUtf8(bytes))
  if (!v.is(contentShape, value) || value.revision !== document.revision) throw new Failure('damaged')
  const { revision: _, ...content } = value
  return { document, key, content: content as DocumentContent }
}

function unwrapDocumentKey(wrappingKey: KeyEncryptionKey, document: Wrapped): DocumentKey | null {
  const wrapped = decodeBase64url(document.wrappedKey)
  return unwrapKey(wrappingKey, wrapped, aadFor(document)) as DocumentKey | null
}

function wrappingKey(masterKey: MasterKey, vaultId: string): KeyEncryptionKey {
  return derive(masterKey, decodeBase64url(vaultId), 'fieldseal/v1/documents', 32) as KeyEncryptionKey
}

function aadFor({ id, keyCreatedAt }: Named) {
  return utf8(`fieldseal/v1/document|${id}|${keyCreatedAt}`)
}
