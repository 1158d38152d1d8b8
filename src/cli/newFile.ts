// Writing a file so that it is there whole or not at all, and never takes the place of another unless that is wanted.

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CliExit, exits, fileProblem } from './exits.ts'

/** Only whoever runs this may read what is written. */
const mode = 0o600

/** Ended when there is such a file: told before anything is asked of the person. */
export function checkUnused(path: string): void {
  if (existsSync(path)) throw new CliExit(exits.files, `${path} is there already; it is replaced with --force only`)
}

/** Writes these pieces, one after the other, as UTF-8. Ended: the disk is full, the folder is not there, and so on. */
export function writeNewFile(path: string, pieces: Iterable<string>, replace: boolean): void {
  const temporary = `${path}.${process.pid}.part`
  let reserved = false
  try {
    writeWhole(temporary, pieces)
    if (!replace) {
      // Fails where there is such a file by now. Renaming alone would take its place.
      closeSync(openSync(path, 'wx', mode))
      reserved = true
    }
    renameSync(temporary, path)
  } catch (thrown) {
    rmSync(temporary, { force: true })
    if (reserved) rmSync(path, { force: true })
    throw fileProblem(path, thrown)
  }
  settle(dirname(path))
}

function writeWhole(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx', mode)
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Has the new name on disk too, where the system can be asked for that. */
function settle(folder: string): void {
  try {
    const opened = openSync(folder, 'r')
    try {
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
  } catch {
    // Some systems do not open folders. The file itself is written.
  }
}
