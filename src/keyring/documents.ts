// Documents: entries of the library and drafts, each sealed under a key of its own that the master key wraps. Values
// only: knows neither where they are kept nor what is in them, beyond its being a JSON object. FORMAT.md §7.

import * as v from 'valibot'
import { type DocumentKey, type KeyEncryptionKey, type MasterKey, randomBytes, utf8 } from '../bytes.ts'
import { openContent, sealContent, unwrapKey, wrapKey, wrappedKeyBytes } from '../crypto/aead.ts'
import { decodeBase64url, encodeBase64url } from '../crypto/base64url.ts'
import { derive } from '../crypto/kdf.ts'
import { readUtf8 } from '../crypto/utf8.ts'
import { Failure } from '../failure.ts'
import { binaryText, idText, isoDate, parseJson, revisionNumber } from './shapes.ts'

/** The part of a vault that documents need. */
export interface DocumentKeyring {
  readonly masterKey: MasterKey
  /** base64url of 16 bytes. */
  readonly vaultId: string
  /** Master keys of before: what they wrapped opens too, until it has a new key (rekeyDocument). */
  readonly pastMasterKeys?: readonly MasterKey[]
}

/** As it is stored. Binary values are base64url. */
export interface DocumentRecord {
  readonly id: string
  /** From 1, one more with every save. */
  readonly revision: number
  readonly keyCreatedAt: string
  /** For sorting only: not authenticated. */
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
  id: string = encodeBase64url(randomBytes(16)),
): Promise<DocumentRecord> {
  return underNewKey(keyring, { id, revision: 1 }, content, now)
}

/**
 * The same document under a new key of its own, at the next revision, wrapped under the master key of today.
 * Failure `damaged` when the old one does not open; `too-long`.
 */
export async function rekeyDocument(keyring: DocumentKeyring, record: unknown, now: Date): Promise<DocumentRecord> {
  const { document, content } = await openWithKey(keyring, record)
  return underNewKey(keyring, { id: document.id, revision: document.revision + 1 }, content, now)
}

/** Whether the master key of today wraps this document's key. False for what is damaged, too. */
export function isWrappedNow(keyring: DocumentKeyring, document: unknown): boolean {
  return v.is(documentShape, document) && unwrapped(keyring.masterKey, keyring.vaultId, document) !== null
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
  const { document, key } = await openWithKey(keyring, record)
  const next = { ...document, revision: document.revision + 1 }
  return isWrappedNow(keyring, record)
    ? sealDocument(key, next, content, now)
    : underNewKey(keyring, next, content, now)
}

/** What was sealed. Failure `damaged`, whatever it is that does not fit. */
export async function openDocument(keyring: DocumentKeyring, record: unknown): Promise<OpenedDocument> {
  const { document, content } = await openWithKey(keyring, record)
  const { id, revision, keyCreatedAt, updatedAt } = document
  return { id, revision, keyCreatedAt, updatedAt, content }
}

async function underNewKey(
  keyring: DocumentKeyring,
  { id, revision }: Pick<DocumentRecord, 'id' | 'revision'>,
  content: DocumentContent,
  now: Date,
): Promise<DocumentRecord> {
  const named = { id, keyCreatedAt: now.toISOString() }
  const key = randomBytes(32) as DocumentKey
  const wrapped = wrapKey(wrappingKey(keyring.masterKey, keyring.vaultId), key, boundTo(named))
  return sealDocument(key, { ...named, revision, wrappedKey: encodeBase64url(wrapped) }, content, now)
}

async function sealDocument(
  key: DocumentKey,
  { id, revision, keyCreatedAt, wrappedKey }: Omit<DocumentRecord, 'content' | 'updatedAt'>,
  content: DocumentContent,
  now: Date,
): Promise<DocumentRecord> {
  if ('revision' in content) throw new TypeError('expected content without a field named revision')
  const json = utf8(JSON.stringify({ ...content, revision }))
  const sealed = encodeBase64url(await sealContent(key, json, boundTo({ id, keyCreatedAt })))
  if (sealed.length > maxContentCharacters) throw new Failure('too-long')
  return { id, revision, keyCreatedAt, updatedAt: now.toISOString(), wrappedKey, content: sealed }
}

async function openWithKey(keyring: DocumentKeyring, document: unknown) {
  if (!v.is(documentShape, document)) throw new Failure('damaged')
  const aad = boundTo(document)
  const { masterKey, vaultId, pastMasterKeys = [] } = keyring
  const key = firstOf([masterKey, ...pastMasterKeys], (each) => unwrapped(each, vaultId, document))
  const bytes = key && (await openContent(key, decodeBase64url(document.content), aad))
  if (!bytes) throw new Failure('damaged')
  const value = parseJson(readUtf8(bytes))
  if (!v.is(contentShape, value) || value.revision !== document.revision) throw new Failure('damaged')
  const { revision: _, ...content } = value
  return { document, key, content: content as DocumentContent }
}

function unwrapped(
  masterKey: MasterKey,
  vaultId: string,
  document: Pick<DocumentRecord, 'id' | 'keyCreatedAt' | 'wrappedKey'>,
) {
  const wrapped = decodeBase64url(document.wrappedKey)
  return unwrapKey(wrappingKey(masterKey, vaultId), wrapped, boundTo(document)) as DocumentKey | null
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

function wrappingKey(masterKey: MasterKey, vaultId: string): KeyEncryptionKey {
  return derive(masterKey, decodeBase64url(vaultId), 'fieldseal/v1/documents', 32) as KeyEncryptionKey
}

function boundTo({ id, keyCreatedAt }: { readonly id: string; readonly keyCreatedAt: string }) {
  return utf8(`fieldseal/v1/document|${id}|${keyCreatedAt}`)
}
