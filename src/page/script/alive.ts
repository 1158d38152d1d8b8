// Whether the extension of this content script still exists. In Chromium a script outlives an update, reload or removal of its extension:
// then it can reach nobody, and removes what it put into the page.

import { runtime } from '../../messages/runtime.ts'

let dispose: () => void = () => undefined

/** What is done when the extension is found to be gone. */
export function onOrphaned(handler: () => void): void {
  dispose = handler
}

/** Cheap enough to be asked at every event. Where the answer is no, everything of ours has gone by then. */
export function isExtensionThere(): boolean {
  try {
    if (runtime.id !== undefined) return true
  } catch {
    // The browser may throw at the question.
  }
  dispose()
  return false
}
