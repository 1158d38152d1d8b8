// When the vault locks by itself: what a person may choose, and what our windows may know of the moment.

import * as v from 'valibot'

export const minutesOffered = [1, 5, 15, 30, 60, 240] as const

export const autoLock = v.strictObject({
  /** After how many minutes in which nothing was done; null for never. */
  minutes: v.nullable(v.picklist(minutesOffered)),
  /** At once when the screen is locked, where the browser tells of it: Firefox does not. */
  onScreenLock: v.boolean(),
  /** When the last window of the browser was closed and the browser itself lives on. */
  onLastWindow: v.boolean(),
})
export type AutoLock = v.InferOutput<typeof autoLock>

const time = v.pipe(v.number(), v.integer())

/** When an unlocked vault will lock if nothing is done, and from when on that is worth saying. Milliseconds since 1970. */
export const locking = v.strictObject({ at: time, sayFrom: time })
export type Locking = v.InferOutput<typeof locking>
