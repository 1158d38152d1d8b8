// Moves a backup file out of the vault and back in. All of it is sealed: nothing here can read it.

import { randomToken } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import type { Chunk, Request } from '../../messages/protocol.ts'
import { receive, send } from '../../messages/transfer.ts'

/** The bytes of a file that one read takes. */
const bytesPerPiece = 4_000_000
/** We make no larger file: a hundred thousand documents take a few hundred megabytes. */
const maxBytes = 4_000_000_000

/**
 * The text of a new backup, in parts: of everything, or beside the vault of `only` these entries of the library. `onProgress` is
 * given how many documents are in it so far.
 */
export async function makeBackup(
  onProgress: (documents: number) => void,
  only: readonly string[] | null = null,
): Promise<string[]> {
  const parts: string[] = []
  await receive('makeBackup', { only: only === null ? null : [...only] }, ({ text }, { documents }) => {
    parts.push(text)
    onProgress(documents)
  })
  return parts
}

export type Staged = Pick<Request<'inspectBackup'>, 'token' | 'pieces'>

/** Hands a chosen file to the background. `onProgress` gets a fraction, 0 to 1. Failure 'damaged' when it is empty or too large. */
export async function stageFile(file: Blob, onProgress: (part: number) => void): Promise<Staged> {
  if (file.size === 0 || file.size > maxBytes) throw new Failure('damaged')
  const token = randomToken()
  const { pieces } = await send('stageBackup', { token }, piecesOf(file), {
    onStored: (cursor) => onProgress(Math.min(1, (cursor.pieces * bytesPerPiece) / file.size)),
  })
  return { token, pieces }
}

async function* piecesOf(file: Blob): AsyncGenerator<Chunk<'stageBackup'>> {
  // A file that is not UTF-8 is no backup and is refused as damaged; a letter may lie across two pieces.
  const decoder = new TextDecoder()
  for (let offset = 0; offset < file.size; offset += bytesPerPiece) {
    const bytes = await file.slice(offset, offset + bytesPerPiece).arrayBuffer()
    yield { text: decoder.decode(bytes, { stream: offset + bytesPerPiece < file.size }) }
  }
}
