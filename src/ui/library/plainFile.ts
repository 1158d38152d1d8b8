// The file of a plaintext export that can be read back: JSON, as FORMAT.md says under "Plaintext export". Written in parts,
// and read from `unknown`: a text in it that is not whole is counted, never left out in silence.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import type { PlainEntry } from '../../messages/library.ts'
import { plain } from '../../messages/shapes.ts'

const format = 'fieldseal/v1/plain'

const moment = v.pipe(
  v.string(),
  v.transform((written) => Date.parse(written)),
  v.number(),
  v.safeInteger(),
)
const inFile = v.object({
  text: plain,
  origin: v.nullable(v.pipe(v.string(), v.maxLength(1_000))),
  url: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
  createdAt: moment,
  changedAt: moment,
})

export interface PlainFile {
  readonly texts: readonly PlainEntry[]
  /** Which of them are not whole, counted from 1. */
  readonly broken: readonly number[]
}

export function plainHead(at: Date): string {
  return `{\n"format": ${JSON.stringify(format)},\n"exportedAt": ${JSON.stringify(at.toISOString())},\n"texts": [`
}

export function plainText({ text, origin, url, createdAt, changedAt }: PlainEntry, first: boolean): string {
  const written = { text, origin, url, createdAt: isoOf(createdAt), changedAt: isoOf(changedAt) }
  return `${first ? '' : ','}\n${JSON.stringify(written)}`
}

export const plainTail = '\n]\n}\n'

/** Failure 'damaged' when it is no export of ours, 'newer-version' when it is one that this version does not know. */
export function readPlainFile(content: string): PlainFile {
  const outer = v.safeParse(v.object({ format: v.string(), texts: v.array(v.unknown()) }), parsed(content))
  if (!outer.success || !/^fieldseal\/v\d+\/plain$/.test(outer.output.format)) throw new Failure('damaged')
  if (outer.output.format !== format) throw new Failure('newer-version')
  const texts: PlainEntry[] = []
  const broken: number[] = []
  for (const [at, one] of outer.output.texts.entries()) {
    const read = v.safeParse(inFile, one)
    if (read.success) texts.push(read.output)
    else broken.push(at + 1)
  }
  return { texts, broken }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

/** The furthest moments that a date can name are some 270,000 years away. */
const furthestMs = 8_640_000_000_000_000
function isoOf(at: number): string {
  return new Date(Math.min(furthestMs, Math.max(-furthestMs, at))).toISOString()
}
