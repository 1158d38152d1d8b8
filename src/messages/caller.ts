// Asking the background, from any other context. A background that has died is started by the browser when asked;
// one that dies while it answers is asked again, where asking twice is harmless.

import * as v from 'valibot'
import { Failure, failureCodes } from '../failure.ts'
import type { RequestIn, ResponseIn, Responses, Table } from './entry.ts'
import { runtime } from './runtime.ts'

/** A union and no variant, which is twice as long: every page loads this. */
const reply = v.union([
  v.strictObject({ ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ ok: v.literal(false), code: v.picklist(failureCodes) }),
])

const triesAtMost = 4
const pauseMs = 60

/** A `call` for a table, by its responses. It throws a Failure with the code answered; 'unavailable' when nobody answers. */
export function caller<T extends Table>(table: { readonly [N in keyof T]: Responses[string] }) {
  return async <N extends keyof T & string>(name: N, request: RequestIn<T, N>): Promise<ResponseIn<T, N>> => {
    const { response, idempotent } = table[name]
    const heard = v.safeParse(reply, await deliver({ name, request }, idempotent))
    if (!heard.success) throw new Failure('unavailable')
    if (!heard.output.ok) throw new Failure(heard.output.code)
    const answer = v.safeParse(response, heard.output.value)
    if (!answer.success) throw new Failure('unavailable')
    return answer.output as ResponseIn<T, N>
  }
}

async function deliver(message: unknown, idempotent: boolean): Promise<unknown> {
  for (let tried = 1; ; tried++) {
    try {
      const answer: unknown = await runtime.sendMessage(message)
      // Browsers make nothing of "message port closed before a response was received", which is a cut like others.
      if (answer !== undefined || !idempotent) return answer
    } catch (cause) {
      // "Receiving end does not exist" was never heard by anyone; any other cut may have been acted upon.
      const unheard = cause instanceof Error && /receiving end|could not establish/i.test(cause.message)
      if (!unheard && !idempotent) throw new Failure('unavailable', { cause })
      if (tried >= triesAtMost) throw new Failure('unavailable', { cause })
    }
    if (tried >= triesAtMost) throw new Failure('unavailable')
    await new Promise((resolve) => setTimeout(resolve, pauseMs * tried))
  }
}
