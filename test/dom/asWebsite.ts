// Fieldseal as built, run as a website: its files under an address of their own, its background in a tab behind the others, and a
// stand-in for what a browser gives to extensions (browserApi.ts, inDocument.ts). The browser is real and so is all of Fieldseal; what is
// missing is the extension around it: isolated worlds, its manifest, prompts, windows of the browser's own. It costs a browser
// nothing to begin anew, so that all files of a worker have one.

import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import type { Messages } from '../../locales/messages.ts'
import { bareBrowser } from '../e2e/bare.ts'
import { type BackgroundScope, type Kind, type Session, siteOf, waitFor } from '../e2e/session.ts'
import { watchPage } from '../e2e/watch.ts'
import { messageIn } from '../i18n.ts'
import { noteCall, nulledNow, nullInDocument } from '../unnoticed/nulled.ts'
import { isNulling } from '../unnoticed/plugin.ts'
import { BrowserApi, runtimeId, type Tab, type Windows } from './browserApi.ts'
import { standIn } from './inDocument.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

interface Stage {
  readonly browser: Browser
  readonly port: number
}
const stages = new Map<Kind, Promise<Stage>>()
let begun = 0

function theStage(kind: Kind, folder: string): Promise<Stage> {
  const found = stages.get(kind)
  if (found !== undefined) return found
  const made = Promise.all([bareBrowser(kind), serve(folder)]).then(([browser, server]) => ({
    browser,
    port: (server.address() as AddressInfo).port,
  }))
  stages.set(kind, made)
  return made
}

