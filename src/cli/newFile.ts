// Writes a file completely or not at all, and never replaces another unless told to.

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CliExit, exits, fileProblem } from './exits.ts'

/** Only the user who runs this may read the file. */
const mode = 0o600

/** Throws CliExit if the file exists. Call it before asking the person for anything. */
export function checkUnused(path: string): void {
  if (existsSync(path)) throw new CliExit(exits.files, `${path} is there already; it is replaced with --force only`)
}

/** Writes these pieces in order, as UTF-8. Throws CliExit: a full disk, a missing folder, and so on. */
export function writeNewFile(path: string, pieces: Iterable<string>, replace: boolean): void {
  const temporary = `${path}.${process.pid}.part`
  let reserved = false
  try {
    writeWhole(temporary, pieces)
    if (!replace) {
      // Fails if the file exists by now, which a rename alone would replace.
      closeSync(openSync(path, 'wx', mode))
      reserved = true
    }
    renameSync(temporary, path)
  } catch (thrown) {
    rmSync(temporary, { force: true })
    if (reserved) rmSync(path, { force: true })
    throw fileProblem(path, thrown)
  }
  flushFolder(dirname(path))
}

function writeWhole(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx', mode)
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Flushes the new name to the disk, if the system supports that. */
function flushFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r')
    try {
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
  } catch {
    // Some systems do not open folders. The file itself is on the disk.
  }
}
