// The life of the vault, and the one place where it is unlocked. Capabilities bring their changes as functions; keys stay in custody.
// Whether it is unlocked is read at every use, from memory or from the session (session.ts), and never kept beside it; and at
// every use its deadline is looked at (deadline.ts).

import { equalBytes, type MasterKey } from '../../bytes.ts'
import type { PasswordCost } from '../../crypto/kdf.ts'
import { parseRecovery } from '../../crypto/recovery.ts'
import { Failure } from '../../failure.ts'
import { addEvent, changesAccess, unconfirmedNotices } from '../../keyring/accessNotices.ts'
import { cueOf } from '../../keyring/cue.ts'
import { wipe } from '../../keyring/masterKey.ts'
import { isPasswordSlot, type VaultHeader } from '../../keyring/record.ts'
import { createVault, passwordSlotCost, type Vault } from '../../keyring/vault.ts'
import type { Cue } from '../../messages/shapes.ts'
import type { LockTime } from '../../messages/vault/autoLock.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { Queue } from '../../queue.ts'
import type { VaultRow } from '../../storage/database.ts'
import type { Rows } from '../../storage/rows.ts'
import { readVault, recordUnlocked } from '../../storage/vaults.ts'
import { msPerMinute } from '../../time.ts'
import { checkNewPassword } from './checks.ts'
import { clipDeadline, type Deadline, freshDeadline, isBefore, lockTimeOf } from './deadline.ts'
import { atBestCost, isOutdated } from './kdfCalibration.ts'
import { dropSession, readState, type SessionState, storeSession, storeState } from './session.ts'
import { isUnreadable } from './unreadable.ts'
import {
  type Open,
  openByPassword,
  openRecord,
  recordCue,
  resumeSession,
  rowOf,
  upgradePasswordSlot,
  writeRecord,
} from './vaultRecord.ts'

const proofMs = 5 * msPerMinute

type Slot = VaultHeader['slots'][number]

export type { Open } from './vaultRecord.ts'

/** Gives another vault, to be stored, or the same. */
export type Change = (vault: Vault) => Vault | Promise<Vault>
type StateOf = (vault: Vault) => SessionState

/** Holds keys that were made of the unlocked vault's. */
export interface KeyHolder {
  /** Lets go of them, at once. The function returned overwrites them. */
  release(): () => void
}

export interface RestoredVault {
  readonly vault: Vault
  /** Documents that come with it. */
  readonly rows: Rows
}

export class Custodian {
  #vault: Vault | null = null
  /** Those of #vault. */
  #until: Deadline = null
  #provedUntil: number | null = null
  #noticeIds: ReadonlySet<string> = new Set()
  /** Every copy of a master key that was held since the last lock, to be overwritten at the next. */
  #keys = new Set<MasterKey>()
  /** The vault of a lock that has begun, for a final save alone (`vaultForFinalSave`). */
  #closing: Vault | null = null
  /** The deadline was found to have passed: nothing is open any more, and the lock that this brings is on its way. */
  #expired = false
  /** The state after a change: the deadline is not put off by it. */
  readonly #kept: StateOf = (vault) => ({
    until: clipDeadline(this.#until, vault),
    provedUntil: this.#provedUntil,
    noticeIds: [...this.#noticeIds],
  })
  /** Counts locks, so that what was requested before one cannot take effect after it. */
  #epoch = 0
  /**
   * Whether the session may be resumed from storage. Not after a lock, until the next unlocking: what still lies there then
   * is what could not be deleted.
   */
  #mayResume = true
  readonly #changes = new Queue()
  readonly #session = new Queue()
  readonly #keyHolders: KeyHolder[] = []
  /** How many locks have begun and not ended. */
  #locks = 0
  /** Called when the deadline is found to have passed: it ends what is shown and written, and then locks. */
  onDeadline: () => Promise<void> = () => this.lock()
  /** Called when a changed vault was stored, with the documents that came with it. */
  onStored: (rows: Rows) => void = () => undefined

  /** From now on a lock overwrites its keys too. */
  addKeyHolder(holder: KeyHolder): void {
    this.#keyHolders.push(holder)
  }

  /** Whether a lock is under way: from its first moment to its last nothing is shown, also where the vault was unlocked meanwhile. */
  get isLocking(): boolean {
    return this.#locks > 0
  }

  /** Whether this very vault is the unlocked one. */
  isUnlocked(vault: Vault): boolean {
    return vault === this.#vault
  }

