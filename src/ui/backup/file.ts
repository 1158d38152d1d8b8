// A backup file on its way out of the vault and back in, in pieces. All of it is sealed: nothing here can read it.

import { randomToken } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { Request, Response } from '../../messages/protocol.ts'

/** Bytes of a file that are read at once. */
const pieceBytes = 4_000_000
/** More than this is no file that we made: a hundred thousand documents take a few hundred megabytes. */
const mostBytes = 4_000_000_000

/** The most entries of the library that are named in one asking. */
const namedAtOnce = 1_000

/**
 * The text of a new backup, in parts: of everything, or beside the vault of `only` these entries of the library. `onProgress` is
 * given how many documents are in it so far.
 */
export async function makeBackup(
  onProgress: (documents: number) => void,
  only: readonly string[] | null = null,
): Promise<string[]> {
  const begun = await call('beginBackup', {})
  const parts = [begun.text]
  let { chain } = begun
  let documents = 0
  for (const some of only === null ? [null] : namedTogether(only)) {
    for (let after: Request<'backupPart'>['after'] = null; ; ) {
      const part: Response<'backupPart'> = await call('backupPart', { chain, after, only: some })
      parts.push(part.text)
      chain = part.chain
      documents += part.documents
      onProgress(documents)
      after = part.after
      if (after === null) break
    }
  }
  parts.push((await call('endBackup', { chain, documents, partial: only !== null })).text)
  return parts
}

function namedTogether(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / namedAtOnce)
  return Array.from({ length: count }, (_, index) => ids.slice(index * namedAtOnce, (index + 1) * namedAtOnce))
}

export type Staged = Pick<Request<'lookAtBackup'>, 'token' | 'pieces'>

/** Hands a chosen file over. `onProgress` is given the part of it that is done, 0 to 1. Failure 'damaged' when it is empty, or larger than any. */
export async function stageFile(file: Blob, onProgress: (part: number) => void): Promise<Staged> {
  if (file.size === 0 || file.size > mostBytes) throw new Failure('damaged')
  const token = randomToken()
  // What is not UTF-8 is no backup, and is refused as damaged; a letter may lie across two pieces.
  const decoder = new TextDecoder()
  let pieces = 0
  for (let at = 0; at < file.size; at += pieceBytes) {
    const bytes = await file.slice(at, at + pieceBytes).arrayBuffer()
    const text = decoder.decode(bytes, { stream: at + pieceBytes < file.size })
    await call('stageBackup', { token, nth: pieces, text })
    pieces++
    onProgress(Math.min(1, (at + pieceBytes) / file.size))
  }
  return { token, pieces }
}
