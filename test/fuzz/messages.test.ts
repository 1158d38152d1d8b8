// Every message shape under fire: 100,000 harmed values, or a share of them (depth.ts), for each question and answer of the protocol, each order, each
// part of a transfer, and each thing that readers and their neighbours say. Nothing is thrown, what is accepted is what was sent, and no unknown field
// gets in. And the background's ear: it never rejects, hands over parsed questions only, and replies in two forms only.

import fc from 'fast-check'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { failureCodes } from '../../src/failure.ts'
import type { Transfer } from '../../src/messages/entry.ts'
import type { Caller, Handlers, TransferHandlers } from '../../src/messages/handlers.ts'
import { lockSignal } from '../../src/messages/lockSignal.ts'
import { type Name, protocol, type TransferName, transfers } from '../../src/messages/protocol.ts'
import * as reading from '../../src/messages/reader.ts'
import { callerOf } from '../../src/messages/sender.ts'
import { respond } from '../../src/messages/serve.ts'
import { serveTransfer } from '../../src/messages/serveTransfers.ts'
import { tabCommandResponses } from '../../src/messages/tabCommandResponses.ts'
import { fieldCommands, finderCommands, tabCommandEnvelope, textCommands } from '../../src/messages/tabCommands.ts'
import { transferAnswer, transferMessage } from '../../src/messages/transfer.ts'
import { casesOf, seed } from '../depth.ts'
import { portOf } from '../messages/ports.ts'
import { senders } from '../messages/senders.ts'
import { fitting, type Harm, harm, harmKinds, numbers, untouched } from './shapes.ts'

const numRuns = casesOf(100_000)
const poolSize = 24
const names = Object.keys(protocol) as Name[]
const transferNames = Object.keys(transfers) as TransferName[]
const transferParts = ['request', 'chunk', 'cursor', 'result'] as const

/** How a thing is harmed; the third number also picks the value that is harmed. */
const harms = fc.tuple(fc.nat(harmKinds - 1), fc.nat(63), fc.noBias(fc.nat(0xffffff)))
const anything = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.double(), fc.constantFrom(null, [], {}, true))

const {
  readerRequest: readerAsk,
  readerEvent: readerNews,
  appearance: look,
  admission,
  frameEvent: frameNews,
} = reading
const shapes: [string, v.GenericSchema][] = [
  ...names.flatMap((name): [string, v.GenericSchema][] => [
    [`the question ${name}`, protocol[name].request],
    [`the answer to ${name}`, protocol[name].response],
  ]),
  ...transferNames.flatMap((name) =>
    transferParts.map((part): [string, v.GenericSchema] => [
      `the ${part} of the transfer ${name}`,
      transfers[name][part],
    ]),
  ),
  ...Object.entries({ ...textCommands, ...fieldCommands, ...finderCommands }).map(
    ([name, told]): [string, v.GenericSchema] => [`the order ${name}`, told],
  ),
  ...Object.entries(tabCommandResponses).map(([name, done]): [string, v.GenericSchema] => [
    `what is answered to the order ${name}`,
    done,
  ]),
  ...Object.entries({
    tabCommandEnvelope,
    readerAsk,
    readerNews,
    look,
    admission,
    frameNews,
    mark: lockSignal,
    transferMessage,
    transferAnswer,
  }),
]

/** What stands in these is parsed by the shapes of the entry that is named. */
const withUnknownParts = new Set(['tabCommandEnvelope', 'transferMessage', 'transferAnswer'])

const poolOf = (schema: v.GenericSchema) => {
  const next = numbers(7)
  return Array.from({ length: poolSize }, () => fitting(schema, next))
}

/** Whether two values are the same all the way down, prototypes of objects included. */
function alike(one: unknown, two: unknown): boolean {
  if (Object.is(one, two)) return true
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false
  const [ones, twos] = [Object.keys(one), Object.keys(two)]
  if (Array.isArray(one) !== Array.isArray(two) || ones.length !== twos.length) return false
  const [left, right] = [one as Record<string, unknown>, two as Record<string, unknown>]
  return ones.every((key) => Object.hasOwn(right, key) && alike(left[key], right[key]))
}

