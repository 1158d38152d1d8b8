// Fieldseal in Chromium and its relatives, over the browser's own pipe. The extension is installed by the protocol: branded
// Chrome no longer takes it from the command line.

import puppeteer, {
  type Browser,
  type CDPSession,
  type Frame,
  type Page,
  type Target,
  type WebWorker,
} from 'puppeteer-core'
import { type BackgroundScope, type LaunchOptions, pause, type Session, siteOf, waitFor } from './session.ts'
import { watchPage } from './watch.ts'

/** Quiet: no update checks, no sync, no first-run pages. `--no-sandbox` is for root, who cannot have the sandbox. */
const switches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider',
  '--password-store=basic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** Nobody sees the browser’s own window: nothing in it moves, and it draws no bars. */
const unseen = ['--animation-duration-scale=0', '--in-process-gpu']
const withoutBars = ['--kiosk']

const defaultViewport = { width: 1100, height: 800 }

interface DeveloperPrivate {
  developerPrivate: { addHostPermission(id: string, pattern: string, done: () => void): void }
}
interface Permissions {
  permissions: {
    getAll(): Promise<{ origins?: string[] }>
    request(asked: { origins: string[] }): Promise<boolean>
    remove(given: { origins: string[] }): Promise<boolean>
  }
}
interface Commands {
  commands: { onCommand: { dispatch(name: string, tab: unknown): void } }
  tabs: { query(asked: object): Promise<unknown[]> }
}
declare const chrome: DeveloperPrivate & Permissions & Commands

/** How long a frame that can be asked takes to answer, at most. */
const answersWithinMs = 500

/**
 * In a busy browser Puppeteer may hear that a frame has a process of its own before it hears of the frame in its parent; it
 * then takes the parent's line for the frame's, and waits for ever to run anything there. It is given the right line, and
 * the browser is asked to tell anew of what can be run there.
 */
export async function makeHeard(frame: Frame): Promise<void> {
  const answers = frame.evaluate('true').catch(() => true)
  if ((await Promise.race([answers, pause(answersWithinMs)])) === true || frame.detached) return
  const { _id: id, updateClient } = frame as unknown as { _id: string; updateClient(line: CDPSession): void }
  const targets = frame.page().browser().targets() as unknown as { _targetId: string; _session(): CDPSession | null }[]
  const line = targets.find((target) => target._targetId === id)?._session()
  if (!line) return
  updateClient.call(frame, line)
  await line.send('Runtime.disable').catch(() => undefined)
  await line.send('Runtime.enable').catch(() => undefined)
}

/**
 * One without an extension, for pages that need none. A page and its frames have one process: Puppeteer loses track of none. All have
 * the same one, since a new one for every tab would be much of what the browser has to do.
 */
export const bareChromium = (): Promise<Browser> =>
  puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    pipe: true,
    headless: true,
    defaultViewport,
    args: [...switches, ...unseen, ...withoutBars, ...together],
  })
const together = [
  '--disable-features=IsolateOrigins,site-per-process',
  '--disable-site-isolation-trials',
  '--renderer-process-limit=1',
]

