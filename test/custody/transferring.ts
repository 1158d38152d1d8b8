// Transfers by their handlers alone, step by step, as the background does with a window's.

import type { Caller, InHandler, OutHandler } from '../../src/messages/handlers.ts'
import type { Chunk, Cursor, InName, OutName, TransferRequest, TransferResult } from '../../src/messages/protocol.ts'
import { ours } from './backgrounds.ts'

/** Every chunk of a transfer out, and its result. */
export async function readAll<N extends OutName>(
  handler: OutHandler<N>,
  request: TransferRequest<N>,
  caller: Caller = ours,
): Promise<{ chunks: Chunk<N>[]; cursors: Cursor<N>[]; result: TransferResult<N> }> {
  const chunks: Chunk<N>[] = []
  const cursors: Cursor<N>[] = []
  for (;;) {
    const step = await handler.read(request, cursors.at(-1) ?? null, caller)
    if ('result' in step) return { chunks, cursors, result: step.result }
    chunks.push(step.chunk)
    cursors.push(step.cursor)
  }
}

/** Stores every chunk of a transfer in, each as often as it is sent. Gives the result. */
export async function storeAll<N extends InName>(
  handler: InHandler<N>,
  request: TransferRequest<N>,
  chunks: readonly Chunk<N>[],
  { times = 1, caller = ours }: { readonly times?: number; readonly caller?: Caller } = {},
): Promise<TransferResult<N>> {
  let cursor: Cursor<N> | null = null
  for (const chunk of chunks) {
    const from: Cursor<N> | null = cursor
    for (let time = 0; time < times; time++) cursor = await handler.store(request, from, chunk, caller)
  }
  return handler.finish(request, cursor, caller)
}

/** The text of a backup. */
export async function backupText(
  handler: OutHandler<'makeBackup'>,
  only: readonly string[] | null = null,
): Promise<string> {
  const { chunks } = await readAll(handler, { only: only === null ? null : [...only] })
  return chunks.map(({ text }) => text).join('')
}
