// Secrets from file descriptors that a shell or another program has opened. Overwrites the bytes once they are text, which is all that
// JavaScript allows.

import { readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { CliExit, exits, fileProblem, usageError } from './exits.ts'

const mostBytes = 64 * 1024
const lineFeed = 0x0a

/**
 * The next line of the descriptor that this option names, up to a line feed or the end; null without the option. Reads byte by
 * byte, so that the rest stays for other readers. Throws CliExit: not a number, a terminal, not open, not UTF-8.
 */
export function readLineOf(option: string, number: string | undefined): string | null {
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

/** The lines up to an empty one, or the end; null without the option. Throws as readLineOf. */
export function readLinesOf(option: string, number: string | undefined): string[] | null {
  const lines: string[] = []
  for (let line = readLineOf(option, number); line !== null; line = readLineOf(option, number)) {
    if (line === '') return lines
    lines.push(line)
  }
  return null
}

/** Fills `line`, and returns its length in bytes. */
function readLine(descriptor: number, line: Uint8Array): number {
  for (let offset = 0; offset < line.length; ) {
    try {
      if (readSync(descriptor, line, offset, 1, null) === 0 || line[offset] === lineFeed) return offset
      offset++
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN')) throw thrown
      // The descriptor is non-blocking: try again in a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
  throw new CliExit(exits.secret, 'no password or recovery key is as long as that')
}
