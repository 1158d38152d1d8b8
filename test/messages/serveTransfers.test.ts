// The background's end of transfers, as a table: each with each role, generated. What is malformed, out of turn or from the wrong one
// closes the port after a code, and nothing is done.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure } from '../../src/failure.ts'
import { type Role, roles, type Transfer } from '../../src/messages/entry.ts'
import type { TransferHandlers } from '../../src/messages/handlers.ts'
import { type TransferName, transfers } from '../../src/messages/protocol.ts'
import type { Sender } from '../../src/messages/sender.ts'
import { servePorts } from '../../src/messages/serve.ts'
import { transferPort } from '../../src/messages/transfer.ts'
import { portOf, Wire } from './ports.ts'
import { notingTransfers, transferNames, transferSamples } from './samples.ts'
import { peersBut, senders } from './senders.ts'

const entry = (name: TransferName): Transfer => transfers[name]
const firstRole = (name: TransferName) => entry(name).roles[0]
const refusals = transferNames.flatMap((name) => peersBut(entry(name).roles).map((role) => ({ name, role })))
const admissions = transferNames.flatMap((name) => entry(name).roles.map((role) => ({ name, role })))
const refused = { kind: 'failed', code: 'refused' }
const begin = (name: TransferName, cursor: unknown = null) => ({
  kind: 'begin',
  name,
  request: transferSamples[name].request,
  cursor,
})
const isOut = (name: TransferName) => entry(name).direction === 'out'
/** What carries a transfer on, once it was begun. */
const goOn = (name: TransferName) =>
  isOut(name) ? { kind: 'next' } : { kind: 'chunk', chunk: transferSamples[name].chunk }

const original = fakeBrowser.runtime.onConnect
let logged: ReturnType<typeof vi.spyOn>
let connecting: Wire<[ReturnType<typeof portOf>]>
beforeEach(() => {
  logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  connecting = new Wire()
  Object.assign(fakeBrowser.runtime, { onConnect: connecting })
})
afterEach(() => {
  Object.assign(fakeBrowser.runtime, { onConnect: original })
  vi.restoreAllMocks()
})

function serving(handlers: TransferHandlers) {
  servePorts(() => {
    throw new Error('no reader was to come')
  }, handlers)
}
const connect = (sender: Sender | undefined, name = transferPort) => {
  const port = portOf(sender, name)
  connecting.fire(port)
  return port
}
/** Says them one after the other, each once the one before is answered. */
async function says(port: ReturnType<typeof portOf>, ...messages: unknown[]) {
  for (const message of messages) {
    const before = port.posted.length
    port.says(message)
    await vi.waitFor(() => expect(port.posted.length > before || !port.open).toBe(true))
  }
}

describe('who may not', () => {
  test.each(refusals)('$role is refused the transfer `$name`, and nothing is done', async ({ name, role }) => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const port = connect(senders[role])
    await says(port, begin(name), goOn(name))
    expect([port.posted, port.open, reached]).toEqual([[refused], false, []])
  })

  test('a role that no transfer lists, a stranger and nobody are refused before they have said anything', () => {
    serving(notingTransfers().handlers)
    const listed = new Set<Role>(transferNames.flatMap((name) => entry(name).roles))
    const { options } = senders
    const strange = [
      { ...options, id: 'another' },
      { ...options, origin: 'null' },
      { ...options, frameId: 2 },
      {},
      undefined,
    ]
    const others: (Sender | undefined)[] = [...peersBut([...listed]).map((role) => senders[role]), ...strange]
    for (const sender of others) {
      const port = connect(sender)
      expect([port.posted, port.open]).toEqual([[refused], false])
    }
    expect(others).toContain(senders.content)
    expect(others).toContain(senders.reader)
  })

  test('every transfer and every role was tried with every other', () => {
    expect(refusals.length + admissions.length).toBe(transferNames.length * roles.length)
  })

  test('texts in the clear go out to the library’s tab alone, by a proof; and no content script or reader has any part in a transfer', () => {
    expect(transferNames).toEqual(['makeBackup', 'stageBackup', 'exportTexts', 'importTexts'])
    expect(transferNames.filter((name) => entry(name).proof)).toEqual(['exportTexts'])
    expect(entry('exportTexts').roles).toEqual(['library'])
    for (const name of transferNames)
      for (const role of ['content', 'reader', 'clipboard', 'composer', 'popup'] as const)
        expect(entry(name).roles).not.toContain(role)
  })
})

