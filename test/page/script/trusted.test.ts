// A page's own events move nothing, and a script whose extension is gone finds that out at the next event.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isExtensionThere, onOrphaned } from '../../../src/page/script/alive.ts'
import { isSandboxed } from '../../../src/page/script/sandbox.ts'
import { onTrusted } from '../../../src/page/script/trusted.ts'

const runtime = vi.hoisted(() => ({ id: 'ours' as string | undefined }))
vi.mock('../../../src/messages/runtime.ts', () => ({ runtime }))

const left = vi.fn()
const heard = vi.fn()
/** What it was asked to listen to, as the browser knows it. */
let listens: Parameters<EventTarget['addEventListener']> | null
const target = {
  addEventListener: (...asked: Parameters<EventTarget['addEventListener']>) => {
    listens = asked
  },
} as unknown as EventTarget
const happens = (isTrusted: boolean) => {
  const [, listener] = listens ?? []
  if (typeof listener === 'function') listener({ isTrusted } as Event)
}

beforeEach(() => {
  vi.clearAllMocks()
  runtime.id = 'ours'
  listens = null
  onOrphaned(left)
})
afterEach(() => vi.unstubAllGlobals())

test('what a person does is heard, and what a page makes up is not', () => {
  onTrusted(target, 'keydown', new AbortController().signal, heard)
  happens(false)
  expect(heard).not.toHaveBeenCalled()
  happens(true)
  expect(heard).toHaveBeenCalledOnce()
})

test('it is heard before the page hears it, until the signal ends it', () => {
  const { signal } = new AbortController()
  onTrusted(target, 'keydown', signal, heard)
  expect(listens?.[0]).toBe('keydown')
  expect(listens?.[2]).toEqual({ capture: true, signal })
})

test('without its extension a script hears nothing more, and leaves', () => {
  onTrusted(target, 'keydown', new AbortController().signal, heard)
  runtime.id = undefined
  happens(true)
  expect(heard).not.toHaveBeenCalled()
  expect(left).toHaveBeenCalled()
})

test('it leaves where the browser throws at the question, too', () => {
  expect(isExtensionThere()).toBe(true)
  expect(left).not.toHaveBeenCalled()
  Object.defineProperty(runtime, 'id', {
    configurable: true,
    get() {
      throw new Error('Extension context invalidated')
    },
  })
  expect(isExtensionThere()).toBe(false)
  expect(left).toHaveBeenCalled()
  Object.defineProperty(runtime, 'id', { configurable: true, writable: true, value: 'ours' })
})

test('a page without an origin of its own is sandboxed', () => {
  vi.stubGlobal('self', { origin: 'null' })
  expect(isSandboxed()).toBe(true)
  vi.stubGlobal('self', { origin: 'https://example.com' })
  expect(isSandboxed()).toBe(false)
})
