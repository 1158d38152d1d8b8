// Clears the clipboard a minute after Copy, where the person turned that on. An alarm wakes the background for it, and what is
// waited for lies in `storage.session`: the death of the background loses neither. The end of the browser loses both.

import type { Browser } from 'wxt/browser'
import { browser } from 'wxt/browser'
import { type Clipboard, type ClipboardOutcome, clearIfOurs } from '../clipboard.ts'
import type { Handlers } from '../messages/handlers.ts'
import { type clipboardEntries, copied, copiedKey, mayReadClipboard } from '../messages/tabs/clipboard.ts'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { words } from '../words.ts'

const alarmName = 'clipboard'
/** Rings every minute until the clipboard was looked at: the background may die between the alarm and the look. */
const everyMinutes = 1
const attempts = 5
const documentPath = 'clipboard.html'

const entry = new SessionEntry(copiedKey, copied)

interface AsyncClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
}

/** An event page is a document and has a clipboard. A service worker has none; a document out of sight is made for it. */
function ownClipboard(): Clipboard | null {
  const { clipboard } = navigator as { clipboard?: AsyncClipboard }
  return clipboard === undefined ? null : { read: () => clipboard.readText(), clear: () => clipboard.writeText('') }
}

export function clipboardHandlers(): Pick<Handlers, keyof typeof clipboardEntries> {
  return {
    async watchClipboard({ id, fingerprint }) {
      if (!(await mayReadClipboard())) return { watched: false }
      await inTurn(async () => {
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

/** Clears when the alarm rings, from now on. To be called at once when the background starts. */
export function watchClipboard(): void {
  browser.alarms.onAlarm.addListener(({ name }) => (name === alarmName ? check() : undefined))
}

async function check(): Promise<void> {
  const waiting = await readWaiting()
  const clipboard = ownClipboard()
  if (waiting === null) {
    await inTurn(stopAlarm)
  } else if (!(await mayReadClipboard())) {
    await record(waiting.id, 'failed', { final: true })
  } else if (clipboard !== null) {
    await record(waiting.id, await clearIfOurs(clipboard, waiting.fingerprint))
  } else {
    // The document asks what is expected, looks, clears, and reports.
    await openDocument().catch(() => record(waiting.id, 'failed'))
  }
}

async function readWaiting() {
  const found = await entry.read()
  return found?.state === 'waiting' ? found : null
}

/** A failure is tried again at the next alarm, a few times. What was copied meanwhile has an entry of its own, which stays. */
async function record(id: string, outcome: ClipboardOutcome, { final = false } = {}): Promise<void> {
  await inTurn(async () => {
    const waiting = await readWaiting()
    if (waiting?.id !== id) return
    const attemptsLeft = waiting.attemptsLeft - 1
    const again = outcome === 'failed' && attemptsLeft > 0 && !final
    await entry.write(again ? { ...waiting, attemptsLeft } : { state: 'done', id, outcome })
    await stopAlarm()
  })
}

/** Only while nothing is waited for. */
async function stopAlarm(): Promise<void> {
  if ((await readWaiting()) === null) await browser.alarms.clear(alarmName)
}

let turn: Promise<unknown> = Promise.resolve()

/** Entry and alarm change together, one change at a time. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const next = turn.then(work)
  turn = next.catch(() => undefined)
  return next
}

type Offscreen = typeof Browser.offscreen
/** The polyfill does not know it, and it is there only while the permission is. */
const offscreen = () => (globalThis as unknown as { chrome: { offscreen: Offscreen } }).chrome.offscreen

async function openDocument(): Promise<void> {
  // One that is still there did not get done.
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
