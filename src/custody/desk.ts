// Custody's front desk: the entries of the protocol that need the vault, answered. What has to be done with tabs and
// windows is asked of `Outside`, which knows no secret.

import * as v from 'valibot'
import { diagnoseRecovery } from '../crypto/recovery.ts'
import type { OpenRequest } from '../crypto/textKeys.ts'
import { Failure, only } from '../failure.ts'
import { cueOf } from '../keyring/cue.ts'
import { type Mark, mark, markKey } from '../messages/changes.ts'
import type { clipboardEntries } from '../messages/clipboard.ts'
import { type deviceEntries, devicesKey } from '../messages/devices.ts'
import type { Asker, Handlers } from '../messages/handlers.ts'
import type { State } from '../messages/shapes.ts'
import type { writingEntries } from '../messages/writing.ts'
import { forgetPrivateDrafts } from '../storage/drafts.ts'
import { dropStaged } from '../storage/staging.ts'
import { readVault } from '../storage/vaults.ts'
import { Volatile } from '../storage/volatile.ts'
import { noRetry, retryLater } from '../sync/retry.ts'
import { Synced } from '../sync/synced.ts'
import { addressOf } from './address.ts'
import { AutoLock } from './autoLock.ts'
import { backupAnswers } from './backups.ts'
import { Composing, type ComposingDoors } from './composing.ts'
import { Custodian } from './custodian.ts'
import { passFailures } from './damaged.ts'
import { deviceAnswers } from './devices.ts'
import { anyWriting } from './errands.ts'
import { Library, type LibraryDoors } from './library/library.ts'
import { anyInLibrary, noneInLibrary } from './library/writing.ts'
import { Openings, type Windows } from './openings.ts'
import { pairingAnswers } from './pairing.ts'
import { passkeyAnswers } from './passkeys.ts'
import { proofAnswers, withProof } from './proof.ts'
import { PuttingBack, type PuttingBackDoors } from './puttingBack.ts'
import { Readers } from './readers.ts'
import { recoveringAnswers } from './recovering.ts'
import { renewalAnswers } from './renewal.ts'
import type { Settled } from './settled.ts'
import { Syncing, type Why } from './syncing.ts'
import { notebook } from './syncNotes.ts'
import { Texts } from './texts.ts'

/** How long a lock waits for open composers and the library's tabs to save their last words. Readers are blank before that. */
const flushMs = 300
/** How long a lock waits for that altogether, whatever becomes of telling them. */
const lastWordsMs = 2 * flushMs

type Entries = Exclude<
  keyof Handlers,
  | keyof typeof clipboardEntries
  | keyof typeof writingEntries
  | 'here'
  | 'sites'
  | 'switchOn'
  | 'switchOff'
  | 'choose'
  | 'removeSite'
  | 'removeMark'
  | 'removeUnreadableMarks'
  | 'markField'
  | 'unmarkField'
  | 'composeHere'
  | 'openPage'
  | 'printPage'
  | 'hello'
  | 'bringFields'
  | 'count'
  | 'fieldChosen'
  | 'askUnlock'
>

/** What custody has done by those who know tabs and windows. */
export interface Outside
  extends Pick<ComposingDoors, 'put' | 'windows'>,
    Pick<LibraryDoors, 'find' | 'place'>,
    Pick<PuttingBackDoors, 'putOpened'>,
    Windows {
  showUnlock(): Promise<void>
  /** Whether a document that a content script spoke from still stands in its tab. */
  isThere(tabId: number, documentId: string): Promise<boolean>
  showLockState(state: State['vault']): Promise<void>
  /** Loads the extension anew: every background and window of it ends, and what lies in the session's storage is gone. */
  startOver(): Promise<void>
}