describe('who may', () => {
  test.each(admissions)('$role is served the transfer `$name` to its end', async ({ name, role }) => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const { request, chunk, cursor, result } = transferSamples[name]
    const port = connect(senders[role])
    const caller = expect.objectContaining({ role })
    if (isOut(name)) {
      await says(port, begin(name), { kind: 'next' })
      expect(port.posted).toEqual([
        { kind: 'chunk', chunk, cursor },
        { kind: 'done', result },
      ])
      expect(reached).toEqual([
        { name, step: 'read', args: [request, null], caller },
        { name, step: 'read', args: [request, cursor], caller },
      ])
    } else {
      await says(port, begin(name), goOn(name), { kind: 'end' })
      expect(port.posted).toEqual([
        { kind: 'next', cursor: null },
        { kind: 'next', cursor },
        { kind: 'done', result },
      ])
      expect(reached).toEqual([
        { name, step: 'store', args: [request, null, chunk], caller },
        { name, step: 'finish', args: [request, cursor], caller },
      ])
    }
    expect(port.open).toBe(false)
  })

  test.each(transferNames)('goes on with `%s` from the cursor that it brings', async (name) => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const { request, cursor } = transferSamples[name]
    const port = connect(senders[firstRole(name)])
    await says(port, begin(name, cursor))
    if (!isOut(name)) await says(port, { kind: 'end' })
    expect(reached.map(({ args }) => args)).toEqual([[request, cursor]])
    expect(port.posted.at(-1)).toEqual({ kind: 'done', result: transferSamples[name].result })
  })
})

describe('a malformed message', () => {
  const unknown = [
    '__proto__',
    'constructor',
    'toString',
    'state',
    'inspectBackup',
    '',
    'MakeBackup',
    'x'.repeat(100_000),
  ]
  test.each(unknown)('that begins the unknown transfer %.20s is refused', async (name) => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const port = connect(senders.options)
    await says(port, { kind: 'begin', name, request: {}, cursor: null })
    expect([port.posted, port.open, reached]).toEqual([[refused], false, []])
  })

  test.each(transferNames)('in the place of the beginning of `%s` is refused, and nothing is done', async (name) => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const fine = begin(name)
    const { request, cursor } = transferSamples[name]
    const odd: unknown[] = [
      undefined,
      null,
      'begin',
      [],
      {},
      { ...fine, more: 1 },
      { ...fine, name: [name] },
      { ...fine, kind: 'Begin' },
      { ...fine, request: { ...request, more: 1 } },
      { ...fine, cursor: { ...cursor, more: 1 } },
      { ...fine, cursor: [] },
      { kind: 'next' },
      { kind: 'end' },
      goOn(name),
      JSON.parse('{"kind":"next","__proto__":{"kind":"begin"}}'),
    ]
    for (const part of ['request', 'cursor'] as const) {
      const whole = part === 'request' ? request : cursor
      for (const key of Object.keys(whole)) {
        const { [key]: _gone, ...less } = whole as Record<string, unknown>
        odd.push({ ...fine, [part]: less })
        for (const wrong of [undefined, 7.5, -1, {}, [[]], true])
          odd.push({ ...fine, [part]: { ...whole, [key]: wrong } })
      }
    }
    for (const message of odd) {
      const port = connect(senders[firstRole(name)])
      await says(port, message, goOn(name))
      expect([port.posted, port.open], JSON.stringify(message)).toEqual([[refused], false])
    }
    expect(reached).toEqual([])
    expect(logged).not.toHaveBeenCalled()
  })

  test.each(transferNames)('in the middle of `%s` is refused, and nothing more is done', async (name) => {
    const { chunk } = transferSamples[name]
    const odd: unknown[] = [
      undefined,
      null,
      'next',
      begin(name),
      { ...goOn(name), more: 1 },
      { kind: isOut(name) ? 'chunk' : 'next', chunk },
      { kind: 'next', cursor: transferSamples[name].cursor },
      { kind: 'chunk', chunk: { ...chunk, more: 1 } },
      { kind: 'chunk', chunk: null },
      { kind: 'chunk' },
      { kind: 'end', more: 1 },
      ...(isOut(name) ? [{ kind: 'end' }] : [{ kind: 'next' }]),
    ]
    for (const message of odd) {
      const { handlers, reached } = notingTransfers()
      connecting = new Wire()
      Object.assign(fakeBrowser.runtime, { onConnect: connecting })
      serving(handlers)
      const port = connect(senders[firstRole(name)])
      await says(port, begin(name))
      const before = reached.length
      await says(port, message, goOn(name))
      expect([port.posted.at(-1), port.open], JSON.stringify(message)).toEqual([refused, false])
      expect(reached.length).toBe(before)
    }
  })

  test('beyond its bounds is refused', async () => {
    const { handlers, reached } = notingTransfers()
    serving(handlers)
    const { token } = transferSamples.stageBackup.request
    const [text] = transferSamples.importTexts.chunk.texts
    const oversized: [TransferName, object, unknown?][] = [
      ['stageBackup', { ...begin('stageBackup'), request: { token: `${token}A` } }],
      ['stageBackup', begin('stageBackup'), { text: 'x'.repeat(24_000_001) }],
      ['stageBackup', { ...begin('stageBackup'), cursor: { pieces: 100_001 } }],
      ['makeBackup', { ...begin('makeBackup'), request: { only: ['not an id'] } }],
      ['exportTexts', { ...begin('exportTexts'), request: { ids: [] } }],
      ['importTexts', begin('importTexts'), { texts: [] }],
      ['importTexts', begin('importTexts'), { texts: Array(1_001).fill(text) }],
      ['importTexts', begin('importTexts'), { texts: [{ ...text, text: 'x'.repeat(1_100_001) }] }],
    ]
    for (const [name, first, chunk] of oversized) {
      const port = connect(senders[firstRole(name)])
      await says(port, first)
      if (chunk !== undefined) await says(port, { kind: 'chunk', chunk })
      expect([port.posted.at(-1), port.open]).toEqual([refused, false])
    }
    expect(reached).toEqual([])
  })
})

