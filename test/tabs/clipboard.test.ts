// Clearing the clipboard a minute after Copy: what the background waits for, what it does when the alarm rings, and that its own
// death in between loses nothing.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { fingerprint } from '../../src/clipboard.ts'
import { copiedKey } from '../../src/messages/tabs/clipboard.ts'
import { senders } from '../messages/senders.ts'
import { i18n } from '../words.ts'

type Background = ReturnType<typeof import('../../src/tabs/clipboard.ts')['clipboardHandlers']>

const text = 'Meet me at nine.'
const other = 'copied elsewhere'
const [first, second] = ['A'.repeat(22), 'B'.repeat(22)]
const asker = { ...senders.composer, peer: 'composer', tabId: 11, frameId: 0, tabUrl: null, inPrivate: false } as never
const original = { alarms: browser.alarms, permissions: browser.permissions }
const offscreen = { createDocument: vi.fn(async () => undefined), closeDocument: vi.fn(async () => undefined) }
let background: Background
let ring: () => Promise<void>
let alarms: Map<string, { delayInMinutes?: number; periodInMinutes?: number }>
let allowed: boolean
/** What is on the clipboard; null when the browser lets nobody read it. */
let held: string | null

/** A background as it is after its start, with nothing in its memory. */
async function start(): Promise<void> {
  const heard: ((alarm: { name: string }) => unknown)[] = []
  Object.assign(browser, {
    alarms: {
      create: async (name: string, info: object) => void alarms.set(name, info),
      clear: async (name: string) => alarms.delete(name),
      onAlarm: { addListener: (listener: (typeof heard)[number]) => heard.push(listener) },
    },
  })
  vi.resetModules()
  const fresh = await import('../../src/tabs/clipboard.ts')
  fresh.watchClipboard()
  background = fresh.clipboardHandlers()
  ring = async () => {
    // An alarm that was cleared does not ring.
    for (const name of [...alarms.keys(), 'look', 'sync'])
      await Promise.all(heard.map((listener) => listener({ name })))
  }
}
const stored = async () => (await fakeBrowser.storage.session.get(copiedKey))[copiedKey]
const copy = async (id: string, copiedText: string) => {
  held = copiedText
  return background.watchClipboard({ id, fingerprint: await print(copiedText) }, asker)
}
const print = async (copiedText: string) => {
  const { salt, digest } = await fingerprint(copiedText)
  return { salt: [...salt], digest: [...digest] }
}

beforeEach(async () => {
  fakeBrowser.reset()
  alarms = new Map()
  allowed = true
  held = ''
  Object.assign(browser, { permissions: { contains: async () => allowed } })
  vi.spyOn(browser.runtime, 'getManifest').mockReturnValue({ optional_permissions: ['clipboardRead'] } as never)
  vi.stubGlobal('chrome', { offscreen, i18n })
  vi.stubGlobal('navigator', {
    clipboard: {
      readText: async () => {
        if (held === null) throw new DOMException('as made up here', 'NotAllowedError')
        return held
      },
      writeText: async (written: string) => {
        held = written
      },
    },
  })
  await start()
})
afterEach(() => {
  Object.assign(browser, original)
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.clearAllMocks()
})

describe('a text that was copied', () => {
  test('is cleared a minute later', async () => {
    expect(await copy(first, text)).toEqual({ watched: true })
    expect(alarms.get('clipboard')).toEqual({ delayInMinutes: 1, periodInMinutes: 1 })
    await ring()
    expect(held).toBe('')
    expect(await stored()).toEqual({ state: 'done', id: first, outcome: 'cleared' })
    expect(alarms.size).toBe(0)
  })

  test('is cleared by a background that did not hear of it', async () => {
    await copy(first, text)
    await start()
    await ring()
    expect(held).toBe('')
  })

  test('is kept nowhere: only a hash is, and in the session alone', async () => {
    await copy(first, text)
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toContain(text)
    expect(await fakeBrowser.storage.local.get(null)).toEqual({})
  })

  test('is neither watched nor cleared while the switch is off', async () => {
    allowed = false
    expect(await copy(first, text)).toEqual({ watched: false })
    await ring()
    expect(held).toBe(text)
    expect(await stored()).toBeUndefined()
    expect(alarms.size).toBe(0)
  })

  test('stays where the switch was turned off within the minute', async () => {
    await copy(first, text)
    allowed = false
    await ring()
    expect(held).toBe(text)
    expect(await stored()).toEqual({ state: 'done', id: first, outcome: 'failed' })
    expect(alarms.size).toBe(0)
  })
})

