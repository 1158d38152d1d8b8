// Opens our other pages, and closes the window this page is in. No address ever holds a secret.

import { browser } from 'wxt/browser'

export type OwnPage =
  | '/library.html'
  | '/onboarding.html'
  | '/onboarding.html#create'
  | '/onboarding.html#join'
  | '/onboarding.html#pair'
  | '/onboarding.html#recover'
  | '/onboarding.html#renew'
  | '/onboarding.html#restore'
  | '/options.html'
  | '/options.html#backup'
  | '/options.html#password'
  | '/options.html#ways'
  | '/options.html#test'
  | '/options.html#shares'

export async function openTab(page: OwnPage): Promise<void> {
  const [path, hash] = page.split('#')
  await browser.tabs.create({ url: addressOf(path ?? page, hash) })
}

/** What the unlock window is for: any unlock method, or asking for a passkey at once. */
const unlockWindows = ['unlock', 'passkey'] as const
export type UnlockWindow = (typeof unlockWindows)[number]

/** The unlock window that this page is in; null in the toolbar's popup. */
export function unlockWindow(): UnlockWindow | null {
  return unlockWindows.find((name) => location.hash === `#${name}`) ?? null
}

/** Chromium's own passkey dialog is 450 pixels wide; a narrower window would cut it off. */
const unlockSize = { width: 500, height: 580 }

/** The popup's page in a window of its own: it unlocks and closes itself. */
export async function openUnlock(purpose: UnlockWindow = 'unlock'): Promise<void> {
  await browser.windows.create({ url: addressOf('/popup.html', purpose), type: 'popup', ...unlockSize })
}

/** Closes the window or tab this page is in. `window.close()` alone is not allowed to close every tab. */
export async function closeThis(): Promise<void> {
  window.close()
  const tab = await browser.tabs.getCurrent()
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id)
}

function addressOf(path: string, hash: string | undefined): string {
  return new URL(hash === undefined ? path : `${path}#${hash}`, location.origin).href
}