describe('one thing at a time', () => {
  test.each(transferNames)(
    'a message of `%s` before the last was answered is refused, and its answer is lost',
    async (name) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      let holds = false
      const { handlers, reached } = notingTransfers(() => (holds ? promise : undefined))
      serving(handlers)
      const port = connect(senders[firstRole(name)])
      await says(port, begin(name))
      const before = [...port.posted]
      holds = true
      port.says(goOn(name))
      port.says(goOn(name))
      expect([port.posted, port.open]).toEqual([[...before, refused], false])
      const begun = reached.length
      resolve()
      await new Promise((done) => setImmediate(done))
      expect([port.posted, reached.length]).toEqual([[...before, refused], begun])
    },
  )

  test.each(transferNames)(
    '`%s` stops when its window goes away: nothing is said, nothing more is done',
    async (name) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      let holds = false
      const { handlers, reached } = notingTransfers(() => (holds ? promise : undefined))
      serving(handlers)
      const port = connect(senders[firstRole(name)])
      await says(port, begin(name))
      holds = true
      port.says(goOn(name))
      const before = [...port.posted]
      port.leaves()
      const begun = reached.length
      resolve()
      await new Promise((done) => setImmediate(done))
      port.onMessage.fire(goOn(name))
      await new Promise((done) => setImmediate(done))
      expect([port.posted, reached.length]).toEqual([before, begun])
    },
  )
})

test('an answer that the browser does not take closes the port, so that its window does not wait for it', async () => {
  serving(notingTransfers().handlers)
  const port = connect(senders.options)
  port.postMessage = () => {
    throw new Error('Message length exceeded maximum allowed length.')
  }
  await says(port, begin('makeBackup'))
  expect(port.open).toBe(false)
})

describe('what goes wrong inside', () => {
  const failingWith = async (name: TransferName, thrown: unknown) => {
    const { handlers } = notingTransfers(() => {
      throw thrown
    })
    connecting = new Wire()
    Object.assign(fakeBrowser.runtime, { onConnect: connecting })
    serving(handlers)
    const port = connect(senders[firstRole(name)])
    await says(port, begin(name))
    if (!isOut(name)) await says(port, goOn(name))
    return [port.posted.at(-1), port.open]
  }

  test.each(transferNames)('of `%s` is told by a code, and never by the words of an error', async (name) => {
    for (const thrown of [new Error('the password is hunter2'), 'a string', null, { code: 'locked' }])
      expect(await failingWith(name, thrown)).toEqual([{ kind: 'failed', code: 'unavailable' }, false])
    const failure = new Failure('locked', { cause: new Error('hunter2') })
    expect(await failingWith(name, failure)).toEqual([{ kind: 'failed', code: 'locked' }, false])
  })

  test.each(transferNames)('`%s` gives nothing beyond its shapes, even where a handler would', async (name) => {
    const secret = 'what only the person may read'
    const { chunk, cursor, result } = transferSamples[name]
    const more = isOut(name)
      ? [
          { chunk: { ...chunk, secret }, cursor },
          { chunk, cursor: { ...cursor, secret } },
          { result: { ...result, secret } },
        ]
      : [{ ...cursor, secret }]
    for (const given of more) {
      const { handlers } = notingTransfers(() => given)
      connecting = new Wire()
      Object.assign(fakeBrowser.runtime, { onConnect: connecting })
      serving(handlers)
      const port = connect(senders[firstRole(name)])
      await says(port, begin(name))
      if (!isOut(name)) await says(port, goOn(name))
      expect(JSON.stringify(port.posted)).not.toContain(secret)
      expect(port.posted.at(-1)).toEqual({ kind: 'failed', code: 'unavailable' })
    }
  })
})
