// The background's ear: what is malformed reaches nobody, whoever sends it; what goes wrong inside is not told outside;
// and ports are for readers.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure } from '../../src/failure.ts'
import { roles } from '../../src/messages/entry.ts'
import { type Name, protocol } from '../../src/messages/protocol.ts'
import type { Sender } from '../../src/messages/sender.ts'
import { respond, serve } from '../../src/messages/serve.ts'
import { casesOf, seed } from '../depth.ts'
import { answers, asks, names, noting, sealed, token } from './samples.ts'
import { senders } from './senders.ts'

const refused = { ok: false, code: 'refused' }

let logged: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

/** What comes of a message from a peer that may ask for `name`. */
async function sent(name: Name, message: unknown) {
  const { handlers, reached } = noting()
  const reply = await respond(handlers, message, senders[protocol[name].roles[0]])
  return { reply, reached }
}

describe('a malformed message', () => {
  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'nothing-of-ours',
    '',
    'GetVaultState',
    'getVaultState ',
    'x'.repeat(100_000),
  ])('with the unknown name %.20s is refused, whoever sends it', async (name) => {
    const { handlers, reached } = noting()
    for (const peer of roles) expect(await respond(handlers, { name, request: {} }, senders[peer])).toEqual(refused)
    expect(reached).toEqual([])
    expect(logged).not.toHaveBeenCalled()
  })

  test('that is no message is refused', async () => {
    const none = [
      undefined,
      null,
      true,
      1,
      1n,
      'getVaultState',
      Symbol('getVaultState'),
      [],
      ['getVaultState', {}],
      () => ({}),
      new Map(),
      {},
    ]
    const almost = [
      { name: 'getVaultState' },
      { request: {} },
      { name: ['getVaultState'], request: {} },
      { name: { toString: () => 'getVaultState' }, request: {} },
      { name: 'getVaultState', request: {}, more: 1 },
      JSON.parse('{"name":"getVaultState","request":{},"__proto__":{"role":"popup"}}'),
      JSON.parse('{"__proto__":{"name":"getVaultState","request":{}}}'),
      JSON.parse('{"name":"getVaultState","request":{},"constructor":{"prototype":{}}}'),
      JSON.parse('{"name":"getVaultState","request":{},"toString":1}'),
    ]
    for (const message of [...none, ...almost]) {
      const { reply, reached } = await sent('getVaultState', message)
      expect(reply).toEqual(refused)
      expect(reached).toEqual([])
    }
    expect(logged).not.toHaveBeenCalled()
  })

  test.each(names)(
    'for `%s` is refused with a field too many, one too few, or another thing in its place',
    async (name) => {
      const ask: Readonly<Record<string, unknown>> = asks[name]
      const odd: unknown[] = [null, undefined, [], [ask], 'x', 1, () => ask, { ...ask, more: 1 }]
      odd.push(
        JSON.parse(`${JSON.stringify(ask).slice(0, -1)}${Object.keys(ask).length ? ',' : ''}"__proto__":{"a":1}}`),
      )
      odd.push({ ...ask, constructor: 1 })
      for (const key of Object.keys(ask)) {
        const { [key]: _gone, ...less } = ask
        odd.push(less)
        const yes = typeof ask[key] === 'boolean' ? 'yes' : true
        for (const wrong of [undefined, 7.5, {}, [[]], yes, { length: 1 }, () => 1]) odd.push({ ...ask, [key]: wrong })
      }
      for (const one of odd) {
        const { reply, reached } = await sent(name, { name, request: one })
        expect(reply).toEqual(refused)
        expect(reached).toEqual([])
      }
      expect(logged).not.toHaveBeenCalled()
    },
  )

  test('leaves every prototype as it was', async () => {
    const { reached } = await sent(
      'seal',
      JSON.parse('{"name":"seal","request":{"text":"x","replaces":null,"__proto__":{"polluted":1}}}'),
    )
    expect(reached).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  const long = (length: number) => 'x'.repeat(length)
  const [text] = asks.issueTickets.texts
  const oversized: [Name, unknown][] = [
    ['unlock', { password: long(4_097) }],
    ['unlock', { password: '' }],
    ['checkRecoveryKey', { typed: long(4_097) }],
    ['seal', { text: long(1_100_001), replaces: null }],
    ['saveDraft', { ...asks.saveDraft, text: long(1_100_001) }],
    ['issueTickets', { texts: [{ ...text, sealed: `sealed1${long(3_000_000)}` }] }],
    ['issueTickets', { texts: [{ ...text, sealed: 'unsealed1' }] }],
    ['issueTickets', { texts: [{ ...text, field: { ...asks.compose.field, label: long(201) } }] }],
    ['issueTickets', { texts: [{ ...text, field: { ...asks.compose.field, id: `${token}\n` } }] }],
    ['issueTickets', { texts: Array(31).fill(text) }],
    ['issueTickets', { texts: [] }],
    ['getWindowContext', { windowRequest: `${token}A` }],
    ['getWindowContext', { windowRequest: token.slice(1) }],
    ['reportTextCount', { texts: -1 }],
    ['reportTextCount', { texts: 100_001 }],
    ['reportTextCount', { texts: Number.NaN }],
    ['compose', { ...asks.compose, box: { ...asks.compose.box, left: Number.POSITIVE_INFINITY } }],
    ['compose', { ...asks.compose, box: { ...asks.compose.box, left: 100_001 } }],
    ['switchOffSite', { pattern: 'https://a.*.example/*' }],
    ['switchOffSite', { pattern: 'https://notes.example/a*' }],
    ['setSiteChoices', { ...asks.setSiteChoices, pattern: '*://*.notes.example/*' }],
    ['alwaysSealField', { ...asks.alwaysSealField, label: long(201) }],
    ['alwaysSealField', { ...asks.alwaysSealField, field: { ...asks.alwaysSealField.field, path: long(121) } }],
    ['switchOffSite', { pattern: `https://${long(301)}/*` }],
    ['switchOffSite', { pattern: 'file:///*' }],
    ['offerSealedText', { sealed, why: 'because' }],
  ]
  test.each(oversized)('for `%s` beyond its bounds is refused (%#)', async (name, ask) => {
    const { reply, reached } = await sent(name, { name, request: ask })
    expect([reply, reached]).toEqual([refused, []])
  })

  test('or sender of any kind whatever throws nothing, and reaches nobody unless it is valid', async () => {
    const { handlers, reached } = noting()
    const ask = fc.oneof(fc.anything({ withNullPrototype: true }), fc.constantFrom(...Object.values(asks)))
    const name = fc.oneof(fc.string(), fc.constantFrom<unknown>(...names, '__proto__', 'constructor'))
    const fitting = fc.constantFrom(...names).map((one) => ({ name: one, request: asks[one] }))
    const made = fc.oneof(fc.record({ name, request: ask }), fc.record({ name, request: ask, more: fc.anything() }))
    const message = fc.oneof(fc.anything(), made, fitting)
    const known = fc.constantFrom<unknown>(...Object.values(senders))
    const altered = fc
      .tuple(
        fc.constantFrom(...Object.values(senders)),
        fc.constantFrom('id', 'url', 'origin', 'frameId', 'tab'),
        fc.anything(),
      )
      .map(([sender, part, value]) => ({ ...sender, [part]: value }))
    const sender = fc.oneof(fc.anything(), known, altered)
    let valid = 0
    await fc.assert(
      fc.asyncProperty(message, sender, async (what, from) => {
        reached.length = 0
        const reply = await respond(handlers, what, from as Sender)
        for (const { name, ask, asker } of reached) {
          valid++
          expect(reply.ok).toBe(true)
          expect(protocol[name].roles as readonly string[]).toContain(asker.role)
          expect(ask).toEqual((what as { request: unknown }).request)
        }
        if (reached.length === 0)
          expect(reply).toEqual({ ok: false, code: expect.stringMatching(/^(refused|unavailable)$/) })
      }),
      { numRuns: casesOf(25_000), seed },
    )
    expect(valid).toBeGreaterThan(casesOf(25_000) / 250)
  })
})

