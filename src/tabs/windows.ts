// Our own windows and tabs: where they open and how large.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import type { Box } from '../messages/shapes.ts'

const composerSize = { width: 460, height: 520 }
/** Chromium's passkey dialog is 450 pixels wide, and a narrower window cuts it off. */
const unlockSize = { width: 500, height: 580 }
const gap = 8

/** Opens the composer for a window request beside a box on the screen. Returns the window's id. Failure `unavailable`: none opens. */
export async function openComposer(
  windowRequest: string,
  beside: Box | null,
  inPrivate: boolean,
): Promise<number | null> {
  const { width, height } = composerSize
  const place = beside === null ? {} : { left: Math.max(0, Math.round(beside.left)), top: below(beside) }
  const url = `${browser.runtime.getURL('/composer.html' as never)}#${windowRequest}`
  const options = { url, type: 'popup' as const, width, height }
  // In Chromium a place off every screen is an error.
  const tries = [{ ...options, ...place, ...incognito(inPrivate) }, { ...options, ...incognito(inPrivate) }, options]
  for (const attempt of tries) {
    const opened = await browser.windows.create(attempt).catch(() => null)
    if (opened?.id !== undefined) return opened.id
  }
  throw new Failure('unavailable')
}

/** Chromium shows no extension page in a private window; there our windows are ordinary ones. */
function incognito(inPrivate: boolean) {
  return inPrivate && import.meta.env.FIREFOX ? { incognito: true } : {}
}

/** Brings one of our windows to the front. False if it is gone. */
export async function raise(windowId: number): Promise<boolean> {
  try {
    await browser.windows.update(windowId, { focused: true, drawAttention: true })
    return true
  } catch {
    return false
  }
}

/** The ids of all windows that the browser shows us. */
export async function openWindows(): Promise<ReadonlySet<number>> {
  return new Set((await browser.windows.getAll()).flatMap(({ id }) => id ?? []))
}

/** Whether the browser shows us any private window. */
export async function anyPrivateWindow(): Promise<boolean> {
  return (await browser.windows.getAll()).some(({ incognito }) => incognito)
}

function below({ top, height }: Box): number {
  return Math.max(0, Math.round(top + height + gap))
}

/** Opens the toolbar popup, or, if the browser refuses, a window with the same contents. */
export async function openUnlock(): Promise<void> {
  try {
    await browser.action.openPopup()
  } catch {
    const url = `${browser.runtime.getURL('/popup.html' as never)}#unlock`
    await browser.windows.create({ url, type: 'popup', ...unlockSize })
  }
}

export async function openOnboarding(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/onboarding.html' as never) })
}

/** The active tab of the window used last. */
export async function activeTab() {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true })
  return tab ?? null
}
