// What a test can do with a browser that has Fieldseal in it; the same for Chromium (chromium.ts) and Firefox (firefox.ts).
// Everything here acts as a person or as the browser would: no step reaches into the extension's own state.

import type { Browser, Frame, Page } from 'puppeteer-core'
import { seed } from '../depth.ts'
import type { Display } from './display.ts'

export type Kind = 'chromium' | 'firefox'
/** Both, or the one whose turn it is. */
export const kinds = (process.env.FIELDSEAL_BROWSERS ?? 'chromium,firefox').split(',') as readonly Kind[]

/** Every case, and in both browsers what else runs in one of them (`npm run test:all`). */
export const everything = process.env.FIELDSEAL_ALL !== undefined

/** Whether what need not run in both browsers each day runs in this one today; of several such, every other one. */
export const hasItsTurn = (kind: Kind, nth = 0): boolean =>
  everything || (seed + nth) % 2 === (kind === 'chromium' ? 0 : 1)

/** Fieldseal runs as a website here (test/dom/asWebsite.ts). What that cannot show is run with the extension alone. */
export const isWebsite = process.env.FIELDSEAL_AS_WEBSITE !== undefined

export interface LaunchOptions {
  /** Without a window. True unless a display is given. */
  readonly headless?: boolean
  /** A profile to use and keep; without it a new one is made and deleted at the end. */
  readonly userDataDir?: string
  /** Not the browser that the file before has had, made new: for tests that see what an installation is, or do one. */
  readonly alone?: true
  /** Chromium only: without a window it has its bars too, without which a popup is narrower than it wants to be. */
  readonly bars?: true
  /** The screen to open the window on, where real keys can be pressed. */
  readonly display?: Display
  /** The folder of the built extension. */
  readonly extension?: string
  /** The browser's program. */
  readonly executablePath?: string
  /** More command line switches. */
  readonly args?: readonly string[]
  /** Firefox only: more preferences. */
  readonly prefs?: Readonly<Record<string, unknown>>
}

/** The global object of the background, as far as tests use it. */
export interface BackgroundScope {
  readonly browser: ExtensionApi
  readonly chrome: ExtensionApi
}
/** Extension APIs are called by name in tests; what they give back is looked at as `unknown`. */
export type ExtensionApi = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>>>

export interface Session {
  readonly kind: Kind
  readonly browser: Browser
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly origin: string
  readonly headless: boolean
  /** Errors and warnings of pages of the extension and of its background so far, one a line. */
  readonly problems: string[]
  /** Errors that web pages threw or logged. */
  readonly pageProblems: string[]
  extensionUrl(path: string): string
  /** A new tab, in front. */
  newPage(url?: string): Promise<Page>
  /** A new tab with a page of the extension in it, e.g. 'options.html'. */
  openExtensionPage(path: string): Promise<Page>
  /** The real popup of the toolbar button, opened over `page` with `activeTab`, as a click there would. */
  realPopup(page: Page): Promise<Page>
  /** The popup that is open over `page` already, e.g. because a key opened it. */
  openedPopup(page: Page): Promise<Page>
  closePopup(): Promise<void>
  /** Whether a popup is open now. */
  hasPopup(): Promise<boolean>
  /** Tabs and windows that show a page of the extension now; `path` as in 'composer.html'. */
  ownPages(path?: string): Promise<Page[]>
  /** The tab or window with `path` that the extension opens by itself; waits for it. */
  ownPage(path: string): Promise<Page>
  /** Reader frames in a page, in the order of the page. */
  readerFrames(page: Page): Promise<Frame[]>
  /** Ends the background for real, and returns once it is dead. */
  killBackground(): Promise<void>
  backgroundRuns(): Promise<boolean>
  /** Runs `fn` in the background, waking it if it sleeps. `fn` gets the background's global object first. */
  inBackground<T, Args extends unknown[]>(
    fn: (scope: BackgroundScope, ...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>
  /** Fires a manifest command without keys. In Chromium this is the listener alone: no `activeTab` comes with it. */
  command(name: string, page: Page): Promise<void>
  /** From now on, asking for the site of `origin` is granted without a prompt (headless browsers show none). */
  answerPrompts(origin: string): Promise<void>
  /** Grants the site of `origin` outright, as if asked and answered. */
  grantSite(origin: string): Promise<void>
  /** Takes all sites back. */
  revokeAll(): Promise<void>
  /** The match patterns granted now. */
  grantedSites(): Promise<string[]>
  /** With a display only: answers the browser's own permission prompt by keys. */
  acceptPrompt(): Promise<void>
  /**
   * Runs `body`, an async function's, where the browser's own pages run: in Chromium a chrome://extensions tab, where `id` is
   * the extension's; in Firefox the browser's window, where `extension` is the extension. `given` is the argument.
   */
  inBrowserUi(body: string, given?: unknown): Promise<unknown>
  /** Closes the browser and starts it again with the same profile. Pages are gone; `browser` is another one. */
  restart(): Promise<void>
  /** As if the browser were new: all pages are closed, and the extension is removed with all that it keeps, and installed. */
  renew?(extension: string): Promise<void>
  close(): Promise<void>
}

/** The match pattern for the site of an origin. Patterns know no ports. */
export function siteOf(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}/*`
}

/** How long what has to come is awaited. */
export const usualMs = 30_000

/** An explicit wait that is longer than this is for something that is slow by itself. */
const longMs = 15_000

/** Where a lot of tests are to fail, they are to do so sooner (test/unnoticed.mjs). What takes long by itself is given its time. */
export function patience(timeoutMs: number): number {
  const most = process.env.FIELDSEAL_PATIENCE_MS
  const takesLong = timeoutMs > longMs && timeoutMs !== usualMs
  return most === undefined || takesLong ? timeoutMs : Math.min(timeoutMs, Number(most))
}

/** A look costs both sides something, and browsers have little time: the longer it takes, the more seldom it is looked. */
const firstLookMs = 40
const slowestLookMs = 250

/** Calls `look` until it gives something that is neither undefined, null nor false. The error says what was awaited. */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeoutMs = usualMs, everyMs }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<Awaited<T>, null | undefined | false>> {
  const patienceMs = patience(timeoutMs)
  const end = Date.now() + patienceMs
  let last: unknown
  for (let nextMs = everyMs ?? firstLookMs; ; nextMs = everyMs ?? Math.min(1.5 * nextMs, slowestLookMs)) {
    try {
      const seen: unknown = await look()
      last = seen
      if (seen !== undefined && seen !== null && seen !== false)
        return seen as Exclude<Awaited<T>, null | undefined | false>
    } catch (thrown) {
      last = thrown
    }
    if (Date.now() > end) {
      const said = last instanceof Error ? `last error: ${last.message}` : `last seen: ${String(last)}`
      throw new Error(`Waited ${patienceMs / 1000} s for ${what}; ${said}`)
    }
    await pause(nextMs)
  }
}

/** Rejects where the answer is not there within that time. */
export async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What a frame or page shows now. In Firefox Puppeteer's own idea of it can be stale for extension pages. */
export const addressOf = (frame: Frame | Page): Promise<string> => frame.evaluate(() => location.href)
