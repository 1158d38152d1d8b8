// The background's side of the protocol: receives every message and port, identifies the sender, refuses by default, parses, and calls the
// handler. It sends back a response or a code, never the text of an error.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure, type FailureCode } from '../failure.ts'
import type { Entry } from './entry.ts'
import type { Caller, Handlers, ReaderConnection, ReaderHandler, TransferHandlers } from './handlers.ts'
import { type Name, protocol } from './protocol.ts'
import { readerPort, readerRequest } from './reader.ts'
import { callerOf, type Sender } from './sender.ts'
import { codeToSend, inShape, type Port, serveTransfer } from './serveTransfers.ts'
import { transferPort } from './transfer.ts'

type Reply = { ok: true; value: unknown } | { ok: false; code: FailureCode }

const envelope = v.strictObject({ name: v.string(), request: v.unknown() })

/** Answers requests from now on. Call it synchronously when the background starts. */
export function serve(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: unknown) =>
    respond(handlers, message, sender as Sender),
  )
}

/** The reply to one message from any sender. Never rejects. */
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
    const response = await handle(request.output, caller)
    // A content script's process may be its page's: nothing beyond the entry's shape goes there. Our windows parse what arrives.
    return { ok: true, value: caller.role === 'content' ? inShape(name, entry.response, response) : response }
  } catch (thrown) {
    return { ok: false, code: codeToSend(thrown) }
  }
}

/** Accepts the ports of reader frames and of transfers from now on, and closes every other port at once. */
export function servePorts(admit: (connection: ReaderConnection) => ReaderHandler, transfers: TransferHandlers): void {
  browser.runtime.onConnect.addListener((port) => {
    const caller = port.sender === undefined ? null : callerOf(port.sender as Sender)
    if (port.name === transferPort) serveTransfer(port, caller, transfers)
    else if (port.name === readerPort && caller?.role === 'reader' && caller.tabId !== null)
      serveReader(port, { tabId: caller.tabId, frameId: caller.frameId }, admit)
    else port.disconnect()
  })
}

function serveReader(
  port: Port,
  place: Pick<ReaderConnection, 'tabId' | 'frameId'>,
  admit: (connection: ReaderConnection) => ReaderHandler,
): void {
  const reader = admit({
    ...place,
    send: (event) => {
      try {
        port.postMessage(event)
      } catch {
        // The frame has just gone; `onDisconnect` follows.
      }
    },
  })
  port.onMessage.addListener((message: unknown) => {
    const parsed = v.safeParse(readerRequest, message)
    if (parsed.success) {
      reader.receive(parsed.output)
      return
    }
    // `onDisconnect` does not fire at the end that disconnects.
    port.disconnect()
    reader.end()
  })
  port.onDisconnect.addListener(() => reader.end())
}
