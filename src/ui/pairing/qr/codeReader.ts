// Decodes pictures in a worker of their own (decodeQr.ts), one after the other. A picture that takes two seconds ends the worker,
// and the next picture gets a new one: somebody may craft a picture that hangs its decoder.

import { Queue } from '../../../queue.ts'
import type { DecodeAnswer, DecodeRequest } from './decodeQr.ts'

const maxDecodingMs = 2_000

/** `overran`: the worker was ended; whether there is a code in the picture is not known. */
export type Reading = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'nothing' | 'overran' }

export class CodeReader {
  readonly #closing = new AbortController()
  #worker: Promise<Worker> | null = null
  readonly #readings = new Queue()

  /** Transfers the picture, which has no pixels afterwards. Throws when the worker cannot be loaded. */
  read(picture: ImageData, patient = false): Promise<Reading> {
    return this.#readings.run(() => this.#readNow(picture, patient))
  }

  /** For good. A picture that is being read gives 'nothing'. */
  close(): void {
    this.#closing.abort()
    this.#endWorker()
  }

  async #readNow({ data, width, height }: ImageData, patient: boolean): Promise<Reading> {
    const { signal } = this.#closing
    if (signal.aborted) return { kind: 'nothing' }
    this.#worker ??= startWorker()
    // Time counts from when the worker has loaded, which a busy device may take long for.
    const worker = await this.#worker
    const request: DecodeRequest = { data, width, height, patient }
    const answer = nextAnswer(worker, AbortSignal.any([signal, AbortSignal.timeout(maxDecodingMs)]))
    worker.postMessage(request, [data.buffer])
    const decoded = await answer
    if (decoded?.kind === 'decoded')
      return decoded.text === null ? { kind: 'nothing' } : { kind: 'text', text: decoded.text }
    this.#endWorker()
    return { kind: signal.aborted ? 'nothing' : 'overran' }
  }

  #endWorker(): void {
    const ended = this.#worker
    this.#worker = null
    void ended?.then((worker) => worker.terminate()).catch(() => undefined)
  }
}

/** Trusted Types, as far as it is used here. Node and its tests have none. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): unknown }
}
let decoderPolicy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** The one address that a script of our windows may be loaded from by code: their policy allows no other (wxt.config.ts). */
function decoderUrl(): string {
  const path = '/qrDecoder.js'
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  decoderPolicy ??= trustedTypes?.createPolicy('qr-decoder', { createScriptURL: () => path })
  return (decoderPolicy?.createScriptURL(path) ?? path) as string
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(decoderUrl())
  await nextAnswer(worker)
  return worker
}

/** Null once `until` is aborted. Throws when the worker fails. */
function nextAnswer(worker: Worker, until?: AbortSignal): Promise<DecodeAnswer | null> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController()
    const { signal } = listening
    const settle = (act: () => void) => {
      listening.abort()
      act()
    }
    until?.addEventListener('abort', () => settle(() => resolve(null)), { signal })
    if (until?.aborted) settle(() => resolve(null))
    const onAnswer = ({ data }: MessageEvent<DecodeAnswer>) => settle(() => resolve(data))
    const onError = ({ message }: ErrorEvent) => settle(() => reject(new Error(`the QR decoder failed: ${message}`)))
    worker.addEventListener('message', onAnswer, { signal })
    worker.addEventListener('error', onError, { signal })
  })
}
