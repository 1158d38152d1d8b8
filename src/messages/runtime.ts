// The browser's own messaging, for contexts that only send. What runs inside a page does without the polyfill: it is loaded into
// every frame and must be small and start at once. Both browsers give promises here; `chrome` is the name that both have.

import type { Browser } from 'wxt/browser'

/** `chrome` is the global's own. `browser` may be missing there, and then a page can name one of its frames so. */
export const { runtime } = (globalThis as unknown as { chrome: { runtime: typeof Browser.runtime } }).chrome

/** Who sent a message, as far as a content script looks at it. */
export interface MessageSender {
  readonly id?: string | undefined
  readonly tab?: unknown
}

/** Calls `listener` with every message; it answers with a promise, or not at all. Returns the function that stops it. */
export function listen(listener: (message: unknown, from: MessageSender) => Promise<unknown> | undefined): () => void {
  const onMessage = (message: unknown, from: MessageSender, reply: (answer?: unknown) => void): boolean => {
    const answer = listener(message, from)
    // The sender must not wait for an answer that never comes.
    answer?.then(reply, () => reply())
    return answer !== undefined
  }
  runtime.onMessage.addListener(onMessage)
  return () => runtime.onMessage.removeListener(onMessage)
}
