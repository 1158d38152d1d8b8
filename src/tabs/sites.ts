// On which sites Fieldseal is switched on. That is derived from the permissions the person gave the browser, and from
// nothing else: the content script is registered for exactly those sites.

import { browser } from 'wxt/browser'

const registrationId = 'sites'
const contentScript = '/content-scripts/content.js'
const everywhere = '*://*/*'

/** The match pattern for the site of a page, or null where a page is none. Patterns know no ports. */
export function patternOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : null
}

/** Whether the person has switched Fieldseal on for the site of this page. */
export async function isOn(url: string | undefined): Promise<boolean> {
  const pattern = patternOf(url)
  return pattern !== null && (await browser.permissions.contains({ origins: [pattern] }))
}

/** The patterns of all sites that are switched on. */
export async function patternsOn(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins.filter((origin) => /^(https?|\*):\/\//.test(origin)).sort()
}

let turn: Promise<unknown> = Promise.resolve()

/** Registers the content script for exactly the sites that are on. Runs one at a time; the last one counts. */
export function registerSites(): Promise<void> {
  const next = turn.then(register)
  turn = next.catch(() => undefined)
  return next
}

async function register(): Promise<void> {
  const [matches, present] = await Promise.all([patternsOn(), browser.scripting.getRegisteredContentScripts()])
  if (present.length > 0) await browser.scripting.unregisterContentScripts({ ids: present.map(({ id }) => id) })
  if (matches.length === 0) return
  const script = { id: registrationId, matches, js: [contentScript], allFrames: true, runAt: 'document_idle' as const }
  // A frame that a page made of nothing (about:blank, srcdoc) belongs to the page's own site.
  await browser.scripting.registerContentScripts([{ ...script, matchOriginAsFallback: true } as typeof script])
}

/** Brings the content script to the tabs that already show a site that was just switched on. */
export async function startOnOpenTabs(patterns: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...patterns] })
  await Promise.allSettled(tabs.map(({ id }) => (id === undefined ? undefined : startInTab(id))))
}

/** Runs the content script in all frames of a tab that may be reached; one that is there already changes nothing. */
export async function startInTab(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, allFrames: true }, files: [contentScript] })
}

/** Gives the permission for a site back. The rest follows from that. */
export async function switchOff(pattern: string): Promise<void> {
  await browser.permissions.remove({ origins: [pattern === everywhere ? everywhere : pattern] })
}
