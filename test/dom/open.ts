// Opens pages of ours in the one browser of this worker, with a background that runs here and is asked through messages/serve.ts: it
// can answer nothing that the protocol does not have.

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
import { type StandIn, standIn } from './standIn.ts'

declare module 'vitest' {
  interface ProvidedContext {
    kind: Kind
  }
}

export const kind: Kind = inject('kind')

const extensionId = 'test-extension-id'

interface Stage {
  readonly browser: Browser
  readonly origin: string
}
/** Modules are shared by all files of a worker, and so is this. */
let stage: Promise<Stage> | null = null

function theStage(): Promise<Stage> {
  stage ??= begin()
  return stage
}

async function begin(): Promise<Stage> {
  const [origin, browser] = await Promise.all([servePages(kind), kind === 'firefox' ? bareFirefox() : bareChromium()])
  return { browser, origin }
}

export const domBrowser = async (): Promise<Browser> => (await theStage()).browser

const pages = new Set<Page>()

/** Closes all pages: what one test has left open is not for the next. */
export async function closeAll(): Promise<void> {
  for (const page of pages) await page.close().catch(() => undefined)
  pages.clear()
}

/** What answers a page. What is missing is answered with Failure 'unavailable'. */
export type Background = Partial<Handlers>

/** Opens a page of ours, e.g. `onboarding` at `#recover`. It hears of what changes in the session's storage. */
export async function open(name: PageName, background: Background, at = ''): Promise<Page> {
  const { browser, origin } = await theStage()
  const page = await browser.newPage()
  pages.add(page)
  const sender = {
    id: extensionId,
    url: `chrome-extension://${extensionId}/${name}.html`,
    origin: `chrome-extension://${extensionId}`,
    ...(name === 'popup' ? {} : { tab: { id: 1, windowId: 1 } }),
  }
  const handlers = new Proxy(background, {
    get: (given, entry: string) => given[entry as keyof Handlers] ?? (() => Promise.reject(new Failure('unavailable'))),
  }) as Handlers
  await page.exposeFunction('fieldsealAsk', async (message: string) =>
    JSON.stringify(await answer(handlers, JSON.parse(message), sender)),
  )
  await page.evaluateOnNewDocument(standIn, extensionId)
  await page.goto(`${origin}/${name}.html${at}`)
  const tell = (changes: unknown) =>
    page.evaluate((told) => (globalThis as unknown as StandIn).fieldsealSessionChanged(told), changes)
  const forward = (changes: unknown) => void tell(changes).catch(() => undefined)
  fakeBrowser.storage.session.onChanged.addListener(forward)
  page.once('close', () => fakeBrowser.storage.session.onChanged.removeListener(forward))
  return page
}
