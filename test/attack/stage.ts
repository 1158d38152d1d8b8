// Where the attacks are played: one browser with a vault in it, the hostile site, and the table of what each attack got. The
// vault is made through the extension's own pages; texts are sealed by its content script, for the site they then stand on.

import { rm } from 'node:fs/promises'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { buildFor, launch } from '../e2e/browsers.ts'
import { makeHeard } from '../e2e/chromium.ts'
import { addressOf, isWebsite, type Kind, type LaunchOptions, type Session, waitFor, within } from '../e2e/session.ts'
import { openedTexts, placeVault } from '../e2e/steps.ts'
import { watched } from '../e2e/watched.ts'
import { installCareless } from './careless.ts'
import { type Given, type HostileSite, html, startHostileSite } from './site.ts'

export const password = 'violet anchor tumbles over granite seven'

declare global {
  interface Window {
    /** What a hostile page got hold of. */
    loot: unknown[]
    /** Tricks that a hostile page has ready for when the text is open. */
    tricks: Record<string, (...args: never[]) => unknown>
  }
}

export interface Stage {
  readonly kind: Kind
  readonly session: Session
  readonly site: HostileSite
  /** Seals texts on the hostile site, or on that of `url`, as the person's content script does there. */
  sealed(texts: readonly string[], url?: string): Promise<string[]>
  /** Serves a page and opens it in a tab of its own, which is closed after the test. */
  visit(path: string, page: Given | string, query?: string): Promise<Page>
  /** Opens an address in a tab of its own, which is closed after the test. */
  open(url: string): Promise<Page>
  /** Waits until the page shows these texts to its person, and gives the frames that do. */
  opened(page: Page, texts: readonly string[]): Promise<Frame[]>
  /** What each reader frame of a page shows, in words. A frame that is just going away shows nothing. */
  shown(page: Page): Promise<string[]>
  /** What each frame of the stand-in's in a page shows. */
  carelessly(page: Page): Promise<string[]>
  /** The id of the stand-in, as another extension or a page would name it. */
  readonly carelessId: string
  /** Keeps a page open after the test; whoever keeps it closes it. */
  keep(page: Page): Page
  /** The iframe element of a reader, given to the page's own world: in one browser pages can get it themselves. */
  frameElement(page: Page): Promise<ElementHandle<HTMLIFrameElement>>
  /** The address at which a content script puts readers into pages. In Chromium pages do not know it. */
  readonly readerUrl: string
  /** A ticket for a text, as the content script in the tab at `url` gets it. Pages never have one. */
  ticketFor(url: string, sealed: string): Promise<string>
  /** Asks the background from the content script's world in the tab at `url`, all at once. */
  ask(url: string, questions: readonly object[]): Promise<unknown[]>
  closePages(): Promise<void>
  close(): Promise<void>
}

const sealedAtOnce = 40
/** A frame or page that takes longer to answer is on its way out. */
const silentMs = 1_500
const emptiesWithinMs = 3_000