/** The files of a build, and a page for its background. */
async function serve(folder: string): Promise<Server> {
  const { content_security_policy } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const body =
      pathname === '/background.html'
        ? '<!doctype html><title>Background</title><script src="/background.js"></script>'
        : await readFile(join(folder, pathname)).catch(() => null)
    response.writeHead(body === null ? (pathname === '/favicon.ico' ? 204 : 404) : 200, {
      'content-type': types[extname(pathname)] ?? 'application/octet-stream',
      'content-security-policy': content_security_policy.extension_pages,
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return server
}

/** A session with Fieldseal just installed. Its `browser` is shared; its pages, storage and permissions are its own. */
export async function openAsWebsite(kind: Kind, folder: string): Promise<Session> {
  const { browser, port } = await theStage(kind, folder)
  // A name of its own, and with it databases of its own.
  const origin = `http://fieldseal-${process.pid}-${++begun}.localhost:${port}`
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const messages: Messages = JSON.parse(await readFile(join(folder, '_locales/en/messages.json'), 'utf8'))
  const problems: string[] = []
  const pageProblems: string[] = []
  const files = new Map<string, Promise<string>>()
  const tabs = new Set<Tab>()
  let background: Promise<Tab> | null = null
  let lastId = 1

  const open = async (url: string | null, what: 'tab' | 'window' | 'popup' | 'background'): Promise<Tab> => {
    const ofItsOwn = what === 'window' || what === 'popup'
    // Firefox takes a second to open a tab behind the others; what is opened next is in front of it anyway.
    const background = what === 'background' && kind === 'chromium'
    const page = await browser.newPage({ type: ofItsOwn ? 'window' : 'tab', background })
    const id = ++lastId
    const kindOf = what === 'background' || what === 'popup' ? what : 'tab'
    const tab: Tab = { id, windowId: what === 'window' ? id : 1, page, kind: kindOf }
    tabs.add(tab)
    api.opened(tab)
    watchPage(page, origin, problems, pageProblems)
    page.once('close', () => void closed(tab))
    await page.exposeFunction('fieldsealCall', (said: string) => api.heard(tab, said))
    if (isNulling) {
      await page.exposeFunction('fieldsealCalled', noteCall)
      await page.evaluateOnNewDocument(nullInDocument, nulledNow())
    }
    await page.evaluateOnNewDocument(`globalThis.fieldsealMessageIn = ${messageIn}`)
    await page.evaluateOnNewDocument(standIn, runtimeId, origin, manifest, api.names, messages)
    const front = page.bringToFront.bind(page)
    page.bringToFront = async () => {
      raise(tab)
      await front()
    }
    raise(tab)
    // What is closed again at once was opened all the same.
    if (url !== null) await page.goto(url).catch((thrown) => (page.isClosed() ? null : Promise.reject(thrown)))
    return tab
  }
  /** The last of `tabs` is in front. */
  const raise = (tab: Tab) => {
    if (tab.kind === 'background' || !tabs.delete(tab)) return
    tabs.add(tab)
    api.shown(tab)
  }
  const closed = async (tab: Tab) => {
    const wasInFront = [...tabs].findLast(({ kind }) => kind !== 'background') === tab
    if (!tabs.delete(tab)) return
    if (tab.kind === 'background') background = null
    api.closed(tab)
    if (!wasInFront) return
    // What lay below is seen again.
    const below = [...tabs].findLast(({ kind }) => kind !== 'background')
    await below?.page.bringToFront().catch(() => undefined)
  }
  const close = async (tab: Tab) => {
    const over = tab.page.close().catch(() => undefined)
    await Promise.all([over, closed(tab)])
  }
  const windows: Windows = {
    open,
    close,
    show: ({ page }) => page.bringToFront(),
    async background() {
      background ??= open(`${origin}/background.html`, 'background')
      return (await background).page
    },
    read(path) {
      const known = files.get(path) ?? readFile(join(folder, path), 'utf8')
      files.set(path, known)
      return known
    },
  }
  const api = new BrowserApi(origin, windows)
  const popups = () => [...tabs].filter((tab) => tab.kind === 'popup')
  const tabFor = (page: Page): Tab => {
    const tab = api.tabOf(page)
    if (tab === undefined) throw new Error('This page is not of this session')
    return tab
  }
  const unavailable = () => Promise.reject(new Error('This takes the extension itself: see test/e2e'))

  /** The browser, as if it had no pages but those of this session. */
  const shared = new Proxy(browser, {
    get(whole, name) {
      if (name === 'pages')
        return async () => [...tabs].flatMap(({ kind, page }) => (kind === 'tab' && !page.isClosed() ? [page] : []))
      if (name === 'newPage') return () => session.newPage()
      const value: unknown = Reflect.get(whole, name, whole)
      return typeof value === 'function' ? value.bind(whole) : value
    },
  })

  const session: Session = {
    kind,
    headless: true,
    browser: shared,
    origin,
    problems,
    pageProblems,
    extensionUrl: (path) => `${origin}/${path}`,
    async newPage(url) {
      const { page } = await open(url ?? null, 'tab')
      await page.bringToFront()
      return page
    },
    openExtensionPage: (path) => session.newPage(session.extensionUrl(path)),
    async realPopup(page) {
      await session.closePopup()
      await page.bringToFront()
      api.used(tabFor(page))
      return (await open(session.extensionUrl('popup.html'), 'popup')).page
    },
    openedPopup: () => waitFor('the popup to open', () => popups().at(-1)?.page),
    async closePopup() {
      for (const tab of popups()) await close(tab)
    },
    hasPopup: async () => popups().length > 0,
    ownPages: async (path = '') =>
      [...tabs]
        .filter(
          ({ kind, page }) => kind === 'tab' && !page.isClosed() && page.url().startsWith(session.extensionUrl(path)),
        )
        .map(({ page }) => page),
    ownPage: (path) =>
      waitFor(`${path} to be opened`, async () => {
        const page = (await session.ownPages(path)).at(-1)
        return (await page?.evaluate(() => document.readyState)) === 'complete' ? page : undefined
      }),
    async readerFrames(page) {
      return page.frames().filter((frame) => frame.url().startsWith(session.extensionUrl('reader.html')))
    },
    async killBackground() {
      const tab = await background
      if (tab) await close(tab)
    },
    backgroundRuns: async () => background !== null,
    async inBackground<T, Args extends unknown[]>(
      fn: (scope: BackgroundScope, ...args: Args) => T | Promise<T>,
      ...args: Args
    ) {
      const page = await windows.background()
      const scope = await page.evaluateHandle('self')
      try {
        return (await page.evaluate(fn as never, scope, ...args)) as T
      } finally {
        await scope.dispose().catch(() => undefined)
      }
    },
    async command(name, page) {
      await page.bringToFront()
      await api.command(name, tabFor(page))
    },
    answerPrompts: async (site) => api.promise(siteOf(site)),
    grantSite: (site) => api.permit(siteOf(site)),
    revokeAll: () => api.refuseAll(),
    grantedSites: async () => api.sites(),
    acceptPrompt: unavailable,
    inBrowserUi: unavailable,
    async restart() {
      for (const tab of [...tabs]) await close(tab)
      api.restarted()
      await windows.background()
      await api.tell('runtime.onStartup')
    },
    async close() {
      for (const tab of [...tabs]) await close(tab)
      api.end()
    },
  }
  await windows.background()
  await api.tell('runtime.onInstalled', { reason: 'install' })
  await session.ownPage('onboarding.html')
  return session
}