export async function openChromium(
  options: Required<Pick<LaunchOptions, 'extension' | 'userDataDir'>> & LaunchOptions,
) {
  const headless = options.headless ?? options.display === undefined
  const launch = () =>
    puppeteer.launch({
      executablePath: options.executablePath ?? '/usr/bin/chromium',
      pipe: true,
      enableExtensions: true,
      userDataDir: options.userDataDir,
      headless,
      defaultViewport: headless ? defaultViewport : null,
      args: [
        ...switches,
        ...(headless ? unseen : []),
        ...(headless && options.bars === undefined ? withoutBars : []),
        ...(options.args ?? []),
      ],
      env: { ...process.env, ...options.display?.env },
      protocolTimeout: 30_000,
      // A test run that is cut off takes its browser along; the demo ends its own in order.
      handleSIGINT: process.env.VITEST !== undefined,
    })
  const problems: string[] = []
  const pageProblems: string[] = []
  let browser: Browser
  let id: string
  let tools: Page | undefined

  const start = async () => {
    browser = await launch()
    tools = undefined
    browser.on('targetcreated', (target) => void watchTarget(target))
    id = await browser.installExtension(options.extension)
    await worker()
  }
  const watchTarget = async (target: Target) => {
    if (target.type() === 'page') {
      const page = await target.page().catch(() => null)
      if (page !== null) watchPage(page, session.origin, problems, pageProblems)
    } else if (isWorker(target)) {
      const found = await target.worker().catch(() => null)
      found?.on('error', (thrown) => problems.push(`background: ${String(thrown)}`))
      found?.on('console', (message) => {
        if (message.type() === 'error') problems.push(`background: ${message.text()}`)
      })
    }
  }
  /** Those of before a reload: they still run, and have no extension any more. */
  const stale = new WeakSet<Target>()
  const isWorker = (target: Target) =>
    target.type() === 'service_worker' && target.url().startsWith(session.origin) && !stale.has(target)
  /** The running background, or undefined while it sleeps. One of before a reload may be listed for long. */
  const workerTarget = () => browser.targets().findLast(isWorker)
  const worker = async (): Promise<WebWorker> => {
    const target = await waitFor('the background to run', workerTarget)
    const found = await target.worker()
    if (found === null) throw new Error('The background has no worker')
    return found
  }
  /** A quiet page of the extension's, to ask the browser things from. Not a page of the person's. */
  const toolPage = async (): Promise<Page> => {
    if (tools?.isClosed() === false) return tools
    tools = await browser.newPage({ background: true })
    await tools.goto(session.extensionUrl('manifest.json'))
    return tools
  }
  const closeTools = async () => {
    const page = tools
    tools = undefined
    await page?.close()
  }
  /** The popup is a target that is no tab; a tab with the same address is one of the browser's pages. */
  const popupTarget = async (): Promise<Target | undefined> => {
    const tabs = new Set((await browser.pages()).map((page) => page.target()))
    const ours = browser.targets().filter((target) => target.url().startsWith(session.extensionUrl('popup.html')))
    return ours.filter((target) => !tabs.has(target)).at(-1)
  }
  const shows = (path?: string) => (page: Page) =>
    page.url().startsWith(session.extensionUrl(path ?? '')) && page !== tools

  const session: Session = {
    kind: 'chromium',
    headless,
    problems,
    pageProblems,
    get browser() {
      return browser
    },
    get origin() {
      return `chrome-extension://${id}`
    },
    extensionUrl: (path) => `chrome-extension://${id}/${path}`,
    async newPage(url) {
      const page = await browser.newPage()
      if (url !== undefined) await page.goto(url)
      await page.bringToFront()
      return page
    },
    async openExtensionPage(path) {
      const page = await browser.newPage()
      await page.goto(session.extensionUrl(path))
      await page.bringToFront()
      return page
    },
    async realPopup(page) {
      await session.closePopup()
      await page.bringToFront()
      const extension = (await browser.extensions()).get(id)
      if (extension === undefined) throw new Error('The extension is not installed')
      await extension.triggerAction(page)
      return session.openedPopup(page)
    },
    async openedPopup() {
      const target = await waitFor('the popup to open', popupTarget)
      const popup = await target.asPage()
      watchPage(popup, session.origin, problems, pageProblems)
      await waitFor('the popup to load', () => popup.evaluate(() => document.readyState === 'complete'))
      return popup
    },
    async closePopup() {
      const target = await popupTarget()
      if (target === undefined) return
      await (await target.asPage()).close()
      await waitFor('the popup to close', async () => !(await session.hasPopup()))
    },
    hasPopup: async () => (await popupTarget()) !== undefined,
    async ownPages(path) {
      return (await browser.pages()).filter(shows(path))
    },
    ownPage: (path) => waitFor(`${path} to be opened`, async () => (await session.ownPages(path)).at(-1)),
    async readerFrames(page) {
      const found = page.frames().filter((frame) => frame.url().startsWith(session.extensionUrl('reader.html')))
      await Promise.all(found.map(makeHeard))
      return found
    },
    async killBackground() {
      const target = workerTarget()
      if (target === undefined) return
      const dead = () => !browser.targets().includes(target)
      // A worker that is just starting, or woken while it dies, may outlive the first blow.
      for (let blows = 0; !dead() && blows < 4; blows++) {
        const found = await target.worker().catch(() => null)
        await found?.close().catch(() => undefined)
        for (let waited = 0; !dead() && waited < 60; waited++) await pause(50)
      }
      if (!dead()) throw new Error('The background does not die')
    },
    backgroundRuns: async () => workerTarget() !== undefined,
    async inBackground<T, Args extends unknown[]>(
      fn: (scope: BackgroundScope, ...args: Args) => T | Promise<T>,
      ...args: Args
    ) {
      if (workerTarget() === undefined) {
        const page = await toolPage()
        await page.evaluate('chrome.runtime.sendMessage({}).catch(() => 0)')
      }
      const target = workerTarget()
      const running = await worker()
      if (target !== undefined && !(await running.evaluate('chrome.runtime?.id !== undefined'))) {
        stale.add(target)
        return session.inBackground(fn, ...args)
      }
      const scope = await running.evaluateHandle('self')
      try {
        return (await running.evaluate(fn as never, scope, ...args)) as T
      } finally {
        await scope.dispose()
      }
    },
    async command(name, page) {
      await page.bringToFront()
      await session.inBackground(
        async (_scope: BackgroundScope, command: string, url: string) => {
          // Without a screen, a window that is brought to the front is not always the one last in focus.
          const active = (await chrome.tabs.query({ active: true })) as { url?: string }[]
          const [last] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
          chrome.commands.onCommand.dispatch(command, active.find((tab) => tab.url === url) ?? last)
        },
        name,
        page.url(),
      )
    },
    async answerPrompts(origin) {
      const page = await browser.newPage()
      await page.goto('chrome://extensions')
      await page.evaluate(
        (extension, pattern) =>
          new Promise<void>((resolve) => chrome.developerPrivate.addHostPermission(extension, pattern, resolve)),
        id,
        siteOf(origin),
      )
      await page.close()
    },
    async grantSite(origin) {
      await session.answerPrompts(origin)
      const page = await toolPage()
      const granted = await page.evaluate((origins) => chrome.permissions.request({ origins }), [siteOf(origin)])
      await closeTools()
      if (!granted) throw new Error(`The browser did not grant ${siteOf(origin)}`)
    },
    async revokeAll() {
      const page = await toolPage()
      const origins = await session.grantedSites()
      if (origins.length > 0) await page.evaluate((given) => chrome.permissions.remove({ origins: given }), origins)
      await closeTools()
    },
    async grantedSites() {
      const page = await toolPage()
      return (await page.evaluate(() => chrome.permissions.getAll())).origins ?? []
    },
    async acceptPrompt() {
      if (options.display === undefined) throw new Error('A prompt is answered on a display only')
      // The prompt takes a moment before it takes keys, so that nobody answers it by accident. Its focus is on "Deny".
      await pause(1500)
      await options.display.keys('Tab')
      await options.display.keys('Return')
      await pause(300)
    },
    async inBrowserUi(body, given = null) {
      const page = await browser.newPage({ background: true })
      try {
        await page.goto('chrome://extensions')
        return await page.evaluate(
          `(async (id, given) => { ${body} })(${JSON.stringify(id)}, ${JSON.stringify(given)})`,
        )
      } finally {
        await page.close()
      }
    },
    async restart() {
      const granted = await session.grantedSites()
      const before = problems.length
      await browser.close()
      // What a background was at when its browser closed comes to nothing, and is no complaint.
      problems.length = before
      await start()
      // An extension installed by the protocol is installed anew, without the permissions it had; a person's keeps them.
      for (const site of granted) await session.grantSite(site.replace('/*', ''))
    },
    async renew(extension) {
      tools = undefined
      const before = await browser.pages()
      // A browser without a page closes.
      await browser.newPage()
      for (const page of before) await page.close().catch(() => undefined)
      await browser.uninstallExtension(id)
      await waitFor('the background to be gone', () => workerTarget() === undefined)
      problems.length = 0
      pageProblems.length = 0
      id = await browser.installExtension(extension)
      await worker()
    },
    close: () => browser.close(),
  }
  await start()
  return session
}