  /** Whether there is a vault, and whether it is unlocked: all that a lock needs to report, and no more is read for it. */
  async lockState(): Promise<VaultState['vault']> {
    if ((await this.unlockedVault()) !== null) return 'unlocked'
    return (await readVault()) === null ? 'none' : 'locked'
  }

  /** Whether there is a vault on this device, locked or not. */
  async hasVault(): Promise<boolean> {
    return (await this.lockState()) !== 'none'
  }

  /** When the unlocked vault will lock by itself; null when it is locked, or will not. A deadline that has passed locks it now. */
  async lockTime(): Promise<LockTime | null> {
    const vault = await this.unlockedVault()
    return vault === null ? null : lockTimeOf(this.#until, vault)
  }

  /** The unlocked vault, or null. For custody's folders alone: what it holds goes no further. */
  async unlockedVault(): Promise<Vault | null> {
    if (this.#vault === null && this.#mayResume) await this.#resumeSession()
    return this.#vaultBeforeDeadline()
  }

  /** The unlocked vault; Failure 'locked' or 'no-vault' when there is none. */
  async vault(): Promise<Vault> {
    const vault = await this.unlockedVault()
    if (vault !== null) return vault
    throw new Failure((await readVault()) === null ? 'no-vault' : 'locked')
  }

  /** The unlocked vault; null where there is none, or one that could not be read. Failure 'locked'. */
  async readable(): Promise<Vault | null> {
    const found = await readVault()
    return found === null || (await isUnreadable(found.row)) ? null : this.vault()
  }

  /** The vault for text that a window of ours saves at the last moment: while a lock waits for that, and past the deadline. */
  async vaultForFinalSave(): Promise<Vault> {
    return (await this.unlockedVault()) ?? this.#closing ?? (this.#expired ? this.#vault : null) ?? this.vault()
  }

  /** The person has done something: the deadline moves on. One that has passed does not. */
  async extendDeadline(): Promise<void> {
    await this.unlockedVault()
    await this.#session.run(async () => {
      const vault = this.#vaultBeforeDeadline()
      if (vault === null) return
      this.#until = freshDeadline(vault)
      await storeState({ until: this.#until })
    })
  }

  /** Makes the vault of this device and unlocks it. Failure 'vault-exists' | 'weak-password' | 'mistyped' | 'full'. */
  create(password: string, recoveryKey: string, strong: boolean | null = null): Promise<Cue> {
    return this.#enqueue(async (epoch) => {
      checkNewPassword(password)
      const recovery = parseRecovery(recoveryKey)
      if ((await readVault()) !== null) throw new Failure('vault-exists')
      const make = (cost: PasswordCost) => createVault({ password, strong, recovery, cost }, new Date())
      const vault = await atBestCost(make, null)
      await this.#replace(null, vault, epoch, unlockedBy(isPasswordSlot))
      return cueOf(vault)
    })
  }

