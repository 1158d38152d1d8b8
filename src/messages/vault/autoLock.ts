// When the vault locks by itself: what a person may choose, and what our windows may know of the moment.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty } from '../shapes.ts'

export const offeredMinutes = [1, 5, 15, 30, 60, 240] as const

export const autoLock = v.strictObject({
  /** After so many minutes without activity; null for never. */
  minutes: v.nullable(v.picklist(offeredMinutes)),
  /** Immediately when the screen is locked, where the browser reports it: Firefox does not. */
  onScreenLock: v.boolean(),
  /** When the last window of the browser was closed and the browser itself lives on. */
  onLastWindow: v.boolean(),
})
export type AutoLock = v.InferOutput<typeof autoLock>

const time = v.pipe(v.number(), v.integer())

/** When an unlocked vault will lock if nothing is done, and from when on that is worth saying. Milliseconds since 1970. */
export const lockTime = v.strictObject({ at: time, sayFrom: time })
export type LockTime = v.InferOutput<typeof lockTime>

export const autoLockEntries = {
  getAutoLock: { roles: ['options'], request: empty, response: autoLock, idempotent: true, activity: false },
  /** A choice by which it would lock much later, or at less, needs a proof. */
  setAutoLock: {
    roles: ['options'],
    request: v.strictObject({ choice: autoLock }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** The person is there, and says so. */
  stayUnlocked: { roles: ['popup', 'library'], request: empty, response: empty, idempotent: true, activity: true },
} as const satisfies Table
