// The browser's reports about the device: activity, a locked screen, the last window closed. Custody decides what follows. The
// deadline holds without these reports; they only make a lock show in time.

import { browser } from 'wxt/browser'

const alarmName = 'look'
/** Half a minute: with a whole one, a vault that locks after a minute would lock between two checks, despite activity. */
const everySeconds = 30

/** What these reports need from custody. */
export interface LockControl {
  /** Reports activity, which postpones the deadline. */
  postpone(): Promise<void>
  /** Locks if the deadline has passed; otherwise returns it, in milliseconds since 1970, or null without one. */
  check(): Promise<number | null>
  lockOn(event: 'onScreenLock' | 'onLastWindow'): Promise<void>
}

/** Listens to alarms, activity and windows from now on. */
export function watchDevice(side: LockControl): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const check = async () => {
    const deadline = await side.check()
    clearTimeout(timer)
    const leftMs = deadline === null ? Number.POSITIVE_INFINITY : deadline - Date.now()
    // The next alarm would be too late.
    if (leftMs <= everySeconds * 1000) timer = setTimeout(() => void check(), Math.max(leftMs, 0))
  }
  const onState = async (state: string) => {
    if (state === 'active') await side.postpone()
    else if (state === 'locked') await side.lockOn('onScreenLock')
    await check()
  }
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void browser.idle.queryState(everySeconds).then(onState)
  })
  // Reports activity after a pause as long as the time between two alarms; the alarms cover the rest.
  browser.idle.setDetectionInterval(everySeconds)
  browser.idle.onStateChanged.addListener((state) => void onState(state))
  browser.windows.onRemoved.addListener((removed) => {
    // The closed window may still be listed.
    const isLast = browser.windows.getAll().then((windows) => windows.every(({ id }) => id === removed))
    void isLast.then((last) => (last ? side.lockOn('onLastWindow') : undefined))
  })
}

/** Checks the device while the vault is unlocked, and only then. */
export async function watchWhile(state: 'none' | 'locked' | 'unlocked'): Promise<void> {
  if (state !== 'unlocked') await browser.alarms.clear(alarmName)
  else if (!(await browser.alarms.get(alarmName)))
    browser.alarms.create(alarmName, { periodInMinutes: everySeconds / 60 })
}
