// Which tabs of the library have a text in them that is not saved: a lock gives them the time to save it. Knows none of it.

import * as v from 'valibot'
import type { Request } from '../../messages/protocol.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'

const writing = new SessionEntry('libraryWriting', v.array(v.string()))

export async function recordUnsavedTab({ token, writing: now }: Request<'recordUnsavedText'>): Promise<void> {
  await writing.change((before) => {
    const others = (before ?? []).filter((other) => other !== token)
    return now ? [...others, token] : others
  })
}

export async function isAnyTabUnsaved(): Promise<boolean> {
  return ((await writing.read()) ?? []).length > 0
}

/** After a lock nothing unsaved is left anywhere. */
export async function forgetUnsavedTabs(): Promise<void> {
  await writing.remove()
}
