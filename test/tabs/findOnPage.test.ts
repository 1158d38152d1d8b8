// Going back to a page to find a text there, or to have a field chosen: which tab comes to the front, how long is waited for
// it, what its frames are told, and what is made of it when they do not answer.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { findOnPage, placeOnPage } from '../../src/tabs/findOnPage.ts'
import { findTabShowing } from '../../src/tabs/returnToPage.ts'

interface Tab {
  id: number
  windowId: number
  url?: string | undefined
  status: string
  incognito: boolean
}
type Message = { command: string; payload: { sealed?: unknown; speaks?: boolean; what?: string } }
type Sent = Message & { frameId: number | undefined }

const origin = 'https://notes.example'
const url = `${origin}/day?of=5#b`
const sealed = `sealed1${'A'.repeat(60)}`
const original = { ...browser }

let tabs: Tab[]
let allowed: boolean
let frames: number[]
let acts: string[]
let sent: Sent[]
/** What a frame answers to a tab command; undefined for none. */
let answers: (frameId: number, command: string) => unknown
/** What becomes of a new tab. */
let loads: (tab: Tab) => void

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  fakeBrowser.reset()
  tabs = []
  allowed = true
  frames = [0]
  acts = []
  sent = []
  answers = (_frameId, command) => (command === 'findText' ? { found: true } : {})
  loads = (tab) => Object.assign(tab, { status: 'complete', url })
  Object.assign(browser, {
    tabs: {
      query: async () => tabs,
      get: async (id: number) => {
        const tab = tabs.find((one) => one.id === id)
        if (tab === undefined) throw new Error('No tab with that id')
        return { ...tab }
      },
      create: async (made: { url: string }) => {
        acts.push(`create ${made.url}`)
        const tab = { id: 90, windowId: 1, status: 'loading', incognito: false }
        tabs.push(tab)
        setTimeout(() => loads(tab), 500)
        return tab
      },
      update: async (id: number, change: object) => void acts.push(`tab ${id} ${JSON.stringify(change)}`),
      sendMessage: async (_tabId: number, message: Message, { frameId }: { frameId?: number } = {}) => {
        sent.push({ ...message, frameId })
        return frameId === undefined ? {} : answers(frameId, message.command)
      },
    },
    windows: { update: async (id: number, change: object) => void acts.push(`window ${id} ${JSON.stringify(change)}`) },
    permissions: { contains: async () => allowed },
    scripting: {
      executeScript: async ({ files }: { files?: string[] }) => {
        if (files !== undefined) acts.push(files.join(' '))
        return frames.map((frameId) => ({ frameId, result: { actedAt: 0, chosen: false, focused: false } }))
      },
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  Object.assign(browser, original)
})

/** The outcome, with the time in which it came about made to pass. */
async function timed<T>(work: Promise<T>): Promise<T> {
  let over = false
  work
    .catch(() => undefined)
    .finally(() => {
      over = true
    })
  for (let waited = 0; !over && waited < 60_000; waited += 50) {
    // The database takes turns of its own, which no timer tells of.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    if (!over) await vi.advanceTimersByTimeAsync(50)
  }
  return work
}
const find = (where: Partial<Parameters<typeof findOnPage>[0]> = {}) =>
  timed(findOnPage({ url, origin, sealed: [sealed], ...where }))
const place = (where: Partial<Parameters<typeof placeOnPage>[0]> = {}) =>
  timed(placeOnPage({ url, origin, sealed, ...where }))
const tab = (id: number, at: string | undefined, more: Partial<Tab> = {}): Tab => ({
  id,
  windowId: 1,
  url: at,
  status: 'complete',
  incognito: false,
  ...more,
})
const sentOf = (command: string) => sent.filter((message) => message.command === command)

describe('the tab of a page', () => {
  const base = `${origin}/day?of=5`

  test.each([
    ['that very address before another place in the document', [`${base}#a`, `${base}#b`], 1],
    ['another place in the document, where there is no better one', [`${origin}/day`, `${base}#a`], 1],
    ['the document without a place', [`${origin}/`, base], 1],
    ['none with another query', [`${origin}/day?of=6#b`, `${origin}/day#b`], null],
    ['none whose address is not told', [undefined, 'nonsense'], null],
  ])('is %s', (_what, urls, expected) => {
    const open = urls.map((each, id) => tab(id, each))
    expect(findTabShowing(open, url)?.id ?? null).toBe(expected)
  })

  test('is none in a private window, and of a page that tells its documents apart by fragments the very one', () => {
    expect(findTabShowing([tab(1, url, { incognito: true })], url)).toBeNull()
    const mail = `${origin}/mail#/inbox/5`
    expect(findTabShowing([tab(1, `${origin}/mail#/inbox/6`), tab(2, `${origin}/mail`)], mail)).toBeNull()
    expect(findTabShowing([tab(1, `${origin}/mail#/inbox/6`), tab(2, mail)], mail)?.id).toBe(2)
  })

  test('comes to the front with its window; none is opened beside it', async () => {
    tabs = [tab(4, `${origin}/`), tab(5, url, { windowId: 3 })]
    expect(await find()).toBe('there')
    expect(acts.slice(0, 2)).toEqual(['tab 5 {"active":true}', 'window 3 {"focused":true}'])
    expect(acts.some((act) => act.startsWith('create'))).toBe(false)
  })

  test('is opened where there is none, and the scripts come once it has loaded', async () => {
    expect(await find()).toBe('there')
    expect(acts).toEqual([`create ${url}`, '/page.js /fields.js /finder.js'])
  })
})

describe('what is not reached', () => {
  test.each(['chrome://settings', 'file:///etc/passwd', 'javascript:alert(1)', 'nonsense', ''])(
    '%s is not even gone to',
    async (strange) => {
      expect([await find({ url: strange }), await place({ url: strange })]).toEqual(['unreachable', 'unreachable'])
      expect(acts).toEqual([])
    },
  )

  test.each<[string, (tab: Tab) => void]>([
    ['redirects to another site', (made) => Object.assign(made, { status: 'complete', url: 'https://evil.example/' })],
    ['redirects to where the browser does not say', (made) => Object.assign(made, { status: 'complete' })],
    ['never comes', () => undefined],
    ['is closed by the person', () => tabs.splice(0)],
    ['stays empty', (made) => Object.assign(made, { status: 'complete', url: 'about:blank' })],
  ])('a page that %s', async (_what, becomes) => {
    loads = becomes
    expect(await find()).toBe('unreachable')
    tabs = []
    expect(await place()).toBe('unreachable')
    expect(sent).toEqual([])
  })

  test('a page that has come and goes on loading for ever is looked at all the same', async () => {
    loads = (made) => Object.assign(made, { url })
    expect(await find()).toBe('there')
  })

  test('a page of the browser’s own, which tells of an error, or one that lets no script run', async () => {
    Object.assign(browser.scripting, { executeScript: () => Promise.reject(new Error('error page')) })
    expect(await find()).toBe('unreachable')
    Object.assign(browser.scripting, { executeScript: () => new Promise(() => undefined) })
    expect(await place()).toBe('unreachable')
  })
})

describe('a site that is off', () => {
  test('is gone to, and told nothing', async () => {
    allowed = false
    expect([await find(), await place()]).toEqual(['off', 'off'])
    expect(acts).toEqual([`create ${url}`, `create ${url}`])
    expect(sent).toEqual([])
  })

  test('may also be that of the frame in which it was sealed', async () => {
    Object.assign(browser.permissions, {
      contains: async ({ origins }: { origins: string[] }) => origins[0] === 'https://notes.example/*',
    })
    expect(await find({ origin: 'https://widget.example' })).toBe('off')
    expect(sent).toEqual([])
  })
})

describe('a text', () => {
  test('is looked for in every frame with all that it was before, and found as soon as one has it', async () => {
    frames = [0, 7, 9]
    answers = (frameId, command) => {
      if (command !== 'findText') return {}
      return frameId === 7 ? { found: true } : new Promise(() => undefined)
    }
    expect(await find({ sealed: [sealed, `${sealed}B`] })).toBe('there')
    expect(sentOf('findText').map(({ frameId }) => frameId)).toEqual([0, 7, 9])
    expect(sentOf('findText')[0]?.payload).toEqual({ sealed: [sealed, `${sealed}B`] })
  })

  test('is missing when every frame says no, those too that came meanwhile; the person is told on the page', async () => {
    answers = (frameId, command) => {
      frames = [0, 8]
      return command === 'findText' ? { found: false } : frameId
    }
    expect(await find()).toBe('missing')
    expect(sentOf('findText').map(({ frameId }) => frameId)).toEqual([0, 8])
    expect(sentOf('showNotice')).toEqual([{ command: 'showNotice', payload: { what: 'not-found' }, frameId: 0 }])
  })

  test('is looked for again in a frame that was loaded anew and said nothing, or nonsense', async () => {
    let times = 0
    answers = (_frameId, command) => (command !== 'findText' ? {} : ++times < 3 ? { found: 'yes' } : { found: true })
    expect(await find()).toBe('there')
    expect(times).toBe(3)
  })
})

describe('a field', () => {
  test('is chosen in any frame, one of which speaks; what was waited for before is over', async () => {
    frames = [0, 7]
    expect(await place()).toBe('waiting')
    expect(sentOf('chooseField')).toEqual([
      { command: 'chooseField', payload: { sealed: null, speaks: false }, frameId: undefined },
      { command: 'chooseField', payload: { sealed, speaks: true }, frameId: 0 },
      { command: 'chooseField', payload: { sealed, speaks: false }, frameId: 7 },
    ])
  })

  test('is not waited for where no frame answers', async () => {
    answers = () => undefined
    expect(await place()).toBe('unreachable')
  })
})
