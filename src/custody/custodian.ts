// The one place where the vault is unlocked. Verbs go in; texts and sealed texts come out, keys never do.
// Whether it is unlocked is read at every use, from memory or from the session (session.ts), and never kept beside it; and at
// every use its deadline is looked at (deadline.ts).

import { equalBytes, type MasterKey } from '../bytes.ts'
import type { PasswordCost } from '../crypto/kdf.ts'
import { formatRecovery, newRecoverySecret, parseRecovery } from '../crypto/recovery.ts'
import { type Opened as OpenedBytes, openTexts, sealTexts } from '../crypto/text.ts'
import { type OpenRequest, TextKeys } from '../crypto/textKeys.ts'
import { Failure, only } from '../failure.ts'
import { saidStrength } from '../keyring/access.ts'
import { changesAccess, unconfirmed, withEvent, withPasswordStrength } from '../keyring/accessNotices.ts'
import { newestPersonal, type OpeningKey, openingKeys, type SealedUnder, sealedUnder } from '../keyring/circles.ts'
import { cueOf } from '../keyring/cue.ts'
import { wipe } from '../keyring/masterKey.ts'
import { isPasswordSlot, type VaultHeader } from '../keyring/record.ts'
import { endsWithKey } from '../keyring/recoveryNotes.ts'
import {
  createVault,
  passwordSlotCost,
  recoveryFits,
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withNewPassword,
  withNewRecovery,
  withSettings,
} from '../keyring/vault.ts'
import type * as shapes from '../messages/shapes.ts'
import type { VaultRow } from '../storage/database.ts'
import { readPreferences } from '../storage/preferences.ts'
import type { Rows } from '../storage/rows.ts'
import { noteVaultHere, wasVaultHere } from '../storage/vaultMarker.ts'
import { noteUnlocked, readVault } from '../storage/vaults.ts'
import { clipped, type Deadline, freshDeadline, holds, lockingOf } from './deadline.ts'
import { atBestCost, checkNewPassword, outdated } from './policy.ts'
import { backupState } from './reminders.ts'
import { dropSession, keepSession, keepState, readState, type SessionState } from './session.ts'
import { noteCue, type Open, opened, reopened, rowOf, shownCue, strengthened, write } from './stored.ts'
import { Turns } from './turns.ts'
import { isUnreadable } from './unreadable.ts'

const millisecondsPerMinute = 60_000
const proofMs = 5 * millisecondsPerMinute

type Slot = VaultHeader['slots'][number]

export type { Open } from './stored.ts'

/** Gives another vault, to be stored, or the same. */
export type Change = (vault: Vault) => Vault | Promise<Vault>
type StateOf = (vault: Vault) => SessionState

/** What a sealed text said, and whose key it was sealed under. */
export interface Opened extends Omit<OpenedBytes, 'keyIndex'> {
  readonly under: SealedUnder
}

/** What opens texts, and whose the keys are, in the order in which they were given to it. */
interface Opener {
  readonly textKeys: TextKeys
  readonly keys: readonly Omit<OpeningKey, 'key'>[]
}

export interface Restored {
  readonly vault: Vault
  /** Documents that come with it. */
  readonly rows: Rows
}

export class Custodian {
  #vault: Vault | null = null
  /** By the keys of #vault, once it was asked for. */
  #opener: Opener | null = null
  /** Those of #vault. */
  #until: Deadline = null
  #provedUntil: number | null = null
  #told: ReadonlySet<string> = new Set()
  /** Every copy of a master key that was held since the last lock, to be overwritten at the next. */
  #keys = new Set<MasterKey>()
  /** The vault of a lock that has begun, for last words alone (forLastWords). */
  #closing: Vault | null = null
  /** The deadline was found to have passed: nothing is open any more, and the lock that this brings is on its way. */
  #over = false
  /** The state after a change: the deadline is not put off by it. */
  readonly #kept: StateOf = (vault) => ({
    until: clipped(this.#until, vault),
    provedUntil: this.#provedUntil,
    told: [...this.#told],
  })
  readonly #lockAll: () => Promise<void>
  /** Counts locks, so that what was asked for before one cannot take effect after it. */
  #epoch = 0
  /**
   * Whether the session may be resumed from storage. Not after a lock, until the next unlocking: what still lies there then
   * is what could not be deleted.
   */
  #mayResume = true
  readonly #changes = new Turns()
  readonly #session = new Turns()
  /** Called when another vault was stored than lay there before, with the documents that came with it. */
  whenStored: (rows: Rows) => void = () => undefined