export class Desk {
  readonly readers: Readers
  readonly #custodian = new Custodian(() => this.#endAtDeadline())
  readonly autoLock = new AutoLock(this.#custodian, () => this.lock())
  readonly #composing: Composing
  readonly #library: Library
  readonly #openings: Openings
  readonly #puttingBack: PuttingBack
  readonly #texts: Texts
  readonly #outside: Outside
  readonly #mark = new Volatile(markKey, mark)
  readonly #synced = new Synced()
  readonly #syncing: Syncing
  /** How many locks are under way: from their first moment on, nothing is shown. */
  #locking = 0
  /** The lock that a deadline has brought, while it is under way. */
  #ending: Promise<void> | null = null

  constructor(outside: Outside) {
    this.#outside = outside
    this.#openings = new Openings(outside)
    const openMany = async (requests: readonly OpenRequest[]) => {
      if (this.#locking > 0) throw new Failure('locked')
      return this.#texts.openMany(requests)
    }
    this.readers = new Readers({
      open: openMany,
      cue: async () => cueOf(await this.#custodian.vault()),
      sealedOn: (sealed) => Promise.all(sealed.map((one) => this.#library.keeping.sealedOn(one))),
      isThere: (tabId, documentId) => outside.isThere(tabId, documentId),
      edit: (place, box) => this.#openings.forField(place, box),
      openWindow: ({ origin, sealed, inPrivate }, box) =>
        this.#openings.forReading({ purpose: 'read', origin, sealed: [sealed] }, box, inPrivate),
      showUnlock: () => outside.showUnlock(),
    })
    this.#composing = new Composing(this.#custodian, {
      put: outside.put,
      windows: outside.windows,
      open: (sealed, origin) => this.#texts.open(sealed, origin),
      keep: (sealing) => this.#library.keeping.keep(sealing),
      views: (sealed, origin) => this.readers.viewsInWindow(sealed, origin),
    })
    this.#puttingBack = new PuttingBack({
      openWindow: (errand, box, inPrivate) => this.#openings.forPuttingBack(errand, box, inPrivate),
      open: async (sealed, origin) => only(await openMany([{ sealed, origin }])),
      putOpened: outside.putOpened,
    })
    this.#library = new Library(this.#custodian, {
      find: outside.find,
      place: outside.place,
      composeDraft: async (draft) => this.#openings.forDraft(draft, await this.#composing.errandFor(draft)),
    })
    this.#texts = new Texts(this.#custodian, this.#library.keeping)
    const news = new Volatile(devicesKey, v.number())
    this.#syncing = new Syncing(this.#custodian, this.#synced, notebook, {
      here: async () => {
        const found = await readVault()
        return found && { revision: found.row.revision, cost: found.seen?.cost ?? null }
      },
      taken: () => this.#changedToWhatItIs(),
      told: () => news.write(Date.now()),
      retryLater,
      noRetry,
    })
    this.#custodian.whenStored = ({ documents = [] }) => {
      this.sync('change')
      this.#library.arrived(documents.map(({ id }) => id)).catch(passFailures)
    }
  }

  /** Keeps in step with other devices, where that was chosen. What goes wrong with it is told in the options. */
  sync(why: Why, password: string | null = null): void {
    this.#syncing.step(why, password).catch(passFailures)
  }

  /** Goes on with what an earlier background has not sent, or not done. */
  resume(): void {
    this.#syncing.resume().catch(passFailures)
    this.#library.rekeying.resume()
  }

  /**
   * Locks everything there is. From its first moment nothing opens; what is being written has a moment to be saved; then the
   * key is overwritten. No failure on the way keeps the vault open: whatever can't be done is passed over, and where the
   * session can't be deleted the extension is loaded anew, which ends it.
   */
  async lock(): Promise<void> {
    const end = this.#custodian.beginLock()
    this.#locking++
    try {
      this.readers.blankAll()
      await atMost(lastWordsMs, this.#lastWords())
    } finally {
      this.#locking--
      await this.#end(end)
    }
    await this.#tellOfLock()
  }

  /** Waits for windows of ours to save what is being written. Where it can't be told whether any is, they get the time too. */
  async #lastWords(): Promise<void> {
    const writing = await Promise.all([anyWriting(), anyInLibrary()]).catch(() => [true])
    if (!writing.includes(true)) return
    await this.#tell('flush')
    await new Promise((resolve) => setTimeout(resolve, flushMs))
  }

  /** Ends a lock. */
  async #end(end: () => Promise<void>): Promise<void> {
    this.#library.forget()
    // Where both halves of the session are left they would open the vault for the next background.
    await end().catch(() => this.#outside.startOver())
  }

  /** Windows of ours that show an opened text and can't be told to hide it are closed, by loading the extension anew. */
  async #tellOfLock(): Promise<void> {
    const unlocked = (await this.#custodian.peek()) !== null
    const tell = () => this.#tell(unlocked ? 'unlocked' : 'locked')
    await tell()
      .catch(tell)
      .catch(() => this.#outside.startOver())
    await Promise.allSettled([noneInLibrary(), this.readers.showAll(), this.showLockState()])
  }

  /** The browser has just started: nothing of an earlier session is to be left. */
  async startAfresh(): Promise<void> {
    await this.#end(this.#custodian.beginLock())
    await dropStaged().catch(passFailures)
    await this.showLockState()
  }

  async showLockState(): Promise<void> {
    await this.#outside.showLockState(await this.#custodian.lockState())
  }

  /** Whether there is a vault on this device, locked or not. */
  async hasVault(): Promise<boolean> {
    return (await this.#custodian.lockState()) !== 'none'
  }

  /** Opens a composer that belongs to no field, for the page at `url`; null where that is none of the web. */
  async composeFor(tabId: number, url: string | null, inPrivate: boolean): Promise<void> {
    const origin = url === null ? null : new URL(url).origin
    const place = { tabId, frameId: 0, origin, url: addressOf(url), inPrivate }
    await this.#openings.open({ purpose: 'write', ...place, field: null, sealed: null, draft: null }, null, inPrivate)
  }

  async readInWindow(origin: string, sealed: readonly string[], inPrivate: boolean): Promise<void> {
    await this.#openings.forReading({ purpose: 'read', origin, sealed: [...sealed] }, null, inPrivate)
  }

  /** The person has commanded to put an opened text back, in this frame: while it is told of it, it may ask for the window. */
  putBack(...command: Parameters<PuttingBack['commanded']>): Promise<void> {
    return this.#puttingBack.commanded(...command)
  }

  /** The last private window was closed: what was kept for their time is dropped. */
  forgetPrivate(): Promise<void> {
    return forgetPrivateDrafts()
  }

  answers(): Pick<Handlers, Entries> {
    const settled: Settled = (change) => this.#unlocking(change)
    const devices = deviceAnswers(this.#custodian, this.#syncing, this.#synced, settled)
    return withProof({ ...this.#vaultAnswers(), ...devices }, this.#custodian)
  }

  #vaultAnswers(): Pick<Handlers, Exclude<Entries, keyof typeof deviceEntries>> {
    const custodian = this.#custodian
    const composing = this.#composing
    return this.autoLock.attended({
      ...this.autoLock.answers(),
      state: () => custodian.state(),
      unlock: async ({ password }) => this.#unlocking(() => custodian.unlock(password), password),
      lock: async () => {
        await this.lock()
        return {}
      },
      proposeRecovery: async () => ({ recoveryKey: custodian.proposeRecovery() }),
      createVault: async ({ password, recoveryKey, strong }) => {
        const cue = await custodian.create(password, recoveryKey, strong)
        await this.#changedToWhatItIs()
        return { cue }
      },
      checkRecovery: async ({ typed }) => diagnoseRecovery(typed),
      recover: async ({ recoveryKey, password, strong }) =>
        this.#unlocking(() => custodian.recover(recoveryKey, password, strong)),
      replaceRecovery: async ({ recoveryKey }) => this.#unlocking(() => custodian.replaceRecovery(recoveryKey)),
      changePassword: async ({ current, next, strong }) =>
        this.#unlocking(() => custodian.changePassword(current, next, strong)),
      ...recoveringAnswers(custodian, (change) => this.#unlocking(change)),
      ...renewalAnswers(custodian, (change) => this.#unlocking(change)),
      ...backupAnswers(custodian, (change) => this.#unlocking(change)),
      ...this.#library.answers((change) => this.#unlocking(change)),
      ...pairingAnswers(custodian, (change) => this.#unlocking(change)),
      ...passkeyAnswers(custodian, (change) => this.#unlocking(change)),
      ...proofAnswers(custodian),
      practiceSeal: async ({ text }) => ({ sealed: await custodian.seal(text, null) }),
      practiceOpen: async ({ sealed }) => ({ text: (await custodian.open(sealed)).text }),
      begin: (ask) => composing.begin(ask),
      keepDraft: (ask) => composing.keepDraft(ask),
      takeDraft: (ask) => composing.takeDraft(ask),
      dropDraft: (ask) => composing.dropDraft(ask),
      sealComposed: (ask) => composing.seal(ask),
      putOpened: (ask) => this.#puttingBack.put(ask),
      putBack: (ask, asker) => this.#puttingBack.ask(ask, asker),
      seal: (ask, asker) => this.#texts.seal(ask, asker),
      tickets: async ({ texts }, asker) => {
        if (asker.documentId === null) throw new Failure('refused')
        const places = texts.map((text) => ({ ...placeOf(asker), ...text }))
        return { tickets: this.readers.issue(places, asker.documentId) }
      },
      compose: async ({ field, sealed, box }, asker) => {
        await this.#openings.forField({ ...placeOf(asker), field, sealed }, box)
        return {}
      },
      openWindow: async ({ sealed }, { origin, inPrivate }) => {
        await this.readInWindow(origin, [sealed], inPrivate)
        return {}
      },
      offer: async ({ sealed, why }, { inPrivate }) => {
        await this.#openings.open({ purpose: 'copy', sealed, why }, null, inPrivate)
        return {}
      },
    })
  }

  /** A deadline has passed. */
  #endAtDeadline(): Promise<void> {
    this.#ending ??= this.lock().finally(() => {
      this.#ending = null
    })
    return this.#ending
  }

  async #unlocking(change: () => Promise<void>, password: string | null = null): Promise<Record<string, never>> {
    // Asked for after the deadline had passed, so not to be undone by the lock that this brings.
    await this.#ending?.catch(() => undefined)
    await change()
    await this.#changedToWhatItIs()
    this.sync('arrival', password)
    return {}
  }

  /** A lock may have come while the vault was being changed. */
  async #changedToWhatItIs(): Promise<void> {
    const unlocked = (await this.#custodian.peek()) !== null
    await this.#changed(unlocked ? 'unlocked' : 'locked')
    // What a full disk or a lock stops goes on at the next unlock.
    if (unlocked) this.#library.rekeying.resume()
  }

  async #changed(what: 'locked' | 'unlocked'): Promise<void> {
    await this.#tell(what)
    await Promise.all([this.readers.showAll(), this.showLockState()])
  }

  async #tell(what: Mark['what']): Promise<void> {
    await this.#mark.write({ at: Date.now(), what })
  }
}

/** Done when `work` is, has failed, or has taken that long. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([promise, work.catch(() => undefined)])
  clearTimeout(timer)
}

function placeOf({ tabId, frameId, origin, tabUrl, inPrivate }: Asker) {
  if (tabId === null) throw new Failure('refused')
  return { tabId, frameId, origin, url: addressOf(tabUrl), inPrivate }
}
