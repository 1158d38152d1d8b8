// Waits inside a page, where a look costs next to nothing. Runs in the page, and knows nothing from outside of this function.

/**
 * Calls `look` in the page whenever something may have changed there, until it gives something that is neither undefined, null
 * nor false. When the time is over it throws what the last look threw, or an error that says what is there `instead`.
 */
export function watchFor<T>(
  look: () => T,
  timeoutMs: number,
  instead?: () => string,
): Promise<Exclude<T, null | undefined | false>> {
  /** What no mutation tells, e.g. a value set by script or a change under a shadow root, is looked at as often as this. */
  const seldomMs = 100
  const telling = [
    'input',
    'change',
    'toggle',
    'focusin',
    'focusout',
    'load',
    'animationend',
    'transitionend',
    'hashchange',
  ]
  return new Promise((resolve, reject) => {
    const end = performance.now() + timeoutMs
    const observer = new MutationObserver(lookSoon)
    const channel = new MessageChannel()
    let isDue = false
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined

    function lookSoon() {
      if (isDue || isOver) return
      isDue = true
      // A hidden page draws no frames.
      if (document.hidden) channel.port2.postMessage(null)
      else requestAnimationFrame(lookNow)
    }
    function lookNow() {
      if (isOver) return
      isDue = false
      clearTimeout(timer)
      const begun = performance.now()
      let seen: T | undefined
      let error: unknown
      try {
        seen = look()
      } catch (thrown) {
        error = thrown
      }
      if (seen !== undefined && seen !== null && seen !== false)
        return finish(() => resolve(seen as Exclude<T, null | undefined | false>))
      const now = performance.now()
      if (now >= end) return finish(() => reject(error ?? new Error(instead?.() ?? `last seen: ${String(seen)}`)))
      // Where a look is expensive the page has time for other things between two of them.
      timer = setTimeout(lookNow, Math.min(Math.max(seldomMs, 5 * (now - begun)), end - now))
    }
    function finish(settle: () => void) {
      isOver = true
      clearTimeout(timer)
      observer.disconnect()
      channel.port1.close()
      for (const type of telling) removeEventListener(type, lookSoon, true)
      settle()
    }

    channel.port1.onmessage = lookNow
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true })
    for (const type of telling) addEventListener(type, lookSoon, true)
    lookNow()
  })
}
