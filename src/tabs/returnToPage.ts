// Goes back to a page: to the tab that shows it, or to a new one, and waits until it has loaded. If Fieldseal is off there, the
// browser does not say what the page is.

import { browser } from 'wxt/browser'

/** A page that has not loaded within this time is used as it is, if it has come at all. */
const loadsWithinMs = 12_000
/** How long a loaded tab without a known address may still be on its way; after that we may not see it. */
const silentMs = 2_500
const lookEveryMs = 100

/** The fields of a tab that are used here. */
interface Tab {
  readonly id?: number | undefined
  readonly windowId?: number | undefined
  readonly url?: string | undefined
  /** In Chromium, the address of a page that is still loading. */
  readonly pendingUrl?: string | undefined
  readonly status?: string | undefined
  readonly incognito?: boolean | undefined
}

/** Brings the page at `url` to the front. Returns the id of its tab, which may still be loading; null if none opens. */
export async function returnToPage(url: string): Promise<number | null> {
  try {
    const tab: Tab = (await raiseOpenTab(url)) ?? (await browser.tabs.create({ url, active: true }))
    return tab.id ?? null
  } catch {
    // The tab was just closed, or the browser opened none.
    return null
  }
}

/** Waits for a tab to load, and returns whether the page has this origin; false if the tab closes meanwhile. */
export function hasArrived(tabId: number, origin: string): Promise<boolean> {
  return waitForPage(tabId, origin).catch(() => false)
}

async function raiseOpenTab(url: string): Promise<Tab | null> {
  const tab = findTabShowing((await browser.tabs.query({})) as Tab[], url)
  if (tab?.id === undefined) return null
  await browser.tabs.update(tab.id, { active: true })
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
  return tab
}

/** The tab that shows this page: at this exact address, or else at another place in the same document. */
export function findTabShowing<T extends Pick<Tab, 'url' | 'incognito'>>(tabs: readonly T[], url: string): T | null {
  const ordinary = tabs.filter(({ incognito }) => incognito !== true)
  const document = documentOf(url)
  return (
    ordinary.find((tab) => tab.url === url) ??
    ordinary.find((tab) => tab.url !== undefined && documentOf(tab.url) === document) ??
    null
  )
}

/** An address without its fragment, unless the page uses fragments to identify its documents ("#/notes/5", "#!5"). */
function documentOf(url: string): string {
  return /#[/!]/.test(url) ? url : url.replace(/#.*$/s, '')
}

async function waitForPage(tabId: number, origin: string): Promise<boolean> {
  const startedAt = Date.now()
  let restingSince: number | null = null
  for (;;) {
    const { url, status, pendingUrl } = (await browser.tabs.get(tabId)) as Tab
    const now = Date.now()
    const known = url !== undefined && url !== '' && url !== 'about:blank'
    if (known && (status === 'complete' || now - startedAt > loadsWithinMs)) return originOf(url) === origin
    if (now - startedAt > loadsWithinMs) return false
    restingSince = status === 'complete' && pendingUrl === undefined ? (restingSince ?? now) : null
    if (restingSince !== null && now - restingSince > silentMs) return false
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
