// Something a person asked for and that takes a while: whether it is under way, and what went wrong with it.
// One deed is done at a time; asking again meanwhile does nothing.

import { type Signal, signal, useSignal } from '@preact/signals'
import { codeOf, type FailureCode } from '../failure.ts'
import { type Doing, sentence } from './sentences.ts'

/** A sentence for a person. `nth` tells two of the same words apart, so that the second is said aloud too. */
export interface Trouble {
  readonly words: string
  readonly code: FailureCode | null
  readonly nth: number
}

let count = 0

export function troubleOf(thrown: unknown, doing: Doing): Trouble {
  const code = codeOf(thrown)
  return { words: sentence(code, doing), code, nth: ++count }
}

export class Deed {
  readonly busy: Signal<boolean> = signal(false)
  readonly trouble: Signal<Trouble | null> = signal(null)

  /** True when it was done. What is thrown becomes the trouble. */
  async run(doing: Doing, work: () => Promise<void>): Promise<boolean> {
    if (this.busy.peek()) return false
    this.busy.value = true
    this.trouble.value = null
    try {
      await work()
      return true
    } catch (thrown) {
      // Called off by the person, at the question whether it is they.
      if (codeOf(thrown) !== 'proof-needed') this.trouble.value = troubleOf(thrown, doing)
      return false
    } finally {
      this.busy.value = false
    }
  }
}

export function useDeed(): Deed {
  return useSignal(new Deed()).value
}