  /** `lockAll` is called when a deadline is found to have passed: it ends what is shown and written, and then calls `lock`. */
  constructor(lockAll: () => Promise<void> = () => this.lock()) {
    this.#lockAll = lockAll
  }

  /** What every window of ours may know. */
  async state(): Promise<shapes.State> {
    const [found, preferences] = await Promise.all([readVault(), readPreferences()])
    if (found === null) {
      return {
        vault: 'none',
        removed: await wasVaultHere(),
        cue: null,
        unreadable: false,
        renewRecovery: false,
        locking: null,
        backup: null,
        weakPassword: false,
      }
    }
    void noteVaultHere()
    const vault = await this.peek()
    return {
      vault: vault === null ? 'locked' : 'unlocked',
      removed: false,
      cue: vault !== null ? cueOf(vault) : shownCue.in(preferences),
      unreadable: vault === null && (await isUnreadable(found.row)),
      renewRecovery: vault?.body.settings?.renewRecovery === true,
      locking: vault === null ? null : lockingOf(this.#until, vault),
      backup: vault && backupState(vault, preferences, new Date()),
      weakPassword: vault !== null && saidStrength(vault.header.slots, vault.body) === false,
    }
  }

  /** Whether there is a vault, and whether it is unlocked: all that a lock needs to tell, and no more is read for it. */
  async lockState(): Promise<shapes.State['vault']> {
    if ((await this.peek()) !== null) return 'unlocked'
    return (await readVault()) === null ? 'none' : 'locked'
  }

  /** The unlocked vault, or null. For the rooms of custody alone: what it holds goes no further. */
  async peek(): Promise<Vault | null> {
    if (this.#vault === null && this.#mayResume) await this.#takeUp()
    return this.#inTime()
  }

  /** The unlocked vault; Failure 'locked' or 'no-vault' when there is none. */
  async vault(): Promise<Vault> {
    const vault = await this.peek()
    if (vault !== null) return vault
    throw new Failure((await readVault()) === null ? 'no-vault' : 'locked')
  }

  /** The unlocked vault; null where there is none, or one that could not be read. Failure 'locked'. */
  async readable(): Promise<Vault | null> {
    const found = await readVault()
    return found === null || (await isUnreadable(found.row)) ? null : this.vault()
  }

  /** The vault for text that a window of ours saves at the last moment: while a lock waits for that, and past the deadline. */
  async forLastWords(): Promise<Vault> {
    return (await this.peek()) ?? this.#closing ?? (this.#over ? this.#vault : null) ?? this.vault()
  }

  /** The person has done something: the deadline moves on. One that has passed does not. */
  async stay(): Promise<void> {
    await this.peek()
    await this.#session.take(async () => {
      const vault = this.#inTime()
      if (vault === null) return
      this.#until = freshDeadline(vault)
      await keepState({ until: this.#until })
    })
  }

  /** A fresh recovery key. It is nobody's until it comes back with `create` or `replaceRecovery`. */
  proposeRecovery(): string {
    return formatRecovery(newRecoverySecret())
  }

  /** Makes the vault of this device and unlocks it. Failure 'vault-exists' | 'weak-password' | 'mistyped' | 'full'. */
  create(password: string, recoveryKey: string, strong: boolean | null = null): Promise<shapes.Cue> {
    return this.#inTurn(async (epoch) => {
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
    return this.#inTurn(async (epoch) => {
      if ((await readVault()) !== null) throw new Failure('vault-exists')
      await this.#begin(await make(), epoch)
    })
  }

