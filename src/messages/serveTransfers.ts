// The background's end of transfers (transfer.ts). Like serve.ts for requests, it takes the role from the browser's sender, refuses by
// default, parses, and calls the handler. It keeps no state but what the window has sent and the last cursor, so that the next
// background can continue.

import * as v from 'valibot'
import { codeOf, Failure, type FailureCode } from '../failure.ts'
import type { Transfer } from './entry.ts'
import type { Caller, InHandler, OutHandler, TransferHandlers } from './handlers.ts'
import { type InName, type OutName, type TransferName, transfers } from './protocol.ts'
import { type TransferAnswer, type TransferMessage, transferMessage } from './transfer.ts'

/** The parts of a runtime port that we use. */
export interface Port {
  readonly onMessage: { addListener(listener: (message: unknown) => void): void }
  readonly onDisconnect: { addListener(listener: () => void): void }
  postMessage(message: unknown): void
  disconnect(): void
}

/** The transfer that the window began. `never` stands for the types of its entry, which are known only at run time. */
interface Begun {
  readonly name: TransferName
  readonly entry: Transfer
  readonly request: never
  cursor: never | null
}

/** Serves the transfer that comes over `port`. `caller` is null for a sender without a role. */
export function serveTransfer(port: Port, caller: Caller | null, handlers: TransferHandlers): void {
  const entries: readonly Transfer[] = Object.values(transfers)
  let isOver = false
  let isBusy = false
  let begun: Begun | null = null

  const answer = (sent: TransferAnswer) => {
    if (isOver) return
    isOver = sent.kind === 'done' || sent.kind === 'failed'
    try {
      port.postMessage(sent)
    } catch {
      // The window has gone, or the browser cannot send the message. Disconnect, so that the window does not wait.
      isOver = true
    }
    // `onDisconnect` does not fire at the end that disconnects.
    if (isOver) port.disconnect()
  }
  const fail = (thrown: unknown) => answer({ kind: 'failed', code: codeToSend(thrown) })

  if (caller === null || !entries.some(({ roles }) => roles.includes(caller.role))) {
    fail(new Failure('refused'))
    return
  }
  port.onDisconnect.addListener(() => {
    isOver = true
  })
  port.onMessage.addListener((message) => {
    if (isOver) return
    // A message before the previous answer would put a second chunk in flight.
    if (isBusy) return fail(new Failure('refused'))
    isBusy = true
    void step(message).then(
      (sent) => {
        isBusy = false
        answer(sent)
      },
      (thrown: unknown) => fail(thrown),
    )
  })

  async function step(message: unknown): Promise<TransferAnswer> {
    const parsed = v.safeParse(transferMessage, message)
    if (caller === null || !parsed.success || (parsed.output.kind === 'begin') !== (begun === null))
      throw new Failure('refused')
    begun ??= beginning(parsed.output, caller)
    return begun.entry.direction === 'out'
      ? readOut(begun, handlers[begun.name as OutName] as OutHandler<OutName>, parsed.output, caller)
      : takeIn(begun, handlers[begun.name as InName] as InHandler<InName>, parsed.output, caller)
  }
}

function beginning(message: TransferMessage, caller: Caller): Begun {
  if (message.kind !== 'begin' || !Object.hasOwn(transfers, message.name)) throw new Failure('refused')
  const name = message.name as TransferName
  const entry: Transfer = transfers[name]
  if (!entry.roles.includes(caller.role)) throw new Failure('refused')
  const cursor = message.cursor === null ? null : accepted(entry.cursor, message.cursor)
  return { name, entry, request: accepted(entry.request, message.request) as never, cursor: cursor as never }
}

async function readOut(
  begun: Begun,
  handler: OutHandler<OutName>,
  { kind }: TransferMessage,
  caller: Caller,
): Promise<TransferAnswer> {
  if (kind !== 'begin' && kind !== 'next') throw new Failure('refused')
  const { name, entry } = begun
  const step = await handler.read(begun.request, begun.cursor, caller)
  if ('result' in step) return { kind: 'done', result: inShape(name, entry.result, step.result) }
  begun.cursor = inShape(name, entry.cursor, step.cursor) as never
  return { kind: 'chunk', chunk: inShape(name, entry.chunk, step.chunk), cursor: begun.cursor }
}

async function takeIn(
  begun: Begun,
  handler: InHandler<InName>,
  message: TransferMessage,
  caller: Caller,
): Promise<TransferAnswer> {
  const { name, entry } = begun
  if (message.kind === 'next') throw new Failure('refused')
  if (message.kind === 'end')
    return {
      kind: 'done',
      result: inShape(name, entry.result, await handler.finish(begun.request, begun.cursor, caller)),
    }
  if (message.kind === 'chunk') {
    const chunk = accepted(entry.chunk, message.chunk) as never
    begun.cursor = inShape(name, entry.cursor, await handler.store(begun.request, begun.cursor, chunk, caller)) as never
  }
  return { kind: 'next', cursor: begun.cursor }
}

function accepted(shape: v.GenericSchema, value: unknown): unknown {
  const { success, output } = v.safeParse(shape, value)
  if (!success) throw new Failure('refused')
  return output
}

/** What a handler of `name` gave, if it has the shape. TypeError otherwise. */
export function inShape(name: string, shape: v.GenericSchema, value: unknown): unknown {
  const { success, output } = v.safeParse(shape, value)
  if (!success) throw new TypeError(`expected what ${name} gives in its shape`)
  return output
}

/** The code to send for anything thrown. Logs what is not a Failure, since only codes cross contexts. */
export function codeToSend(thrown: unknown): FailureCode {
  if (!(thrown instanceof Failure)) console.error('Fieldseal: unexpected', thrown)
  return codeOf(thrown)
}
