// Asking the background, from any other context. A background that has died is started by the browser when asked;
// one that dies while it answers is asked again, where asking twice is harmless.

import * as v from 'valibot'
import { Failure, failureCodes } from '../failure.ts'
import type { AnswerIn, AskIn, Entry, Table } from './entry.ts'
import { runtime } from './runtime.ts'

/** A union and no variant, which is twice as long: every page loads this. */
const reply = v.union([
  v.strictObject({ ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ ok: v.literal(false), code: v.picklist(failureCodes) }),
])

const triesAtMost = 4
const pauseMs = 60

/** A `call` that can ask what is in `table`. It throws a Failure with the code answered; 'unavailable' when nobody answers. */
export function caller<const T extends Table>(table: T) {
  return async <N extends keyof T & string>(name: N, ask: AskIn<T, N>): Promise<AnswerIn<T, N>> => {
    const entry: Entry | undefined = table[name]
    if (entry === undefined) throw new RangeError(`expected the name of an entry, got ${name}`)
    const heard = v.safeParse(reply, await deliver({ name, ask }, entry.again))
    if (!heard.success) throw new Failure('unavailable')
    if (!heard.output.ok) throw new Failure(heard.output.code)
    const answer = v.safeParse(entry.answer, heard.output.value)
    if (!answer.success) throw new Failure('unavailable')
    return answer.output as AnswerIn<T, N>
  }
}

async function deliver(message: unknown, again: boolean): Promise<unknown> {
  for (let tried = 1; ; tried++) {
    try {
      const answer: unknown = await runtime.sendMessage(message)
      // Browsers make nothing of "message port closed before a response was received", which is a cut like others.
      if (answer !== undefined || !again) return answer
    } catch (cause) {
      // "Receiving end does not exist" was never heard by anyone; any other cut may have been acted upon.
      const unheard = cause instanceof Error && /receiving end|could not establish/i.test(cause.message)
      if (!unheard && !again) throw new Failure('unavailable', { cause })
      if (tried >= triesAtMost) throw new Failure('unavailable', { cause })
    }
    if (tried >= triesAtMost) throw new Failure('unavailable')
    await new Promise((resolve) => setTimeout(resolve, pauseMs * tried))
  }
}
