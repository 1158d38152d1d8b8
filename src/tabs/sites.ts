// On which sites Fieldseal is on: those that the person has permitted in the browser, except those excluded while all sites are on.
// The content script is registered for exactly these.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { pattern as listable } from '../messages/tabs/sites.ts'
import { Queue } from '../queue.ts'
import { readSettings, type Settings, settingOf } from './siteSettings.ts'

const registrationId = 'sites'
/** The scripts for every frame of a site that is on, for a person who enters a field, and for finding a text. */
const contentScript = '/page.js' as const
const fieldsScript = '/fields.js' as const
const finderScript = '/finder.js' as const
export const everywhere = '*://*/*'

/** The match pattern of a page's site, or null if it is not a web page. Patterns have no ports. */
export function patternOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : null
}

/** Whether this is the pattern of a single site. */
export function isOneSite(pattern: string): boolean {
  return !pattern.includes('*://') && !pattern.includes('//*')
}

/** Whether the browser permits us on the site of this page. */
export async function isAllowed(url: string | undefined): Promise<boolean> {
  const pattern = patternOf(url)
  return pattern !== null && (await browser.permissions.contains({ origins: [pattern] }))
}

/** Whether Fieldseal is on for the site of this page. */
export async function isOn(url: string | undefined, settings: Settings): Promise<boolean> {
  const pattern = patternOf(url)
  return pattern !== null && !settingOf(settings, pattern).off && (await isAllowed(url))
}

/** Whether one permission covers all sites. */
export function allSitesOn(): Promise<boolean> {
  return browser.permissions.contains({ origins: [everywhere] })
}

/** The patterns that the browser permits us, normalised. */
export async function patternsOn(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return normalizePatterns(origins)
}

/** The web patterns among the browser's, without duplicates, sorted; `<all_urls>` becomes the pattern for all sites. */
export function normalizePatterns(origins: readonly string[]): string[] {
  const patterns = origins.map((origin) =>
    origin === '<all_urls>' ? everywhere : origin.replace(/\/[^/*]*\*?$/, '/*'),
  )
  return [...new Set(patterns)].filter((pattern) => v.is(listable, pattern)).sort()
}

const registrations = new Queue()

/** Registers the content script for exactly the sites that are on. Runs one at a time; the last run counts. */
export function registerSites(): Promise<void> {
  return registrations.run(register)
}

async function register(): Promise<void> {
  const [matches, present, { sites }] = await Promise.all([
    patternsOn(),
    browser.scripting.getRegisteredContentScripts(),
    // The browser stores registrations on disk, so the choices of private windows stay out.
    readSettings(false),
  ])
  if (present.length > 0) await browser.scripting.unregisterContentScripts({ ids: present.map(({ id }) => id) })
  if (matches.length === 0) return
  const excludeMatches = [...sites].filter(([, { off }]) => off).map(([pattern]) => pattern)
  const script = {
    id: registrationId,
    matches,
    ...(excludeMatches.length > 0 && { excludeMatches }),
    js: [contentScript],
    allFrames: true,
    runAt: 'document_idle' as const,
  }
  // A frame without an address of its own (about:blank, srcdoc) belongs to the page's site.
  await browser.scripting.registerContentScripts([{ ...script, matchOriginAsFallback: true } as typeof script])
}

/** Runs the content script in the open tabs, in every frame that may be reached. */
export async function startOnOpenTabs(): Promise<void> {
  const tabs = await browser.tabs.query({ discarded: false })
  await Promise.allSettled(tabs.map(({ id }) => (id === undefined ? undefined : startInTab(id))))
}

/**
 * Runs the content script in all frames of a tab that may be reached; with `withFields` the script for fields too, and with
 * `withFinder` the finder. A script that runs already ignores the second start.
 */
export async function startInTab(tabId: number, { withFields = false, withFinder = false } = {}): Promise<void> {
  const target = { tabId, allFrames: true }
  await browser.scripting.executeScript({ target, func: markInjectedLate })
  const files = [contentScript, ...(withFields ? [fieldsScript] : []), ...(withFinder ? [finderScript] : [])]
  await browser.scripting.executeScript({ target, files })
}

/** Runs the script for fields in one frame. Failure `refused`: it may not run there. */
export async function runFieldScript(tabId: number, frameId: number): Promise<void> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [fieldsScript] })
  } catch (cause) {
    throw new Failure('refused', { cause })
  }
}

/** Runs in the content script's world. Says that the page was there before, so an earlier script may have run in it (script/contentScript.ts). */
function markInjectedLate(): void {
  Object.assign(globalThis, { fieldsealLate: true })
}

/** Revokes the permission for a pattern, if the browser granted one for it. Listeners do the rest. */
export async function revokePermission(pattern: string): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll()
  const granted = origins.filter((origin) => normalizePatterns([origin]).includes(pattern))
  if (granted.length > 0) await browser.permissions.remove({ origins: granted })
}
