// When the vault locks by itself: the person's choice, what counts as the person's doing, and what follows from what the browser
// tells of the device. The deadline itself is the custodian's (deadline.ts); nothing here is needed for it to hold.

import { withSettings } from '../../keyring/vault.ts'
import type { Entry } from '../../messages/entry.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { autoLockEntries, AutoLock as Choice } from '../../messages/vault/autoLock.ts'
import { isPlainObject } from '../../plainObject.ts'
import type { Custodian } from './custodian.ts'
import { autoLockOf, type Deadline } from './deadline.ts'
import type { Handle } from './wrapHandlers.ts'

const looseMinutes = 60

/** What locks everything there is. */
interface Locking {
  lock(): Promise<void>
}

export class AutoLock {
  readonly #custodian: Custodian
  readonly #locking: Locking

  constructor(custodian: Custodian, locking: Locking) {
    this.#custodian = custodian
    this.#locking = locking
  }

  handlers(): Pick<Handlers, keyof typeof autoLockEntries> {
    return {
      getAutoLock: async () => autoLockOf(await this.#custodian.vault()),
      setAutoLock: async ({ choice }) => {
        await this.#custodian.change(async (vault) => {
          const before = autoLockOf(vault)
          if (isSame(before, choice)) return vault
          if (isLooser(choice, before)) await this.#custodian.checkProof()
          const autoLock = { ...keptOf(vault.body.settings?.autoLock), ...choice }
          return withSettings(vault, { autoLock }, new Date())
        })
        return {}
      },
      stayUnlocked: async () => {
        await this.#custodian.vault()
        return {}
      },
    }
  }

  /** Makes a handler of a person's act (entry.ts, `activity`) postpone the deadline when it is done. */
  readonly postponeAfterActivity = ({ activity }: Pick<Entry, 'activity'>, handle: Handle): Handle => {
    if (!activity) return handle
    return async (...args) => {
      const response = await handle(...args)
      await this.postpone()
      return response
    }
  }

  /** The person is there. A deadline that has passed is not put off by that; one that cannot be stays, and nothing else fails. */
  postpone(): Promise<void> {
    return this.#custodian.extendDeadline().catch(() => undefined)
  }

  /** Locks when it is time to; gives the time when it will be, or null when it is locked or will not be. */
  async check(): Promise<Deadline> {
    return (await this.#custodian.lockTime())?.at ?? null
  }

  /** The screen was locked, or the last window closed: locks when that was chosen. */
  async lockOn(event: 'onScreenLock' | 'onLastWindow'): Promise<void> {
    const vault = await this.#custodian.unlockedVault()
    if (vault !== null && autoLockOf(vault)[event]) await this.#locking.lock()
  }
}

function isSame(a: Choice, b: Choice): boolean {
  return a.minutes === b.minutes && a.onScreenLock === b.onScreenLock && a.onLastWindow === b.onLastWindow
}

/**
 * Whether a choice leaves the vault open for anyone who passes by: for longer than before and longer than an hour, or past what
 * locked it so far.
 */
export function isLooser(choice: Choice, before: Choice): boolean {
  const minutesOf = ({ minutes }: Choice) => minutes ?? Number.POSITIVE_INFINITY
  const longer = minutesOf(choice) > Math.max(minutesOf(before), looseMinutes)
  return longer || (before.onScreenLock && !choice.onScreenLock) || (before.onLastWindow && !choice.onLastWindow)
}

/** What a later version may have added to the choice. */
function keptOf(before: unknown): object {
  return isPlainObject(before) ? before : {}
}
