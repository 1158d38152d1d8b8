// The file of a plaintext export that can be read back: JSON, as FORMAT.md says under "Plaintext export". Written in pieces, and
// parsed from `unknown`: a text that is not whole is reported, never left out in silence.

import * as v from 'valibot'
import { Failure } from '../../../failure.ts'
import { plain } from '../../../messages/shapes.ts'
import type { PlainEntry } from '../../../messages/vault/library.ts'

const format = 'fieldseal/v1/plain'

const moment = v.pipe(
  v.string(),
  v.transform((date) => Date.parse(date)),
  v.number(),
  v.safeInteger(),
)
const entrySchema = v.object({
  text: plain,
  origin: v.nullable(v.pipe(v.string(), v.maxLength(1_000))),
  url: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
  createdAt: moment,
  changedAt: moment,
})

export interface PlainFile {
  readonly texts: readonly PlainEntry[]
  /** Numbers of the texts that are not whole, from 1. */
  readonly broken: readonly number[]
}

export function plainHead(exportedAt: Date): string {
  return `{\n"format": ${JSON.stringify(format)},\n"exportedAt": ${JSON.stringify(exportedAt.toISOString())},\n"texts": [`
}

export function plainText({ text, origin, url, createdAt, changedAt }: PlainEntry, isFirst: boolean): string {
  const entry = { text, origin, url, createdAt: toIsoDate(createdAt), changedAt: toIsoDate(changedAt) }
  return `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`
}

export const plainTail = '\n]\n}\n'

/** Failure 'damaged' when it is no export of ours, 'newer-version' when it is one that this version does not know. */
export function readPlainFile(content: string): PlainFile {
  const parsedFile = v.safeParse(v.object({ format: v.string(), texts: v.array(v.unknown()) }), parseJson(content))
  if (!parsedFile.success || !/^fieldseal\/v\d+\/plain$/.test(parsedFile.output.format)) throw new Failure('damaged')
  if (parsedFile.output.format !== format) throw new Failure('newer-version')
  const texts: PlainEntry[] = []
  const broken: number[] = []
  for (const [index, entry] of parsedFile.output.texts.entries()) {
    const parsed = v.safeParse(entrySchema, entry)
    if (parsed.success) texts.push(parsed.output)
    else broken.push(index + 1)
  }
  return { texts, broken }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

/** A Date holds no moment further from 1970, some 270,000 years. */
const maxMomentMs = 8_640_000_000_000_000
function toIsoDate(moment: number): string {
  return new Date(Math.min(maxMomentMs, Math.max(-maxMomentMs, moment))).toISOString()
}
