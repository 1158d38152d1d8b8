// The content scripts' listener for a person's acts in a page: it ignores events that a script dispatched, and ends with a signal. It also
// notices when the extension is gone.

import { isExtensionThere } from './alive.ts'

/** Listens to trusted events of `target`, before the page does, until `signal` ends it. */
export function onTrusted<Kind extends keyof HTMLElementEventMap>(
  target: EventTarget,
  kind: Kind,
  signal: AbortSignal,
  listener: (event: HTMLElementEventMap[Kind]) => void,
): void {
  const handler = (event: Event) => {
    if (event.isTrusted && isExtensionThere()) listener(event as HTMLElementEventMap[Kind])
  }
  target.addEventListener(kind, handler, { capture: true, signal })
}
