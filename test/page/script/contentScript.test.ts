// Of each script of ours one is at work in a frame, for as long as it has its extension and its document; it follows what is
// switched on, and obeys the background alone. The scripts find each other by what they leave in their world.

import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Failure } from '../../../src/failure.ts'
import type { MessageSender } from '../../../src/messages/runtime.ts'
import { textCommands } from '../../../src/messages/tabCommands.ts'
import { isExtensionThere } from '../../../src/page/script/alive.ts'
import { runContentScript } from '../../../src/page/script/contentScript.ts'
import {
  chosenField,
  hostOf,
  injectedLate,
  isChoosing,
  openTexts,
  putSealed,
} from '../../../src/page/script/scriptApis.ts'

type Listener = (message: unknown, sender: MessageSender) => Promise<unknown> | undefined
const { runtime, listen, listeners, call } = vi.hoisted(() => {
  const listeners = new Set<Listener>()
  const listen = (listener: Listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { runtime: { id: 'ours' as string | undefined }, listen, listeners, call: vi.fn() }
})
vi.mock('../../../src/messages/runtime.ts', () => ({ runtime, listen }))
vi.mock('../../../src/messages/callFromTexts.ts', () => ({ call }))

/** As much of a page as a script looks at; its page may write it anew. */
const page = Object.assign(new EventTarget(), { documentElement: {} })
let notice: () => void = () => undefined
vi.stubGlobal('document', page)
vi.stubGlobal('window', new EventTarget())
vi.stubGlobal('self', { origin: 'https://example.com' })
vi.stubGlobal(
  'MutationObserver',
  class {
    constructor(callback: () => void) {
      notice = callback
    }
    observe() {}
    disconnect() {}
  },
)
afterAll(() => vi.unstubAllGlobals())

const world = globalThis as Record<string, unknown>
const answer = (on: boolean, open = true) => ({ on, choices: { open, button: true }, marks: [], owner: '' })
beforeEach(() => {
  runtime.id = 'ours'
  call.mockReset().mockResolvedValue(answer(true))
})
afterEach(() => {
  listeners.clear()
  for (const name of ['fieldseal', 'fieldsealFields', 'fieldsealFinder', 'fieldsealLate']) delete world[name]
})

/** Runs a script, and tells of its lives. */
function run() {
  const lives: AbortSignal[] = []
  const ons: AbortSignal[] = []
  let recheck: () => Promise<void> = async () => undefined
  const onSite = vi.fn((_state: unknown, on: AbortSignal) => void ons.push(on))
  const [onSiteOff, onAnswer] = [vi.fn(), vi.fn()]
  const openTexts = vi.fn(async () => ({ texts: 1, stuck: [] }))
  runContentScript({
    kind: 'fieldseal',
    commands: textCommands,
    isFirst: true,
    start(life, look) {
      lives.push(life)
      recheck = look
      const api = { openTexts: vi.fn(), hostOf: () => null, chosenField: {} as never }
      return { handlers: { openTexts }, api, onSite, onSiteOff, onAnswer }
    },
  })
  return { lives, ons, onSite, onSiteOff, onAnswer, openTexts, recheck: () => recheck() }
}
const lastOf = <T>(list: readonly T[]) => list.at(-1) as T

describe('a script that comes to a frame', () => {
  test('begins where there was none, and asks what is switched on', async () => {
    const { lives, onSite, onAnswer } = run()
    expect(lives).toHaveLength(1)
    await vi.waitFor(() => expect(onSite).toHaveBeenCalledOnce())
    expect(call).toHaveBeenCalledExactlyOnceWith('getSiteState', { reason: 'start' })
    expect(onAnswer).toHaveBeenCalledBefore(onSite)
  })

  test('leaves the work to one that is at it already', () => {
    const [first, second] = [run(), run()]
    expect(second.lives).toEqual([])
    expect(first.lives.map(({ aborted }) => aborted)).toEqual([false])
  })

  test('has one that lost its extension leave, and takes its place', () => {
    const first = run()
    const dispose = vi.fn()
    Object.assign(world.fieldseal as object, { alive: () => false, dispose })
    expect(run().lives).toHaveLength(1)
    expect(dispose).toHaveBeenCalledOnce()
    expect(first.lives).toHaveLength(1)
  })

  test('is late where the background says so', () => {
    expect(injectedLate()).toBe(false)
    world.fieldsealLate = true
    expect(injectedLate()).toBe(true)
  })
})

describe('the life of a script', () => {
  test('ends when its extension is found to be gone, and with it what is on, and what it listens to', async () => {
    const { lives, ons } = run()
    await vi.waitFor(() => expect(ons).toHaveLength(1))
    runtime.id = undefined
    expect(isExtensionThere()).toBe(false)
    expect([...lives, ...ons].map(({ aborted }) => aborted)).toEqual([true, true])
    expect(listeners.size).toBe(0)
  })

  test('ends when the document is written anew, and another begins', () => {
    const { lives } = run()
    page.documentElement = {}
    notice()
    expect(lives.map(({ aborted }) => aborted)).toEqual([true, false])
    expect(listeners.size).toBe(1)
  })

  test('goes on while the same document changes', () => {
    const { lives } = run()
    notice()
    expect(lives.map(({ aborted }) => aborted)).toEqual([false])
  })
})

describe('what is switched on', () => {
  test('stays on while the choices change, and ends when the site is switched off', async () => {
    const { ons, onSite, onSiteOff, recheck } = run()
    await vi.waitFor(() => expect(onSite).toHaveBeenCalledOnce())
    call.mockResolvedValue(answer(true, false))
    await recheck()
    expect(ons[1]).toBe(ons[0])
    expect(lastOf(onSite.mock.calls)[0]).toMatchObject({ choices: { open: false } })
    call.mockResolvedValue(answer(false))
    await recheck()
    expect(ons[0]?.aborted).toBe(true)
    expect(onSiteOff).not.toHaveBeenCalled()
    call.mockResolvedValue(answer(true))
    await recheck()
    expect(lastOf(ons).aborted).toBe(false)
  })

  test('is nothing where the site is off, or the background would not say', async () => {
    call.mockResolvedValue(answer(false))
    const off = run()
    await vi.waitFor(() => expect(off.onSiteOff).toHaveBeenCalledOnce())
    delete world.fieldseal
    call.mockRejectedValue(new Failure('refused'))
    const refused = run()
    await vi.waitFor(() => expect(refused.onSiteOff).toHaveBeenCalledOnce())
    expect([off, refused].flatMap(({ ons }) => ons)).toEqual([])
  })

  test('is told by the last answer alone', async () => {
    const answers = [Promise.withResolvers(), Promise.withResolvers()]
    call.mockImplementation(() => answers[call.mock.calls.length - 1]?.promise)
    const { onSite, recheck } = run()
    const done = recheck()
    answers[1]?.resolve(answer(true, false))
    await done
    answers[0]?.resolve(answer(true, true))
    await answers[0]?.promise
    expect(onSite).toHaveBeenCalledOnce()
    expect(onSite.mock.calls[0]?.[0]).toMatchObject({ choices: { open: false } })
  })
})

describe('a command', () => {
  const send = (message: unknown, sender: MessageSender = { id: 'ours' }) =>
    [...listeners].map((listener) => listener(message, sender))

  test('of the background is carried out', async () => {
    run()
    expect(await Promise.all(send({ command: 'openTexts', payload: {} }))).toEqual([{ texts: 1, stuck: [] }])
  })

  test.each<[string, unknown, MessageSender]>([
    ['from a tab', { command: 'openTexts', payload: {} }, { id: 'ours', tab: {} }],
    ['of another extension', { command: 'openTexts', payload: {} }, { id: 'theirs' }],
    ['for another script', { command: 'sealField', payload: {} }, { id: 'ours' }],
    ['with more than belongs to it', { command: 'openTexts', payload: { more: 1 } }, { id: 'ours' }],
    ['by a name that every object has', { command: 'toString', payload: {} }, { id: 'ours' }],
    ['in another form', 'openTexts', { id: 'ours' }],
  ])('%s gets no answer', (_what, message, sender) => {
    const { openTexts } = run()
    expect(send(message, sender)).toEqual([undefined])
    expect(openTexts).not.toHaveBeenCalled()
  })
})

describe('what a script asks of the others', () => {
  test('comes to nothing where they are not there', () => {
    const field = {} as HTMLTextAreaElement
    openTexts({} as never)
    expect([hostOf('x'), chosenField(), isChoosing(), putSealed(field, 'x')]).toEqual([null, undefined, false, null])
  })

  test('is answered by the one whose work it is', async () => {
    const host = {}
    const chosen = {}
    const field = {} as HTMLTextAreaElement
    const wanted = {} as never
    const opened = vi.fn()
    world.fieldseal = {
      openTexts: opened,
      hostOf: (sealed: string) => (sealed === 'x' ? host : null),
      chosenField: chosen,
    }
    world.fieldsealFinder = { isChoosing: () => true }
    world.fieldsealFields = { putSealed: async () => 'placed' }
    openTexts(wanted)
    expect(opened).toHaveBeenCalledExactlyOnceWith(wanted)
    expect(hostOf('x')).toBe(host)
    expect(hostOf('y')).toBe(null)
    expect(chosenField()).toBe(chosen)
    expect(isChoosing()).toBe(true)
    expect(await putSealed(field, 'x')).toBe('placed')
  })
})
