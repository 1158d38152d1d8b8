// When the vault locks by itself: the person's choice, what counts as the person's doing, and what follows from what the browser
// tells of the device. The deadline itself is the custodian's (deadline.ts); nothing here is needed for it to hold.

import { withSettings } from '../keyring/vault.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { AutoLock as Choice } from '../messages/locking.ts'
import type { Name } from '../messages/protocol.ts'
import type { Custodian } from './custodian.ts'
import { autoLockOf, type Deadline } from './deadline.ts'

/**
 * What only a person asks, in a window of ours. What content scripts ask does not count: a page that took its process over could
 * ask it all day.
 */
const deeds: readonly Name[] = [
  'replaceRecovery',
  'renewCircle',
  'beginBackup',
  'stageBackup',
  'restoreBackup',
  'remindOfBackupLater',
  'offerPairing',
  'takePairing',
  'addPasskey',
  'renamePasskey',
  'removePasskey',
  'provePasskey',
  'practiceSeal',
  'practiceOpen',
  'keepDraft',
  'takeDraft',
  'dropDraft',
  'sealComposed',
  'putOpened',
  'setLibrary',
  'openEntry',
  'openVersion',
  'writeEntry',
  'saveEntry',
  'sealEntry',
  'deleteEntries',
  'undoDelete',
  'prove',
  'proveByPasskey',
  'confirmAccess',
  'exportPart',
  'importTexts',
  'findOnPage',
  'placeEntry',
  'composeDraft',
  'dropDrafts',
  'rekeyLibrary',
  'stopRekeying',
  'setAutoLock',
  'stayUnlocked',
]

const looseMinutes = 60

export class AutoLock {
  readonly #custodian: Custodian
  readonly #lock: () => Promise<void>

  /** `lock` locks everything there is. */
  constructor(custodian: Custodian, lock: () => Promise<void>) {
    this.#custodian = custodian
    this.#lock = lock
  }

  answers(): Pick<Handlers, 'autoLock' | 'setAutoLock' | 'stayUnlocked'> {
    return {
      autoLock: async () => autoLockOf(await this.#custodian.vault()),
      setAutoLock: async ({ choice }) => {
        await this.#custodian.change(async (vault) => {
          const before = autoLockOf(vault)
          if (same(before, choice)) return vault
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

  /** The same answers; those to a person's deeds put the deadline off when they are done. */
  attended<A extends Partial<Handlers>>(answers: A): A {
    const attend = (name: string, answer: unknown) => {
      if (!deeds.includes(name as Name)) return answer
      const given = answer as (...asked: unknown[]) => Promise<unknown>
      return async (...asked: unknown[]) => {
        const done = await given(...asked)
        await this.attend()
        return done
      }
    }
    return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, attend(name, answer)])) as A
  }

  /** The person is there. A deadline that has passed is not put off by that; one that cannot be stays, and nothing else fails. */
  attend(): Promise<void> {
    return this.#custodian.stay().catch(() => undefined)
  }

  /** Locks when it is time to; gives the time when it will be, or null when it is locked or will not be. */
  async look(): Promise<Deadline> {
    return (await this.#custodian.state()).locking?.at ?? null
  }

  /** The screen was locked, or the last window closed: locks when that was chosen. */
  async lockOn(event: 'onScreenLock' | 'onLastWindow'): Promise<void> {
    const vault = await this.#custodian.peek()
    if (vault !== null && autoLockOf(vault)[event]) await this.#lock()
  }
}

function same(one: Choice, other: Choice): boolean {
  return (
    one.minutes === other.minutes && one.onScreenLock === other.onScreenLock && one.onLastWindow === other.onLastWindow
  )
}

/**
 * Whether a choice leaves the vault open for whoever comes by: for longer than before and longer than an hour, or past what
 * locked it so far.
 */
export function isLooser(choice: Choice, before: Choice): boolean {
  const minutesOf = ({ minutes }: Choice) => minutes ?? Number.POSITIVE_INFINITY
  const longer = minutesOf(choice) > Math.max(minutesOf(before), looseMinutes)
  return longer || (before.onScreenLock && !choice.onScreenLock) || (before.onLastWindow && !choice.onLastWindow)
}

/** What a later version may have added to the choice. */
function keptOf(before: unknown): object {
  return typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}
}
