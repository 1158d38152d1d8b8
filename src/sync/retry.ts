// When to try again after the browser's sync refused a write: later each time, at most an hour apart. Outlives the background.

import { browser } from 'wxt/browser'

export const retryAlarm = 'sync'
const maxMinutes = 60

/** Tries again after 1, 2, 4 … minutes; `attempts` counts from 0. */
export async function retryLater(attempts: number): Promise<void> {
  const delayInMinutes = Math.min(2 ** Math.min(attempts, 10), maxMinutes)
  await browser.alarms.create(retryAlarm, { delayInMinutes })
}

export async function cancelRetry(): Promise<void> {
  await browser.alarms.clear(retryAlarm)
}