describe('a message shape', () => {
  test.each(shapes)('takes what fits: %s', (_name, schema) => {
    for (const value of poolOf(schema)) {
      const parsed = v.safeParse(schema, value)
      expect(parsed.issues).toBeUndefined()
      expect(parsed.output).toEqual(value)
    }
  })

  test('takes nothing but what was sent, and no field it does not know, whatever is sent', () => {
    const pools = shapes.map(([name, schema]) => ({ name, schema, pool: poolOf(schema) }))
    const taken = new Map<string, number>()
    fc.assert(
      fc.property(harms, anything, (how: Harm, more) => {
        for (const { name, schema, pool } of pools) {
          const { value, added } = harm(pool[how[2] % poolSize], how, more)
          const parsed = v.safeParse(schema, value, { abortEarly: true })
          if (!parsed.success) continue
          // A field in a part that is `unknown` is another parser's matter.
          if (added && !withUnknownParts.has(name)) throw new Error(`${name} took an unknown field`)
          if (!alike(parsed.output, value)) throw new Error(`${name} took what was not sent`)
          taken.set(name, (taken.get(name) ?? 0) + 1)
        }
      }),
      { numRuns, seed },
    )
    // Some are left untouched, so that each shape is seen to take something.
    for (const [name] of shapes) expect(taken.get(name), name).toBeGreaterThan(numRuns / 1000)
    expect('polluted' in {}).toBe(false)
  })

  test('as text over a port is parsed or null, whatever text', () => {
    const some = { admission, frameNews }
    const pools = Object.entries(some).map(([name, schema]) => ({ name, schema, pool: poolOf(schema) }))
    const cut = fc.tuple(fc.nat(3), fc.nat(300))
    fc.assert(
      fc.property(harms, cut, anything, (how: Harm, [kind, at], more) => {
        for (const { schema, pool } of pools) {
          const { value } = harm(pool[how[2] % poolSize], how, more, true)
          const whole = inJson(value)
          const text = kind === 0 ? whole.slice(0, at) : kind === 1 ? whole.slice(at) : whole
          const parsed = reading.parseEvent(schema, text)
          if (parsed !== null && !alike(parsed, JSON.parse(text))) return false
          if (typeof value !== 'string' && reading.parseEvent(schema, value) !== null) return false
        }
        return true
      }),
      { numRuns, seed },
    )
  })
})

/** As JSON text; empty for what cannot be written so. */
function inJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