  /** Failure 'wrong-secret' | 'damaged' | 'newer-version' | 'weakened' | 'rollback' | 'memory' | 'no-vault'. */
  unlock(password: string): Promise<void> {
    const better = async (vault: Vault) =>
      outdated(passwordSlotCost(vault.header)) ? strengthened(vault, password) : vault
    return this.unlockBy(byPassword(password), isPasswordSlot, better)
  }

  /** Forgets the master key here and in the session. Failure 'unavailable' as the function that `beginLock` returns. */
  lock(): Promise<void> {
    return this.beginLock()()
  }

  /**
   * Begins a lock, at once: when this returns nothing opens any more, whatever fails from here on, and the session is being
   * deleted. The function returned ends the time for last words and overwrites the master key. It throws Failure
   * 'unavailable' when the session could not be deleted, so that the next background could resume it.
   */
  beginLock(): () => Promise<void> {
    this.#epoch++
    const [keys, opener, closing] = [this.#keys, this.#opener, this.#vault ?? this.#closing]
    this.#closing = closing
    this.#keys = new Set()
    this.#hold(null)
    this.#over = false
    this.#mayResume = false
    this.#provedUntil = null
    this.#told = new Set()
    const dropping = this.#session.take(dropSession)
    dropping.catch(() => undefined)
    return async () => {
      if (this.#closing === closing) this.#closing = null
      for (const key of keys) wipe(key)
      opener?.textKeys.wipe()
      await dropping
    }
  }

  /** Sets a new password; all else stays. Failure as `unlock`, and 'weak-password' | 'conflict' | 'full'. */
  async changePassword(current: string, next: string, strong: boolean | null = null): Promise<void> {
    await this.changeBy(byPassword(current), withPassword(next, strong))
  }

  /** Sets a new password by the recovery key, which stays good until `replaceRecovery`. Failure as `changePassword`. */
  async recover(recoveryKey: string, password: string, strong: boolean | null = null): Promise<void> {
    const setPassword = withPassword(password, strong)
    const recovery = parseRecovery(recoveryKey)
    await this.changeBy(
      async (row) => unlockWithRecovery(row, recovery),
      async (vault) => withSettings(await setPassword(vault), { renewRecovery: true }, new Date()),
    )
  }

  /** Puts this recovery key in the place of the one before. Asked twice, it does nothing the second time. */
  async replaceRecovery(recoveryKey: string): Promise<void> {
    const recovery = parseRecovery(recoveryKey)
    await this.change((vault) => {
      if (recoveryFits(vault.record, recovery)) return vault
      // What is noted of the one before does not hold for this one.
      return withSettings(withNewRecovery(vault, recovery, new Date()), endsWithKey, new Date())
    })
  }

  /** Seals a text for the circle "Personal", dated now, for the site with this origin or for none. */
  async seal(text: string, origin: string | null): Promise<string> {
    return only(await this.sealMany([text], origin))
  }

  /** `seal` for many: in their order, for each the sealed text, or its failure. */
  async sealMany(texts: readonly string[], origin: string | null): Promise<(string | Failure)[]> {
    const vault = await this.vault()
    const minutes = Math.floor(Date.now() / millisecondsPerMinute)
    return sealTexts(
      newestPersonal(vault.body),
      texts.map((text) => ({ text, minutes, origin })),
    )
  }

  /** Opens a sealed text, in a page with this origin or outside one. Failure 'locked' | 'not-for-us' | 'damaged' | 'newer-version'. */
  async open(sealed: string, origin: string | null = null): Promise<Opened> {
    return only(await this.openMany([{ sealed, origin }]))
  }

  /** `open` for many: in their order, for each what was sealed, or its failure. Failure 'locked' for all of them. */
  async openMany(requests: readonly OpenRequest[]): Promise<(Opened | Failure)[]> {
    const vault = await this.vault()
    const opener = this.#opener ?? openerOf(vault)
    // A lock that has come in between has let go of everything, and so shall we.
    if (vault === this.#vault) this.#opener = opener
    const opened = await openTexts(opener.textKeys, requests)
    return opened.map((each) => (each instanceof Failure ? each : withOwner(each, opener.keys)))
  }

  /** Unlocks by what `open` makes of the stored record, by way of such a slot; `better` may then store a better one in its place. */
  unlockBy(open: Open, way: (slot: Slot) => boolean, better: Change = (vault) => vault): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await opened(open)
      await noteUnlocked(rowOf(vault), passwordSlotCost(vault.header)).catch(passFull)
      await this.#admit(await better(vault), epoch, unlockedBy(way))
    })
  }

