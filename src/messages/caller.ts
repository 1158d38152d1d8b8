// Sends requests to the background, from any other context. The browser starts a background that has died. If it dies during a request, the
// request is repeated if it is idempotent.

import * as v from 'valibot'
import { Failure, failureCodes } from '../failure.ts'
import type { RequestIn, ResponseIn, Responses, Table } from './entry.ts'
import { runtime } from './runtime.ts'

/** Every page loads this, and valibot's variant would take twice as much code as a union. */
const reply = v.union([
  v.strictObject({ ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ ok: v.literal(false), code: v.picklist(failureCodes) }),
])

/** Attempts before a background that does not answer counts as unavailable. Each pause is longer by `pauseMs` than the one before. */
export const triesAtMost = 4
export const pauseMs = 60

/** Creates `call` for a table, by its responses. `call` throws a Failure with the background's code; 'unavailable' without an answer. */
export function caller<T extends Table>(table: { readonly [N in keyof T]: Responses[string] }) {
  return async <N extends keyof T & string>(name: N, request: RequestIn<T, N>): Promise<ResponseIn<T, N>> => {
    const { response, idempotent } = table[name]
    const parsed = v.safeParse(reply, await deliver({ name, request }, idempotent))
    if (!parsed.success) throw new Failure('unavailable')
    if (!parsed.output.ok) throw new Failure(parsed.output.code)
    const answer = v.safeParse(response, parsed.output.value)
    if (!answer.success) throw new Failure('unavailable')
    return answer.output as ResponseIn<T, N>
  }
}

async function deliver(message: unknown, idempotent: boolean): Promise<unknown> {
  for (let tried = 1; ; tried++) {
    try {
      const answer: unknown = await runtime.sendMessage(message)
      // If the port closes before a response, browsers resolve with `undefined`.
      if (answer !== undefined || !idempotent) return answer
    } catch (cause) {
      // "Receiving end does not exist": nothing received the request. After any other error it may have taken effect.
      const unheard = cause instanceof Error && /receiving end|could not establish/i.test(cause.message)
      if (!unheard && !idempotent) throw new Failure('unavailable', { cause })
      if (tried >= triesAtMost) throw new Failure('unavailable', { cause })
    }
    if (tried >= triesAtMost) throw new Failure('unavailable')
    await new Promise((resolve) => setTimeout(resolve, pauseMs * tried))
  }
}
