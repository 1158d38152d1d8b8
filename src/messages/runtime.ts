// The browser's own messaging, for contexts that only send. Scripts in a page do not use the polyfill, since they load into every frame and
// must be small and start at once. Both browsers return promises here, and both have the name `chrome`.

import type { Browser } from 'wxt/browser'

/** `chrome` is always the browser's. `browser` may be missing, and then a page can define it by the name of a frame. */
export const { runtime } = (globalThis as unknown as { chrome: { runtime: typeof Browser.runtime } }).chrome

/** The parts of the browser's sender that a content script checks. */
export interface MessageSender {
  readonly id?: string | undefined
  readonly tab?: unknown
}

/** Calls `listener` with every message. It returns a promise of the answer, or undefined for none. Returns the function that stops it. */
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