  /**
   * Opens the stored record, changes it, stores it and goes on with it unlocked, or does nothing of this. What comes back
   * from `change` as it was is not stored. The secret that opens it is a proof, and holds as one.
   */
  changeBy(open: Open, change: Change): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await opened(open)
      const told = (await this.#toldInSession(vault.vaultId)) ?? unlockedBy(isPasswordSlot)(vault).told
      const stateOf: StateOf = (next) => ({ until: freshDeadline(next), provedUntil: Date.now() + proofMs, told })
      const changed = await change(vault)
      await (changed === vault ? this.#admit(vault, epoch, stateOf) : this.#replace(vault, changed, epoch, stateOf))
    })
  }

  /**
   * Takes what `open` makes of the stored record as a proof that the person is there, for a few minutes and no longer than the
   * vault is unlocked. One after the other, so that each try costs its time. Failure 'locked', and as `unlock`.
   */
  prove(open: Open): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await this.vault()
      const proved = await opened(open)
      const fits = proved.vaultId === vault.vaultId && equalBytes(proved.masterKey, vault.masterKey)
      wipe(proved.masterKey)
      await this.#session.take(async () => {
        if (epoch !== this.#epoch) throw new Failure('locked')
        if (!fits) throw new Failure('wrong-secret')
        this.#provedUntil = Date.now() + proofMs
        await keepState({ provedUntil: this.#provedUntil }).catch(passFull)
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

  /** The ids of what there was to be told when the vault was unlocked. */
  toldAtUnlock(): ReadonlySet<string> {
    return this.#told
  }

  /**
   * Changes the unlocked vault, and does not put its deadline off. What comes back as it was is not stored.
   * Failure 'locked' | 'conflict' | 'full'; 'proof-needed' for a change of what opens it, without a proof that holds.
   */
  change(change: Change): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await this.vault()
      const changed = await change(vault)
      if (changed === vault) return
      if (changesAccess(vault, changed)) await this.checkProof()
      await this.#replace(vault, changed, epoch, this.#kept)
    })
  }

  /** `change` for what another device has made of this vault: what lets somebody in was proved there. */
  takeIn(change: Change): Promise<void> {
    return this.#inTurn(async (epoch) => {
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
  restore(make: (mine: Vault | null) => Promise<Restored>): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const mine = await this.readable()
      const over = mine === null ? ((await readVault())?.row ?? null) : null
      const { vault, rows } = await make(mine)
      if (mine === null) {
        await this.#begin(vault, epoch, rows, over)
        return
      }
      if (changesAccess(mine, vault)) await this.checkProof()
      await this.#replace(mine, vault, epoch, this.#kept, rows)
    })
  }

  /** Stores and unlocks a vault that is new to this device, which the others are told of. */
  #begin(vault: Vault, epoch: number, rows: Rows = {}, over: VaultRow | null = null): Promise<void> {
    const stateOf = unlockedBy(isPasswordSlot)
    const { told } = stateOf(vault)
    return this.#replace(
      null,
      withEvent(vault, 'joined', new Date()),
      epoch,
      (next) => ({ ...stateOf(next), told }),
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
    await write(changed, before?.header.revision ?? over, rows)
    this.whenStored(rows)
    try {
      await this.#admit(changed, epoch, stateOf)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      // Locked meanwhile, or not to be kept open: then what the session holds is what counts.
      this.#hold(null)
    }
  }

  /** Goes on with this vault, unless it was locked since `epoch`: a lock is never undone by what began before it. */
  async #admit(vault: Vault, epoch: number, stateOf: StateOf): Promise<void> {
    await noteCue(vault)
    await this.#session.take(async () => {
      if (epoch !== this.#epoch) throw new Failure('locked')
      const state = stateOf(vault)
      // Without space for that it is open for as long as this background lives.
      await keepSession(vault.vaultId, vault.masterKey, state).catch(passFull)
      // A lock that came while it was being kept drops it, in its turn.
      if (epoch !== this.#epoch) throw new Failure('locked')
      this.#hold(vault)
      this.#until = state.until
      this.#provedUntil = state.provedUntil
      this.#told = new Set(state.told)
      this.#over = false
      this.#mayResume = true
    })
  }

  /** Of what there was to be told when this session began; null where none is under way. */
  async #toldInSession(vaultId: string): Promise<readonly string[] | null> {
    if (this.#vault !== null) return [...this.#told]
    return this.#mayResume ? ((await readState(vaultId))?.told ?? null) : null
  }

  /** Goes on with this vault, and without all that was made of the one before. */
  #hold(vault: Vault | null): void {
    this.#vault = vault
    this.#opener = null
    if (vault !== null) this.#keys.add(vault.masterKey)
  }

  /** Takes up what the session holds, unless there was a lock or something newer in the meantime. */
  async #takeUp(): Promise<void> {
    const epoch = this.#epoch
    const restored = await reopened()
    if (restored === null) return
    if (epoch !== this.#epoch || this.#vault !== null) {
      wipe(restored.vault.masterKey)
      return
    }
    this.#hold(restored.vault)
    const { until, provedUntil, told } = restored.state
    this.#until = until
    this.#provedUntil = provedUntil
    this.#told = new Set(told)
  }

  /** What is unlocked and still may be. Finding that it may not any more locks everything. */
  #inTime(): Vault | null {
    if (this.#vault === null) return null
    if (!this.#over && holds(this.#until, this.#vault)) return this.#vault
    this.#over = true
    // Where that fails nothing opens all the same, and it is tried again at the next use.
    this.#lockAll().catch(() => undefined)
    return null
  }

  /** Changes of the vault happen one after the other, each as of the moment it was asked for. */
  #inTurn<T>(change: (epoch: number) => Promise<T>): Promise<T> {
    const epoch = this.#epoch
    return this.#changes.take(() => change(epoch))
  }
}

