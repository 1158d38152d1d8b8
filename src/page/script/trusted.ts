// The only way in which this folder listens to a page's events: only what a person did counts, and all listeners end together. It is also
// where a script notices that its extension is gone.

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
