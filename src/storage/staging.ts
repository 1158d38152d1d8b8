// A backup file on its way into the vault, in pieces, because no message holds a large one. It is sealed as the file is.

import { Failure } from '../failure.ts'
import { stored, whole } from './database.ts'

/** Keeps the nth piece, counted from 0, of what `token` names. The first one drops whatever was there. Failure 'full'. */
export async function stagePiece(token: string, nth: number, text: string): Promise<void> {
  await stored(async (db) => {
    const transaction = db.transaction('staged', 'readwrite')
    await whole(transaction, async () => {
      if (nth === 0) await transaction.store.clear()
      await transaction.store.put({ token, text }, nth)
    })
  })
}

/** All of it. Failure 'gone' when it is not there, or not whole. */
export async function readStaged(token: string, pieces: number): Promise<string> {
  const found = await stored((db) => db.getAll('staged'))
  if (found.length !== pieces || found.some((piece) => piece.token !== token)) throw new Failure('gone')
  return found.map(({ text }) => text).join('')
}

export async function dropStaged(): Promise<void> {
  await stored((db) => db.clear('staged'))
}
