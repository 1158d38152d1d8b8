// A task that a person started and that takes a while: whether it is running, and what went wrong with it.
// One runs at a time; starting it again meanwhile does nothing.

import { type Signal, signal, useSignal } from '@preact/signals'
import { codeOf, type FailureCode } from '../../failure.ts'
import { type ErrorContext, errorSentence } from './errors.ts'

/** A sentence for a person. `id` tells two of the same words apart, so that the second is read out too. */
export interface UserError {
  readonly words: string
  readonly code: FailureCode | null
  readonly id: number
}

let lastId = 0

export function userErrorOf(thrown: unknown, context: ErrorContext): UserError {
  const code = codeOf(thrown)
  return { words: errorSentence(code, context), code, id: ++lastId }
}

export class Task {
  readonly busy: Signal<boolean> = signal(false)
  readonly error: Signal<UserError | null> = signal(null)

  /** True when `work` succeeded. What it throws becomes the error. */
  async run(context: ErrorContext, work: () => Promise<void>): Promise<boolean> {
    if (this.busy.peek()) return false
    this.busy.value = true
    this.error.value = null
    try {
      await work()
      return true
    } catch (thrown) {
      // The person cancelled when asked to prove that it is they.
      if (codeOf(thrown) !== 'proof-needed') this.error.value = userErrorOf(thrown, context)
      return false
    } finally {
      this.busy.value = false
    }
  }
}

export function useTask(): Task {
  return useSignal(new Task()).value
}
