// Documents: entries of the library and drafts, each sealed under its own key, which the master key wraps. Values only: knows
// neither where they are stored nor what they contain, beyond being a JSON object. FORMAT.md §7.

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
import { captureFailure, Failure, type Result, requireValue } from '../failure.ts'
import { requireUnwiped } from './masterKey.ts'
import { binaryText, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** The part of a vault that documents need. */
export interface DocumentKeyring {
  readonly masterKey: MasterKey
  /** base64url of 16 bytes. */
  readonly vaultId: string
  /** Past master keys: documents that they wrap still open, until reencryptDocument gives them a new key. */
  readonly pastMasterKeys?: readonly MasterKey[]
}

/** A document as stored. Binary values are base64url. FORMAT.md §7. */
export interface DocumentRecord {
  readonly id: string
  /** From 1, one more with every save. */
  readonly revision: number
  readonly keyCreatedAt: string
  /** When its content was last saved. Not authenticated: for sorting only. */
  readonly updatedAt: string
  readonly wrappedKey: string
  readonly content: string
}

/** A JSON object. The format adds the field `revision` itself. */
export interface DocumentContent {
  readonly revision?: never
  readonly [field: string]: unknown
}

/** An opened document. */
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

/** Seals a new document under a new key, at revision 1. `id` is base64url of 16 bytes, random by default. Failure `too-long`. */
export async function newDocument(
  keyring: DocumentKeyring,
  content: DocumentContent,
  now: Date,
  id: string = randomToken(),
): Promise<DocumentRecord> {
  return sealUnderNewKey(new WrappingKeys(keyring), { id, revision: 1, updatedAt: now.toISOString() }, content, now)
}

/**
 * Seals a document again under a new key, wrapped under the current master key, at the next revision. `updatedAt` stays, because
 * the content does. Failure `damaged` if the record does not open; `too-long`. FORMAT.md §7.2.
 */
export async function reencryptDocument(keyring: DocumentKeyring, record: unknown, now: Date): Promise<DocumentRecord> {
  return requireValue(await reencryptRecord(new WrappingKeys(keyring), record, now))
}

/** `reencryptDocument` for many in parallel: the new record or the failure of each, in order. */
export function reencryptDocuments(
  keyring: DocumentKeyring,
  records: readonly unknown[],
  now: Date,
): Promise<Result<DocumentRecord>[]> {
  const keys = new WrappingKeys(keyring)
  return Promise.all(records.map((record) => reencryptRecord(keys, record, now)))
}

/** The records whose keys the current master key does not wrap, damaged ones included. */
export function needsRewrapping<Row>(keyring: DocumentKeyring, records: readonly Row[]): Row[] {
  const keys = new WrappingKeys(keyring)
  return records.filter((record) => !v.is(documentShape, record) || keys.unwrapCurrent(record) === null)
}

/**
 * Replaces the content of a document, at the next revision. Keeps its key, or makes a new one if a past master key wraps it.
 * The old record must open first, so that nobody can set back the revision by editing what is stored. Failure `damaged` if
 * it does not; `too-long`.
 */
export async function rewriteDocument(
  keyring: DocumentKeyring,
  record: unknown,
  content: DocumentContent,
  now: Date,
): Promise<DocumentRecord> {
  const keys = new WrappingKeys(keyring)
  const { document, key } = await unwrapAndOpen(keys, record)
  const next = { ...document, revision: document.revision + 1, updatedAt: now.toISOString() }
  return keys.unwrapCurrent(document) === null
    ? sealUnderNewKey(keys, next, content, now)
    : sealDocument(key, next, content)
}

/** Opens a stored document. Failure `damaged` for every refusal. FORMAT.md §7. */
export async function openDocument(keyring: DocumentKeyring, record: unknown): Promise<OpenedDocument> {
  return requireValue(await openRecord(new WrappingKeys(keyring), record))
}

/** `openDocument` for many in parallel: the document or the failure of each, in order. */
export function openDocuments(
  keyring: DocumentKeyring,
  records: readonly unknown[],
): Promise<Result<OpenedDocument>[]> {
  const keys = new WrappingKeys(keyring)
  return Promise.all(records.map((record) => openRecord(keys, record)))
}

type Named = Pick<DocumentRecord, 'id' | 'keyCreatedAt'>
type Wrapped = Named & Pick<DocumentRecord, 'wrappedKey'>

/**
 * The keys that wrap document keys, derived once from the current and each past master key. Failure `locked` if the current one
 * was wiped.
 */
class WrappingKeys {
  readonly #keyring: DocumentKeyring
  /** The current one first. */
  readonly #derived: KeyEncryptionKey[] = []

  constructor(keyring: DocumentKeyring) {
    this.#keyring = keyring
    // At once, so that a wiped key fails everything instead of reporting each document as damaged.
    this.deriveWrappingKey(requireUnwiped(keyring.masterKey), 0)
  }

  wrap(key: DocumentKey, named: Named): string {
    return encodeBase64url(wrapKey(this.#current(), key, aadFor(named)))
  }

  /** By the current master key only; null if that does not wrap it. */
  unwrapCurrent(document: Wrapped): DocumentKey | null {
    return unwrapDocumentKey(this.#current(), document)
  }

  /** By any of the master keys; null if none wraps it. */
  unwrap(document: Wrapped): DocumentKey | null {
    const { masterKey, pastMasterKeys = [] } = this.#keyring
    for (const [index, key] of [masterKey, ...pastMasterKeys].entries()) {
      const documentKey = unwrapDocumentKey(this.deriveWrappingKey(key, index), document)
      if (documentKey !== null) return documentKey
    }
    return null
  }

  #current(): KeyEncryptionKey {
    return this.deriveWrappingKey(this.#keyring.masterKey, 0)
  }

  deriveWrappingKey(masterKey: MasterKey, index: number): KeyEncryptionKey {
    this.#derived[index] ??= wrappingKey(masterKey, this.#keyring.vaultId)
    return this.#derived[index]
  }
}

function openRecord(keys: WrappingKeys, record: unknown): Promise<Result<OpenedDocument>> {
  return captureFailure(async () => {
    const { document, content } = await unwrapAndOpen(keys, record)
    const { id, revision, keyCreatedAt, updatedAt } = document
    return { id, revision, keyCreatedAt, updatedAt, content }
  })
}

function reencryptRecord(keys: WrappingKeys, record: unknown, now: Date): Promise<Result<DocumentRecord>> {
  return captureFailure(async () => {
    const { document, content } = await unwrapAndOpen(keys, record)
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

async function unwrapAndOpen(keys: WrappingKeys, document: unknown) {
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
