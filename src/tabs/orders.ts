// Telling content scripts what to do: which frames of a tab there are, which of them holds the field in focus, and the
// order itself. What a content script answers is parsed like anything from among strangers.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { type Done, type Order, orders, type Told } from '../messages/orders.ts'
import { startInTab } from './sites.ts'

export interface Frame {
  readonly frameId: number
  /** When a field of this frame was last in focus, in milliseconds since 1970; 0 for never. */
  readonly focusedAt: number
}

/**
 * Makes sure that the content scripts are in a tab, `withFinder` the one that finds things too, and tells of its frames.
 * Failure 'refused' where it may not be.
 */
export async function framesOf(tabId: number, { withFinder = false } = {}): Promise<Frame[]> {
  try {
    await startInTab(tabId, { withFields: true, withFinder })
    const probed = await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: probe })
    return probed.flatMap(({ frameId, result }) => (typeof result === 'number' ? [{ frameId, focusedAt: result }] : []))
  } catch (cause) {
    throw new Failure('refused', { cause })
  }
}

/** Runs in the content scripts' world, where page/fields/start.ts left this; see there. */
function probe(): number {
  const { fieldsealFields } = globalThis as { fieldsealFields?: { focusedAt(): number } }
  return fieldsealFields?.focusedAt() ?? 0
}

/** The frame in whose field the person was last, or null when in none. */
export function focusedFrame(frames: readonly Frame[]): number | null {
  const last = frames.reduce<Frame | null>((best, one) => (one.focusedAt > (best?.focusedAt ?? 0) ? one : best), null)
  return last?.frameId ?? null
}

/** Tells one frame. Null when it is no longer there, or its answer makes no sense. */
export async function tell<O extends Order>(
  tabId: number,
  frameId: number,
  order: O,
  told: Told<O>,
): Promise<Done<O> | null> {
  try {
    const answer: unknown = await browser.tabs.sendMessage(tabId, { order, told }, { frameId })
    const parsed = v.safeParse(orders[order].done, answer)
    return parsed.success ? (parsed.output as Done<O>) : null
  } catch {
    return null
  }
}

/** Tells every frame of a tab that can be reached. */
export async function tellTab<O extends Order>(tabId: number, order: O, told: Told<O>): Promise<void> {
  await browser.tabs.sendMessage(tabId, { order, told }).catch(() => undefined)
}

/** Tells every frame of every tab, as far as they can be reached. */
export async function tellAll<O extends Order>(order: O, told: Told<O>): Promise<void> {
  const tabs = await browser.tabs.query({})
  await Promise.allSettled(
    tabs.map(({ id }) => (id === undefined ? undefined : browser.tabs.sendMessage(id, { order, told }))),
  )
}
