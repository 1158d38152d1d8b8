// A vault record as items of the browser's sync: pieces that fit the quota of one item, and a manifest that names the pieces of one
// write. Sealed bytes only. FORMAT.md §9.

import * as v from 'valibot'
import { decodeBase64url, encodeBase64url, randomToken, utf8 } from '../bytes.ts'

/** A vault record, as stored. FORMAT.md §6.1. */
export interface SyncedRecord {
  readonly header: string
  readonly body: string
}

/** What the manifest says of a record: readable without a key, and not authenticated. */
export interface RecordSummary {
  readonly vaultId: string
  readonly revision: number
}

export type Items = Readonly<Record<string, unknown>>

/** The browsers' limits in bytes, for one item and for all; an item counts with its name, as JSON. */
const itemBytes = 8_192
export const areaBytes = 102_400
export const manifestKey = 'manifest'
const format = 'fieldseal/v1/sync'
/** The name of a piece has at most 32 letters, the quotes around the value two. */
const pieceChars = itemBytes - 34
const maxPieces = 64

const manifestShape = v.object({
  format: v.literal(format),
  write: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxPieces)),
  chars: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sum: v.string(),
  vaultId: v.string(),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})
export type Manifest = v.InferOutput<typeof manifestShape>

/** The contents of the area. `incomplete`: not all of it has arrived. `altered`: all of it is there, but not as written. */
export type SyncContents =
  | { readonly kind: 'nothing' | 'incomplete' | 'altered' | 'newer-version' }
  | { readonly kind: 'record'; readonly manifest: Manifest; readonly record: SyncedRecord }

/** The items of one write, under a new random id; null if it needs more than 64 pieces. */
export async function split(record: SyncedRecord, about: RecordSummary) {
  const write = randomToken()
  const text = `${encodeBase64url(utf8(record.header))}.${record.body}`
  const count = Math.ceil(text.length / pieceChars)
  if (count > maxPieces) return null
  const pieces = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      pieceKey(write, index),
      text.slice(index * pieceChars, (index + 1) * pieceChars),
    ]),
  )
  const sum = await sumOf(text)
  const manifest: Manifest = { format, write, count, chars: text.length, sum, ...about }
  return { pieces, manifest }
}

/** Joins the pieces that the manifest names. Never throws, whatever the items are. */
export async function join(items: Items): Promise<SyncContents> {
  const stored = items[manifestKey]
  if (stored === undefined) return { kind: 'nothing' }
  const manifest = manifestOf(items)
  if (manifest === null) return { kind: isNewer(stored) ? 'newer-version' : 'altered' }
  const pieces = keysOf(manifest).map((key) => items[key])
  if (pieces.some((piece) => piece === undefined)) return { kind: 'incomplete' }
  if (!pieces.every((piece) => typeof piece === 'string')) return { kind: 'altered' }
  const text = pieces.join('')
  const [head, body, ...more] = text.split('.')
  const whole = text.length === manifest.chars && (await sumOf(text)) === manifest.sum
  const header = whole && head !== undefined ? decodeText(head) : null
  if (header === null || body === undefined || more.length > 0) return { kind: 'altered' }
  return { kind: 'record', manifest, record: { header, body } }
}

/** The manifest among these items; null without a readable one. */
export function manifestOf(items: Items): Manifest | null {
  const parsed = v.safeParse(manifestShape, items[manifestKey])
  return parsed.success ? parsed.output : null
}

/** The names of the pieces of a manifest, in order. */
export function keysOf({ write, count }: Manifest): string[] {
  return Array.from({ length: count }, (_, index) => pieceKey(write, index))
}

/** The id of the write that a piece belongs to; null for any other item. */
export function writeOf(key: string): string | null {
  return /^piece\.([A-Za-z0-9_-]{22})\.\d{1,2}$/.exec(key)?.[1] ?? null
}

/** The bytes of quota that these items use, as browsers count them. */
export function bytesOf(items: Items): number {
  return Object.entries(items).reduce(
    (sum, [key, value]) => sum + utf8(key).length + utf8(JSON.stringify(value)).length,
    0,
  )
}

function pieceKey(write: string, index: number): string {
  return `piece.${write}.${index}`
}

function isNewer(value: unknown): boolean {
  const parsed = v.safeParse(v.looseObject({ format: v.string() }), value)
  return parsed.success && parsed.output.format !== format && /^fieldseal\/v\d+\/sync$/.test(parsed.output.format)
}

/** Detects incomplete and mixed writes. It protects against nobody: anyone who can write here can compute it. */
async function sumOf(text: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))))
}

function decodeText(encoded: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodeBase64url(encoded))
  } catch {
    return null
  }
}
