// The inputs of `open`: arguments that are sealed texts themselves, files, and standard input. Reads, and changes nothing.

import { constants } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { findSealed } from '../crypto/armor.ts'
import { CliExit, exits, fileProblem } from './exits.ts'
import { decodeText, type Kind, kindOf } from './formats/decoding.ts'
import { pageRun } from './formats/html.ts'
import { readMailParts, splitMails } from './formats/mail.ts'
import { plainRun, type TextRun } from './formats/runs.ts'
import { say } from './printing.ts'

export interface Source {
  /** For messages about it. */
  readonly name: string
  readonly run: TextRun
}

/** Reads the texts of one argument. Throws CliExit: a file that cannot be read. */
export async function readSources(argument: string, index: number, kind: Kind | null): Promise<Source[]> {
  if (argument === '-') return decode('standard input', null, await readStandardInput(), kind)
  if (findSealed(argument).length > 0) return [{ name: `argument ${index + 1}`, run: plainRun(argument) }]
  return decode(argument, argument, readFile(argument), kind)
}

/** Reads all of standard input. */
export async function readStandardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) say('reading from the terminal: type or paste, then press Enter and Ctrl-D')
  const parts: Uint8Array[] = []
  try {
    for await (const part of process.stdin) parts.push(part)
  } catch (thrown) {
    throw fileProblem('standard input', thrown)
  }
  return Buffer.concat(parts)
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (thrown) {
    const problem = fileProblem(path, thrown)
    const hint = /no such file$/.test(problem.message) ? ', and no sealed text either' : ''
    throw new CliExit(exits.files, problem.message + hint)
  }
}

async function decode(
  name: string,
  path: string | null,
  bytes: Uint8Array,
  chosenKind: Kind | null,
): Promise<Source[]> {
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new CliExit(exits.files, `${name}: is too large to be read at once`)
  const kind = chosenKind ?? kindOf(path, bytes)
  if (kind === 'text') return [{ name, run: plainRun(decodeText(bytes)) }]
  if (kind === 'html') return [{ name, run: pageRun(decodeText(bytes)) }]
  const mails = splitMails(bytes)
  const sources: Source[] = []
  for (const [index, mail] of mails.entries()) {
    sources.push(...(await decodeMail(mails.length > 1 ? `${name}, mail ${index + 1}` : name, mail)))
  }
  return sources
}

async function decodeMail(name: string, bytes: Uint8Array): Promise<Source[]> {
  try {
    const parts = await readMailParts(bytes)
    return parts.map(({ attached, run }) => ({ name: attached === null ? name : `${name}, attached ${attached}`, run }))
  } catch (cause) {
    say(`${name}: cannot be read as a mail (${cause instanceof Error ? cause.message : cause}); it is read as text`)
    return [{ name, run: plainRun(decodeText(bytes)) }]
  }
}
