// Sends tab commands to content scripts, and finds the frame of a tab that a person's command means. What a content script
// answers is parsed like anything from among strangers.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { type TabCommandResponse, tabCommandResponses } from '../messages/tabCommandResponses.ts'
import type { CommandPayload, TabCommand } from '../messages/tabCommands.ts'
import { startInTab } from './sites.ts'

/** A frame of a tab, and what its content script tells of what the person did there (page/field/commandTarget.ts). */
export interface Frame extends v.InferOutput<typeof target> {
  readonly frameId: number
}

const target = v.strictObject({ actedAt: v.number(), chosen: v.boolean(), focused: v.boolean() })

/**
 * Makes sure that the content scripts are in a tab, `withFinder` the one that finds things too, and tells of its frames.
 * Failure 'refused' where it may not be.
 */
export async function framesOf(tabId: number, { withFinder = false } = {}): Promise<Frame[]> {
  try {
    await startInTab(tabId, { withFields: true, withFinder })
    const probed = await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: probe })
    return probed.flatMap(({ frameId, result }) => {
      const parsed = v.safeParse(target, result)
      return parsed.success ? [{ frameId, ...parsed.output }] : []
    })
  } catch (cause) {
    throw new Failure('refused', { cause })
  }
}

/** Whether a document still stands in its tab. Of one that may be gone back to, a browser tells only when it is. */
export async function isThere(tabId: number, documentId: string): Promise<boolean> {
  const target = { tabId, documentIds: [documentId] }
  try {
    // At once, however long the page takes to load.
    const reached = await browser.scripting.executeScript({ target, injectImmediately: true, func: () => true })
    return reached.length > 0
  } catch {
    return false
  }
}

/** Runs in the content scripts' world, where page/field/start.ts left this; see there. */
function probe(): unknown {
  const { fieldsealFields } = globalThis as { fieldsealFields?: { commandTarget(): unknown } }
  return fieldsealFields?.commandTarget() ?? { actedAt: 0, chosen: false, focused: false }
}

/**
 * The frame that a command means: the one where the person last came to a field, or typed in one. Where they left it since for
 * a tool bar that took no focus, it is the one still. Where they are in none, it is the frame with the focus, whoever moved
 * it there: what to make of that is for its content script. Null where no field has it.
 */
export function commandFrame(frames: readonly Frame[]): number | null {
  const acted = frames.filter(({ actedAt }) => actedAt > 0)
  const newest = latest(acted)
  if (newest?.chosen) return newest.frameId
  const chosen = latest(acted.filter((frame) => frame.chosen))
  if (chosen?.focused) return chosen.frameId
  const focused = frames.find((frame) => frame.focused)
  if (focused !== undefined || newest !== null) return focused?.frameId ?? null
  return frames.find((frame) => frame.chosen)?.frameId ?? null
}

function latest(frames: readonly Frame[]): Frame | null {
  return frames.reduce<Frame | null>((best, one) => (one.actedAt > (best?.actedAt ?? 0) ? one : best), null)
}

/** Tells one frame, as long as it holds `documentId` where that is given. Null when it is no longer there, or its answer makes no sense. */
export async function sendCommand<C extends TabCommand>(
  tabId: number,
  frameId: number,
  command: C,
  payload: CommandPayload<C>,
  documentId: string | null = null,
): Promise<TabCommandResponse<C> | null> {
  const to = { frameId, ...(documentId !== null && { documentId }) }
  try {
    const answer: unknown = await browser.tabs.sendMessage(tabId, { command, payload }, to)
    const parsed = v.safeParse(tabCommandResponses[command], answer)
    return parsed.success ? (parsed.output as TabCommandResponse<C>) : null
  } catch {
    return null
  }
}

/** Tells every frame of a tab that can be reached. */
export async function sendCommandToTab<C extends TabCommand>(
  tabId: number,
  command: C,
  payload: CommandPayload<C>,
): Promise<void> {
  await browser.tabs.sendMessage(tabId, { command, payload }).catch(() => undefined)
}

/** Tells every frame of every tab, as far as they can be reached. */
export async function sendCommandToAll<C extends TabCommand>(command: C, payload: CommandPayload<C>): Promise<void> {
  const tabs = await browser.tabs.query({})
  await Promise.allSettled(
    tabs.map(({ id }) => (id === undefined ? undefined : browser.tabs.sendMessage(id, { command, payload }))),
  )
}
