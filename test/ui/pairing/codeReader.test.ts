// Pictures are decoded in a worker that is ended after two seconds: no picture keeps a window of ours busy, or the next picture
// from being read.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CodeReader } from '../../../src/ui/pairing/qr/codeReader.ts'
import type { DecodeAnswer, DecodeRequest } from '../../../src/ui/pairing/qr/decodeQr.ts'

/** What the workers do with a request. */
let decode: (request: DecodeRequest) => DecodeAnswer | 'hang' | 'fail'
let workers: FakeWorker[]

class FakeWorker extends EventTarget {
  readonly path: string
  ended = false

  constructor(path: string) {
    super()
    this.path = path
    workers.push(this)
    queueMicrotask(() => this.#answer({ kind: 'ready' }))
  }

  postMessage(request: DecodeRequest): void {
    const answer = decode(request)
    if (answer === 'fail') this.dispatchEvent(Object.assign(new Event('error'), { message: 'no' }))
    else if (answer !== 'hang') queueMicrotask(() => this.#answer(answer))
  }

  terminate(): void {
    this.ended = true
  }

  #answer(data: DecodeAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const picture = (width: number) => ({ data: new Uint8ClampedArray(4), width, height: 1 }) as unknown as ImageData
const decoded = (text: string | null): DecodeAnswer => ({ kind: 'decoded', text })

beforeEach(() => {
  workers = []
  vi.stubGlobal('Worker', FakeWorker)
  // AbortSignal.timeout does not go by the clock that is stood in for.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), ms)
    return controller.signal
  })
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('says what the code in a picture says, or that there is none, by one worker', async () => {
  decode = ({ width }) => decoded(width === 1 ? null : `width ${width}`)
  const reader = new CodeReader()
  const readings = await Promise.all([reader.read(picture(1)), reader.read(picture(2)), reader.read(picture(3))])
  expect(readings).toEqual([{ kind: 'nothing' }, { kind: 'text', text: 'width 2' }, { kind: 'text', text: 'width 3' }])
  expect(workers.map(({ path, ended }) => [path, ended])).toEqual([['/qrDecoder.js', false]])
})

test('a picture that hangs the decoder ends it after two seconds, and the next picture is read by another', async () => {
  decode = ({ width }) => (width === 1 ? 'hang' : decoded('the next'))
  const reader = new CodeReader()
  const first = reader.read(picture(1))
  const next = reader.read(picture(2))
  await vi.advanceTimersByTimeAsync(1_999)
  expect(workers.map(({ ended }) => ended)).toEqual([false])
  await vi.advanceTimersByTimeAsync(1)
  expect(await first).toEqual({ kind: 'overran' })
  expect(await next).toEqual({ kind: 'text', text: 'the next' })
  expect(workers.map(({ ended }) => ended)).toEqual([true, false])
})

test('closed, it ends the worker at once, and what it was reading comes to nothing', async () => {
  decode = () => 'hang'
  const reader = new CodeReader()
  const reading = reader.read(picture(1))
  await vi.advanceTimersByTimeAsync(10)
  reader.close()
  expect(await reading).toEqual({ kind: 'nothing' })
  expect(await reader.read(picture(2))).toEqual({ kind: 'nothing' })
  expect(workers.map(({ ended }) => ended)).toEqual([true])
})

test('a worker that fails is told of, and is not asked again', async () => {
  decode = ({ width }) => (width === 1 ? 'fail' : decoded('fine'))
  const reader = new CodeReader()
  await expect(reader.read(picture(1))).rejects.toThrow('the QR decoder failed')
  expect(await reader.read(picture(2))).toEqual({ kind: 'text', text: 'fine' })
})
