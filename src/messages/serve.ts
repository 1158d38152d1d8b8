// The background's side of the protocol: hears every message, finds out who sent it, refuses by default, parses, and
// hands over. What goes back is an answer in its entry's shape or a code, never an error's text.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { codeOf, Failure, type FailureCode } from '../failure.ts'
import type { Entry } from './entry.ts'
import type { Asker, Handlers, ReaderEnd, ReaderLine } from './handlers.ts'
import { askerOf, type Sender } from './peer.ts'
import { type Name, protocol } from './protocol.ts'
import { readerAsk, readerPort } from './reading.ts'

type Reply = { ok: true; value: unknown } | { ok: false; code: FailureCode }

const envelope = v.strictObject({ name: v.string(), ask: v.unknown() })

/** Answers the protocol from now on. To be called at once when the background starts. */
export function serve(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: unknown) =>
    answer(handlers, message, sender as Sender),
  )
}

/** The reply to one message, whoever it is from. Never rejects. */
export async function answer(handlers: Handlers, message: unknown, sender: Sender): Promise<Reply> {
  try {
    const asker = askerOf(sender)
    const parsed = v.safeParse(envelope, message)
    if (asker === null || !parsed.success || !Object.hasOwn(protocol, parsed.output.name)) throw new Failure('refused')
    const name = parsed.output.name as Name
    const entry: Entry = protocol[name]
    const ask = v.safeParse(entry.ask, parsed.output.ask)
    if (!entry.from.includes(asker.peer) || !ask.success) throw new Failure('refused')
    const handle = handlers[name] as (ask: unknown, asker: Asker) => Promise<unknown>
    const given = v.safeParse(entry.answer, await handle(ask.output, asker))
    if (!given.success) throw new TypeError(`expected an answer in the shape of ${name}`)
    return { ok: true, value: given.output }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) console.error('Fieldseal: unexpected', thrown)
    return { ok: false, code: codeOf(thrown) }
  }
}

/** Takes the ports of reader frames from now on; every other port is closed at once. */
export function serveReaders(admit: (line: ReaderLine) => ReaderEnd): void {
  browser.runtime.onConnect.addListener((port) => {
    const asker = port.sender === undefined ? null : askerOf(port.sender as Sender)
    if (asker?.peer !== 'reader' || asker.tabId === null || port.name !== readerPort) {
      port.disconnect()
      return
    }
    const end = admit({
      tabId: asker.tabId,
      frameId: asker.frameId,
      tell: (news) => {
        try {
          port.postMessage(news)
        } catch {
          // The frame went away a moment ago; its onDisconnect follows.
        }
      },
    })
    port.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(readerAsk, message)
      if (parsed.success) {
        end.hear(parsed.output)
        return
      }
      // Whoever closes a port is not told that it was closed.
      port.disconnect()
      end.end()
    })
    port.onDisconnect.addListener(() => end.end())
  })
}
