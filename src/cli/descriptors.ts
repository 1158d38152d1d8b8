// Secrets from file descriptors that a shell or another program has opened for us. What is read is overwritten once it is
// text, which is as far as that goes in JavaScript.

import { readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { CliExit, exits, fileProblem, usageError } from './exits.ts'

const mostBytes = 64 * 1024
const lineFeed = 0x0a

/**
 * What comes next from the descriptor that this option names, up to a line feed or the end; null where the option is not
 * there. Read byte by byte, so that what follows is left for others. Ended: no number, a terminal, not open, no text.
 */
export function lineOf(option: string, number: string | undefined): string | null {
  if (number === undefined) return null
  if (!/^\d{1,9}$/.test(number)) throw usageError(`${option} takes the number of a file descriptor, not “${number}”`)
  if (isatty(Number(number)))
    throw usageError(
      `${option} ${number} is the terminal, which shows what is typed; without the option it is not shown`,
    )
  const line = new Uint8Array(mostBytes)
  try {
    const length = readLine(Number(number), line)
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line.subarray(0, length))
    return text.replace(/\r$/, '')
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new CliExit(exits.secret, `${option}: what it gives is not UTF-8`)
    throw thrown instanceof CliExit ? thrown : fileProblem(`${option} ${number}`, thrown)
  } finally {
    line.fill(0)
  }
}

/** Lines up to an empty one, or the end; null where the option is not there. Ended: as lineOf. */
export function linesOf(option: string, number: string | undefined): string[] | null {
  const lines: string[] = []
  for (let line = lineOf(option, number); line !== null; line = lineOf(option, number)) {
    if (line === '') return lines
    lines.push(line)
  }
  return null
}

/** Fills in a line and gives its length. */
function readLine(descriptor: number, line: Uint8Array): number {
  for (let at = 0; at < line.length; ) {
    try {
      if (readSync(descriptor, line, at, 1, null) === 0 || line[at] === lineFeed) return at
      at++
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN')) throw thrown
      // Whoever opened it does not let readers wait: look again in a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
  throw new CliExit(exits.secret, 'no password or recovery key is as long as that')
}
