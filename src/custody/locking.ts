// Locks and unlocks, for everyone around the vault: windows have a moment to save before a lock, readers and windows of ours
// learn of every lock and unlock, and work that a lock had stopped goes on after the next unlock.

import { type LockSignal, lockSignal, lockSignalKey } from '../messages/lockSignal.ts'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { dropStaged } from '../storage/staging.ts'
import { isAnyComposerOpen } from './composer/windowRequests.ts'
import type { Library } from './library/library.ts'
import { forgetUnsavedTabs, isAnyTabUnsaved } from './library/unsavedTabs.ts'
import type { Syncing } from './sync/syncing.ts'
import type { Readers } from './texts/readers.ts'
import type { BrowserSide } from './vault/browserSide.ts'
import type { Custodian } from './vault/custodian.ts'
import { ignoreFailures } from './vault/ignoreFailures.ts'
import type { WithBroadcast } from './vault/withBroadcast.ts'

/** How long a lock waits for open composers and the library's tabs to save. Readers are blank before that. */
const flushMs = 300
/** The upper limit of that wait, even if the request to save fails. */
const finalSaveMs = 2 * flushMs

interface Parts {
  readonly custodian: Custodian
  readonly readers: Readers
  readonly library: Library
  readonly syncing: Syncing
  readonly browser: Pick<BrowserSide, 'showLockState' | 'startOver'>
}

export class Locking {
  readonly #parts: Parts
  readonly #signal = new SessionEntry(lockSignalKey, lockSignal)
  /** The lock that a deadline has brought, while it is under way. */
  #ending: Promise<void> | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    const { custodian, library, syncing } = parts
    custodian.onDeadline = () => this.#endAtDeadline()
    custodian.onStored = ({ documents = [] }) => {
      syncing.start('change')
      library.noteArrived(documents.map(({ id }) => id)).catch(ignoreFailures)
    }
    syncing.onTaken = () => this.broadcast()
  }

  /**
   * Locks everything there is. From its first moment nothing opens; what is being written has a moment to be saved; then the
   * key is overwritten. No failure on the way keeps the vault open: whatever can't be done is passed over, and where the
   * session can't be deleted the extension is loaded anew, which ends it.
   */
  async lock(): Promise<void> {
    const { custodian, readers } = this.#parts
    const end = custodian.beginLock()
    try {
      readers.blankAll()
      await withTimeLimit(finalSaveMs, this.#waitForSaving())
    } finally {
      await this.#end(end)
    }
    await this.#broadcastLock()
  }

  /** The browser has just started: nothing of an earlier session is to be left. */
  async startAfresh(): Promise<void> {
    await this.#end(this.#parts.custodian.beginLock())
    await dropStaged().catch(ignoreFailures)
    await this.#showLockState()
  }

  /** Goes on with what an earlier background has not sent, or not done. */
  resume(): void {
    this.#parts.syncing.resume().catch(ignoreFailures)
    this.#parts.library.reencryption.resume()
  }

  /** Makes a change of the vault and broadcasts it. Then the vault of the other devices is compared, and the password tried on it. */
  readonly withBroadcast: WithBroadcast = async (change, password = null) => {
    // Requested after the deadline had passed, so the lock that this causes must not undo it.
    await this.#ending?.catch(() => undefined)
    await change()
    await this.broadcast()
    this.#parts.syncing.start('arrival', password)
    return {}
  }

  /** Broadcasts whether the vault is unlocked now. A lock may have come while it was being changed. */
  async broadcast(): Promise<void> {
    const { custodian, readers, library } = this.#parts
    const unlocked = (await custodian.unlockedVault()) !== null
    await this.#notify(unlocked ? 'unlocked' : 'locked')
    await Promise.all([readers.showAll(), this.#showLockState()])
    // What a full disk or a lock stops goes on at the next unlock.
    if (unlocked) library.reencryption.resume()
  }

  /** Waits for windows of ours to save what is being written. Where it can't be known whether any is, they get the time too. */
  async #waitForSaving(): Promise<void> {
    const writing = await Promise.all([isAnyComposerOpen(), isAnyTabUnsaved()]).catch(() => [true])
    if (!writing.includes(true)) return
    await this.#notify('flush')
    await new Promise((resolve) => setTimeout(resolve, flushMs))
  }

  async #end(end: () => Promise<void>): Promise<void> {
    this.#parts.library.forget()
    // Where both halves of the session are left they would open the vault for the next background.
    await end().catch(() => this.#parts.browser.startOver())
  }

  /** Windows of ours that show an opened text and can't be notified to hide it are closed, by loading the extension anew. */
  async #broadcastLock(): Promise<void> {
    const { custodian, readers, browser } = this.#parts
    const unlocked = (await custodian.unlockedVault()) !== null
    const notify = () => this.#notify(unlocked ? 'unlocked' : 'locked')
    await notify()
      .catch(notify)
      .catch(() => browser.startOver())
    await Promise.allSettled([forgetUnsavedTabs(), readers.showAll(), this.#showLockState()])
  }

  async #showLockState(): Promise<void> {
    await this.#parts.browser.showLockState(await this.#parts.custodian.lockState())
  }

  #endAtDeadline(): Promise<void> {
    this.#ending ??= this.lock().finally(() => {
      this.#ending = null
    })
    return this.#ending
  }

  async #notify(what: LockSignal['what']): Promise<void> {
    await this.#signal.write({ at: Date.now(), what })
  }
}

/** Done when `work` is, has failed, or has taken that long. */
async function withTimeLimit(ms: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([promise, work.catch(() => undefined)])
  clearTimeout(timer)
}
