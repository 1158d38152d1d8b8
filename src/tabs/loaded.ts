// Runs work once each time the extension loads: installed, updated, reloaded, enabled again, or started with the browser. No browser
// event covers all of these, but each of them empties `storage.session`, and nothing else does.

import * as v from 'valibot'
import { SessionEntry } from '../storage/sessionEntry.ts'

const loaded = new SessionEntry('loaded', v.boolean())

/** Runs `work` at the first start of the background after a load, not when it only wakes. */
export async function onceLoaded(work: () => Promise<void>): Promise<void> {
  if ((await loaded.read()) === true) return
  await loaded.write(true)
  await work()
}
