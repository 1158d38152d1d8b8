// Sends tab commands to content scripts, and finds the frame that a person's command applies to. Parses what a content script answers
// like any foreign data.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { type TabCommandResponse, tabCommandResponses } from '../messages/tabCommandResponses.ts'
import type { CommandPayload, TabCommand } from '../messages/tabCommands.ts'
import { startInTab } from './sites.ts'

/** A frame of a tab, and what its content script reports of the person's acts there (page/field/commandTarget.ts). */
export interface Frame extends v.InferOutput<typeof target> {
  readonly frameId: number
}

const target = v.strictObject({ actedAt: v.number(), chosen: v.boolean(), focused: v.boolean() })

/**
 * Makes sure that the content scripts run in a tab, with `withFinder` the finder too, and returns its frames. Failure `refused`:
 * they may not run there.
 */
export async function prepareFrames(tabId: number, { withFinder = false } = {}): Promise<Frame[]> {
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

/** Whether a document is still in its tab. False for a document in the back/forward cache. */
export async function isDocumentPresent(tabId: number, documentId: string): Promise<boolean> {
  const target = { tabId, documentIds: [documentId] }
  try {
    // Does not wait for the page to load.
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
 * The frame that a command applies to: the one where the person last entered a field or typed, even if they have left it since
 * for a tool bar that took no focus. Without one, the frame with the focus, whoever moved it there: its content script decides
 * what follows. Null if no field has the focus.
 */
export function findCommandFrame(frames: readonly Frame[]): number | null {
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
  return frames.reduce<Frame | null>((best, frame) => (frame.actedAt > (best?.actedAt ?? 0) ? frame : best), null)
}

/** Sends a command to one frame, if it still holds `documentId`, where given. Null if it is gone, or its answer is malformed. */
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

/** Sends a command to every frame of a tab that can be reached. */
export async function sendCommandToTab<C extends TabCommand>(
  tabId: number,
  command: C,
  payload: CommandPayload<C>,
): Promise<void> {
  await browser.tabs.sendMessage(tabId, { command, payload }).catch(() => undefined)
}

/** Sends a command to every frame of every tab that can be reached. */
export async function sendCommandToAll<C extends TabCommand>(command: C, payload: CommandPayload<C>): Promise<void> {
  const tabs = await browser.tabs.query({})
  await Promise.allSettled(
    tabs.map(({ id }) => (id === undefined ? undefined : browser.tabs.sendMessage(id, { command, payload }))),
  )
}
