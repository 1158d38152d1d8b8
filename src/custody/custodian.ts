// The one place where the vault is unlocked. Verbs go in; texts and sealed texts come out, keys never do.
// Whether it is unlocked is read at every use, from memory or from the session (session.ts), and never kept beside it.

import * as v from 'valibot'
import { formatRecovery, newRecoverySecret, parseRecovery } from '../crypto/recovery.ts'
import { type Opened, openText, sealText } from '../crypto/text.ts'
import { Failure } from '../failure.ts'
import { allKeys, newestPersonal } from '../keyring/circles.ts'
import { cueOf } from '../keyring/cue.ts'
import { parseRecord } from '../keyring/record.ts'
import {
  createVault,
  passwordSlotCost,
  recoveryFits,
  reopenVault,
  unlockWithPassword,
  unlockWithRecovery,
  type Vault,
  withNewPassword,
  withNewRecovery,
  withPasswordAtCost,
  withSettings,
} from '../keyring/vault.ts'
import * as shapes from '../messages/shapes.ts'
import type { SeenRow, VaultRow } from '../storage/database.ts'
import type { DraftRow } from '../storage/drafts.ts'
import { changePreferences, readPreferences } from '../storage/preferences.ts'
import { noteUnlocked, readVault, writeVault } from '../storage/vaults.ts'
import { atBestCost, checkNewPassword, checkRevision, outdated } from './policy.ts'
import { backupState } from './reminders.ts'
import { dropSession, keepSession, restoreSession } from './session.ts'
import { Turns } from './turns.ts'

const millisecondsPerMinute = 60_000

/** Opens a stored record by some secret. */
export type Open = (row: VaultRow, seen: SeenRow | null) => Promise<Vault>
/** Gives another vault, to be stored, or the same. */
export type Change = (vault: Vault) => Vault | Promise<Vault>

export interface Restored {
  readonly vault: Vault
  readonly drafts: readonly DraftRow[]
}

export class Custodian {
  #vault: Vault | null = null
  /** Counts locks, so that what was asked for before one cannot take effect after it. */
  #epoch = 0
  /** How many locks are under way: until they are done, nothing is taken up from the session. */
  #locking = 0
  readonly #changes = new Turns()
  readonly #session = new Turns()
  /** Called when another vault was stored than lay there before. */
  whenStored: () => void = () => undefined

  /** What every window of ours may know. */
  async state(): Promise<shapes.State> {
    const [found, preferences] = await Promise.all([readVault(), readPreferences()])
    if (found === null) return { vault: 'none', cue: null, renewRecovery: false, backup: null }
    const cue = v.safeParse(shapes.cue, preferences.cue)
    const vault = await this.peek()
    return {
      vault: vault === null ? 'locked' : 'unlocked',
      cue: vault !== null ? cueOf(vault) : cue.success ? cue.output : null,
      renewRecovery: vault?.body.settings?.renewRecovery === true,
      backup: vault && (await backupState(vault, new Date())),
    }
  }

  /** The unlocked vault, or null. For the rooms of custody alone: what it holds goes no further. */
  async peek(): Promise<Vault | null> {
    if (this.#vault !== null || this.#locking > 0) return this.#vault
    const epoch = this.#epoch
    const restored = await reopened()
    // What was unlocked or changed in the meantime is newer than what was read.
    if (epoch === this.#epoch) this.#vault ??= restored
    return this.#vault
  }

  /** The unlocked vault; Failure 'locked' or 'no-vault' when there is none. */
  async vault(): Promise<Vault> {
    const vault = await this.peek()
    if (vault !== null) return vault
    throw new Failure((await readVault()) === null ? 'no-vault' : 'locked')
  }

  /** A fresh recovery key. It is nobody's until it comes back with `create` or `replaceRecovery`. */
  proposeRecovery(): string {
    return formatRecovery(newRecoverySecret())
  }

  /** Makes the vault of this device and unlocks it. Failure 'vault-exists' | 'weak-password' | 'mistyped' | 'full'. */
  create(password: string, recoveryKey: string): Promise<shapes.Cue> {
    return this.#inTurn(async (epoch) => {
      checkNewPassword(password)
      const recovery = parseRecovery(recoveryKey)
      if ((await readVault()) !== null) throw new Failure('vault-exists')
      const vault = await atBestCost((cost) => createVault({ password, recovery, cost }, new Date()))
      await this.#replace(null, vault, epoch)
      return cueOf(vault)
    })
  }