describe('the background’s ear', () => {
  beforeEach(() => void vi.spyOn(globalThis, 'console', 'get').mockReturnValue({ ...console, error: () => undefined }))
  afterEach(() => void vi.restoreAllMocks())

  test('never rejects, hands over only what was parsed, and replies in its two forms only', async () => {
    const asks = new Map(names.map((name) => [name, poolOf(protocol[name].request)]))
    const given = new Map(names.map((name) => [name, poolOf(protocol[name].response)]))
    let answering: unknown
    let reached: { name: Name; ask: unknown; asker: Caller } | null = null
    const handler = (name: Name) => async (ask: unknown, asker: Caller) => {
      reached = { name, ask, asker }
      if (answering instanceof Error) throw answering
      return answering
    }
    const handlers = Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Handlers
    const everyone = Object.entries(senders)
    const forPages = names.filter((name) => (protocol[name].roles as readonly string[]).includes('content'))
    const counts = { answered: 0, refused: 0, failed: 0 }
    await fc.assert(
      fc.asyncProperty(harms, harms, anything, fc.nat(3), async (how: Harm, then: Harm, more, part) => {
        // Of what handlers give, only what goes to a page is looked at where it leaves; windows of ours do so where it arrives.
        const asked = part === 3 ? forPages : names
        const name = asked[how[2] % asked.length] as Name
        const [peer, sender] = everyone[then[2] % everyone.length] as (typeof everyone)[number]
        const from = part === 0 ? sender : part === 3 ? senders.content : senders[protocol[name].roles[0]]
        const ask = harm(asks.get(name)?.[then[1] % poolSize], part === 1 ? how : untouched, more)
        const envelope = { name, request: part === 1 ? ask.value : asks.get(name)?.[then[1] % poolSize] }
        const message = part === 2 ? harm(envelope, how, more).value : envelope
        answering = part === 3 ? harm(given.get(name)?.[how[1] % poolSize], then, more).value : given.get(name)?.[0]
        reached = null
        const reply: unknown = await respond(handlers, message, from)
        const keys = Object.keys(reply as object).join()
        const { ok, value, code } = reply as { ok: unknown; value?: unknown; code?: never }
        if (ok === true) {
          counts.answered++
          if (keys !== 'ok,value' || reached === null) return false
          if (!alike(value, answering)) return false
          if (from === senders.content && !v.safeParse(protocol[name].response, value).success) return false
        } else {
          if (ok !== false || keys !== 'ok,code' || !failureCodes.includes(code as never)) return false
          counts[reached === null ? 'refused' : 'failed']++
        }
        const heard = reached as { name: Name; ask: unknown; asker: Caller } | null
        if (heard === null) return true
        const entry = protocol[heard.name]
        if (part === 0 && !(entry.roles as readonly string[]).includes(peer)) return false
        return (
          v.safeParse(entry.request, heard.ask).success && alike(heard.ask, (message as { request: unknown }).request)
        )
      }),
      { numRuns, seed },
    )
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(numRuns / 50)
  })

  test('takes a transfer the same way: what its steps get was parsed and sent, and what goes back is of its shapes, or a code', async () => {
    const pools = new Map(
      transferNames.map((name) => {
        const pool = (part: (typeof transferParts)[number]) => poolOf(transfers[name][part])
        return [
          name,
          { request: pool('request'), chunk: pool('chunk'), cursor: pool('cursor'), result: pool('result') },
        ]
      }),
    )
    let giving: unknown
    const steps: { name: TransferName; args: unknown[] }[] = []
    const step =
      (name: TransferName) =>
      async (...args: unknown[]) => {
        steps.push({ name, args: args.slice(0, -1) })
        if (giving instanceof Error) throw giving
        return giving
      }
    const handlers = Object.fromEntries(
      transferNames.map((name) => [name, { read: step(name), store: step(name), finish: step(name) }]),
    ) as unknown as TransferHandlers
    const everyone = Object.entries(senders)
    const counts = { served: 0, refused: 0, failed: 0 }
    await fc.assert(
      fc.asyncProperty(harms, harms, anything, fc.nat(4), async (how: Harm, then: Harm, more, part) => {
        const name = transferNames[how[2] % transferNames.length] as TransferName
        const entry: Transfer = transfers[name]
        const pool = pools.get(name)
        const at = then[1] % poolSize
        const [peer, sender] = everyone[then[2] % everyone.length] as (typeof everyone)[number]
        const from = part === 0 ? sender : senders[entry.roles[0]]
        const isOut = entry.direction === 'out'
        const begin = {
          kind: 'begin',
          name,
          request: part === 1 ? harm(pool?.request[at], how, more).value : pool?.request[at],
          cursor: how[1] % 2 === 0 ? null : pool?.cursor[at],
        }
        const chunk = part === 3 ? harm(pool?.chunk[at], how, more).value : pool?.chunk[at]
        const second = isOut ? { kind: 'next' } : { kind: 'chunk', chunk }
        const messages = [part === 2 ? harm(begin, how, more).value : begin, second]
        const result = { result: pool?.result[at] }
        const given = isOut ? (how[0] % 2 ? { chunk, cursor: pool?.cursor[at] } : result) : pool?.cursor[at]
        giving = part === 4 ? harm(given, then, more).value : given
        steps.length = 0
        const port = portOf(from)
        serveTransfer(port, callerOf(from), handlers)
        for (const message of messages) {
          const before = port.posted.length
          port.says(message)
          for (let turns = 0; port.open && port.posted.length === before && turns < 50; turns++) await Promise.resolve()
        }
        for (const posted of port.posted) {
          const answer = v.safeParse(transferAnswer, posted)
          if (!answer.success || !alike(answer.output, posted)) return false
          const { kind } = answer.output
          if (kind === 'failed') counts[steps.length === 0 ? 'refused' : 'failed']++
          else counts.served++
          if (kind === 'chunk' && !v.is(entry.chunk, answer.output.chunk)) return false
          if ((kind === 'chunk' || kind === 'next') && !v.is(v.nullable(entry.cursor), answer.output.cursor))
            return false
          if (kind === 'done' && !v.is(entry.result, answer.output.result)) return false
        }
        const isOver = port.posted.some((posted) => /^(done|failed)$/.test((posted as { kind: string }).kind))
        if (isOver === port.open) return false
        for (const { name: reached, args } of steps) {
          const { roles, request, cursor, chunk: shape }: Transfer = transfers[reached]
          if (part === 0 && !(roles as readonly string[]).includes(peer)) return false
          if (!v.is(request, args[0]) || !v.is(v.nullable(cursor), args[1])) return false
          if (!alike(args[0], (messages[0] as { request: unknown }).request)) return false
          if (args.length > 2 && !v.is(shape, args[2])) return false
        }
        return true
      }),
      { numRuns, seed },
    )
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(numRuns / 50)
  })
})
