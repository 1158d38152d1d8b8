// The file that a vault is read from: a backup, or a bare vault record from the browser. FORMAT.md §6 and §8.

import { readFileSync } from 'node:fs'
import { type Backup, readBackup } from '../keyring/backup.ts'
import { parseRecord, type VaultHeader, type VaultRecord } from '../keyring/record.ts'
import { fileProblem, usageError } from './exits.ts'
import { failureWords } from './words.ts'

export interface VaultFile {
  /** For messages about it. */
  readonly name: string
  readonly record: VaultRecord
  readonly header: VaultHeader
  /** Null for a bare record. */
  readonly backup: Backup | null
}

/** Reads a backup or a bare record. Throws CliExit: unreadable, or neither. */
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

/** Damage in a backup must not stop the rest from being read: bytes that are not UTF-8 become U+FFFD. */
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

/** The record, if the text is the JSON of one; else null. */
function recordIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'header' in value && 'body' in value ? value : null
  } catch {
    return null
  }
}