  /** Stores and unlocks a vault that was made elsewhere, where there is none. Failure 'vault-exists' | 'full'. */
  adopt(make: () => Promise<Vault>): Promise<void> {
    return this.#inTurn(async (epoch) => {
      if ((await readVault()) !== null) throw new Failure('vault-exists')
      await this.#replace(null, await make(), epoch)
    })
  }

  /** Failure 'wrong-secret' | 'damaged' | 'newer-version' | 'weakened' | 'rollback' | 'memory' | 'no-vault'. */
  unlock(password: string): Promise<void> {
    return this.unlockBy(byPassword(password), async (vault) =>
      outdated(passwordSlotCost(vault.header)) ? strengthened(vault, password) : vault,
    )
  }

  /** Forgets the master key here and in the session. */
  async lock(): Promise<void> {
    this.#epoch++
    this.#vault = null
    this.#locking++
    try {
      await this.#session.take(dropSession)
    } finally {
      this.#locking--
    }
  }

  /** Sets a new password; all else stays. Failure as `unlock`, and 'weak-password' | 'conflict' | 'full'. */
  async changePassword(current: string, next: string): Promise<void> {
    await this.changeBy(byPassword(current), withPassword(next))
  }

  /** Sets a new password by the recovery key, which stays good until `replaceRecovery`. Failure as `changePassword`. */
  async recover(recoveryKey: string, password: string): Promise<void> {
    const setPassword = withPassword(password)
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
      return withSettings(withNewRecovery(vault, recovery, new Date()), { renewRecovery: undefined }, new Date())
    })
  }

  /** Seals a text for the circle "Personal", dated now, for the site with this origin or for none. */
  async seal(text: string, origin: string | null): Promise<string> {
    const vault = await this.vault()
    const minutes = Math.floor(Date.now() / millisecondsPerMinute)
    return sealText(newestPersonal(vault.body), { text, minutes, origin })
  }

  /** Opens a sealed text. Failure 'locked' | 'not-for-us' | 'damaged' | 'newer-version'. */
  async open(sealed: string): Promise<Opened> {
    const vault = await this.vault()
    return openText(allKeys(vault.body), sealed)
  }

  /** Unlocks by what `open` makes of the stored record; `better` may then store a better one in its place. */
  unlockBy(open: Open, better: Change = (vault) => vault): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await opened(open)
      await noteUnlocked(rowOf(vault), passwordSlotCost(vault.header))
      await this.#admit(await better(vault), epoch)
    })
  }

  /** Opens the stored record, changes it, stores it and goes on with it unlocked, or does nothing of this. What comes back
   * from `change` as it was is not stored. */
  changeBy(open: Open, change: Change): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await opened(open)
      const changed = await change(vault)
      await (changed === vault ? this.#admit(vault, epoch) : this.#replace(vault, changed, epoch))
    })
  }

  /** Changes the unlocked vault. What comes back as it was is not stored. Failure 'locked' | 'conflict' | 'full'. */
  change(change: Change): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const vault = await this.vault()
      const changed = await change(vault)
      if (changed !== vault) await this.#replace(vault, changed, epoch)
    })
  }

  /**
   * Puts a vault with documents of its own in the place of the unlocked one, or, where there is none, there.
   * Failure 'locked' | 'conflict' | 'full'.
   */
  restore(make: (mine: Vault | null) => Promise<Restored>): Promise<void> {
    return this.#inTurn(async (epoch) => {
      const mine = (await readVault()) === null ? null : await this.vault()
      const { vault, drafts } = await make(mine)
      await this.#replace(mine, vault, epoch, drafts)
    })
  }

  /** Stores a changed vault and goes on with it. Once it is stored the change has happened, whatever comes after. */
  async #replace(before: Vault | null, changed: Vault, epoch: number, drafts: readonly DraftRow[] = []): Promise<void> {
    if (epoch !== this.#epoch) throw new Failure('locked')
    await write(changed, before?.header.revision ?? null, drafts)
    this.whenStored()
    try {
      await this.#admit(changed, epoch)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      // Locked meanwhile, or not to be kept open: then what the session holds is what counts.
      this.#vault = null
    }
  }

  /** Goes on with this vault, unless it was locked since `epoch`: a lock is never undone by what began before it. */
  async #admit(vault: Vault, epoch: number): Promise<void> {
    await noteCue(vault)
    await this.#session.take(async () => {
      if (epoch !== this.#epoch) throw new Failure('locked')
      await keepSession(vault.vaultId, vault.masterKey)
    })
    // A lock that came while it was being kept drops it, in its turn.
    if (epoch !== this.#epoch) throw new Failure('locked')
    this.#vault = vault
  }

  /** Changes of the vault happen one after the other, each as of the moment it was asked for. */
  #inTurn<T>(change: (epoch: number) => Promise<T>): Promise<T> {
    const epoch = this.#epoch
    return this.#changes.take(() => change(epoch))
  }
}

