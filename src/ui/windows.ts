// Opening our other pages, and closing the window one is in. No address ever holds a secret.

import { browser } from 'wxt/browser'

export type Place =
  | '/onboarding.html'
  | '/onboarding.html#join'
  | '/onboarding.html#recover'
  | '/onboarding.html#renew'
  | '/onboarding.html#restore'
  | '/options.html'
  | '/options.html#backup'

export async function openTab(place: Place): Promise<void> {
  const [path, hash] = place.split('#')
  await browser.tabs.create({ url: addressOf(path ?? place, hash) })
}

/** The popup's page in a window of its own: it takes the password and closes itself. */
export async function openUnlock(): Promise<void> {
  await browser.windows.create({ url: addressOf('/popup.html', 'unlock'), type: 'popup', width: 400, height: 420 })
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
