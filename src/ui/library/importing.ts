// Reading files of texts into the library: plaintext exports of ours, and files of plain text, each a note. What can't be
// read is said file by file and text by text, before anything is taken in.

import { type Signal, signal } from '@preact/signals'
import { codeOf, Failure, type FailureCode } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import { idsAtOnce, type PlainEntry, textsAtOnceChars } from '../../messages/library.ts'
import { Deed } from '../deed.ts'
import { newToken } from '../token.ts'
import { readPlainFile } from './plainFile.ts'

/** No file that is read whole is larger. */
const fileBytesAtMost = 300_000_000
const noteBytesAtMost = 4_000_000
const noteChars = 1_000_000

export type Refused = 'empty' | 'too-long' | 'not-text' | 'not-ours' | 'newer-version' | 'unreadable' | 'other-kind'

export interface ReadFile {
  readonly name: string
  readonly texts: readonly PlainEntry[]
  /** Which texts of an export are not whole, counted from 1. */
  readonly broken: readonly number[]
  readonly refused: Refused | null
  /** A sealed backup, which is restored in the options. */
  readonly backup: boolean
}

export type Scene =
  | { readonly at: 'choosing' }
  | { readonly at: 'reading' }
  | { readonly at: 'read'; readonly files: readonly ReadFile[]; readonly texts: number }
  | { readonly at: 'importing'; readonly done: number; readonly of: number }
  | { readonly at: 'done'; readonly texts: number; readonly left: Readonly<Partial<Record<FailureCode, number>>> }

export class Importing {
  readonly scene: Signal<Scene> = signal<Scene>({ at: 'choosing' })
  readonly deed = new Deed()
  #turn = 0

  async choose(files: readonly File[]): Promise<void> {
    const turn = ++this.#turn
    this.scene.value = { at: 'reading' }
    const read: ReadFile[] = []
    for (const file of files) read.push(await readFile(file))
    if (turn !== this.#turn) return
    const texts = read.reduce((sum, file) => sum + file.texts.length, 0)
    this.scene.value = { at: 'read', files: read, texts }
  }

  /** Takes in what was read. A part that is refused is tried text by text, so that one text holds up no other. */
  async take(): Promise<void> {
    const scene = this.scene.peek()
    if (scene.at !== 'read') return
    const turn = this.#turn
    const texts = scene.files.flatMap((file) => file.texts)
    const left: Partial<Record<FailureCode, number>> = {}
    let taken = 0
    const done = await this.deed.run('import', async () => {
      let seen = 0
      for (const part of partsOf(texts)) {
        if (turn !== this.#turn) throw new Failure('cancelled')
        this.scene.value = { at: 'importing', done: seen, of: texts.length }
        taken += await takePart(part, left)
        seen += part.length
      }
    })
    if (turn !== this.#turn) return
    // What was not taken in can be tried again: what was is not taken in twice, being gone from what was read.
    this.scene.value = done ? { at: 'done', texts: taken, left } : { ...scene, ...without(scene.files, taken) }
  }

  again(): void {
    this.#turn++
    this.deed.trouble.value = null
    this.scene.value = { at: 'choosing' }
  }
}

function without(files: readonly ReadFile[], taken: number): { files: ReadFile[]; texts: number } {
  let skip = taken
  const rest = files.map((file) => {
    const texts = file.texts.slice(skip)
    skip = Math.max(0, skip - file.texts.length)
    return { ...file, texts }
  })
  return { files: rest, texts: rest.reduce((sum, file) => sum + file.texts.length, 0) }
}

/** What one message holds. */
export function partsOf(texts: readonly PlainEntry[]): PlainEntry[][] {
  const parts: PlainEntry[][] = []
  let [part, letters]: [PlainEntry[], number] = [[], 0]
  for (const one of texts) {
    if (part.length === idsAtOnce || (part.length > 0 && letters + one.text.length > textsAtOnceChars)) {
      parts.push(part)
      part = []
      letters = 0
    }
    part.push(one)
    letters += one.text.length
  }
  return part.length > 0 ? [...parts, part] : parts
}

/** Of one text alone: the others may be taken in without it. */
const ofOneText: ReadonlySet<FailureCode> = new Set(['too-long', 'damaged'])

async function takePart(part: PlainEntry[], left: Partial<Record<FailureCode, number>>): Promise<number> {
  try {
    await call('importTexts', { token: newToken(), texts: part })
    return part.length
  } catch (thrown) {
    const code = codeOf(thrown)
    if (!ofOneText.has(code)) throw thrown
    if (part.length === 1) {
      left[code] = (left[code] ?? 0) + 1
      return 0
    }
    let taken = 0
    for (const one of part) taken += await takePart([one], left)
    return taken
  }
}

export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file
  const nothing = { name, texts: [], broken: [], refused: null, backup: false }
  const refused = (why: Refused): ReadFile => ({ ...nothing, refused: why })
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
  if (ending === 'fieldseal') return { ...nothing, backup: true }
  if (ending !== 'json' && ending !== 'txt' && ending !== 'md' && ending !== 'markdown') return refused('other-kind')
  if (file.size === 0) return refused('empty')
  if (file.size > (ending === 'json' ? fileBytesAtMost : noteBytesAtMost)) return refused('too-long')
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
  if (content.text.length > noteChars) return refused('too-long')
  const at = Math.floor(file.lastModified)
  return { ...nothing, texts: [{ text: content.text, origin: null, url: null, createdAt: at, changedAt: at }] }
}

/** Null when its bytes are not UTF-8. A mark at its beginning is no part of the text. */
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
