// The file that a vault is read from: a backup, or a vault record by itself, as it lies in the browser. FORMAT.md §6, §8.

import { readFileSync } from 'node:fs'
import { type Backup, readBackup } from '../keyring/backup.ts'
import { parseRecord, type VaultHeader, type VaultRecord } from '../keyring/record.ts'
import { fileProblem, usageError } from './exits.ts'
import { failureWords } from './words.ts'

export interface VaultFile {
  /** For words about it. */
  readonly name: string
  readonly record: VaultRecord
  readonly header: VaultHeader
  /** Null for a record by itself. */
  readonly backup: Backup | null
}

/** Ended: what cannot be read, or is neither. */
export function readVaultFile(path: string | undefined): VaultFile {
  if (path === undefined) throw usageError('which backup? Name the file: -b BACKUP')
  const name = path === '-' ? 'standard input' : path
  const text = readContents(path, name)
  try {
    return { name, ...parseVaultFile(text) }
  } catch (thrown) {
    throw failureWords(name, thrown)
  }
}

/** What is damaged in a backup must not keep the rest from being read: bytes that are no UTF-8 become U+FFFD. */
function readContents(path: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path === '-' ? 0 : path))
  } catch (thrown) {
    throw fileProblem(name, thrown)
  }
}

function parseVaultFile(text: string): Omit<VaultFile, 'name'> {
  const alone = recordIn(text)
  if (alone !== null) return { ...parseRecord(alone), backup: null }
  const backup = readBackup(text)
  return { record: backup.record, header: backup.header, backup }
}

/** The JSON of a record and nothing else. */
function recordIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'header' in value && 'body' in value ? value : null
  } catch {
    return null
  }
}
