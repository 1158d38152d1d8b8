// Fieldseal in Firefox, over WebDriver BiDi. What BiDi cannot do (the toolbar popup, ending the background) is done in the
// browser's own window, as the browser does it.

import { createHash } from 'node:crypto'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { acknowledgePromptly } from './promptAcks.ts'
import { addressOf, type BackgroundScope, type LaunchOptions, pause, type Session, siteOf, waitFor } from './session.ts'
import { watchPage } from './watch.ts'

const addonId = 'fieldseal@fieldseal.org'

/** Quiet: nothing is fetched, reported or suggested; and what a temporary add-on has stored outlives a restart. */
const quiet = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.contentblocking.introCount': 99,
  'browser.discovery.enabled': false,
  'browser.ml.enable': false,
  'browser.newtabpage.enabled': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.newtabpage.activity-stream.feeds.section.topstories': false,
  'browser.newtabpage.activity-stream.telemetry': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'browser.translations.enable': false,
  'browser.urlbar.quicksuggest.enabled': false,
  'browser.urlbar.suggest.searches': false,
  'captivedetect.canonicalURL': '',
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'dom.push.connection.enabled': false,
  'extensions.blocklist.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
  'geo.enabled': false,
  'identity.fxaccounts.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.prefetch-next': false,
  'network.trr.mode': 5,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'signon.rememberSignons': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
  'trailhead.firstrun.didSeeAboutWelcome': true,
  // A press of Alt alone would take the focus from the page.
  'ui.key.menuAccessKeyFocuses': false,
}

/**
 * Under test the browser's own window is seen by nobody, and was a third of what the browser had to do: it is drawn more
 * seldom, has nothing at its side, and does not note again and again which tabs are open.
 */
const unseen = {
  'browser.sessionstore.interval': 3_600_000,
  'layout.frame_rate': 20,
  'sidebar.revamp': false,
  'toolkit.cosmeticAnimations.enabled': false,
}
const defaultViewport = { width: 1100, height: 800 }
const underTest = process.env.VITEST !== undefined
if (underTest) acknowledgePromptly()

interface ExtensionGlobals {
  permissions: { getAll(): Promise<{ origins?: string[] }> }
}
declare const browser: ExtensionGlobals

/** The parts of the raw connection that are used. */
interface Connection {
  send(method: string, params: object): Promise<{ result: unknown }>
  emit(event: string, info: object): void
}
interface Context {
  readonly context: string
  readonly url: string
}

/**
 * Without an extension: one process for all pages, since a new one for every tab and frame would be half of what the browser has to do.
 * And a tab behind others is as quick as the background of an extension, for which it stands there.
 */
const together = {
  'dom.ipc.processCount': 1,
  'dom.ipc.processCount.webIsolated': 1,
  'dom.ipc.processPrelaunch.enabled': false,
  'dom.min_background_timeout_value': 4,
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'fission.autostart': false,
}

/** One without an extension, for pages that need none. */
export const bareFirefox = (): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    defaultViewport,
    args: ['--remote-allow-system-access'],
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1' },
    extraPrefsFirefox: { ...quiet, ...unseen, ...together },
  })

