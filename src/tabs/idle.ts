// Reports from the browser about the device: whether someone is using it, that the screen was locked, that the last window was
// closed. Custody decides what follows. The deadline holds without these reports; they only make a lock show in time.

import { browser } from 'wxt/browser'

const alarmName = 'look'
/** Half a minute: with a whole one, a vault that locks after a minute would lock in between, under the person's hands. */
const everySeconds = 30

/** Those who hold the vault. */
export interface Watched {
  /** The person is there: the deadline moves on. */
  postpone(): Promise<void>
  /** Locks when it is time to; gives the time when it will be, in milliseconds since 1970, or null. */
  check(): Promise<number | null>
  lockOn(event: 'onScreenLock' | 'onLastWindow'): Promise<void>
}

/** Hears of alarms, of the person's coming and going, and of windows from now on. */
export function watchDevice(side: Watched): void {
  let soon: ReturnType<typeof setTimeout> | undefined
  const look = async () => {
    const at = await side.check()
    clearTimeout(soon)
    const leftMs = at === null ? Number.POSITIVE_INFINITY : at - Date.now()
    // The next alarm would come too late for it.
    if (leftMs <= everySeconds * 1000) soon = setTimeout(() => void look(), Math.max(leftMs, 0))
  }
  const hear = async (state: string) => {
    if (state === 'active') await side.postpone()
    else if (state === 'locked') await side.lockOn('onScreenLock')
    await look()
  }
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void browser.idle.queryState(everySeconds).then(hear)
  })
  // Tells when someone comes back after as long as lies between two alarms; the alarms see the rest.
  browser.idle.setDetectionInterval(everySeconds)
  browser.idle.onStateChanged.addListener((state) => void hear(state))
  browser.windows.onRemoved.addListener((removed) => {
    // The one that was closed may still be among them.
    const isLast = browser.windows.getAll().then((windows) => windows.every(({ id }) => id === removed))
    void isLast.then((last) => (last ? side.lockOn('onLastWindow') : undefined))
  })
}

/** Has the device looked at while the vault is unlocked, and not otherwise. */
export async function watchWhile(state: 'none' | 'locked' | 'unlocked'): Promise<void> {
  if (state !== 'unlocked') await browser.alarms.clear(alarmName)
  else if (!(await browser.alarms.get(alarmName)))
    browser.alarms.create(alarmName, { periodInMinutes: everySeconds / 60 })
}
