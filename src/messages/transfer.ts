// Transfers of what is too large for one message, in chunks over a port between a window of ours and the background. The background
// answers each message of the window with exactly one, so at most one chunk is in flight. A cursor says how far a transfer has come:
// when the port is cut, for example because the background died, the window reconnects and continues from the last one. This file
// holds the messages and the window's end; serveTransfers.ts is the background's end.

import * as v from 'valibot'
import { Failure, failureCodes } from '../failure.ts'
import { pauseMs, triesAtMost } from './caller.ts'
import type { Transfer } from './entry.ts'
import {
  type Chunk,
  type Cursor,
  type InName,
  type OutName,
  type TransferName,
  type TransferRequest,
  type TransferResult,
  transfers,
} from './protocol.ts'
import { runtime } from './runtime.ts'

/** The name of the port. It says which protocol the port carries; the role comes from the browser's sender alone. */
export const transferPort = 'transfer'

/** From the window to the background. */
export const transferMessage = v.variant('kind', [
  /** The first message of each port, and no later one. `cursor` is null for the start of the transfer, else the last one received. */
  v.strictObject({ kind: v.literal('begin'), name: v.string(), request: v.unknown(), cursor: v.unknown() }),
  /** Of a transfer out: the last chunk has been used. */
  v.strictObject({ kind: v.literal('next') }),
  /** Of a transfer in. */
  v.strictObject({ kind: v.literal('chunk'), chunk: v.unknown() }),
  v.strictObject({ kind: v.literal('end') }),
])
export type TransferMessage = v.InferOutput<typeof transferMessage>

/** From the background to the window. After `done` and `failed` the background closes the port. */
export const transferAnswer = v.variant('kind', [
  /** Of a transfer out. */
  v.strictObject({ kind: v.literal('chunk'), chunk: v.unknown(), cursor: v.unknown() }),
  /** Of a transfer in: everything up to `cursor` is stored. */
  v.strictObject({ kind: v.literal('next'), cursor: v.unknown() }),
  v.strictObject({ kind: v.literal('done'), result: v.unknown() }),
  v.strictObject({ kind: v.literal('failed'), code: v.picklist(failureCodes) }),
])
export type TransferAnswer = v.InferOutput<typeof transferAnswer>

export interface TransferOptions {
  /** Cancels the transfer: closes the port, so that the background stops. Failure 'cancelled'. */
  readonly signal?: AbortSignal | undefined
  /** Called with a failure of the background. If it resolves, the transfer continues from the last cursor; what it throws ends it. */
  readonly mend?: (failure: Failure) => Promise<void>
}

/**
 * Calls `use` with every chunk of a transfer out of the vault, and requests the next one once it resolves. Returns the result.
 * Throws what `use` throws, or a Failure with the background's code; 'unavailable' if nobody answers.
 */
export async function receive<N extends OutName>(
  name: N,
  request: TransferRequest<N>,
  use: (chunk: Chunk<N>, cursor: Cursor<N>) => void | Promise<void>,
  options: TransferOptions = {},
): Promise<TransferResult<N>> {
  const entry: Transfer = transfers[name]
  let cursor: Cursor<N> | null = null
  return reconnecting(options, async (connection, onProgress) => {
    let answer = await connection.exchange({ kind: 'begin', name, request, cursor })
    while (answer.kind === 'chunk') {
      const chunk = parsed(entry.chunk, answer.chunk) as Chunk<N>
      cursor = parsed(entry.cursor, answer.cursor) as Cursor<N>
      onProgress()
      await use(chunk, cursor)
      answer = await connection.exchange({ kind: 'next' })
    }
    return resultOf(name, answer)
  })
}

/**
 * Sends every chunk of a transfer into the vault, each once the one before it is stored, and calls `onStored` after each. Returns the
 * result. Throws what `chunks` throws, and Failures as `receive`.
 */
