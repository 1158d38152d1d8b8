// Until when the vault may stay unlocked: the rule, apart from where it is kept (session.ts) and by whom it is moved on
// (autoLock.ts). It is looked at whenever the vault is used, so that no alarm and no clock needs to be relied on.

import * as v from 'valibot'
import type { Vault } from '../../keyring/vault.ts'
import { type AutoLock, autoLock, type LockTime } from '../../messages/vault/autoLock.ts'
import { defaultAutoLockMinutes } from '../../policy.ts'
import { msPerMinute } from '../../time.ts'

/** Clocks are set right by a second now and then. That is no reason to lock. */
const clockSlackMs = 2_000
/** The end of the time is announced for a tenth of it, within these bounds. */
const saidForMs = { least: 15_000, most: 120_000 }

/** Milliseconds since 1970; null for as long as the browser session lasts. */
export type Deadline = number | null

/** Where nothing was chosen. */
const defaults: AutoLock = { minutes: defaultAutoLockMinutes, onScreenLock: true, onLastWindow: true }
/** What is missing or wrong counts as what it is when nothing was chosen. */
const kept = v.fallback(
  v.object({
    minutes: v.fallback(autoLock.entries.minutes, defaults.minutes),
    onScreenLock: v.fallback(autoLock.entries.onScreenLock, defaults.onScreenLock),
    onLastWindow: v.fallback(autoLock.entries.onLastWindow, defaults.onLastWindow),
  }),
  defaults,
)

/** What was chosen for this vault. FORMAT.md §6.3. */
export function autoLockOf(vault: Pick<Vault, 'body'>): AutoLock {
  return v.parse(kept, vault.body.settings?.autoLock)
}

/** The deadline of a vault that was used by a person just now. */
export function freshDeadline(vault: Pick<Vault, 'body'>): Deadline {
  const { minutes } = autoLockOf(vault)
  return minutes === null ? null : Date.now() + minutes * msPerMinute
}

/**
 * Whether a vault with this deadline is still to be open. One that lies further ahead than it could have been set counts for
 * nothing: a clock that was put back keeps no vault open.
 */
export function isBefore(deadline: Deadline, vault: Pick<Vault, 'body'>): boolean {
  const furthest = freshDeadline(vault)
  if (furthest === null) return true
  return deadline !== null && Date.now() < deadline && deadline <= furthest + clockSlackMs
}

/** The deadline after a change of the vault that may have changed the choice too: it is not put off by that. */
export function clipDeadline(deadline: Deadline, vault: Pick<Vault, 'body'>): Deadline {
  const furthest = freshDeadline(vault)
  return furthest === null || deadline === null ? furthest : Math.min(deadline, furthest)
}

/** What our windows show of it; null when nothing is due. */
export function lockTimeOf(deadline: Deadline, vault: Pick<Vault, 'body'>): LockTime | null {
  const { minutes } = autoLockOf(vault)
  if (minutes === null || deadline === null) return null
  const saidFor = Math.min(Math.max((minutes * msPerMinute) / 10, saidForMs.least), saidForMs.most)
  return { at: deadline, sayFrom: deadline - saidFor }
}