describe('what is not ours', () => {
  test('is never cleared', async () => {
    await copy(first, text)
    held = other
    await ring()
    expect(held).toBe(other)
    expect(await stored()).toEqual({ state: 'done', id: first, outcome: 'gone' })
    // Back by the person's own hand: nobody looks any more.
    held = text
    await ring()
    expect(held).toBe(text)
  })

  test('is never cleared after the session ended, with which the hash went', async () => {
    await copy(first, text)
    await fakeBrowser.storage.session.clear()
    await start()
    await ring()
    expect(held).toBe(text)
    expect(alarms.size).toBe(0)
  })
})

describe('a second text', () => {
  test('takes the place of the first, and has a minute of its own', async () => {
    await copy(first, text)
    await copy(second, other)
    await ring()
    expect(held).toBe('')
    expect(await stored()).toEqual({ state: 'done', id: second, outcome: 'cleared' })
  })

  test('that comes while the first is dealt with is still waited for', async () => {
    await copy(first, text)
    const late = background.reportClipboard({ id: first, outcome: 'gone' }, asker)
    await copy(second, other)
    await late
    expect(alarms.has('clipboard')).toBe(true)
    await ring()
    expect(held).toBe('')
    expect(await stored()).toEqual({ state: 'done', id: second, outcome: 'cleared' })
  })

  test('is not ended by the report on the first', async () => {
    await copy(first, text)
    await copy(second, other)
    await background.reportClipboard({ id: first, outcome: 'cleared' }, asker)
    expect(await stored()).toMatchObject({ state: 'waiting', id: second })
  })
})

describe('a clipboard that cannot be read', () => {
  test('is tried again each minute, five times in all', async () => {
    await copy(first, text)
    held = null
    for (let tried = 1; tried < 5; tried++) {
      await ring()
      expect(await stored()).toMatchObject({ state: 'waiting' })
    }
    await ring()
    expect(await stored()).toEqual({ state: 'done', id: first, outcome: 'failed' })
    expect(alarms.size).toBe(0)
  })

  test('is cleared as soon as it can be', async () => {
    await copy(first, text)
    held = null
    await ring()
    held = text
    await ring()
    expect(held).toBe('')
  })
})

describe('a service worker, which has no clipboard', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}))

  test('has a document look, and closes it when that has reported', async () => {
    await copy(first, text)
    await ring()
    expect(offscreen.createDocument).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ url: 'clipboard.html', reasons: ['CLIPBOARD'] }),
    )
    const { expected } = await background.getExpectedClipboard({}, asker)
    expect(expected?.id).toBe(first)
    await background.reportClipboard({ id: first, outcome: 'cleared' }, asker)
    expect(await stored()).toEqual({ state: 'done', id: first, outcome: 'cleared' })
    expect(offscreen.closeDocument).toHaveBeenCalledTimes(2)
    expect(await background.getExpectedClipboard({}, asker)).toEqual({ expected: null })
  })

  test('that died while the document looked makes another one', async () => {
    await copy(first, text)
    await ring()
    await start()
    await ring()
    expect(offscreen.closeDocument.mock.invocationCallOrder.at(-1)).toBeLessThan(
      offscreen.createDocument.mock.invocationCallOrder.at(-1) ?? 0,
    )
    expect(offscreen.createDocument).toHaveBeenCalledTimes(2)
  })

  test('tries again when the browser makes no document', async () => {
    offscreen.createDocument.mockRejectedValueOnce(new Error())
    await copy(first, text)
    await ring()
    expect(await stored()).toMatchObject({ state: 'waiting', attemptsLeft: 4 })
    expect(alarms.has('clipboard')).toBe(true)
  })
})
