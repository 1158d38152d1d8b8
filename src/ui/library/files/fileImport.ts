// Imports files into the library: plaintext exports of ours, and files of plain text, each of which becomes a note. Reports what it
// can't read, file by file and text by text, before it imports anything.

import { type Signal, signal } from '@preact/signals'
import { randomToken } from '../../../bytes.ts'
import { codeOf } from '../../../failure.ts'
import type { Chunk, TransferResult } from '../../../messages/protocol.ts'
import { send } from '../../../messages/transfer.ts'
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

/** How many texts were left out, and why. */
export type Refused = TransferResult<'importTexts'>['refused']

export type ImportStep =
  | { readonly name: 'choosing' }
  | { readonly name: 'reading' }
  | { readonly name: 'read'; readonly files: readonly ReadFile[]; readonly texts: number }
  | { readonly name: 'importing'; readonly done: number; readonly of: number }
  | { readonly name: 'done'; readonly texts: number; readonly refused: Refused }

export class FileImport {
  readonly step: Signal<ImportStep> = signal<ImportStep>({ name: 'choosing' })
  readonly task = new Task()
  /** Of what is under way; ended by the next thing that the person chooses. */
  #life = new AbortController()

  async choose(files: readonly File[]): Promise<void> {
    const { signal } = this.#restart()
    this.step.value = { name: 'reading' }
    const read: ReadFile[] = []
    for (const file of files) read.push(await readFile(file))
    if (signal.aborted) return
    const texts = read.reduce((sum, file) => sum + file.texts.length, 0)
    this.step.value = { name: 'read', files: read, texts }
  }

  /** Imports what was read. */
  async importTexts(): Promise<void> {
    const step = this.step.peek()
    if (step.name !== 'read') return
    const { signal } = this.#life
    const texts = step.files.flatMap((file) => file.texts)
    let taken = 0
    let result: TransferResult<'importTexts'> | null = null
    await this.task.run('import', async () => {
      this.step.value = { name: 'importing', done: 0, of: texts.length }
      result = await send('importTexts', { token: randomToken() }, splitIntoBatches(texts), {
        signal,
        onStored: (cursor) => {
          taken = cursor.taken
          this.step.value = { name: 'importing', done: taken, of: texts.length }
        },
      })
    })
    if (signal.aborted) return
    this.step.value = toDoneStep(result) ?? skipTaken(step, taken)
  }

  reset(): void {
    this.#restart()
    this.task.error.value = null
    this.step.value = { name: 'choosing' }
  }

  #restart(): AbortController {
    this.#life.abort()
    this.#life = new AbortController()
    return this.#life
  }
}

function toDoneStep(result: TransferResult<'importTexts'> | null): ImportStep | null {
  if (result === null) return null
  const { taken, refused } = result
  return { name: 'done', texts: taken - refused['too-long'] - refused.damaged, refused }
}

/** A retry imports only the rest, so that nothing is imported twice. */
function skipTaken({ files }: Extract<ImportStep, { name: 'read' }>, taken: number): ImportStep {
  let skip = taken
  const remaining = files.map((file) => {
    const texts = file.texts.slice(skip)
    skip = Math.max(0, skip - file.texts.length)
    return { ...file, texts }
  })
  return { name: 'read', files: remaining, texts: remaining.reduce((sum, file) => sum + file.texts.length, 0) }
}

/** Splits them into batches, each small enough for one chunk. */
export function splitIntoBatches(texts: readonly PlainEntry[]): Chunk<'importTexts'>[] {
  const batches: Chunk<'importTexts'>[] = []
  let [batch, chars]: [PlainEntry[], number] = [[], 0]
  for (const entry of texts) {
    const isFull = batch.length === maxIdsPerMessage || chars + entry.text.length > maxTextCharsPerMessage
    if (batch.length === 0 || isFull) {
      batch = []
      chars = 0
      batches.push({ texts: batch })
    }
    batch.push(entry)
    chars += entry.text.length
  }
  return batches
}

export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file
  const emptyFile = { name, texts: [], broken: [], refused: null, backup: false }
  const refused = (why: RefusedFile): ReadFile => ({ ...emptyFile, refused: why })
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
  if (extension === 'fieldseal') return { ...emptyFile, backup: true }
  if (extension !== 'json' && extension !== 'txt' && extension !== 'md' && extension !== 'markdown')
    return refused('other-kind')
  if (file.size === 0) return refused('empty')
  if (file.size > (extension === 'json' ? maxFileBytes : maxNoteBytes)) return refused('too-long')
  const content = await readText(file)
  if (content === null) return refused('not-text')
  if (content === 'unreadable') return refused('unreadable')
  if (extension === 'json') {
    try {
      return { ...emptyFile, ...readPlainFile(content.text) }
    } catch (thrown) {
      return refused(codeOf(thrown) === 'newer-version' ? 'newer-version' : 'not-ours')
    }
  }
  if (content.text.trim() === '') return refused('empty')
  if (content.text.length > maxNoteChars) return refused('too-long')
  const changedAt = Math.floor(file.lastModified)
  return { ...emptyFile, texts: [{ text: content.text, origin: null, url: null, createdAt: changedAt, changedAt }] }
}

/** Null when its bytes are not UTF-8. Leaves out a byte order mark. */
async function readText(file: File): Promise<{ text: string } | 'unreadable' | null> {
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
