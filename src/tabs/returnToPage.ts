// Going back to a page: to the tab in which it is open, or to a new one, and waiting until it has loaded. What a page is that
// Fieldseal is not on at, the browser does not tell.

import { browser } from 'wxt/browser'

/** A page that has not loaded by then is taken as it is, if it has come at all. */
const loadsWithinMs = 12_000
/** A tab that has come to rest, and of which the browser does not say where: on its way still, or where we may not look. */
const silentMs = 2_500
const lookEveryMs = 100

/** A tab, as far as it is looked at. */
interface Tab {
  readonly id?: number | undefined
  readonly windowId?: number | undefined
  readonly url?: string | undefined
  /** Chromium's, of a page that has not come yet. */
  readonly pendingUrl?: string | undefined
  readonly status?: string | undefined
  readonly incognito?: boolean | undefined
}

/** Brings the page at `url` before the person. The id of its tab, in which it may be yet to load; null when none opens. */
export async function returnToPage(url: string): Promise<number | null> {
  try {
    const tab: Tab = (await raised(url)) ?? (await browser.tabs.create({ url, active: true }))
    return tab.id ?? null
  } catch {
    // The tab was closed a moment ago, or the browser would not open one.
    return null
  }
}

/** Whether a page of this origin has loaded in a tab. Waits for it; false also when the tab is closed meanwhile. */
export function hasArrived(tabId: number, origin: string): Promise<boolean> {
  return arrives(tabId, origin).catch(() => false)
}

async function raised(url: string): Promise<Tab | null> {
  const tab = openAt((await browser.tabs.query({})) as Tab[], url)
  if (tab?.id === undefined) return null
  await browser.tabs.update(tab.id, { active: true })
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
  return tab
}

/** The tab that shows this page already: at this very address, or else at another place in the same document. */
export function openAt<T extends Pick<Tab, 'url' | 'incognito'>>(tabs: readonly T[], url: string): T | null {
  const ordinary = tabs.filter(({ incognito }) => incognito !== true)
  const document = documentOf(url)
  return (
    ordinary.find((tab) => tab.url === url) ??
    ordinary.find((tab) => tab.url !== undefined && documentOf(tab.url) === document) ??
    null
  )
}

/** An address without its fragment, unless that is the page's own way of telling its documents apart ("#/notes/5", "#!5"). */
function documentOf(url: string): string {
  return /#[/!]/.test(url) ? url : url.replace(/#.*$/s, '')
}

async function arrives(tabId: number, origin: string): Promise<boolean> {
  const begun = Date.now()
  let restingSince: number | null = null
  for (;;) {
    const { url, status, pendingUrl } = (await browser.tabs.get(tabId)) as Tab
    const now = Date.now()
    const known = url !== undefined && url !== '' && url !== 'about:blank'
    if (known && (status === 'complete' || now - begun > loadsWithinMs)) return originOf(url) === origin
    if (now - begun > loadsWithinMs) return false
    restingSince = status === 'complete' && pendingUrl === undefined ? (restingSince ?? now) : null
    if (restingSince !== null && now - restingSince > silentMs) return false
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
