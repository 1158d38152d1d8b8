// Every message shape under fire: 100,000 harmed values, or a share of them (depth.ts), for each question and answer of the protocol, each order, and each
// thing that readers and their neighbours say. Nothing is thrown, what is accepted is what was sent, and no unknown field
// gets in. And the background's ear: it never rejects, hands over parsed questions only, and replies in two forms only.

import fc from 'fast-check'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { failureCodes } from '../../src/failure.ts'
import type { Caller, Handlers } from '../../src/messages/handlers.ts'
import { lockSignal } from '../../src/messages/lockSignal.ts'
import { type Name, protocol } from '../../src/messages/protocol.ts'
import * as reading from '../../src/messages/reader.ts'
import { respond } from '../../src/messages/serve.ts'
import { tabCommandResponses } from '../../src/messages/tabCommandResponses.ts'
import { fieldCommands, finderCommands, tabCommandEnvelope, textCommands } from '../../src/messages/tabCommands.ts'
import { casesOf, seed } from '../depth.ts'
import { senders } from '../messages/senders.ts'
import { fitting, type Harm, harm, harmKinds, numbers, untouched } from './shapes.ts'

const numRuns = casesOf(100_000)
const poolSize = 24
const names = Object.keys(protocol) as Name[]

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
  }),
]

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
          if (added && name !== 'tabCommandEnvelope') throw new Error(`${name} took an unknown field`)
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
    const counts = { answered: 0, refused: 0, failed: 0 }
    await fc.assert(
      fc.asyncProperty(harms, harms, anything, fc.nat(3), async (how: Harm, then: Harm, more, part) => {
        const name = names[how[2] % names.length] as Name
        const [peer, sender] = everyone[then[2] % everyone.length] as (typeof everyone)[number]
        const from = part === 0 ? sender : senders[protocol[name].roles[0]]
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
          if (!alike(value, answering) || !v.safeParse(protocol[name].response, value).success) return false
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
})
