// This vault as it is shown to another browser: for five minutes, under a code that is never shown twice. When they are over,
// code and pictures are gone from here; what was copied or saved meanwhile is not.

import { type Signal, signal } from '@preact/signals'
import { msPerMinute } from '../../time.ts'
import { Task } from '../app/task.ts'
import { callWithProof } from '../secrets/proof.tsx'

const shownMs = 5 * msPerMinute

export interface OfferedVault {
  readonly code: string
  readonly parts: readonly string[]
  /** Milliseconds since 1970. */
  readonly until: number
}

export class Offer {
  readonly shown: Signal<OfferedVault | null> = signal(null)
  /** The time of the last one was over. */
  readonly over: Signal<boolean> = signal(false)
  readonly task = new Task()

  show(): Promise<boolean> {
    return this.task.run('offer-pairing', async () => {
      this.shown.value = null
      const { code, parts } = await callWithProof('offerPairing', {})
      this.over.value = false
      this.shown.value = { code, parts, until: Date.now() + shownMs }
    })
  }

  /** To be called again and again while something is shown. */
  tick(now: number): void {
    const shown = this.shown.peek()
    // A clock that was set back does not show it for longer.
    if (shown === null || (now < shown.until && now >= shown.until - shownMs)) return
    this.shown.value = null
    this.over.value = true
  }

  hide(): void {
    this.shown.value = null
    this.over.value = false
  }
}
