// The lines of reader frames: who gets one, what may be said over it, and that it ends.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { roles } from '../../src/messages/entry.ts'
import type { ReaderConnection } from '../../src/messages/handlers.ts'
import type { ReaderRequest } from '../../src/messages/reader.ts'
import type { Sender } from '../../src/messages/sender.ts'
import { servePorts } from '../../src/messages/serve.ts'
import { portOf, Wire } from './ports.ts'
import { notingTransfers, token } from './samples.ts'
import { peersBut, senders } from './senders.ts'

const original = fakeBrowser.runtime.onConnect
let connecting: Wire<[ReturnType<typeof portOf>]>
let lines: ReaderConnection[]
let received: ReaderRequest[]
let ended: number

beforeEach(() => {
  connecting = new Wire()
  lines = []
  received = []
  ended = 0
  Object.assign(fakeBrowser.runtime, { onConnect: connecting })
  const admit = (line: ReaderConnection) => {
    lines.push(line)
    return { receive: (request: ReaderRequest) => void received.push(request), end: () => void ended++ }
  }
  servePorts(admit, notingTransfers().handlers)
})
afterEach(() => void Object.assign(fakeBrowser.runtime, { onConnect: original }))

const connect = (sender: Sender | undefined, name?: string) => {
  const port = portOf(sender, name)
  connecting.fire(port)
  return port
}

describe('a line', () => {
  test('is given to a reader in a frame of a page, and knows its tab and frame from the browser', () => {
    const port = connect(senders.reader)
    expect(port.open).toBe(true)
    expect(lines).toEqual([expect.objectContaining({ tabId: 7, frameId: 3 })])
    lines[0]?.send({ event: 'noTicket' })
    expect(port.posted).toEqual([{ event: 'noTicket' }])
  })

  test.each(peersBut(['reader']))('is not given to %s: its port is closed at once', (peer) => {
    expect(connect(senders[peer]).open).toBe(false)
    expect(lines).toEqual([])
  })

  test('is not given to a reader at the top of a tab, of another extension, of an opaque origin, or of no known sender', () => {
    const { reader } = senders
    const odd = [{ ...reader, frameId: 0 }, { ...reader, id: 'another' }, { ...reader, origin: 'null' }, {}, undefined]
    for (const sender of odd) expect(connect(sender).open).toBe(false)
    expect(lines).toEqual([])
  })

  test('is not given under another name, and the right name helps nobody else', () => {
    for (const peer of roles)
      for (const name of ['', 'Reader', 'popup', 'Transfer', 'transfer '])
        expect(connect(senders[peer], name).open).toBe(false)
    expect(lines).toEqual([])
  })
})

describe('what is said over a line', () => {
  const redeem = { request: 'redeem', ticket: token, ancestors: ['https://notes.example'] }

  test('is received when it is well-formed', () => {
    const port = connect(senders.reader)
    const said = [
      redeem,
      { request: 'openWindow', box: { left: 0, top: 0, width: 1, height: 1 } },
      { request: 'unlock' },
      { request: 'edit', box: { left: 0, top: 0, width: 1, height: 1 } },
      { request: 'stay' },
    ]
    for (const one of said) port.says(one)
    expect(received).toEqual(said)
    expect([port.open, ended]).toEqual([true, 0])
  })

  const malformed: unknown[] = [
    undefined,
    null,
    'redeem',
    [],
    {},
    { request: 'seal', text: 'x' },
    { request: '__proto__' },
    { request: 'stay', more: 1 },
    { request: 'edit' },
    { request: 'openWindow' },
    { request: 'openElsewhere' },
    { ...redeem, ticket: 'short' },
    { ...redeem, ancestors: [] },
    { ...redeem, ancestors: [1] },
    { ...redeem, ancestors: Array.from({ length: 21 }, () => 'https://a.example') },
    { ...redeem, ancestors: ['x'.repeat(401)] },
    JSON.parse('{"request":"stay","__proto__":{}}'),
  ]
  test.each(malformed.map((message) => ({ message })))(
    'closes it and ends its reader when it is $message',
    ({ message }) => {
      const port = connect(senders.reader)
      port.says(message)
      port.says({ request: 'stay' })
      expect(received).toEqual([])
      expect([port.open, ended]).toEqual([false, 1])
    },
  )
})

describe('a frame that goes away', () => {
  test('ends its reader', () => {
    connect(senders.reader).leaves()
    expect(ended).toBe(1)
  })

  test('can still be told something, which is lost', () => {
    connect(senders.reader).leaves()
    expect(() => lines[0]?.send({ event: 'noTicket' })).not.toThrow()
  })
})