  /** Stores and unlocks a vault that was made elsewhere, where there is none. Failure 'vault-exists' | 'full'. */
  adopt(make: () => Promise<Vault>): Promise<void> {
    return this.#enqueue(async (epoch) => {
      if ((await readVault()) !== null) throw new Failure('vault-exists')
      await this.#storeFirst(await make(), epoch)
    })
  }

  /** Failure 'wrong-secret' | 'damaged' | 'newer-version' | 'weakened' | 'rollback' | 'memory' | 'no-vault'. */
  unlock(password: string): Promise<void> {
    const upgrade = async (vault: Vault) =>
      isOutdated(passwordSlotCost(vault.header)) ? upgradePasswordSlot(vault, password) : vault
    return this.unlockBy(openByPassword(password), isPasswordSlot, upgrade)
  }

  /** Forgets the master key here and in the session. Failure 'unavailable' as the function that `beginLock` returns. */
  lock(): Promise<void> {
    return this.beginLock()()
  }

  /**
   * Begins a lock, at once: when this returns nothing opens any more, whatever fails from here on, and the session is being
   * deleted. The function returned ends the time for a final save and overwrites the master key. It throws Failure
   * 'unavailable' when the session could not be deleted, so that the next background could resume it.
   */
  beginLock(): () => Promise<void> {
    this.#epoch++
    this.#locks++
    const [keys, closing] = [this.#keys, this.#vault ?? this.#closing]
    const wipes = this.#keyHolders.map((holder) => holder.release())
    this.#closing = closing
    this.#keys = new Set()
    this.#setVault(null)
    this.#expired = false
    this.#mayResume = false
    this.#provedUntil = null
    this.#noticeIds = new Set()
    const dropping = this.#session.run(dropSession)
    dropping.catch(() => undefined)
    return async () => {
      this.#locks--
      if (this.#closing === closing) this.#closing = null
      for (const key of keys) wipe(key)
      for (const wipeKeys of wipes) wipeKeys()
      await dropping
    }
  }

  /** Unlocks by what `open` makes of the stored record, by such a slot; `upgrade` may then store a better one in its place. */
  unlockBy(open: Open, isUsed: (slot: Slot) => boolean, upgrade: Change = (vault) => vault): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const vault = await openRecord(open)
      await recordUnlocked(rowOf(vault), passwordSlotCost(vault.header)).catch(ignoreFull)
      await this.#admit(await upgrade(vault), epoch, unlockedBy(isUsed))
    })
  }

  /**
   * Opens the stored record, changes it, stores it and goes on with it unlocked, or does nothing of this. What comes back
   * from `change` as it was is not stored. The secret that opens it is a proof, and holds as one.
   */
  changeBy(open: Open, change: Change): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const vault = await openRecord(open)
      const noticeIds = (await this.#noticeIdsInSession(vault.vaultId)) ?? unlockedBy(isPasswordSlot)(vault).noticeIds
      const stateOf: StateOf = (next) => ({ until: freshDeadline(next), provedUntil: Date.now() + proofMs, noticeIds })
      const changed = await change(vault)
      await (changed === vault ? this.#admit(vault, epoch, stateOf) : this.#replace(vault, changed, epoch, stateOf))
    })
  }

  /**
   * Takes what `open` makes of the stored record as a proof that the person is there, for a few minutes and no longer than the
   * vault is unlocked. One after the other, so that each try costs its time. Failure 'locked', and as `unlock`.
   */
  giveProof(open: Open): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const vault = await this.vault()
      const proved = await openRecord(open)
      const fits = proved.vaultId === vault.vaultId && equalBytes(proved.masterKey, vault.masterKey)
      wipe(proved.masterKey)
      await this.#session.run(async () => {
        if (epoch !== this.#epoch) throw new Failure('locked')
        if (!fits) throw new Failure('wrong-secret')
        this.#provedUntil = Date.now() + proofMs
        await storeState({ provedUntil: this.#provedUntil }).catch(ignoreFull)
      })
    })
  }

  /** Whether a proof holds. One that lies further ahead than it could have been given counts for nothing. */
  async isProved(): Promise<boolean> {
    await this.vault()
    const until = this.#provedUntil
    return until !== null && Date.now() < until && until <= Date.now() + proofMs
  }

  /** Failure 'proof-needed' where none holds; 'locked'. */
  async checkProof(): Promise<void> {
    if (!(await this.isProved())) throw new Failure('proof-needed')
  }

  /** The ids of the access notices that there were when the vault was unlocked. */
  noticesAtUnlock(): ReadonlySet<string> {
    return this.#noticeIds
  }

  /**
   * Changes the unlocked vault, and does not put its deadline off. What comes back as it was is not stored.
   * Failure 'locked' | 'conflict' | 'full'; 'proof-needed' for a change of what opens it, without a proof that holds.
   */
  change(change: Change): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const vault = await this.vault()
      const changed = await change(vault)
      if (changed === vault) return
      if (changesAccess(vault, changed)) await this.checkProof()
      await this.#replace(vault, changed, epoch, this.#kept)
    })
  }

  /** `change` for what another device has made of this vault: what lets somebody in was proved there. */
  takeIn(change: Change): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const vault = await this.vault()
      const changed = await change(vault)
      if (changed !== vault) await this.#replace(vault, changed, epoch, this.#kept)
    })
  }

  /**
   * Puts a vault with documents of its own in the place of the unlocked one, or, where there is none or one that could not be
   * read, there.
   * Failure as `change`.
   */
  restore(make: (mine: Vault | null) => Promise<RestoredVault>): Promise<void> {
    return this.#enqueue(async (epoch) => {
      const mine = await this.readable()
      const over = mine === null ? ((await readVault())?.row ?? null) : null
      const { vault, rows } = await make(mine)
      if (mine === null) {
        await this.#storeFirst(vault, epoch, rows, over)
        return
      }
      if (changesAccess(mine, vault)) await this.checkProof()
      await this.#replace(mine, vault, epoch, this.#kept, rows)
    })
  }

  /** Stores and unlocks a vault that is new to this device, with a notice of that for the others. */
  #storeFirst(vault: Vault, epoch: number, rows: Rows = {}, over: VaultRow | null = null): Promise<void> {
    const stateOf = unlockedBy(isPasswordSlot)
    const { noticeIds } = stateOf(vault)
    return this.#replace(
      null,
      addEvent(vault, 'joined', new Date()),
      epoch,
      (next) => ({ ...stateOf(next), noticeIds }),
      rows,
      over,
    )
  }

  /** Stores a changed vault and goes on with it. Once it is stored the change has happened, whatever comes after. */
  async #replace(
    before: Vault | null,
    changed: Vault,
    epoch: number,
    stateOf: StateOf,
    rows: Rows = {},
    over: VaultRow | null = null,
  ): Promise<void> {
    if (epoch !== this.#epoch) throw new Failure('locked')
    await writeRecord(changed, before?.header.revision ?? over, rows)
    this.onStored(rows)
    try {
      await this.#admit(changed, epoch, stateOf)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      // Locked meanwhile, or not to be kept open: then what the session holds is what counts.
      this.#setVault(null)
    }
  }

  /** Goes on with this vault, unless it was locked since `epoch`: a lock is never undone by what began before it. */
  async #admit(vault: Vault, epoch: number, stateOf: StateOf): Promise<void> {
    await recordCue(vault)
    await this.#session.run(async () => {
      if (epoch !== this.#epoch) throw new Failure('locked')
      const state = stateOf(vault)
      // Without space for that it is open for as long as this background lives.
      await storeSession(vault.vaultId, vault.masterKey, state).catch(ignoreFull)
      // A lock that came while it was being kept drops it, in its turn.
      if (epoch !== this.#epoch) throw new Failure('locked')
      this.#setVault(vault)
      this.#until = state.until
      this.#provedUntil = state.provedUntil
      this.#noticeIds = new Set(state.noticeIds)
      this.#expired = false
      this.#mayResume = true
    })
  }

  /** The ids of the notices that there were when this session began; null where none is under way. */
  async #noticeIdsInSession(vaultId: string): Promise<readonly string[] | null> {
    if (this.#vault !== null) return [...this.#noticeIds]
    return this.#mayResume ? ((await readState(vaultId))?.noticeIds ?? null) : null
  }

  #setVault(vault: Vault | null): void {
    this.#vault = vault
    if (vault !== null) this.#keys.add(vault.masterKey)
  }

  /** Takes up what the session holds, unless there was a lock or something newer in the meantime. */
  async #resumeSession(): Promise<void> {
    const epoch = this.#epoch
    const restored = await resumeSession()
    if (restored === null) return
    if (epoch !== this.#epoch || this.#vault !== null) {
      wipe(restored.vault.masterKey)
      return
    }
    this.#setVault(restored.vault)
    const { until, provedUntil, noticeIds } = restored.state
    this.#until = until
    this.#provedUntil = provedUntil
    this.#noticeIds = new Set(noticeIds)
  }

  /** What is unlocked and still may be. Finding that it may not any more locks everything. */
  #vaultBeforeDeadline(): Vault | null {
    if (this.#vault === null) return null
    if (!this.#expired && isBefore(this.#until, this.#vault)) return this.#vault
    this.#expired = true
    // Where that fails nothing opens all the same, and it is tried again at the next use.
    this.onDeadline().catch(() => undefined)
    return null
  }

  /** Changes of the vault happen one after the other, each as of the moment it was requested. */
  #enqueue<T>(change: (epoch: number) => Promise<T>): Promise<T> {
    const epoch = this.#epoch
    return this.#changes.run(() => change(epoch))
  }
}

/** A full disk is no reason to keep the vault closed. */
function ignoreFull(thrown: unknown): void {
  if (!(thrown instanceof Failure) || thrown.code !== 'full') throw thrown
}

/** The state of a vault that was just unlocked, by a slot that needs no notice: whoever unlocked it has it. */
function unlockedBy(isUsed: (slot: Slot) => boolean): StateOf {
  return (vault) => {
    const used = new Set(vault.header.slots.filter(isUsed).map(({ id }) => id))
    const notices = unconfirmedNotices(vault).filter(({ id }) => !used.has(id))
    return { until: freshDeadline(vault), provedUntil: null, noticeIds: notices.map(({ id }) => id) }
  }
}
