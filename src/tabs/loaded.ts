// The moment at which the extension was loaded: installed, updated, reloaded, switched on again, or started with the browser.
// No event of the browser's tells of them all. What lies in `storage.session` is emptied by each of them, and by nothing else.

import * as v from 'valibot'
import { Volatile } from '../storage/volatile.ts'

const loaded = new Volatile('loaded', v.boolean())

/** Runs `work` at the first start of the background since then, and not when it only wakes. */
export async function onceLoaded(work: () => Promise<void>): Promise<void> {
  if ((await loaded.read()) === true) return
  await loaded.write(true)
  await work()
}
