// Copying from our windows: what is said of what is on the clipboard, and what "Clear now" touches.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { copiedKey } from '../../../src/messages/tabs/clipboard.ts'
import { clearCopied, copied, copy, forgetCopied } from '../../../src/ui/copying/clipboard.ts'

const call = vi.hoisted(() => vi.fn<(name: string, ask: { id: string }) => Promise<{ watched: boolean }>>())
vi.mock('../../../src/messages/call.ts', () => ({ call }))

const text = 'Meet me at nine.'
const other = 'copied elsewhere'
const { permissions } = browser
let held: string
let allowed: boolean
const readText = vi.fn(async () => held)

beforeEach(() => {
  fakeBrowser.reset()
  held = ''
  allowed = false
  forgetCopied()
  call.mockResolvedValue({ watched: false })
  vi.spyOn(browser.runtime, 'getManifest').mockReturnValue({ optional_permissions: ['clipboardRead'] } as never)
  Object.assign(browser, { permissions: { contains: async () => allowed } })
  vi.stubGlobal('navigator', {
    clipboard: {
      readText,
      writeText: async (written: string) => {
        held = written
      },
    },
  })
})
afterEach(() => {
  Object.assign(browser, { permissions })
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.clearAllMocks()
})

describe('copying', () => {
  test('says of a secret that it is there, and that it will be cleared where that is on', async () => {
    await copy(text, 'secret')
    expect(held).toBe(text)
    expect(copied.value?.state).toBe('there')
    call.mockResolvedValue({ watched: true })
    await copy(text, 'secret')
    expect(copied.value?.state).toBe('watched')
  })

  test('gives the background a hash and never the text', async () => {
    await copy(text, 'secret')
    expect(call).toHaveBeenCalledExactlyOnceWith('watchClipboard', {
      id: expect.stringMatching(/^[\w-]{22}$/),
      fingerprint: { salt: expect.any(Array), digest: expect.any(Array) },
    })
    expect(JSON.stringify(call.mock.calls)).not.toContain(text)
  })

  test('says nothing of what is sealed, and no longer says that a secret is there', async () => {
    await copy(text, 'secret')
    await copy('sealed1000', 'sealed')
    expect(copied.value).toBeNull()
    expect(call).toHaveBeenCalledOnce()
  })

  test('promises no clearing when the background does not answer', async () => {
    call.mockRejectedValue(new Error())
    await copy(text, 'secret')
    expect(copied.value?.state).toBe('there')
  })

  test('says how the clearing went, for its own copy alone', async () => {
    call.mockResolvedValue({ watched: true })
    await copy(text, 'secret')
    const id = call.mock.calls[0]?.[1].id
    const end = (which: unknown) =>
      fakeBrowser.storage.session.set({ [copiedKey]: { state: 'done', id: which, outcome: 'cleared' } })
    await end('A'.repeat(22))
    expect(copied.value?.state).toBe('watched')
    await end(id)
    expect(copied.value?.state).toBe('cleared')
  })
})

describe('“Clear now”', () => {
  test('clears what is there, without reading it, where reading is not allowed', async () => {
    await copy(text, 'secret')
    await clearCopied()
    expect(held).toBe('')
    expect(readText).not.toHaveBeenCalled()
    expect(copied.value?.state).toBe('cleared')
  })

  test('leaves alone what is not ours, where it can tell', async () => {
    allowed = true
    await copy(text, 'secret')
    held = other
    await clearCopied()
    expect(held).toBe(other)
    expect(copied.value?.state).toBe('gone')
  })

  test('clears ours where it can tell', async () => {
    allowed = true
    await copy(text, 'secret')
    await clearCopied()
    expect(held).toBe('')
    expect(copied.value?.state).toBe('cleared')
  })
})
