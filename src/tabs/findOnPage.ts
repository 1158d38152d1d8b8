// Finds a sealed text on the page where it was sealed, and lets a person choose a field there to put it into. Gives the page only
// ciphertext.

import { maxTextsToFind } from '../messages/tabCommands.ts'
import { hasArrived, returnToPage } from './returnToPage.ts'
import { readSettings } from './siteSettings.ts'
import { isOn, patternOf } from './sites.ts'
import { type Frame, prepareFrames, sendCommand, sendCommandToTab } from './tabCommands.ts'

/** A page that runs no script of ours within this time counts as unreachable. */
const reachedWithinMs = 8_000
/** Rounds of searching frames that appeared during the last round. */
const maxRounds = 3

export type FoundOnPage = 'there' | 'missing' | 'off' | 'unreachable'
export type Placing = 'waiting' | 'off' | 'unreachable'

/** Where a text was sealed. */
interface Place {
  /** The address of the page in its tab. */
  readonly url: string
  /** The site it was sealed on, which may be that of a frame in the page; null for none. */
  readonly origin: string | null
}

/** Goes to a page and points at one of these texts in it, the likeliest first. */
export async function findOnPage({ url, origin, sealed }: Place & { sealed: readonly string[] }): Promise<FoundOnPage> {
  const tabId = await goToPage({ url, origin })
  if (typeof tabId !== 'number') return tabId
  const sought = sealed.slice(0, maxTextsToFind)
  if (sought.length === 0) return 'missing'
  const searched = new Set<number>()
  for (let round = 0; round < maxRounds; round++) {
    const frames = await reachFrames(tabId)
    if (frames === null) return 'unreachable'
    const others = frames.filter(({ frameId }) => !searched.has(frameId))
    if (others.length === 0) break
    if (await findInFrames(tabId, others, sought, searched)) return 'there'
  }
  await sendCommand(tabId, 0, 'showNotice', { what: 'not-found' })
  return 'missing'
}

/** Goes to a page and lets the person choose a field there for this sealed text. */
export async function placeOnPage({ url, origin, sealed }: Place & { sealed: string }): Promise<Placing> {
  const tabId = await goToPage({ url, origin })
  if (typeof tabId !== 'number') return tabId
  const frames = await reachFrames(tabId)
  if (frames === null) return 'unreachable'
  // Ends an earlier choice.
  await sendCommandToTab(tabId, 'chooseField', { sealed: null, speaks: false })
  const waiting = await Promise.all(
    frames.map(({ frameId }) => sendCommand(tabId, frameId, 'chooseField', { sealed, speaks: frameId === 0 })),
  )
  return waiting.some((answer) => answer !== null) ? 'waiting' : 'unreachable'
}

/** Brings the page to the front, and returns its tab. Does so even if Fieldseal is off there, so that the person can look. */
async function goToPage({ url, origin }: Place): Promise<number | 'off' | 'unreachable'> {
  if (patternOf(url) === null) return 'unreachable'
  const settings = await readSettings(false)
  const on = (await isOn(url, settings)) && (origin === null || (await isOn(origin, settings)))
  const tabId = await returnToPage(url)
  if (!on) return 'off'
  return tabId !== null && (await hasArrived(tabId, new URL(url).origin)) ? tabId : 'unreachable'
}

/** The frames of a tab, with our scripts in them; null if those may not run, as on an error page. */
async function reachFrames(tabId: number): Promise<Frame[] | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), reachedWithinMs))
  return Promise.race([prepareFrames(tabId, { withFinder: true }).catch(() => null), late])
}

/** Searches frames in parallel. Adds those without the text to `looked`; a frame that was reloaded meanwhile gives no answer. */
async function findInFrames(tabId: number, frames: readonly Frame[], sealed: string[], looked: Set<number>) {
  const looking = frames.map(async ({ frameId }) => {
    const done = await sendCommand(tabId, frameId, 'findText', { sealed })
    if (done?.found === true) return true
    if (done !== null) looked.add(frameId)
    throw new RangeError('not there')
  })
  return Promise.any(looking).catch(() => false)
}