export async function setStage(kind: Kind, options: LaunchOptions = {}): Promise<Stage> {
  const site = await startHostileSite()
  const session = await launch(kind, { extension: await watched(buildFor(kind)), ...options })
  await placeVault(session, password)
  for (const page of await session.ownPages('onboarding.html')) await page.close()
  await session.grantSite(site.origin)
  const { folder, id: carelessId } = await installCareless(session)
  const readerUrl = await session.inBackground((scope) => {
    const { runtime } = (scope.browser ?? scope.chrome) as unknown as { runtime: { getURL(path: string): string } }
    return runtime.getURL('/reader.html')
  })
  site.give('seal', html('<textarea></textarea>'))
  const pages: Page[] = []
  const kept = new Set<Page>()
  // A new tab costs both browsers more than all that most attacks do in it: the next test has the tab of the last one.
  let spare: Page | undefined
  const open = async (url: string) => {
    const page = spare ?? (await session.newPage())
    spare = undefined
    pages.push(page)
    await page.goto(url)
    await page.bringToFront()
    return page
  }
  /** Where texts are sealed, by the address: tabs that stay. */
  const sealing = new Map<string, Page>()
  const ask = (url: string, questions: readonly object[]) =>
    waitFor(`the content script at ${url}`, () => askIn(session, url, questions))
  return {
    kind,
    session,
    site,
    open,
    async sealed(texts, url = `${site.origin}/seal`) {
      if (!sealing.has(url)) {
        // Behind the page that a test has in front.
        const page = await session.browser.newPage({ background: true })
        await page.goto(url)
        sealing.set(url, page)
      }
      const answers: unknown[] = []
      // Not all at once: the protocol waits for an answer for half a minute only.
      for (let from = 0; from < texts.length; from += sealedAtOnce) {
        const some = texts.slice(from, from + sealedAtOnce)
        answers.push(
          ...(await ask(
            url,
            some.map((text) => ({ name: 'seal', request: { text, replaces: null } })),
          )),
        )
      }
      return answers.map((answer) => valueIn<{ sealed: string }>(answer).sealed)
    },
    ask,
    readerUrl,
    async ticketFor(url, sealed) {
      const [answer] = await ask(url, [{ name: 'issueTickets', request: { texts: [{ sealed, field: null }] } }])
      return valueIn<{ tickets: string[] }>(answer).tickets[0] ?? ''
    },
    visit(path, page, query = '') {
      return open(site.give(path, page) + query)
    },
    async opened(page, texts) {
      const wanted = [...texts].sort().join('\n')
      return waitFor(
        `the page to show ${wanted.slice(0, 200)}`,
        async () => {
          const seen = await openedTexts(session, page)
          if (seen.sort().join('\n') === wanted) return session.readerFrames(page)
          throw new Error(`it shows ${JSON.stringify(seen).slice(0, 300)}`)
        },
        { timeoutMs: 40_000 },
      )
    },
    async shown(page) {
      const frames = await session.readerFrames(page)
      const words = frames.map((frame) => frame.evaluate(() => document.body.textContent?.trim() ?? '').catch(() => ''))
      return Promise.all(words.map((one) => within(one, silentMs).catch(() => '')))
    },
    carelessId,
    async carelessly(page) {
      const shown = page.frames().map(async (frame) => {
        if (kind === 'chromium') await makeHeard(frame)
        const address = await within(addressOf(frame), silentMs).catch(() => '')
        if (!/^(chrome|moz)-extension:.*\/frame.html/.test(address)) return null
        return frame.evaluate(() => document.body.textContent?.trim() ?? '').catch(() => '')
      })
      return (await Promise.all(shown)).filter((text) => text !== null)
    },
    keep(page) {
      kept.add(page)
      return page
    },
    async frameElement(page) {
      const element = await waitFor('a reader in the page', async () =>
        (await session.readerFrames(page))[0]?.frameElement(),
      )
      return element as ElementHandle<HTMLIFrameElement>
    },
    async closePages() {
      const over = [...pages.splice(0), ...(await session.ownPages('composer.html'))].filter((page) => !kept.has(page))
      for (const page of over) {
        if (spare === undefined && (await isEmptied(page, session))) spare = page
        else await page.close().catch(() => undefined)
      }
    },
    async close() {
      for (const page of [...pages, ...sealing.values(), ...kept]) await page.close().catch(() => undefined)
      // A browser in which Fieldseal is a website keeps no extension.
      if (!isWebsite) await session.browser.uninstallExtension(carelessId)
      await session.close()
      await site.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Leaves a tab of a web page blank. False when that does not come to pass, and for a page of our own. */
async function isEmptied(page: Page, session: Session): Promise<boolean> {
  const left = await within(
    page.evaluate(() => location.origin),
    silentMs,
  ).catch(() => '')
  if (left === '' || left === session.origin) return false
  return within(page.goto('about:blank'), emptiesWithinMs).then(
    () => true,
    () => false,
  )
}

interface Tabs {
  tabs: { query(asked: object): Promise<{ id: number; url?: string }[]> }
  scripting: { executeScript(what: object): Promise<{ result: unknown }[]> }
}

/** Asks from the world of the content script in the tab at `url`. Null while there is none. */
async function askIn(session: Session, url: string, questions: readonly object[]): Promise<unknown[] | null> {
  const answers = await session.inBackground(
    async (scope, address, all) => {
      const { tabs, scripting } = (scope.browser ?? scope.chrome) as unknown as Tabs
      const tab = (await tabs.query({})).find((one) => one.url === address)
      if (tab === undefined) return null
      const [first] = await scripting.executeScript({
        target: { tabId: tab.id },
        args: [JSON.stringify(all)],
        // As text: a browser may drop what is null from the arguments.
        func: async (each: string) => {
          const { runtime } = chrome as unknown as { runtime: { sendMessage(said: object): Promise<unknown> } }
          return Promise.all((JSON.parse(each) as object[]).map((question) => runtime.sendMessage(question)))
        },
      })
      return first?.result ?? null
    },
    url,
    [...questions],
  )
  return Array.isArray(answers) ? answers : null
}
declare const chrome: unknown

function valueIn<T>(answer: unknown): T {
  const { ok, value } = answer as { ok?: boolean; value?: T }
  if (ok !== true || value === undefined) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return value
}
