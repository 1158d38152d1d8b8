// Tells our own windows that the vault was locked or unlocked, by an entry in `storage.session`, which content scripts cannot read. The entry
// says only that the state has changed, and works while the background sleeps.

import * as v from 'valibot'
import { browser } from 'wxt/browser'

/** The key in `storage.session`. */
export const lockSignalKey = 'mark'

/** `at`: milliseconds since 1970. `flush` comes just before a lock, so that windows save their unsaved texts. */
export const lockSignal = v.strictObject({ at: v.number(), what: v.picklist(['unlocked', 'flush', 'locked']) })
export type LockSignal = v.InferOutput<typeof lockSignal>

/** Calls `listener` on every lock and unlock from now on, in this window. Returns the function that stops it. */
export function onLockSignal(listener: (what: LockSignal['what']) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
    const parsed = v.safeParse(lockSignal, changes[lockSignalKey]?.newValue)
    if (parsed.success) listener(parsed.output.what)
  }
  browser.storage.session.onChanged.addListener(onChanged)
  return () => browser.storage.session.onChanged.removeListener(onChanged)
}

/** Calls `listener` whenever the entry `key` of `storage.session` was written, in this window. Returns the function that stops it. */
export function onSessionChange(key: string, listener: () => void): () => void {
  const onChanged = (changes: Record<string, unknown>) => {
    if (Object.hasOwn(changes, key)) listener()
  }
  browser.storage.session.onChanged.addListener(onChanged)
  return () => browser.storage.session.onChanged.removeListener(onChanged)
}
