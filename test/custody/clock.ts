// What is later than something else, by the clock.

import { vi } from 'vitest'

/** Waits until the clock shows another millisecond. */
export async function theClockMovesOn(): Promise<void> {
  const now = Date.now()
  await vi.waitUntil(() => Date.now() > now, { interval: 1 })
}
