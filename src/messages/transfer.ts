// What is too large for one message, between a window of ours and the background: a port over which chunks go one by one. The window
// speaks, and the background answers each of its messages with exactly one, so that never more than one chunk is under way. This is
// the window's end, and what may be said; serveTransfers.ts is the background's. What has come how far is known by its last
// cursor: when the port is cut, by the background's death say, the window connects again and goes on from there.

import * as v from 'valibot'
import { Failure, failureCodes } from '../failure.ts'
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

/** The name of the port. It names the talk only; who speaks is told by the sender. */
export const transferPort = 'transfer'

/** From the window to the background. */
export const transferMessage = v.variant('kind', [
  /** First on each port, and only then. `cursor` is null at the start, else the last one. */
  v.strictObject({ kind: v.literal('begin'), name: v.string(), request: v.unknown(), cursor: v.unknown() }),
  /** Of a transfer out: the last chunk is used. */
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

/** Connections that are cut one after the other before any chunk has come through. */
const cutsAtMost = 4
const pauseMs = 60

export interface TransferOptions {
  /** Ends it: the port is closed, and the background stops. Failure 'cancelled'. */
  readonly signal?: AbortSignal | undefined
  /** Mends what the background failed with, for the transfer to go on where it was; else it throws. */
  readonly mend?: (failure: Failure) => Promise<void>
}

/**
 * Has `use` take every chunk of a transfer out of the vault, each before the next one is asked for. Gives the result.
 * Throws what `use` throws, or a Failure with the background's code; 'unavailable' when nobody answers.
 */
export async function receive<N extends OutName>(
  name: N,
  request: TransferRequest<N>,
  use: (chunk: Chunk<N>, cursor: Cursor<N>) => void | Promise<void>,
  options: TransferOptions = {},
): Promise<TransferResult<N>> {
  const entry: Transfer = transfers[name]
  let cursor: Cursor<N> | null = null
  return reconnecting(options, async (line, onProgress) => {
    let answer = await line.exchange({ kind: 'begin', name, request, cursor })
    while (answer.kind === 'chunk') {
      const chunk = parsed(entry.chunk, answer.chunk) as Chunk<N>
      cursor = parsed(entry.cursor, answer.cursor) as Cursor<N>
      onProgress()
      await use(chunk, cursor)
      answer = await line.exchange({ kind: 'next' })
    }
    return resultOf(name, answer)
  })
}

/**
 * Hands every chunk of a transfer into the vault over, each once the one before it is stored; of that `onStored` is told. Gives the
 * result. Throws what `chunks` throw, and Failures as `receive`.
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
  /** What was read and not acknowledged yet. */
  let pending: IteratorResult<Chunk<N>, unknown> | null = null
  try {
    return await reconnecting(options, async (line, onProgress) => {
      let answer = await line.exchange({ kind: 'begin', name, request, cursor })
      while (answer.kind === 'next') {
        pending ??= await source.next()
        if (pending.done) return resultOf(name, await line.exchange({ kind: 'end' }))
        answer = await line.exchange({ kind: 'chunk', chunk: pending.value })
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

/** Does `work` over a line, and over another from the last cursor on when that is cut. `onProgress`: a chunk came through. */
async function reconnecting<T>(
  { signal, mend }: TransferOptions,
  work: (line: Line, onProgress: () => void) => Promise<T>,
): Promise<T> {
  for (let cuts = 0; ; ) {
    const line = new Line(signal)
    try {
      return await work(line, () => {
        cuts = 0
      })
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code !== 'cancelled' && mend !== undefined) {
        await mend(thrown)
        continue
      }
      if (!(thrown instanceof Cut)) throw thrown
      cuts++
      if (cuts >= cutsAtMost) throw new Failure('unavailable', { cause: thrown })
    } finally {
      line.close()
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs * cuts))
  }
}

/** The port was closed by the other end, or never opened. Whether anybody heard what was said last is the same: it may be said again. */
class Cut extends Error {}

/** One port, from its opening to its end. */
class Line {
  readonly #signal: AbortSignal | undefined
  #port: ReturnType<typeof runtime.connect> | null = null
  #waiting: PromiseWithResolvers<unknown> | null = null

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  /** Says it, and gives the answer. Throws the failure of one that failed, `Cut`, or Failure 'cancelled' | 'unavailable'. */
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