export async function openFirefox(options: Required<Pick<LaunchOptions, 'extension' | 'userDataDir'>> & LaunchOptions) {
  const headless = options.headless ?? options.display === undefined
  const uuid = uuidFor(options.userDataDir)
  const origin = `moz-extension://${uuid}`
  const launch = () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: options.executablePath ?? '/usr/bin/firefox-esr',
      userDataDir: options.userDataDir,
      headless,
      defaultViewport: headless ? defaultViewport : null,
      args: ['--remote-allow-system-access', ...(options.args ?? [])],
      env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', ...options.display?.env },
      extraPrefsFirefox: {
        ...quiet,
        ...(underTest && unseen),
        'extensions.webextensions.uuids': JSON.stringify({ [addonId]: uuid }),
        ...options.prefs,
      },
      protocolTimeout: 30_000,
      // A test run that is cut off takes its browser along; the demo ends its own in order.
      handleSIGINT: underTest,
    })
  const problems: string[] = []
  const pageProblems: string[] = []
  let firefox: Browser
  let connection: Connection
  let tools: Page | undefined

  /** Runs `body` as an async function in the browser's own window; `extension` is Fieldseal, `given` the argument. */
  const inBrowserWindow = async (body: string, given: unknown = null): Promise<unknown> => {
    const tree = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })).result as {
      contexts: Context[]
    }
    const context = tree.contexts.find(({ url }) => url.endsWith('/browser.xhtml'))?.context
    if (context === undefined) throw new Error('Firefox has no window')
    const expression = `(async (given) => {
      const extension = WebExtensionPolicy.getByID('${addonId}')?.extension
      const result = await (async () => { ${body} })()
      return JSON.stringify(result ?? null)
    })(${JSON.stringify(given)})`
    const target = { context }
    const said = (await connection.send('script.evaluate', { expression, target, awaitPromise: true })).result as {
      type: string
      result?: { value?: string }
      exceptionDetails?: { text: string }
    }
    if (said.type === 'exception') throw new Error(`In Firefox's own window: ${said.exceptionDetails?.text}`)
    return JSON.parse(said.result?.value ?? 'null')
  }

  const start = async () => {
    firefox = await launch()
    tools = undefined
    connection = (firefox as unknown as { connection: Connection }).connection
    firefox.on('targetcreated', (target) => {
      void target
        .page()
        .then((page) => page !== null && watchPage(page, origin, problems, pageProblems))
        .catch(() => undefined)
    })
    await firefox.installExtension(options.extension)
    await inBrowserWindow(seePopups)
    await waitFor('the extension to start', () => inBrowserWindow('return extension?.backgroundState !== undefined'))
  }
  const go = async (page: Page, url: string) => {
    // Firefox never tells that a page of an extension has loaded: ask the page.
    await page.goto(url, { waitUntil: [] })
    await waitFor(`${url} to load`, () =>
      page.evaluate(
        (wanted) => location.href.startsWith(wanted) && document.readyState === 'complete',
        url.replace(/#.*/, ''),
      ),
    )
  }
  const toolPage = async (): Promise<Page> => {
    // A reload of the extension closes its tabs, and Puppeteer is not told.
    if (tools?.isClosed() === false && (await tools.evaluate(() => true).catch(() => false))) return tools
    tools = await firefox.newPage({ background: true })
    await go(tools, session.extensionUrl('icon/16.png'))
    return tools
  }
  const closeTools = async () => {
    const page = tools
    tools = undefined
    await page?.close().catch(() => undefined)
  }
  /** Puppeteer knows tabs only: the popup's own browsing context is announced to it, once each. */
  let announced: string | undefined
  const popupPage = async (): Promise<Page | undefined> => {
    const context = (await inBrowserWindow('return popupContext()')) as string | null
    if (context === null) return undefined
    if (context !== announced) {
      const url = session.extensionUrl('popup.html')
      const info = { context, url, children: null, parent: null, originalOpener: null, userContext: 'default' }
      connection.emit('browsingContext.contextCreated', { ...info, clientWindow: '' })
      announced = context
    }
    return (await firefox.pages()).find((page) => (page.mainFrame() as unknown as { _id: string })._id === context)
  }

  const session: Session = {
    kind: 'firefox',
    headless,
    origin,
    problems,
    pageProblems,
    get browser() {
      return firefox
    },
    extensionUrl: (path) => `${origin}/${path}`,
    async newPage(url) {
      const page = await firefox.newPage()
      if (url !== undefined) await page.goto(url)
      await page.bringToFront()
      return page
    },
    async openExtensionPage(path) {
      const page = await firefox.newPage()
      await go(page, session.extensionUrl(path))
      await page.bringToFront()
      return page
    },
    async realPopup(page) {
      await session.closePopup()
      await page.bringToFront()
      await inBrowserWindow(`
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
        const front = Services.wm.getMostRecentWindow('navigator:browser')
        await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(front)`)
      return session.openedPopup(page)
    },
    openedPopup: () =>
      waitFor('the popup to open', async () => {
        const popup = await popupPage()
        const loaded = await popup?.evaluate(
          () => location.protocol === 'moz-extension:' && document.readyState === 'complete',
        )
        return loaded ? popup : undefined
      }),
    async closePopup() {
      await inBrowserWindow(`for (const each of popupBrowsers()) each.closest('panel')?.hidePopup()`)
      await waitFor('the popup to close', async () => !(await session.hasPopup()))
    },
    hasPopup: async () => (await inBrowserWindow('return popupBrowsers().length')) !== 0,
    async ownPages(path) {
      const found: Page[] = []
      for (const page of await firefox.pages()) {
        const context = (page.mainFrame() as unknown as { _id: string })._id
        if (page === tools || context === announced) continue
        const address = await addressOf(page).catch(() => '')
        if (address.startsWith(session.extensionUrl(path ?? ''))) found.push(page)
      }
      return found
    },
    ownPage: (path) =>
      waitFor(`${path} to be opened`, async () => {
        const page = (await session.ownPages(path)).at(-1)
        if ((await page?.evaluate(() => document.readyState)) !== 'complete') return undefined
        return page
      }),
    async readerFrames(page) {
      const frames = page.frames()
      const addresses = await Promise.all(frames.map((frame) => addressOf(frame).catch(() => '')))
      return frames.filter((_, nth) => addresses[nth]?.startsWith(session.extensionUrl('reader.html')))
    },
    async killBackground() {
      // It may be asked for again at once: what was running then is gone all the same.
      await inBrowserWindow('await extension.terminateBackground({ ignoreDevToolsAttached: true })')
    },
    backgroundRuns: async () => (await inBrowserWindow('return extension.backgroundState')) === 'running',
    async inBackground<T, Args extends unknown[]>(
      fn: (scope: BackgroundScope, ...args: Args) => T | Promise<T>,
      ...args: Args
    ) {
      const page = await toolPage()
      // One question to the browser, and not one for the background, one for what is asked of it, and one to let go of it.
      const asked = `(${fn})(scope, ...${JSON.stringify(args)})`
      return (await page.evaluate(`browser.runtime.getBackgroundPage().then((scope) => ${asked})`)) as T
    },
    async command(name, page) {
      await page.bringToFront()
      await inBrowserWindow('extension.shortcuts.onCommand(given)', name)
    },
    async answerPrompts() {
      await inBrowserWindow(`Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', false)`)
    },
    async grantSite(site) {
      await inBrowserWindow(
        `const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
        await ExtensionPermissions.add(extension.id, { permissions: [], origins: [given], data_collection: [] }, extension)`,
        siteOf(site),
      )
    },
    async revokeAll() {
      await inBrowserWindow(
        `const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
        await ExtensionPermissions.remove(extension.id, { permissions: [], origins: given, data_collection: [] }, extension)`,
        await session.grantedSites(),
      )
    },
    async grantedSites() {
      const page = await toolPage()
      const { origins = [] } = await page.evaluate(() => browser.permissions.getAll())
      await closeTools()
      return origins
    },
    async acceptPrompt() {
      if (options.display === undefined) throw new Error('A prompt is answered on a display only')
      await waitFor('the permission prompt', () => inBrowserWindow(`return PopupNotifications.isPanelOpen`))
      // The button takes no key in the prompt's first half second, so that nobody presses it by accident.
      await pause(1000)
      await options.display.keys('alt+a')
      await waitFor(
        'the permission prompt to close',
        async () => !(await inBrowserWindow(`return PopupNotifications.isPanelOpen`)),
      )
    },
    inBrowserUi: inBrowserWindow,
    async restart() {
      const granted = await session.grantedSites()
      await firefox.close()
      await start()
      // A temporary add-on loses its permissions with the session, an installed one does not.
      for (const site of granted) await session.grantSite(site.replace('/*', ''))
    },
    async renew(extension) {
      if (extension !== options.extension) throw new Error('Firefox has another build installed')
      await session.closePopup()
      const before = await firefox.pages()
      const page = await firefox.newPage()
      for (const each of before) await each.close().catch(() => undefined)
      tools = undefined
      await inBrowserWindow(forgetAll)
      await go(page, session.extensionUrl('icon/16.png'))
      await page.evaluate(forgetStored)
      // It has woken up at what was taken away.
      await session.killBackground()
      problems.length = 0
      pageProblems.length = 0
      // A browser without a page closes.
      await page.goto('about:blank')
      // As it opens by itself after an installation.
      await session.openExtensionPage('onboarding.html')
    },
    close: () => firefox.close(),
  }
  await start()
  return session
}

