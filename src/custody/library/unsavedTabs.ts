// Which tabs of the library have a text in them that is not saved: a lock gives them the time to save it. Knows none of it.

import * as v from 'valibot'
import type { Request } from '../../messages/protocol.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'

const unsavedTabs = new SessionEntry('unsavedTabs', v.array(v.string()))

export async function recordUnsavedTab({ token, unsaved }: Request<'recordUnsavedText'>): Promise<void> {
  await unsavedTabs.change((before) => {
    const others = (before ?? []).filter((other) => other !== token)
    return unsaved ? [...others, token] : others
  })
}

export async function isAnyTabUnsaved(): Promise<boolean> {
  return ((await unsavedTabs.read()) ?? []).length > 0
}

/** After a lock nothing unsaved is left anywhere. */
export async function forgetUnsavedTabs(): Promise<void> {
  await unsavedTabs.remove()
}