export async function send<N extends InName>(
  name: N,
  request: TransferRequest<N>,
  chunks: Iterable<Chunk<N>> | AsyncIterable<Chunk<N>>,
  { onStored, ...options }: TransferOptions & { readonly onStored?: (cursor: Cursor<N>) => void } = {},
): Promise<TransferResult<N>> {
  const entry: Transfer = transfers[name]
  const source = iterate(chunks)
  let cursor: Cursor<N> | null = null
  /** What was read from `chunks` and is not acknowledged yet. */
  let pending: IteratorResult<Chunk<N>, unknown> | null = null
  try {
    return await reconnecting(options, async (connection, onProgress) => {
      let answer = await connection.exchange({ kind: 'begin', name, request, cursor })
      while (answer.kind === 'next') {
        pending ??= await source.next()
        if (pending.done) return resultOf(name, await connection.exchange({ kind: 'end' }))
        answer = await connection.exchange({ kind: 'chunk', chunk: pending.value })
        if (answer.kind !== 'next') break
        cursor = parsed(entry.cursor, answer.cursor) as Cursor<N>
        pending = null
        onProgress()
        onStored?.(cursor)
      }
      throw new Failure('unavailable')
    })
  } finally {
    await source.return?.()
  }
}

function iterate<T>(chunks: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
}

function resultOf<N extends TransferName>(name: N, answer: TransferAnswer): TransferResult<N> {
  if (answer.kind !== 'done') throw new Failure('unavailable')
  const { result }: Transfer = transfers[name]
  return parsed(result, answer.result) as TransferResult<N>
}

function parsed(shape: v.GenericSchema, value: unknown): unknown {
  const { success, output } = v.safeParse(shape, value)
  if (!success) throw new Failure('unavailable')
  return output
}

/** Runs `work` over a connection, and over a new one each time that is cut. `work` calls `onProgress` when a chunk got through. */
async function reconnecting<T>(
  { signal, mend }: TransferOptions,
  work: (connection: Connection, onProgress: () => void) => Promise<T>,
): Promise<T> {
  for (let cuts = 0; ; ) {
    const connection = new Connection(signal)
    try {
      return await work(connection, () => {
        cuts = 0
      })
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code !== 'cancelled' && mend !== undefined) {
        await mend(thrown)
        continue
      }
      if (!(thrown instanceof Cut)) throw thrown
      cuts++
      if (cuts >= triesAtMost) throw new Failure('unavailable', { cause: thrown })
    } finally {
      connection.close()
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs * cuts))
  }
}

/** The other end closed the port, or never opened it. Whether it handled the last message does not matter: repeating it is harmless. */
class Cut extends Error {}

/** One port, from its opening to its end. */
class Connection {
  readonly #signal: AbortSignal | undefined
  #port: ReturnType<typeof runtime.connect> | null = null
  #waiting: PromiseWithResolvers<unknown> | null = null

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  /** Sends a message and returns its answer. Throws the Failure that was answered, `Cut`, or Failure 'cancelled' | 'unavailable'. */
  async exchange(message: TransferMessage): Promise<Exclude<TransferAnswer, { kind: 'failed' }>> {
    if (this.#signal?.aborted) throw new Failure('cancelled')
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting = waiting
    try {
      if (message.kind === 'begin') this.#open()
      if (this.#port === null) throw new Error('The port is closed')
      this.#port.postMessage(message)
    } catch (cause) {
      throw new Cut('cut', { cause })
    }
    const answer = v.safeParse(transferAnswer, await waiting.promise)
    if (!answer.success) throw new Failure('unavailable')
    if (answer.output.kind === 'failed') throw new Failure(answer.output.code)
    return answer.output
  }

  close(): void {
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#port?.disconnect()
    this.#port = null
  }

  #open(): void {
    const port = runtime.connect({ name: transferPort })
    this.#port = port
    port.onMessage.addListener((message: unknown) => this.#waiting?.resolve(message))
    port.onDisconnect.addListener(() => {
      // Chromium reports a cut that nobody looks at as an error.
      void runtime.lastError
      this.#port = null
      this.#waiting?.reject(new Cut('cut'))
    })
  }

  readonly #abort = () => {
    this.#waiting?.reject(new Failure('cancelled'))
    this.close()
  }
}
