// Imports files into the library: plaintext exports of ours, and files of plain text, each of which becomes a note. Reports what it
// can't read, file by file and text by text, before it imports anything.

import { type Signal, signal } from '@preact/signals'
import { randomToken } from '../../../bytes.ts'
import { codeOf, Failure, type FailureCode } from '../../../failure.ts'
import { call } from '../../../messages/call.ts'
import { maxIdsPerMessage, maxTextCharsPerMessage, type PlainEntry } from '../../../messages/vault/library.ts'
import { Task } from '../../app/task.ts'
import { readPlainFile } from './plainFile.ts'

/** Files are read whole, so larger ones are refused. */
const maxFileBytes = 300_000_000
const maxNoteBytes = 4_000_000
/** In UTF-16 units. */
const maxNoteChars = 1_000_000

export type RefusedFile = 'empty' | 'too-long' | 'not-text' | 'not-ours' | 'newer-version' | 'unreadable' | 'other-kind'

export interface ReadFile {
  readonly name: string
  readonly texts: readonly PlainEntry[]
  /** Numbers of the texts of an export that are not whole, from 1. */
  readonly broken: readonly number[]
  readonly refused: RefusedFile | null
  /** Whether it is a sealed backup, which the options restore. */
  readonly backup: boolean
}

export type ImportStep =
  | { readonly name: 'choosing' }
  | { readonly name: 'reading' }
  | { readonly name: 'read'; readonly files: readonly ReadFile[]; readonly texts: number }
  | { readonly name: 'importing'; readonly done: number; readonly of: number }
  | { readonly name: 'done'; readonly texts: number; readonly refused: Readonly<Partial<Record<FailureCode, number>>> }

export class FileImport {
  readonly step: Signal<ImportStep> = signal<ImportStep>({ name: 'choosing' })
  readonly task = new Task()
  #turn = 0

  async choose(files: readonly File[]): Promise<void> {
    const turn = ++this.#turn
    this.step.value = { name: 'reading' }
    const read: ReadFile[] = []
    for (const file of files) read.push(await readFile(file))
    if (turn !== this.#turn) return
    const texts = read.reduce((sum, file) => sum + file.texts.length, 0)
    this.step.value = { name: 'read', files: read, texts }
  }

  /** Imports what was read. Retries a refused batch text by text, so that one text holds up no other. */
  async importTexts(): Promise<void> {
    const step = this.step.peek()
    if (step.name !== 'read') return
    const turn = this.#turn
    const texts = step.files.flatMap((file) => file.texts)
    const refused: Partial<Record<FailureCode, number>> = {}
    let imported = 0
    const done = await this.task.run('import', async () => {
      let handled = 0
      for (const batch of batchesOf(texts)) {
        if (turn !== this.#turn) throw new Failure('cancelled')
        this.step.value = { name: 'importing', done: handled, of: texts.length }
        imported += await importBatch(batch, refused)
        handled += batch.length
      }
    })
    if (turn !== this.#turn) return
    // A retry imports only the rest, so that nothing is imported twice.
    this.step.value = done ? { name: 'done', texts: imported, refused } : { ...step, ...without(step.files, imported) }
  }

  reset(): void {
    this.#turn++
    this.task.error.value = null
    this.step.value = { name: 'choosing' }
  }
}

function without(files: readonly ReadFile[], imported: number): { files: ReadFile[]; texts: number } {
  let skip = imported
  const rest = files.map((file) => {
    const texts = file.texts.slice(skip)
    skip = Math.max(0, skip - file.texts.length)
    return { ...file, texts }
  })
  return { files: rest, texts: rest.reduce((sum, file) => sum + file.texts.length, 0) }
}

/** Splits them into batches, each small enough for one message. */
export function batchesOf(texts: readonly PlainEntry[]): PlainEntry[][] {
  const batches: PlainEntry[][] = []
  let [batch, chars]: [PlainEntry[], number] = [[], 0]
  for (const entry of texts) {
    const isFull = batch.length === maxIdsPerMessage || chars + entry.text.length > maxTextCharsPerMessage
    if (batch.length > 0 && isFull) {
      batches.push(batch)
      batch = []
      chars = 0
    }
    batch.push(entry)
    chars += entry.text.length
  }
  return batch.length > 0 ? [...batches, batch] : batches
}

/** Failures of a single text: the others may be imported without it. */
const singleTextFailures: ReadonlySet<FailureCode> = new Set(['too-long', 'damaged'])

/** Gives how many it imported, and counts the others in `refused`. */
async function importBatch(batch: PlainEntry[], refused: Partial<Record<FailureCode, number>>): Promise<number> {
  try {
    await call('importTexts', { token: randomToken(), texts: batch })
    return batch.length
  } catch (thrown) {
    const code = codeOf(thrown)
    if (!singleTextFailures.has(code)) throw thrown
    if (batch.length === 1) {
      refused[code] = (refused[code] ?? 0) + 1
      return 0
    }
    let imported = 0
    for (const entry of batch) imported += await importBatch([entry], refused)
    return imported
  }
}

export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file
  const nothing = { name, texts: [], broken: [], refused: null, backup: false }
  const refused = (why: RefusedFile): ReadFile => ({ ...nothing, refused: why })
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
  if (ending === 'fieldseal') return { ...nothing, backup: true }
  if (ending !== 'json' && ending !== 'txt' && ending !== 'md' && ending !== 'markdown') return refused('other-kind')
  if (file.size === 0) return refused('empty')
  if (file.size > (ending === 'json' ? maxFileBytes : maxNoteBytes)) return refused('too-long')
  const content = await textOf(file)
  if (content === null) return refused('not-text')
  if (content === 'unreadable') return refused('unreadable')
  if (ending === 'json') {
    try {
      return { ...nothing, ...readPlainFile(content.text) }
    } catch (thrown) {
      return refused(codeOf(thrown) === 'newer-version' ? 'newer-version' : 'not-ours')
    }
  }
  if (content.text.trim() === '') return refused('empty')
  if (content.text.length > maxNoteChars) return refused('too-long')
  const changedAt = Math.floor(file.lastModified)
  return { ...nothing, texts: [{ text: content.text, origin: null, url: null, createdAt: changedAt, changedAt }] }
}

/** Null when its bytes are not UTF-8. Leaves out a byte order mark. */
async function textOf(file: File): Promise<{ text: string } | 'unreadable' | null> {
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return 'unreadable'
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return null
  }
}
