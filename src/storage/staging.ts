// A backup file on its way into the vault, in pieces, because messages are limited in size. The pieces are sealed like the file.

import { Failure } from '../failure.ts'
import { inTransaction, withDatabase } from './database.ts'

/** Stores piece `index`, from 0, of the file `token`. Piece 0 drops all pieces of an earlier file. Failure `full`. */
export async function stagePiece(token: string, index: number, text: string): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction('staged', 'readwrite')
    await inTransaction(transaction, async () => {
      if (index === 0) await transaction.store.clear()
      await transaction.store.put({ token, text }, index)
    })
  })
}

/** The whole file. Failure `gone`: a piece is missing or belongs to another file. */
export async function readStaged(token: string, pieces: number): Promise<string> {
  const found = await withDatabase((db) => db.getAll('staged'))
  if (found.length !== pieces || found.some((piece) => piece.token !== token)) throw new Failure('gone')
  return found.map(({ text }) => text).join('')
}

export async function dropStaged(): Promise<void> {
  await withDatabase((db) => db.clear('staged'))
}