export function byPassword(password: string): Open {
  return (row, seen) => unlockWithPassword(row, password, seen?.cost)
}

function withPassword(password: string): (vault: Vault) => Promise<Vault> {
  checkNewPassword(password)
  return (vault) => atBestCost((cost) => withNewPassword(vault, password, cost, new Date()))
}

/** Opens the stored record, unless this device knows better than to believe it. */
async function opened(open: Open): Promise<Vault> {
  const found = await readVault()
  if (found === null) throw new Failure('no-vault')
  checkRow(found.row, found.seen)
  return open(found.row, found.seen)
}

/** The vault as this browser session left it unlocked, or null. */
async function reopened(): Promise<Vault | null> {
  const found = await readVault()
  const masterKey = found && (await restoreSession(found.row.vaultId))
  if (!found || !masterKey) return null
  try {
    checkRow(found.row, found.seen)
    return reopenVault(found.row, masterKey)
  } catch (thrown) {
    // The record was changed behind our back. That is for the next unlock to tell; until then it is locked.
    if (thrown instanceof Failure) return null
    throw thrown
  }
}

/** Failure 'damaged' when a row is not what its record says, 'rollback' when it is older than one seen before. */
function checkRow(row: VaultRow, seen: SeenRow | null): void {
  const { header } = parseRecord(row)
  if (header.vaultId !== row.vaultId || header.revision !== row.revision) throw new Failure('damaged')
  checkRevision(header.revision, seen)
}

/** The cue is shown while locked too. That is a courtesy: a full disk is no reason to keep the vault closed. */
async function noteCue(vault: Vault): Promise<void> {
  try {
    await changePreferences(() => ({ cue: cueOf(vault) }))
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
  }
}

/** The vault with a password slot of today's cost, made by whoever just proved the password. Failing harms nothing. */
async function strengthened(vault: Vault, password: string): Promise<Vault> {
  try {
    const changed = await atBestCost((cost) => withPasswordAtCost(vault, password, cost, new Date()))
    await write(changed, vault.header.revision)
    return changed
  } catch (thrown) {
    if (thrown instanceof Failure) return vault
    throw thrown
  }
}

async function write(vault: Vault, replaces: number | null, drafts: readonly DraftRow[] = []): Promise<void> {
  await writeVault(rowOf(vault), replaces, passwordSlotCost(vault.header), drafts)
}

function rowOf(vault: Vault): VaultRow {
  const { header, body } = vault.record
  return { vaultId: vault.vaultId, revision: vault.header.revision, header, body }
}
