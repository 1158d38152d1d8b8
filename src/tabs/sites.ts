// On which sites Fieldseal is switched on. That is derived from the permissions the person gave the browser, less the
// sites that are excepted while all are on: the content script is registered for exactly those.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { pattern as listable } from '../messages/tabs/sites.ts'
import { readSettings, type Settings, settingOf } from './siteSettings.ts'

const registrationId = 'sites'
/** What is in every frame of a site that is on, what comes when a person comes to a field, and when something is to be found. */
const contentScript = '/page.js' as const
const fieldsScript = '/fields.js' as const
const finderScript = '/finder.js' as const
export const everywhere = '*://*/*'

/** The match pattern for the site of a page, or null where a page is none. Patterns know no ports. */
export function patternOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : null
}

/** Whether this is the pattern of one site, and not of many. */
export function isOneSite(pattern: string): boolean {
  return !pattern.includes('*://') && !pattern.includes('//*')
}

/** Whether the browser lets us onto the site of this page. */
export async function isAllowed(url: string | undefined): Promise<boolean> {
  const pattern = patternOf(url)
  return pattern !== null && (await browser.permissions.contains({ origins: [pattern] }))
}

/** Whether the person has switched Fieldseal on for the site of this page. */
export async function isOn(url: string | undefined, settings: Settings): Promise<boolean> {
  const pattern = patternOf(url)
  return pattern !== null && !settingOf(settings, pattern).off && (await isAllowed(url))
}

/** Whether one permission is for all sites there are. */
export function allSitesOn(): Promise<boolean> {
  return browser.permissions.contains({ origins: [everywhere] })
}

/** The patterns that the browser lets us onto, as it lists them. */
export async function patternsOn(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return listing(origins)
}

/** Those of the browser's patterns that are of the web, once each; `<all_urls>` by its longer name. */
export function listing(origins: readonly string[]): string[] {
  const patterns = origins.map((origin) =>
    origin === '<all_urls>' ? everywhere : origin.replace(/\/[^/*]*\*?$/, '/*'),
  )
  return [...new Set(patterns)].filter((one) => v.is(listable, one)).sort()
}

let turn: Promise<unknown> = Promise.resolve()

/** Registers the content script for exactly the sites that are on. Runs one at a time; the last one counts. */
export function registerSites(): Promise<void> {
  const next = turn.then(register)
  turn = next.catch(() => undefined)
  return next
}

async function register(): Promise<void> {
  const [matches, present, { sites }] = await Promise.all([
    patternsOn(),
    browser.scripting.getRegisteredContentScripts(),
    // What is registered is kept on disk, so what was chosen in a private window is no part of it.
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
  // A frame that a page made of nothing (about:blank, srcdoc) belongs to the page's own site.
  await browser.scripting.registerContentScripts([{ ...script, matchOriginAsFallback: true } as typeof script])
}

/** Brings the content script to the tabs that are open already, as far as their frames may be reached. */
export async function startOnOpenTabs(): Promise<void> {
  const tabs = await browser.tabs.query({ discarded: false })
  await Promise.allSettled(tabs.map(({ id }) => (id === undefined ? undefined : startInTab(id))))
}

/**
 * Runs the content script in all frames of a tab that may be reached, `withFields` the one that sees to fields as well, and
 * `withFinder` the one that finds things there. One that is there already changes nothing.
 */
export async function startInTab(tabId: number, { withFields = false, withFinder = false } = {}): Promise<void> {
  const target = { tabId, allFrames: true }
  await browser.scripting.executeScript({ target, func: noteLate })
  const files = [contentScript, ...(withFields ? [fieldsScript] : []), ...(withFinder ? [finderScript] : [])]
  await browser.scripting.executeScript({ target, files })
}

/** Runs the script that sees to fields in one frame. */
export async function bringFields(tabId: number, frameId: number): Promise<void> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [fieldsScript] })
  } catch (cause) {
    throw new Failure('refused', { cause })
  }
}

/** Runs in the content script's world: it comes to a page that stood before, where another may have been (script/contentScript.ts). */
function noteLate(): void {
  Object.assign(globalThis, { fieldsealLate: true })
}

/** Gives the permission for a pattern back, where the browser gave one for it. The rest follows from that. */
export async function giveBack(pattern: string): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll()
  const given = origins.filter((origin) => listing([origin]).includes(pattern))
  if (given.length > 0) await browser.permissions.remove({ origins: given })
}
