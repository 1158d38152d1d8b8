// Asking the background, from any other context. A background that has died is started by the browser when asked;
// one that dies while it answers is asked again, where asking twice is harmless.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure, failureCodes } from '../failure.ts'
import { type Answer, type Ask, type Name, protocol } from './protocol.ts'

const reply = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ ok: v.literal(false), code: v.picklist(failureCodes) }),
])

const triesAtMost = 4
const pauseMs = 60

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export async function call<N extends Name>(name: N, ask: Ask<N>): Promise<Answer<N>> {
  const heard = v.safeParse(reply, await deliver(name, ask))
  if (!heard.success) throw new Failure('unavailable')
  if (!heard.output.ok) throw new Failure(heard.output.code)
  const answer = v.safeParse(protocol[name].answer, heard.output.value)
  if (!answer.success) throw new Failure('unavailable')
  return answer.output as Answer<N>
}

async function deliver(name: Name, ask: unknown): Promise<unknown> {
  for (let tried = 1; ; tried++) {
    try {
      const answer: unknown = await browser.runtime.sendMessage({ name, ask })
      // The polyfill makes nothing of "message port closed before a response was received", which is a cut like others.
      if (answer !== undefined || !protocol[name].again) return answer
    } catch (cause) {
      // "Receiving end does not exist" was never heard by anyone; any other cut may have been acted upon.
      const unheard = cause instanceof Error && /receiving end|could not establish/i.test(cause.message)
      if (!unheard && !protocol[name].again) throw new Failure('unavailable', { cause })
      if (tried >= triesAtMost) throw new Failure('unavailable', { cause })
    }
    if (tried >= triesAtMost) throw new Failure('unavailable')
    await new Promise((resolve) => setTimeout(resolve, pauseMs * tried))
  }
}
