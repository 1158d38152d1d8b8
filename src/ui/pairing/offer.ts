// Offers this vault to another browser: for five minutes, under a code that is never shown twice. After that the code and the
// pictures are gone from here; what the person copied or saved is not.

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
  /** Whether the time of the last offer is over. */
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

  /** Call this repeatedly while an offer is shown. */
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
