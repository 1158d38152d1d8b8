// How a command ends: with one of these statuses, and with a sentence for the person if it ends early. docs/CLI.md.

export const exits = {
  /** Everything succeeded. */
  done: 0,
  /** Something did not open, or is damaged; everything else was done. */
  failed: 1,
  usage: 2,
  /** The password or recovery key is wrong, mistyped or missing. */
  secret: 3,
  /** A file cannot be read or written. */
  files: 4,
  /** An internal error. */
  fault: 70,
} as const
export type Exit = (typeof exits)[keyof typeof exits]

/** Thrown to end a command. The message is for the person, without the program's name in front. */
export class CliExit extends Error {
  override readonly name = 'CliExit'
  readonly exit: Exit

  constructor(exit: Exit, message: string) {
    super(message)
    this.exit = exit
  }
}

export const usageError = (message: string): CliExit => new CliExit(exits.usage, message)

/** A system error about a file, in words: `fs` errors have a code, and a message that contains the path. */
export function fileProblem(what: string, thrown: unknown): CliExit {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return new CliExit(exits.files, `${what}: ${problems[code] ?? (code || String(thrown))}`)
}

const problems: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'this file descriptor is not open',
  EEXIST: 'this file is there already',
  EISDIR: 'is a directory',
  ENAMETOOLONG: 'no such file',
  ENOENT: 'no such file',
  ENOSPC: 'there is no space left',
  ENOTDIR: 'no such file',
  EPERM: 'permission denied',
  EROFS: 'this disk cannot be written to',
  ERR_FS_FILE_TOO_LARGE: 'is too large to be read at once',
  ERR_STRING_TOO_LONG: 'is too large to be read at once',
}
