// Asking the background when it answers, refuses, talks nonsense, has died, or dies in the middle. The cuts are those of
// the browsers, in their own words.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { failureCodes } from '../../src/failure.ts'
import { call } from '../../src/messages/call.ts'
import { type Name, protocol } from '../../src/messages/protocol.ts'
import { answers, asks, names } from './samples.ts'

const unheard = new Error('Could not establish connection. Receiving end does not exist.')
const cuts = [
  new Error('The message port closed before a response was received.'),
  new Error(
    'A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received',
  ),
  new Error('Promised response from onMessage listener went out of scope'),
  new Error('Extension context invalidated.'),
]

/** The background, as a list of what comes of one message after the other; the last of them for ever. */
let comes: unknown[]
let asked: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(async (message: unknown) => {
    asked.push(message)
    const next = comes.length > 1 ? comes.shift() : comes[0]
    if (next instanceof Error) throw next
    return next
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** What a call comes to, with its pauses passed over: the answer, or the code of the failure. */
async function outcome<N extends Name>(name: N): Promise<unknown> {
  const settled = call(name, asks[name]).then(
    (value) => ({ value }),
    (thrown: unknown) => thrown,
  )
  await vi.runAllTimersAsync()
  return settled
}
const answered = (name: Name) => ({ ok: true, value: answers[name] })
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code })
const again = names.filter((name) => protocol[name].idempotent)
const once = names.filter((name) => !protocol[name].idempotent)

describe('a call', () => {
  test.each(names)('for `%s` asks once and gives the answer', async (name) => {
    comes = [answered(name)]
    expect(await outcome(name)).toEqual({ value: answers[name] })
    expect(asked).toEqual([{ name, request: asks[name] }])
  })

  test.each(failureCodes)('that is answered `%s` fails with that', async (code) => {
    comes = [{ ok: false, code }]
    expect(await outcome('getVaultState')).toEqual(failing(code))
    expect(asked.length).toBe(1)
  })

  test('that is answered with nonsense fails with `unavailable`', async () => {
    const nonsense = [
      null,
      true,
      'ok',
      [],
      {},
      { ok: true },
      { ok: false },
      { ok: false, code: 'made-up' },
      { ok: false, code: 'locked', more: 'the reason' },
      { ok: true, value: { vault: 'open' } },
      { ok: true, value: { ...answers.getVaultState, masterKey: 'x' } },
      { ok: 'true', value: answers.getVaultState },
    ]
    for (const one of nonsense) {
      comes = [one]
      expect(await outcome('getVaultState')).toEqual(failing('unavailable'))
    }
  })
})

describe('a background that has died', () => {
  test.each(names)('and was not heard by is asked `%s` again', async (name) => {
    comes = [unheard, unheard, answered(name)]
    expect(await outcome(name)).toEqual({ value: answers[name] })
    expect(asked.length).toBe(3)
  })

  test.each(again)('in the middle of `%s` is asked again', async (name) => {
    for (const cut of [...cuts, undefined]) {
      asked = []
      comes = [cut, answered(name)]
      expect(await outcome(name)).toEqual({ value: answers[name] })
      expect(asked.length).toBe(2)
    }
  })

  test.each(once)('in the middle of `%s` is not asked again: it may have been done', async (name) => {
    // The polyfill gives `undefined` for a port that closed before a response.
    for (const cut of [...cuts, undefined]) {
      asked = []
      comes = [cut, answered(name)]
      expect(await outcome(name)).toEqual(failing('unavailable'))
      expect(asked.length).toBe(1)
    }
  })

  test('for good is `unavailable` in the end', async () => {
    for (const name of ['getVaultState', 'createVault'] as const) {
      asked = []
      comes = [unheard]
      expect(await outcome(name)).toEqual(failing('unavailable'))
      expect(asked.length).toBe(4)
    }
    for (const cut of [cuts[0], undefined]) {
      asked = []
      comes = [cut]
      expect(await outcome('getVaultState')).toEqual(failing('unavailable'))
      expect(asked.length).toBe(4)
    }
  })
})
