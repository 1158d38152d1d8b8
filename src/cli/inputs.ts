// What `open` looks through: arguments that are sealed texts themselves, files, and standard input. Reads, and changes
// nothing.

import { constants } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { findSealed } from '../crypto/armor.ts'
import { CliExit, exits, fileProblem } from './exits.ts'
import { type Kind, kindOf, textOf } from './formats/decoding.ts'
import { pageRun } from './formats/html.ts'
import { mailParts, mailsIn } from './formats/mail.ts'
import { plainRun, type TextRun } from './formats/runs.ts'
import { say } from './printing.ts'

export interface Source {
  /** For words about it. */
  readonly name: string
  readonly run: TextRun
}

/** What one argument stands for. Ended: a file that cannot be read. */
export async function sourcesOf(argument: string, at: number, kind: Kind | null): Promise<Source[]> {
  if (argument === '-') return look('standard input', null, await standardInput(), kind)
  if (findSealed(argument).length > 0) return [{ name: `argument ${at + 1}`, run: plainRun(argument) }]
  return look(argument, argument, fileNamed(argument), kind)
}

/** Everything that comes from standard input. */
export async function standardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) say('reading from the terminal: type or paste, then press Enter and Ctrl-D')
  const parts: Uint8Array[] = []
  try {
    for await (const part of process.stdin) parts.push(part)
  } catch (thrown) {
    throw fileProblem('standard input', thrown)
  }
  return Buffer.concat(parts)
}

function fileNamed(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (thrown) {
    const problem = fileProblem(path, thrown)
    const hint = /no such file$/.test(problem.message) ? ', and no sealed text either' : ''
    throw new CliExit(exits.files, problem.message + hint)
  }
}

async function look(name: string, path: string | null, bytes: Uint8Array, asked: Kind | null): Promise<Source[]> {
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new CliExit(exits.files, `${name}: is too large to be read at once`)
  const kind = asked ?? kindOf(path, bytes)
  if (kind === 'text') return [{ name, run: plainRun(textOf(bytes)) }]
  if (kind === 'html') return [{ name, run: pageRun(textOf(bytes)) }]
  const mails = mailsIn(bytes)
  const sources: Source[] = []
  for (const [at, mail] of mails.entries()) {
    sources.push(...(await lookInMail(mails.length > 1 ? `${name}, mail ${at + 1}` : name, mail)))
  }
  return sources
}

async function lookInMail(name: string, bytes: Uint8Array): Promise<Source[]> {
  try {
    const parts = await mailParts(bytes)
    return parts.map(({ attached, run }) => ({ name: attached === null ? name : `${name}, attached ${attached}`, run }))
  } catch (cause) {
    say(`${name}: cannot be read as a mail (${cause instanceof Error ? cause.message : cause}); it is read as text`)
    return [{ name, run: plainRun(textOf(bytes)) }]
  }
}