/** The extension's origin in a profile: the same at every start, since what is stored belongs to the origin. */
function uuidFor(profile: string): string {
  const hex = createHash('sha256').update(profile).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** What was permitted, set by tests, and known to the background alone goes. */
const forgetAll = `
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
  const { permissions, origins } = await ExtensionPermissions.get(extension.id)
  await ExtensionPermissions.remove(extension.id, { permissions, origins, data_collection: [] }, extension)
  for (const name of ${JSON.stringify([
    'extensions.webextOptionalPermissionPrompts',
    'layout.css.prefers-color-scheme.content-override',
    'ui.systemUsesDarkTheme',
  ])}) Services.prefs.clearUserPref(name)
  await extension.terminateBackground({ ignoreDevToolsAttached: true })`

interface Stored {
  readonly storage: Record<'local' | 'session' | 'sync', { clear(): Promise<void> }>
  readonly scripting: { unregisterContentScripts(): Promise<void> }
  readonly alarms: { clearAll(): Promise<void> }
}

/** In a page of the extension: nothing is stored any more. */
async function forgetStored(): Promise<void> {
  const { storage, scripting, alarms } = browser as unknown as Stored
  await Promise.all([storage.local.clear(), storage.session.clear(), storage.sync.clear(), alarms.clearAll()])
  await scripting.unregisterContentScripts()
  for (const { name = '' } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error)
    })
  }
}

/** Lets BiDi address the toolbar popup like a tab, by giving its browser element the key that it looks for. */
const seePopups = `
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs')
  const tabOf = NavigableManager.getBrowserById
  // A popup is loaded in a browser element of its own first, and moved into that of the panel once it is to be seen.
  globalThis.popupBrowsers = () =>
    [...Services.wm.getEnumerator('navigator:browser')].flatMap((each) => [
      ...each.document.querySelectorAll('browser.webextension-popup-browser:not(.webextension-preload-browser)'),
    ]).filter((each) => each.currentURI?.spec.startsWith('moz-extension:'))
  NavigableManager.getBrowserById = function (id) {
    return tabOf.call(this, id) ?? popupBrowsers().find((each) => this.getIdForBrowser(each) === id) ?? null
  }
  globalThis.popupContext = () => {
    const found = popupBrowsers().at(-1)
    if (found?.closest('panel')?.state !== 'open') return null
    found.permanentKey ??= {}
    return NavigableManager.getIdForBrowser(found)
  }`
