// Which tabs of the library have a text in them that is not saved: a lock gives them the time to save it. Knows none of it.

import * as v from 'valibot'
import type { Ask } from '../../messages/protocol.ts'
import { Volatile } from '../../storage/volatile.ts'

const writing = new Volatile('libraryWriting', v.array(v.string()))

export async function noteWriting({ token, writing: now }: Ask<'noteWriting'>): Promise<void> {
  await writing.change((before) => {
    const others = (before ?? []).filter((one) => one !== token)
    return now ? [...others, token] : others
  })
}

export async function anyInLibrary(): Promise<boolean> {
  return ((await writing.read()) ?? []).length > 0
}

/** After a lock nothing unsaved is left anywhere. */
export async function noneInLibrary(): Promise<void> {
  await writing.remove()
}
