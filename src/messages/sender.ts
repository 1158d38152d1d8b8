// Identifies the sender of a message by the browser's own data. It ignores the message itself.

import { browser } from 'wxt/browser'
import type { Role } from './entry.ts'
import type { Caller } from './handlers.ts'

/** The parts of the browser's `MessageSender` that identify the sender. */
export interface Sender {
  readonly id?: string | undefined
  readonly url?: string | undefined
  readonly origin?: string | undefined
  readonly frameId?: number | undefined
  readonly documentId?: string | undefined
  readonly tab?:
    | {
        readonly id?: number | undefined
        readonly windowId?: number | undefined
        readonly url?: string | undefined
        readonly incognito?: boolean
      }
    | undefined
}

const windows = new Map<string, Role>([
  ['/popup.html', 'popup'],
  ['/onboarding.html', 'onboarding'],
  ['/options.html', 'options'],
  ['/composer.html', 'composer'],
  ['/library.html', 'library'],
])

/** The origin of our own pages, e.g. `chrome-extension://…`. */
export function ownOrigin(): string {
  return new URL(browser.runtime.getURL('/')).origin === 'null'
    ? browser.runtime.getURL('/').replace(/\/$/, '')
    : new URL(browser.runtime.getURL('/')).origin
}

/** The caller for `sender`; null for those to refuse: other extensions, opaque origins, and our own pages in the wrong place. */
export function callerOf(sender: Sender): Caller | null {
  const { id, url, origin, frameId = 0, documentId = null, tab } = sender
  if (id !== browser.runtime.id || url === undefined || origin === undefined || origin === 'null') return null
  const tabId = tab?.id ?? null
  const inPrivate = tab?.incognito === true
  const where = { tabId, frameId, documentId, origin, tabUrl: tab?.url ?? null, inPrivate }
  if (origin !== ownOrigin()) {
    return /^https?:\/\//.test(origin) && tabId !== null ? { role: 'content', ...where } : null
  }
  if (!url.startsWith(`${origin}/`)) return null
  const path = url.slice(origin.length).replace(/[?#].*$/s, '')
  if (path === '/reader.html') {
    // A reader is a frame in a page. Opened as a tab of its own, it has no role.
    return tabId !== null && frameId > 0 ? { role: 'reader', ...where } : null
  }
  // An offscreen document, in no tab. Opened as a tab, it has no role.
  if (path === '/clipboard.html') return tabId === null ? { role: 'clipboard', ...where } : null
  const role = windows.get(path)
  return role !== undefined && frameId === 0 ? { role, ...where } : null
}
