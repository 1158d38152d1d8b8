// The senders that a browser would report, one for each peer. Everything in these tests that has to do with who speaks
// starts from here. The ids are those of the stand-in browser.

import { browser } from 'wxt/browser'
import { type Role, roles } from '../../src/messages/entry.ts'
import type { Sender } from '../../src/messages/sender.ts'

export const extension = `chrome-extension://${browser.runtime.id}`
export const site = 'https://notes.example'

const own = (page: string): Sender => ({
  id: browser.runtime.id,
  url: `${extension}/${page}`,
  origin: extension,
  frameId: 0,
  tab: { id: 11, windowId: 1 },
})

export const senders = {
  // The toolbar popup has neither tab nor frame.
  popup: { id: browser.runtime.id, url: `${extension}/popup.html`, origin: extension },
  onboarding: own('onboarding.html#recover'),
  options: own('options.html'),
  composer: own('composer.html#AAAAAAAAAAAAAAAAAAAAAA'),
  library: own('library.html'),
  // In Chromium a document out of sight has no tab either.
  clipboard: { id: browser.runtime.id, url: `${extension}/clipboard.html`, origin: extension },
  reader: { ...own('reader.html'), frameId: 3, tab: { id: 7, windowId: 1 } },
  content: {
    id: browser.runtime.id,
    url: `${site}/today`,
    origin: site,
    frameId: 0,
    documentId: 'D1',
    tab: { id: 7, windowId: 1 },
  },
} as const satisfies Record<Role, Sender>

/** Everyone but these. */
export function peersBut(some: readonly Role[]): Role[] {
  return roles.filter((peer) => !some.includes(peer))
}
