// The auto-lock: the person's choices, and the lock time that our windows may know.

import * as v from 'valibot'
import { autoLockMinutes } from '../../policy.ts'
import type { Table } from '../entry.ts'
import { empty } from '../shapes.ts'

/** When the vault locks by itself. */
export const autoLock = v.strictObject({
  /** Minutes without activity; null for never. */
  minutes: v.nullable(v.picklist(autoLockMinutes)),
  /** Immediately when the screen is locked, if the browser reports it. Firefox does not. */
  onScreenLock: v.boolean(),
  /** When the last window of the browser closes and the browser keeps running. */
  onLastWindow: v.boolean(),
})
export type AutoLock = v.InferOutput<typeof autoLock>

const time = v.pipe(v.number(), v.integer())

/** When an unlocked vault locks without further activity, and from when windows announce it. Milliseconds since 1970. */
export const lockTime = v.strictObject({ at: time, sayFrom: time })
export type LockTime = v.InferOutput<typeof lockTime>

export const autoLockEntries = {
  getAutoLock: { roles: ['options'], request: empty, response: autoLock, idempotent: true, activity: false },
  /** Needs a proof for a choice by which the vault locks much later, or on fewer occasions. */
  setAutoLock: {
    roles: ['options'],
    request: v.strictObject({ choice: autoLock }),
    response: empty,
    idempotent: true,
    activity: true,
    proof: 'in-part',
  },
  /** Postpones the lock, at the person's request. */
  stayUnlocked: { roles: ['popup', 'library'], request: empty, response: empty, idempotent: true, activity: true },
} as const satisfies Table
