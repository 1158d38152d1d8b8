// The window's end of a transfer, with the background's at the other end of its port: every chunk in its order and once, never two under
// way, whatever dies when.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure, failureCodes } from '../../src/failure.ts'
import type { TransferHandlers } from '../../src/messages/handlers.ts'
import type { Cursor } from '../../src/messages/protocol.ts'
import { callerOf } from '../../src/messages/sender.ts'
import { serveTransfer } from '../../src/messages/serveTransfers.ts'
import { receive, send, type TransferMessage, transferPort } from '../../src/messages/transfer.ts'
import { type PortEnd, portPair } from './ports.ts'
import { notingTransfers, transferSamples } from './samples.ts'
import { senders } from './senders.ts'

const lines = ['head', 'one', 'two', 'three', 'end']
const chain = 'A'.repeat(43)
const token = 'T'.repeat(22)
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code })

/** A background: what becomes of each port that is opened. */
type Background = (host: PortEnd, opener: PortEnd) => void

let background: Background
let ports: { opener: PortEnd; host: PortEnd }[]
/** What is stored, piece by piece; and each time that something was. */
let stored: Map<number, string>
let stores: number
let reads: number
let underWay: number
let mostUnderWay: number

beforeEach(() => {
  vi.useFakeTimers()
  ports = []
  stored = new Map()
  stores = 0
  reads = 0
  underWay = 0
  mostUnderWay = 0
  background = serving()
  const connect = ({ name }: { name: string }) => {
    const pair = portPair(name, senders.options)
    ports.push(pair)
    background(pair.host, pair.opener)
    return pair.opener
  }
  vi.spyOn(fakeBrowser.runtime, 'connect').mockImplementation(connect as never)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const handlers: TransferHandlers = {
  ...notingTransfers().handlers,
  makeBackup: {
    read: async (_request, cursor) => {
      reads++
      const documents = cursor?.documents ?? 0
      const text = lines[documents]
      if (text === undefined) return { result: { documents } }
      underWay++
      mostUnderWay = Math.max(mostUnderWay, underWay)
      return { chunk: { text }, cursor: { chain, documents: documents + 1, after: null, next: 'documents' } }
    },
  },
  stageBackup: {
    store: async (_request, cursor, { text }) => {
      stores++
      const pieces = cursor?.pieces ?? 0
      stored.set(pieces, text)
      underWay--
      return { pieces: pieces + 1 }
    },
    finish: async (_request, cursor) => ({ pieces: cursor?.pieces ?? 0 }),
  },
}
const serving =
  (given: TransferHandlers = handlers): Background =>
  (host) =>
    serveTransfer(host, callerOf(senders.options), given)

/** A background that dies as the n-th message comes to it, or before its answer gets away; and the ones after it, as `then` says. */
function dyingAt(nth: number, when: 'unheard' | 'unanswered', then: Background): Background {
  let left = nth
  const first: Background = (host, opener) => {
    const hear = host.hear.bind(host)
    host.hear = (message) => {
      left--
      if (left > 0) return hear(message)
      background = then
      if (when === 'unanswered') {
        host.postMessage = () => undefined
        hear(message)
      }
      host.isOpen = false
      opener.lose()
    }
    serving()(host, opener)
  }
  return first
}

async function outcome(work: Promise<unknown>): Promise<unknown> {
  const ended = work.then(
    (value) => ({ value }),
    (thrown: unknown) => thrown,
  )
  await vi.runAllTimersAsync()
  return ended
}

let received: string[]
beforeEach(() => {
  received = []
})
const receiveAll = (more: Parameters<typeof receive>[3] = {}) =>
  outcome(
    receive(
      'makeBackup',
      { only: null },
      async ({ text }) => {
        await Promise.resolve()
        received.push(text)
        underWay--
      },
      more,
    ),
  )
function* pieces() {
  for (const text of lines) {
    underWay++
    mostUnderWay = Math.max(mostUnderWay, underWay)
    yield { text }
  }
}
const acknowledged: Cursor<'stageBackup'>[] = []
const sendAll = (more: Parameters<typeof send>[3] = {}) => {
  acknowledged.length = 0
  return outcome(
    send('stageBackup', { token }, pieces(), { ...more, onStored: (cursor) => void acknowledged.push(cursor) }),
  )
}
const said = () => ports.flatMap(({ opener }) => opener.posted) as TransferMessage[]
const isClosed = () => ports.every(({ opener, host }) => !opener.isOpen && !host.isOpen)

describe('a transfer out', () => {
  test('brings every chunk in its order and gives the result, over one port that is closed then', async () => {
    expect(await receiveAll()).toEqual({ value: { documents: lines.length } })
    expect(received).toEqual(lines)
    expect(ports.length).toBe(1)
    expect(ports[0]?.opener.name).toBe(transferPort)
    expect(isClosed()).toBe(true)
  })

  test('is asked for the next chunk only once the one before is used', async () => {
    expect(await receiveAll()).toMatchObject({ value: {} })
    expect(mostUnderWay).toBe(1)
    expect(said().map(({ kind }) => kind)).toEqual(['begin', ...lines.map(() => 'next')])
  })

  test('waits for a window that takes its time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const work = outcome(receive('makeBackup', { only: null }, () => promise))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toBe(1)
    resolve()
    expect(await work).toMatchObject({ value: {} })
    expect(reads).toBe(lines.length + 1)
  })

  const cuts = Array.from({ length: lines.length + 1 }, (_, index) => index + 1)
  test.each(cuts.flatMap((nth) => (['unheard', 'unanswered'] as const).map((when) => ({ nth, when }))))(
    'goes on where it was when the background dies at message $nth, $when: nothing is lost, nothing comes twice',
    async ({ nth, when }) => {
      background = dyingAt(nth, when, serving())
      expect(await receiveAll()).toEqual({ value: { documents: lines.length } })
      expect(received).toEqual(lines)
      expect(ports.length).toBe(2)
    },
  )

  test('goes on though every single chunk costs a background or three', async () => {
    let deaths = 0
    const dying: Background = (host, opener) => {
      deaths++
      // Two die at once, and the third after its first chunk.
      dyingAt(deaths % 3 === 0 ? 2 : 1, 'unheard', dying)(host, opener)
    }
    background = dying
    expect(await receiveAll()).toEqual({ value: { documents: lines.length } })
    expect(received).toEqual(lines)
    expect(deaths).toBeGreaterThan(2 * lines.length)
  })

  test('ends when the window will not use a chunk, and throws what that threw', async () => {
    const thrown = new Error('the disk is full')
    const use = vi.fn(() => {
      throw thrown
    })
    expect(await outcome(receive('makeBackup', { only: null }, use))).toBe(thrown)
    expect(use).toHaveBeenCalledOnce()
    expect(reads).toBe(1)
    expect(isClosed()).toBe(true)
  })
})

describe('a transfer in', () => {
  test('hands every chunk over in its order, each once the one before is stored, and gives the result', async () => {
    expect(await sendAll()).toEqual({ value: { pieces: lines.length } })
    expect([...stored.values()]).toEqual(lines)
    expect(mostUnderWay).toBe(1)
    expect(acknowledged).toEqual(lines.map((_, index) => ({ pieces: index + 1 })))
    expect(said().map(({ kind }) => kind)).toEqual(['begin', ...lines.map(() => 'chunk'), 'end'])
    expect([ports.length, isClosed()]).toEqual([1, true])
  })

  const cuts = Array.from({ length: lines.length + 2 }, (_, index) => index + 1)
  test.each(cuts.flatMap((nth) => (['unheard', 'unanswered'] as const).map((when) => ({ nth, when }))))(
    'goes on where it was when the background dies at message $nth, $when: what is stored is what was sent',
    async ({ nth, when }) => {
      background = dyingAt(nth, when, serving())
      expect(await sendAll()).toEqual({ value: { pieces: lines.length } })
      expect([...stored.entries()]).toEqual([...lines.entries()])
      expect(acknowledged).toEqual(lines.map((_, index) => ({ pieces: index + 1 })))
      expect(ports.length).toBe(2)
      const isStoredTwice = when === 'unanswered' && nth > 1 && nth <= lines.length + 1
      expect(stores).toBe(lines.length + Number(isStoredTwice))
    },
  )

  test('throws what its source throws, and reads no more of it', async () => {
    const thrown = new Error('the file is gone')
    let isLeft = false
    async function* source() {
      try {
        yield { text: 'one' }
        throw thrown
      } finally {
        isLeft = true
      }
    }
    expect(await outcome(send('stageBackup', { token }, source()))).toBe(thrown)
    expect([isLeft, isClosed(), stores]).toEqual([true, true, 1])
  })
})

const both: [string, (more?: Parameters<typeof receive>[3]) => Promise<unknown>][] = [
  ['out', receiveAll],
  ['in', sendAll],
]
describe.each(both)('a transfer %s', (_direction, carry) => {
  test.each(failureCodes)('that fails with `%s` fails with that, and is not tried again', async (code) => {
    const { handlers: throwing } = notingTransfers(() => {
      throw new Failure(code, { cause: new Error('hunter2') })
    })
    background = serving(throwing)
    expect(await carry()).toEqual(failing(code))
    expect([ports.length, isClosed()]).toEqual([1, true])
  })

  test('that nobody answers is `unavailable` in the end', async () => {
    background = (_host, opener) => void Promise.resolve().then(() => opener.lose())
    expect(await carry()).toEqual(failing('unavailable'))
    expect(ports.length).toBe(4)
  })

  test('in an extension that is gone is `unavailable`', async () => {
    vi.mocked(fakeBrowser.runtime.connect).mockImplementation(() => {
      throw new Error('Extension context invalidated.')
    })
    expect(await carry()).toEqual(failing('unavailable'))
  })

  test('with a background that answers nonsense is `unavailable`', async () => {
    const { cursor } = transferSamples.makeBackup
    const nonsense = [
      null,
      'ok',
      [],
      {},
      { kind: 'failed', code: 'made-up' },
      { kind: 'failed', code: 'locked', more: 'the reason' },
      { kind: 'chunk', chunk: { text: 1 }, cursor },
      { kind: 'chunk', chunk: { text: 'x' }, cursor: { chunks: 1 } },
      { kind: 'chunk', chunk: { text: 'x', masterKey: 'x' }, cursor },
      { kind: 'done', result: { documents: 1, masterKey: 'x' } },
      { kind: 'end' },
    ]
    for (const answer of nonsense) {
      background = (host) => host.onMessage.addListener(() => host.postMessage(answer))
      expect(await carry()).toEqual(failing('unavailable'))
      expect(isClosed()).toBe(true)
    }
    expect(received).toEqual([])
  })

  test('is ended by its signal at every moment: the port is closed, and the background does nothing more', async () => {
    for (let nth = 1; nth <= lines.length + 1; nth++) {
      const life = new AbortController()
      ports = []
      let heard = 0
      background = (host, opener) => {
        host.onMessage.addListener(() => {
          heard++
          if (heard === nth) life.abort()
        })
        serving()(host, opener)
      }
      expect(await carry({ signal: life.signal })).toEqual(failing('cancelled'))
      expect([heard, ports.length, isClosed()]).toEqual([nth, 1, true])
    }
  })

  test('that is cancelled before it begins opens no port', async () => {
    expect(await carry({ signal: AbortSignal.abort() })).toEqual(failing('cancelled'))
    expect(ports).toEqual([])
  })

  test('that is cancelled between two connections opens no more', async () => {
    const life = new AbortController()
    background = (_host, opener) => {
      opener.lose()
      setTimeout(() => life.abort(), 1)
    }
    expect(await carry({ signal: life.signal })).toEqual(failing('cancelled'))
    expect(ports.length).toBe(1)
  })

  test('goes on where it was once what it failed with is mended, and else fails with what mending throws', async () => {
    let needed = 3
    const steps = (given: object) =>
      Object.fromEntries(
        Object.entries(given).map(([name, step]) => [
          name,
          (...args: unknown[]) => {
            if (needed > 0 && args[1] !== null) {
              needed--
              throw new Failure('proof-needed')
            }
            return (step as (...args: unknown[]) => unknown)(...args)
          },
        ]),
      )
    const guarded = {
      ...handlers,
      makeBackup: steps(handlers.makeBackup),
      stageBackup: steps(handlers.stageBackup),
    } as unknown as TransferHandlers
    background = serving(guarded)
    const mend = vi.fn(async (failure: Failure) => {
      if (failure.code !== 'proof-needed') throw failure
    })
    expect(await carry({ mend })).toMatchObject({ value: {} })
    expect(mend).toHaveBeenCalledTimes(3)
    expect(ports.length).toBe(4)
    if (received.length > 0) expect(received).toEqual(lines)
    else expect([...stored.values()]).toEqual(lines)

    needed = 1
    const refusal = new Failure('proof-needed')
    expect(await carry({ mend: () => Promise.reject(refusal) })).toBe(refusal)
  })
})
