// Clears the clipboard a minute after Copy, if the person turned that on. An alarm wakes the background for it, and the pending entry
// is in `storage.session`: both survive the background, neither survives the browser.

import type { Browser } from 'wxt/browser'
import { browser } from 'wxt/browser'
import { type Clipboard, type ClipboardOutcome, clearIfOurs } from '../clipboard.ts'
import type { Handlers } from '../messages/handlers.ts'
import { type clipboardEntries, copied, copiedKey, mayReadClipboard } from '../messages/tabs/clipboard.ts'
import { Queue } from '../queue.ts'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { words } from '../words.ts'

const alarmName = 'clipboard'
/** Rings every minute until the clipboard was checked: the background may die between the alarm and the check. */
const everyMinutes = 1
const attempts = 5
const documentPath = 'clipboard.html'

const entry = new SessionEntry(copiedKey, copied)
/** Of entry and alarm together. */
const changes = new Queue()

interface AsyncClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
}

/** An event page is a document and has a clipboard. A service worker has none, so an offscreen document does the work. */
function ownClipboard(): Clipboard | null {
  const { clipboard } = navigator as { clipboard?: AsyncClipboard }
  return clipboard === undefined ? null : { read: () => clipboard.readText(), clear: () => clipboard.writeText('') }
}

export function clipboardHandlers(): Pick<Handlers, keyof typeof clipboardEntries> {
  return {
    async watchClipboard({ id, fingerprint }) {
      if (!(await mayReadClipboard())) return { watched: false }
      await changes.run(async () => {
        await entry.write({ state: 'waiting', id, fingerprint, attemptsLeft: attempts })
        await browser.alarms.create(alarmName, { delayInMinutes: everyMinutes, periodInMinutes: everyMinutes })
      })
      return { watched: true }
    },
    async getExpectedClipboard() {
      const waiting = await readWaiting()
      return { expected: waiting === null ? null : { id: waiting.id, fingerprint: waiting.fingerprint } }
    },
    async reportClipboard({ id, outcome }) {
      await record(id, outcome)
      await closeDocument()
      return {}
    },
  }
}

/** Listens for the alarm from now on. Call it at once when the background starts. */
export function watchClipboard(): void {
  browser.alarms.onAlarm.addListener(({ name }) => (name === alarmName ? check() : undefined))
}

async function check(): Promise<void> {
  const waiting = await readWaiting()
  const clipboard = ownClipboard()
  if (waiting === null) {
    await changes.run(stopAlarm)
  } else if (!(await mayReadClipboard())) {
    await record(waiting.id, 'failed', { final: true })
  } else if (clipboard !== null) {
    await record(waiting.id, await clearIfOurs(clipboard, waiting.fingerprint))
  } else {
    // The document asks what is expected, checks, clears, and reports.
    await openDocument().catch(() => record(waiting.id, 'failed'))
  }
}

async function readWaiting() {
  const found = await entry.read()
  return found?.state === 'waiting' ? found : null
}

/** Records an outcome. A failure is tried again at the next alarm, a few times. Ignores an entry that a later copy replaced. */
async function record(id: string, outcome: ClipboardOutcome, { final = false } = {}): Promise<void> {
  await changes.run(async () => {
    const waiting = await readWaiting()
    if (waiting?.id !== id) return
    const attemptsLeft = waiting.attemptsLeft - 1
    const retry = outcome === 'failed' && attemptsLeft > 0 && !final
    await entry.write(retry ? { ...waiting, attemptsLeft } : { state: 'done', id, outcome })
    await stopAlarm()
  })
}

/** Stops the alarm unless an entry is pending. */
async function stopAlarm(): Promise<void> {
  if ((await readWaiting()) === null) await browser.alarms.clear(alarmName)
}

type Offscreen = typeof Browser.offscreen
/** The polyfill lacks it, and it exists only with the permission. */
const offscreen = () => (globalThis as unknown as { chrome: { offscreen: Offscreen } }).chrome.offscreen

async function openDocument(): Promise<void> {
  // A document that still exists did not finish.
  await closeDocument()
  await offscreen().createDocument({
    url: documentPath,
    reasons: ['CLIPBOARD' as never],
    justification: words('menus.clipboardDocument'),
  })
}

async function closeDocument(): Promise<void> {
  await offscreen()
    .closeDocument()
    .catch(() => undefined)
}
