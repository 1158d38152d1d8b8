// A backup: one text with everything in it, sealed as on the device. Lines of JSON: the vault record, one document per line, and
// an end. The end shows without a password that nothing is damaged or missing, and with the master key that nothing was
// replaced. Reads and writes values; knows no file. FORMAT.md §8.

import * as v from 'valibot'
import { type Bytes, decodeBase64url, encodeBase64url, equalBytes, type KeyEncryptionKey, utf8 } from '../bytes.ts'
import { openSmall, sealSmall } from '../crypto/aead.ts'
import { chainBytes, extendChain, newChain } from '../crypto/chain.ts'
import { derive } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { requireUnwiped } from './masterKey.ts'
import { parseRecord, type VaultHeader, type VaultRecord } from './record.ts'
import { binaryText, isoDate } from './shapes.ts'
import type { Vault } from './vault.ts'

const backupFormat = 'fieldseal/v1/backup'
const sealOverhead = 40

/** The store of the device that a document is from: an unfinished text, an entry of the library, an earlier text of one. */
export const documentKinds = ['draft', 'document', 'version'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** One document of a backup. FORMAT.md §8.1. */
export interface BackupDocument {
  readonly kind: DocumentKind
  /** As it was stored; only openDocument shows whether it is genuine. */
  readonly document: { readonly id: string; readonly [field: string]: unknown }
}

/** SHA-256 over all lines so far, 32 bytes. FORMAT.md §8.2. */
export type Chain = Bytes

/** One line, its line feed included, and the chain up to it, so that a backup need not be in memory as a whole. */
export interface BackupLine {
  readonly line: string
  readonly chain: Chain
}

const headShape = v.strictObject({
  format: v.string(),
  createdAt: isoDate,
  record: v.strictObject({ header: v.string(), body: v.string() }),
})
const documentShape = v.strictObject({
  kind: v.picklist(documentKinds),
  document: v.looseObject({ id: v.string() }),
})
const endShape = v.strictObject({
  documents: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  chain: binaryText(chainBytes),
  seal: binaryText(chainBytes + sealOverhead),
})

/** The first line of a backup, with the stored vault record. FORMAT.md §8.1. */
export function beginBackup(record: VaultRecord, now: Date): BackupLine {
  const head = { format: backupFormat, createdAt: now.toISOString(), record }
  return writeLine(newChain(), head)
}

/** The line of one document, after the lines of `chain`. FORMAT.md §8.1. */
export function addToBackup(chain: Chain, { kind, document }: BackupDocument): BackupLine {
  return writeLine(chain, { kind, document })
}

/** The last line, with the number of document lines. Failure `locked`: a wiped master key. FORMAT.md §8.2. */
export function endBackup(vault: Pick<Vault, 'vaultId' | 'masterKey'>, chain: Chain, documents: number): string {
  const seal = sealSmall(endKey({ ...vault, masterKey: requireUnwiped(vault.masterKey) }), chain, utf8(backupFormat))
  return `${JSON.stringify({ documents, chain: encodeBase64url(chain), seal: encodeBase64url(seal) })}\n`
}

/** What a backup shows without any secret. */
export interface Backup {
  readonly createdAt: string
  readonly record: VaultRecord
  readonly header: VaultHeader
  readonly documents: readonly BackupDocument[]
  /** The numbers, from 1, of lines that are not documents; `documents` skips them. */
  readonly damagedLines: readonly number[]
  /** `whole`: every line is as written; `altered`: some are not; `cut-off`: the end is missing. FORMAT.md §8.3. */
  readonly state: 'whole' | 'altered' | 'cut-off'
  /** The chain, 32 bytes, and its seal, 72 bytes, for isGenuine. */
  readonly end: { readonly chain: Bytes; readonly seal: Bytes } | null
}

/**
 * Reads a backup. Damage costs only the lines it is in, except in the first.
 * Failure `damaged`: not a backup, or a damaged record; `newer-version`; `weakened`, as parseRecord. FORMAT.md §8.3.
 */
export function readBackup(text: string): Backup {
  const lines = text.split(/(?<=\n)/)
  const first = parseLine(v.looseObject({ format: v.string() }), lines[0])
  if (first === null) throw new Failure('damaged')
  if (first.format !== backupFormat)
    throw new Failure(/^fieldseal\/v\d+\/backup$/.test(first.format) ? 'newer-version' : 'damaged')
  const head = parseLine(headShape, lines[0])
  if (head === null) throw new Failure('damaged')
  const { record, header } = parseRecord(head.record)

  // Without its line feed, the last line is cut off.
  const last = text.endsWith('\n') ? parseLine(endShape, lines.at(-1)) : null
  const between = lines.slice(1, last === null ? undefined : -1)
  const documents: BackupDocument[] = []
  const damagedLines: number[] = []
  between.forEach((line, index) => {
    const found = parseLine(documentShape, line)
    if (found === null) damagedLines.push(index + 2)
    else documents.push(found)
  })
  const end = last && { chain: decodeBase64url(last.chain), seal: decodeBase64url(last.seal) }
  const chain = lines.slice(0, last === null ? undefined : -1).reduce(extend, newChain())
  const whole = end !== null && equalBytes(chain, end.chain) && last?.documents === between.length
  const state = end === null ? 'cut-off' : whole && damagedLines.length === 0 ? 'whole' : 'altered'
  return { createdAt: head.createdAt, record, header, documents, damagedLines, state, end }
}

/** Whether someone with the vault's master key wrote this backup, and nothing changed since. FORMAT.md §8.3. */
export function isGenuine(vault: Pick<Vault, 'vaultId' | 'masterKey'>, { state, end }: Backup): boolean {
  if (state !== 'whole' || end === null) return false
  const sealed = openSmall(endKey(vault), end.seal, utf8(backupFormat))
  return sealed !== null && equalBytes(sealed, end.chain)
}

function writeLine(chain: Chain, value: object): BackupLine {
  const line = `${JSON.stringify(value)}\n`
  return { line, chain: extend(chain, line) }
}

function extend(chain: Chain, line: string): Chain {
  return extendChain(chain, utf8(line))
}

function parseLine<Shape extends v.GenericSchema>(shape: Shape, line: string | undefined): v.InferOutput<Shape> | null {
  try {
    const found = v.safeParse(shape, JSON.parse(line ?? ''))
    return found.success ? found.output : null
  } catch {
    return null
  }
}

function endKey({ masterKey, vaultId }: Pick<Vault, 'vaultId' | 'masterKey'>): KeyEncryptionKey {
  return derive(masterKey, decodeBase64url(vaultId), backupFormat, 32) as KeyEncryptionKey
}
