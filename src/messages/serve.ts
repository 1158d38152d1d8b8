// The background's side of the protocol: hears every message, finds out who sent it, refuses by default, parses, and
// hands over. What goes back is an answer in its entry's shape or a code, never an error's text.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { codeOf, Failure, type FailureCode } from '../failure.ts'
import type { Entry } from './entry.ts'
import type { Caller, Handlers, ReaderConnection, ReaderHandler } from './handlers.ts'
import { type Name, protocol } from './protocol.ts'
import { readerPort, readerRequest } from './reader.ts'
import { callerOf, type Sender } from './sender.ts'

type Reply = { ok: true; value: unknown } | { ok: false; code: FailureCode }

const envelope = v.strictObject({ name: v.string(), request: v.unknown() })

/** Answers the protocol from now on. To be called at once when the background starts. */
export function serve(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: unknown) =>
    respond(handlers, message, sender as Sender),
  )
}

/** The reply to one message, whoever it is from. Never rejects. */
export async function respond(handlers: Handlers, message: unknown, sender: Sender): Promise<Reply> {
  try {
    const caller = callerOf(sender)
    const parsed = v.safeParse(envelope, message)
    if (caller === null || !parsed.success || !Object.hasOwn(protocol, parsed.output.name)) throw new Failure('refused')
    const name = parsed.output.name as Name
    const entry: Entry = protocol[name]
    const request = v.safeParse(entry.request, parsed.output.request)
    if (!entry.roles.includes(caller.role) || !request.success) throw new Failure('refused')
    const handle = handlers[name] as (request: unknown, caller: Caller) => Promise<unknown>
    const given = v.safeParse(entry.response, await handle(request.output, caller))
    if (!given.success) throw new TypeError(`expected an answer in the shape of ${name}`)
    return { ok: true, value: given.output }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) console.error('Fieldseal: unexpected', thrown)
    return { ok: false, code: codeOf(thrown) }
  }
}

/** Takes the ports of reader frames from now on; every other port is closed at once. */
export function serveReaders(admit: (connection: ReaderConnection) => ReaderHandler): void {
  browser.runtime.onConnect.addListener((port) => {
    const caller = port.sender === undefined ? null : callerOf(port.sender as Sender)
    if (caller?.role !== 'reader' || caller.tabId === null || port.name !== readerPort) {
      port.disconnect()
      return
    }
    const handler = admit({
      tabId: caller.tabId,
      frameId: caller.frameId,
      send: (event) => {
        try {
          port.postMessage(event)
        } catch {
          // The frame went away a moment ago; its onDisconnect follows.
        }
      },
    })
    port.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(readerRequest, message)
      if (parsed.success) {
        handler.receive(parsed.output)
        return
      }
      // Whoever closes a port is not told that it was closed.
      port.disconnect()
      handler.end()
    })
    port.onDisconnect.addListener(() => handler.end())
  })
}
