// The toolbar icon: locked or unlocked, and the number of sealed texts in the current tab.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { words } from '../words.ts'

const sizes = [16, 32, 48, 128] as const
const maxShown = 99

/** The number of texts, by tab, then by frame. */
const counts = new SessionEntry('counts', v.record(v.string(), v.record(v.string(), v.number())))

export async function showLockState(state: 'none' | 'locked' | 'unlocked'): Promise<void> {
  const prefix = state === 'unlocked' ? '' : 'locked-'
  const path = Object.fromEntries(sizes.map((size) => [size, `/icon/${prefix}${size}.png`]))
  const titles = { none: 'extension.name', locked: 'page.icon.locked', unlocked: 'page.icon.unlocked' } as const
  await Promise.all([browser.action.setIcon({ path }), browser.action.setTitle({ title: words(titles[state]) })])
}

/** Records the number of texts in one frame of a tab. */
export async function recordTextCount(tabId: number, frameId: number, texts: number): Promise<void> {
  await counts.change((before) => ({ ...before, [tabId]: { ...before?.[tabId], [frameId]: texts } }))
  await showCount(tabId)
}

/** Forgets a tab that is gone, or shows another page. */
export async function forgetTab(tabId: number): Promise<void> {
  await counts.change((before) => {
    const { [tabId]: _gone, ...rest } = before ?? {}
    return rest
  })
}

export async function textsIn(tabId: number): Promise<number> {
  const frames = (await counts.read())?.[tabId] ?? {}
  return Object.values(frames).reduce((sum, texts) => sum + texts, 0)
}

async function showCount(tabId: number): Promise<void> {
  const texts = await textsIn(tabId)
  const text = texts === 0 ? '' : texts > maxShown ? `${maxShown}+` : String(texts)
  // Fails if the tab was closed meanwhile.
  await browser.action.setBadgeText({ tabId, text }).catch(() => undefined)
}
