// Detects whether the extension of this content script still exists. In Chromium a script outlives an update, reload or removal of its
// extension. It then has no background, and removes what it put into the page.

import { runtime } from '../../messages/runtime.ts'

let dispose: () => void = () => undefined

/** Sets what to do when the extension is gone. */
export function onOrphaned(handler: () => void): void {
  dispose = handler
}

/** Cheap enough to call at every event. If it returns false, it has already removed everything of ours. */
export function isExtensionThere(): boolean {
  try {
    if (runtime.id !== undefined) return true
  } catch {
    // Reading `runtime.id` may throw.
  }
  dispose()
  return false
}
