// Finding a sealed text again on the page where it was sealed, and having a person choose there what field it goes into. A
// page is given ciphertext alone.

import { maxTextsToFind } from '../messages/tabCommands.ts'
import { hasArrived, returnToPage } from './returnToPage.ts'
import { readSettings } from './siteSettings.ts'
import { isOn, patternOf } from './sites.ts'
import { type Frame, framesOf, sendCommand, sendCommandToTab } from './tabCommands.ts'

/** A page that lets no script of ours run for so long is not reached. */
const reachedWithinMs = 8_000
/** How often it is looked for frames that have come while others were looking. */
const rounds = 3

export type FoundOnPage = 'there' | 'missing' | 'off' | 'unreachable'
export type Placing = 'waiting' | 'off' | 'unreachable'

/** Where something was sealed. */
interface Place {
  /** The address of the page in its tab. */
  readonly url: string
  /** The site it was sealed on, which may be that of a frame in the page; null for none. */
  readonly origin: string | null
}

/** Goes to a page and shows the person where one of these texts stands in it, the likeliest first. */
export async function findOnPage({ url, origin, sealed }: Place & { sealed: readonly string[] }): Promise<FoundOnPage> {
  const tabId = await reach({ url, origin })
  if (typeof tabId !== 'number') return tabId
  const sought = sealed.slice(0, maxTextsToFind)
  if (sought.length === 0) return 'missing'
  const looked = new Set<number>()
  for (let round = 0; round < rounds; round++) {
    const frames = await reached(tabId)
    if (frames === null) return 'unreachable'
    const others = frames.filter(({ frameId }) => !looked.has(frameId))
    if (others.length === 0) break
    if (await anyFinds(tabId, others, sought, looked)) return 'there'
  }
  await sendCommand(tabId, 0, 'say', { what: 'not-found' })
  return 'missing'
}

/** Goes to a page and has the person choose the field in it that this sealed text is put into. */
export async function placeOnPage({ url, origin, sealed }: Place & { sealed: string }): Promise<Placing> {
  const tabId = await reach({ url, origin })
  if (typeof tabId !== 'number') return tabId
  const frames = await reached(tabId)
  if (frames === null) return 'unreachable'
  // What was to be chosen before is over.
  await sendCommandToTab(tabId, 'chooseField', { sealed: null, speaks: false })
  const waiting = await Promise.all(
    frames.map(({ frameId }) => sendCommand(tabId, frameId, 'chooseField', { sealed, speaks: frameId === 0 })),
  )
  return waiting.some((one) => one !== null) ? 'waiting' : 'unreachable'
}

/** The tab with the page. Where Fieldseal is not on, the person is brought there all the same, and can look. */
async function reach({ url, origin }: Place): Promise<number | 'off' | 'unreachable'> {
  if (patternOf(url) === null) return 'unreachable'
  const settings = await readSettings(false)
  const on = (await isOn(url, settings)) && (origin === null || (await isOn(origin, settings)))
  const tabId = await returnToPage(url)
  if (!on) return 'off'
  return tabId !== null && (await hasArrived(tabId, new URL(url).origin)) ? tabId : 'unreachable'
}

/** The frames of a tab, with our scripts in them; null where those may not be, as in a page that tells of an error. */
async function reached(tabId: number): Promise<Frame[] | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), reachedWithinMs))
  return Promise.race([framesOf(tabId, { withFinder: true }).catch(() => null), late])
}

/** Has frames look, all at once. Those that have said no are noted in `looked`; one that was reloaded meanwhile said nothing. */
async function anyFinds(tabId: number, frames: readonly Frame[], sealed: string[], looked: Set<number>) {
  const looking = frames.map(async ({ frameId }) => {
    const done = await sendCommand(tabId, frameId, 'find', { sealed })
    if (done?.found === true) return true
    if (done !== null) looked.add(frameId)
    throw new RangeError('not there')
  })
  return Promise.any(looking).catch(() => false)
}
