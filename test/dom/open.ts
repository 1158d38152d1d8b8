// Opens pages of ours in the one browser of this worker, with a background that runs here: the real front desk of custody, or answers
// of the test's own. Both are asked through messages/serve.ts, so neither can answer what the protocol does not have.

import type { Browser, Page } from 'puppeteer-core'
import { inject } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure } from '../../src/failure.ts'
import type { Handlers } from '../../src/messages/handlers.ts'
import { answer } from '../../src/messages/serve.ts'
import { bareChromium } from '../e2e/chromium.ts'
import { bareFirefox } from '../e2e/firefox.ts'
import type { Kind } from '../e2e/session.ts'
import { type PageName, servePages } from './pages.ts'
import { type StandIn, type Surroundings, standIn } from './standIn.ts'

declare module 'vitest' {
  interface ProvidedContext {
    kind: Kind
  }
}

export const kind: Kind = inject('kind')

const extensionId = 'test-extension-id'
const noSurroundings: Surroundings = { granted: [], shortcuts: [] }

interface Stage {
  readonly browser: Browser
  readonly origin: string
}
/** Modules are shared by all files of a worker, and so is this. */
let stage: Promise<Stage> | null = null

async function begin(): Promise<Stage> {
  const [served, browser] = await Promise.all([servePages(kind), kind === 'firefox' ? bareFirefox() : bareChromium()])
  return { browser, origin: served.origin }
}

export const domBrowser = async (): Promise<Browser> => {
  stage ??= begin()
  return (await stage).browser
}

const pages = new Set<Page>()

/** Closes all pages: what one test has left open is not for the next. */
export async function closeAll(): Promise<void> {
  for (const page of pages) await page.close().catch(() => undefined)
  pages.clear()
}

/** What answers a page. What is missing is answered with Failure 'unavailable', and noted in `unanswered`. */
export type Background = Partial<Handlers>

export interface Opened {
  readonly page: Page
  /** The names of what was asked, in order. */
  readonly asked: string[]
  /** Tells the page of a change in the session's storage, as the browser would. */
  mark(changes: unknown): Promise<void>
}

/** Opens a page of ours, e.g. `options` at `#backup`. */
export async function open(
  name: PageName,
  background: Background,
  { at = '', surroundings = noSurroundings }: { at?: string; surroundings?: Surroundings } = {},
): Promise<Opened> {
  stage ??= begin()
  const { browser, origin } = await stage
  const page = await browser.newPage()
  pages.add(page)
  const asked: string[] = []
  const sender = {
    id: extensionId,
    url: `chrome-extension://${extensionId}/${name}.html`,
    origin: `chrome-extension://${extensionId}`,
    ...(name === 'popup' ? {} : { tab: { id: 1, windowId: 1 } }),
  }
  const handlers = new Proxy(background, {
    get: (given, entry: string) => {
      asked.push(entry)
      return given[entry as keyof Handlers] ?? (() => Promise.reject(new Failure('unavailable')))
    },
  }) as Handlers
  await page.exposeFunction('fieldsealAsk', async (message: string) =>
    JSON.stringify(await answer(handlers, JSON.parse(message), sender)),
  )
  await page.evaluateOnNewDocument(standIn, extensionId, surroundings)
  await page.goto(`${origin}/${name}.html${at}`)
  const tell = (which: Parameters<StandIn['fire']>[0], what: unknown) =>
    page.evaluate(
      (one, changes) => (globalThis as unknown as { fieldsealStandIn: StandIn }).fieldsealStandIn.fire(one, changes),
      which,
      what,
    )
  const forward = (changes: unknown) => void tell('session', changes).catch(() => undefined)
  fakeBrowser.storage.session.onChanged.addListener(forward)
  page.once('close', () => fakeBrowser.storage.session.onChanged.removeListener(forward))
  return { page, asked, mark: (changes) => tell('session', changes) }
}