describe('what goes wrong inside', () => {
  const thrower = (thrown: unknown) =>
    noting(() => {
      throw thrown
    }).handlers

  test('is told by a code, and never by the words of an error', async () => {
    for (const thrown of [
      new Error('the password is hunter2'),
      new TypeError('x'),
      'a string',
      null,
      { code: 'locked' },
    ])
      expect(await respond(thrower(thrown), { name: 'getVaultState', request: {} }, senders.popup)).toEqual({
        ok: false,
        code: 'unavailable',
      })
  })

  test('is told by its code when it was meant to be, without its cause', async () => {
    const failure = new Failure('wrong-secret', { cause: new Error('hunter2') })
    const reply = await respond(thrower(failure), { name: 'getVaultState', request: {} }, senders.popup)
    expect(reply).toEqual({ ok: false, code: 'wrong-secret' })
  })
})

describe('the background', () => {
  test('answers what the browser brings, and refuses a message that has no sender', async () => {
    const { handlers, reached } = noting()
    serve(handlers)
    const heard = fakeBrowser.runtime.onMessage as unknown as { trigger(...args: unknown[]): Promise<unknown[]> }
    const asked = { name: 'getVaultState', request: {} }
    expect(await heard.trigger(asked, senders.popup)).toEqual([{ ok: true, value: answers.getVaultState }])
    expect(await heard.trigger(asked, senders.content)).toEqual([refused])
    expect(await heard.trigger(asked, {})).toEqual([refused])
    expect(reached.length).toBe(1)
    fakeBrowser.reset()
  })
})