/** A full disk is no reason to keep the vault closed. */
function passFull(thrown: unknown): void {
  if (!(thrown instanceof Failure) || thrown.code !== 'full') throw thrown
}

export function byPassword(password: string): Open {
  return (row, seen) => unlockWithPassword(row, password, seen?.cost)
}

/** Failure 'weak-password', at once. */
export function withPassword(password: string, strong: boolean | null = null): (vault: Vault) => Promise<Vault> {
  checkNewPassword(password)
  return async (vault) => {
    const changed = await atBestCost((cost) => withNewPassword(vault, password, cost, new Date()), vault.header)
    return strong === null ? changed : withPasswordStrength(changed, strong, new Date())
  }
}

/** The state of a vault that was just unlocked, by a way of which nobody needs to be told: they have it. */
function unlockedBy(way: (slot: Slot) => boolean): StateOf {
  return (vault) => {
    const used = new Set(vault.header.slots.filter(way).map(({ id }) => id))
    const told = unconfirmed(vault).filter(({ id }) => !used.has(id))
    return { until: freshDeadline(vault), provedUntil: null, told: told.map(({ id }) => id) }
  }
}

function openerOf({ body }: Vault): Opener {
  const all = openingKeys(body)
  return { textKeys: new TextKeys(all.map(({ key }) => key)), keys: all.map(({ key: _, ...whose }) => whose) }
}

function withOwner({ keyIndex, ...opened }: OpenedBytes, keys: Opener['keys']): Opened {
  const whose = keys[keyIndex]
  if (whose === undefined) throw new RangeError(`expected a key below ${keys.length}, got ${keyIndex}`)
  return { ...opened, under: sealedUnder(whose, opened.minutes * millisecondsPerMinute) }
}
