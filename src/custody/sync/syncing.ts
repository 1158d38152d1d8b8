// Keeps this device's vault and the one in the browser's sync alike, once a person has chosen so. What lies there may be
// anybody's making: it is believed only as far as it authenticates, and never takes the place of the vault that is here.

import * as v from 'valibot'
import type { PasswordCost } from '../../crypto/kdf.ts'
import { Failure } from '../../failure.ts'
import { addsNothing, mergeVaults } from '../../keyring/merge.ts'
import { isAhead } from '../../keyring/plausible.ts'
import { parseRecord, type VaultHeader } from '../../keyring/record.ts'
import { type Vault, withBody } from '../../keyring/vault.ts'
import { type Refusal, type Status, type SyncStatus, syncStatusKey } from '../../messages/vault/sync.ts'
import { Queue } from '../../queue.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'
import { readVault } from '../../storage/vaults.ts'
import type { BrowserSync, SendOutcome, Strays } from '../../sync/browserSync.ts'
import type { SyncContents } from '../../sync/chunks.ts'
import { cancelRetry, retryLater } from '../../sync/retry.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { openByOurKeys, openBySecret } from '../vault/otherRecord.ts'
import type { SyncState, SyncStateStore } from './syncState.ts'

/** Why it is looked at now. On what arrives, an attacker has a say: it is never answered by writing over it at once. */
export type SyncReason = 'arrival' | 'change' | 'retry' | 'asked'

/** The browser's sync, as far as it is used here. */
export type SyncLocation = Pick<BrowserSync, 'read' | 'write' | 'sweep' | 'clear'>

const statusChanged = new SessionEntry(syncStatusKey, v.number())

/** What syncing needs of the device it runs on. */
export interface SyncDevice {
  /** The vault that is stored here: its revision, and what a guess at its password was last seen to cost. */
  here(): Promise<{ readonly revision: number; readonly cost: PasswordCost | null } | null>
  /** What would be answered about other devices has changed. */
  changed(): Promise<void>
  retryLater(attempts: number): Promise<void>
  noRetry(): Promise<void>
}

/** This browser. */
export const thisDevice: SyncDevice = {
  here: async () => {
    const found = await readVault()
    return found && { revision: found.row.revision, cost: found.seen?.cost ?? null }
  },
  changed: () => statusChanged.write(Date.now()),
  retryLater,
  noRetry: cancelRetry,
}

interface Outcome {
  readonly status: Status | null
  readonly seen?: SyncState['seen']
  readonly refused?: Refusal
  /** Whether to try again by itself, and to send what is here then. */
  readonly again?: boolean
  readonly strays?: Strays
}

export class Syncing {
  readonly #custodian: Pick<Custodian, 'unlockedVault' | 'takeIn'>
  readonly #place: SyncLocation
  readonly #notebook: SyncStateStore
  readonly #device: SyncDevice
  readonly #turns = new Queue()
  /** Called when something of another device's was taken into the unlocked vault. */
  onTaken: () => Promise<void> = async () => undefined

  constructor(
    custodian: Pick<Custodian, 'unlockedVault' | 'takeIn'>,
    place: SyncLocation,
    notebook: SyncStateStore,
    device: SyncDevice,
  ) {
    this.#custodian = custodian
    this.#place = place
    this.#notebook = notebook
    this.#device = device
  }

  async devices(): Promise<SyncStatus> {
    const { on, status, refused } = await this.#notebook.read()
    return { on, status: on ? status : null, refused: on ? refused : null }
  }

  async switch(on: boolean): Promise<void> {
    await this.#notebook.change((notes) =>
      on ? { ...notes, on } : { ...notes, on, status: null, refused: null, attempts: 0 },
    )
    if (on) await this.step('asked')
    else await this.#device.noRetry()
    await this.#device.changed()
  }

  /** Begins a `step` and does not wait for it. What goes wrong with it is told in the options. */
  start(why: SyncReason, password: string | null = null): void {
    this.step(why, password).catch(ignoreFailures)
  }

  /** Makes both alike, as far as that can be done now. A password is tried on what the master key does not open. */
  step(why: SyncReason, password: string | null = null): Promise<void> {
    return this.#turns.run(() => this.#step(why, (vault, notes) => this.#compare(vault, notes, why, password)))
  }

  /** Puts this device's vault in the place of whatever lies there. */
  replace(): Promise<void> {
    return this.#turns.run(() => this.#step('asked', (vault, notes) => this.#send(vault, notes)))
  }

  /** Failure 'wrong-secret' when this password does not open what lies there either. */
  async takeIn(password: string): Promise<void> {
    await this.step('asked', password)
    if ((await this.#notebook.read()).status?.kind === 'pending') throw new Failure('wrong-secret')
  }

  clear(): Promise<void> {
    return this.#turns.run(() => this.#place.clear())
  }

  /** Goes on where a background that was ended in between left off. */
  async resume(): Promise<void> {
    const [{ on, seen }, here] = await Promise.all([this.#notebook.read(), this.#device.here()])
    if (on && here !== null && here.revision !== seen?.revision) await this.step('arrival')
  }

  async #step(why: SyncReason, work: (vault: Vault, notes: SyncState) => Promise<Outcome>): Promise<void> {
    const notes = await this.#notebook.read()
    if (!notes.on) return
    let outcome: Outcome
    try {
      const vault = await this.#custodian.unlockedVault()
      outcome = vault === null ? await this.#whileLocked(notes) : await work(vault, notes)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) console.error('Fieldseal: unexpected', thrown)
      const locked = thrown instanceof Failure && thrown.code === 'locked'
      outcome = { status: { kind: 'waiting', why: locked ? 'locked' : 'browser' }, again: !locked }
    }
    await this.#note(outcome, why)
  }

  async #note({ status, seen, refused, again = false, strays }: Outcome, why: SyncReason): Promise<void> {
    const attempts = !again
      ? 0
      : why === 'retry'
        ? (await this.#notebook.read()).attempts + 1
        : (await this.#notebook.read()).attempts
    await this.#notebook.change((notes) => ({
      ...notes,
      status,
      attempts,
      ...(seen !== undefined && { seen }),
      ...(strays !== undefined && { strays }),
      ...(refused !== undefined && { refused: { why: refused, at: Date.now() } }),
    }))
    if (again) await this.#device.retryLater(attempts)
    else await this.#device.noRetry()
    await this.#device.changed()
  }

  /** Bytes wait where they are. */
  async #whileLocked(notes: SyncState): Promise<Outcome> {
    const lying = await this.#place.read()
    const isNew = lying.kind === 'record' && lying.manifest.write !== notes.seen?.write
    return { status: isNew ? { kind: 'waiting', why: 'locked' } : notes.status }
  }

  async #compare(vault: Vault, notes: SyncState, why: SyncReason, password: string | null): Promise<Outcome> {
    await this.#bringToPresent(vault)
    const lying = await this.#place.read()
    if (lying.kind !== 'record') return this.#withoutRecord(lying.kind, vault, notes, why)
    const theirs = await opened(lying, vault, password, this.#device)
    if (theirs === 'pending') return { status: { kind: 'pending' } }
    if (theirs === 'damaged' || theirs === 'old-key') return this.#replaceUnsound(theirs, vault, notes, why)
    if (typeof theirs === 'string') return refusedFor(theirs)
    return this.#merge(theirs, { write: lying.manifest.write, revision: theirs.header.revision }, notes, why)
  }

  async #withoutRecord(
    kind: Exclude<SyncContents['kind'], 'record'>,
    vault: Vault,
    notes: SyncState,
    why: SyncReason,
  ): Promise<Outcome> {
    if (kind === 'newer-version') return refusedFor('newer-version')
    if (kind === 'altered') return this.#replaceUnsound('damaged', vault, notes, why)
    // What another device is writing arrives within a minute or two, or it was cut off.
    const waits = kind === 'incomplete' && why !== 'retry' && why !== 'asked'
    return waits ? { status: { kind: 'waiting', why: 'arriving' }, again: true } : this.#send(vault, notes)
  }

  async #merge(
    theirs: Vault,
    lies: NonNullable<SyncState['seen']>,
    notes: SyncState,
    why: SyncReason,
  ): Promise<Outcome> {
    let unmerged: Refusal | null = null
    let taken = false
    await this.#custodian.takeIn((mine) => {
      try {
        const merged = mergeVaults(mine, theirs, new Date())
        taken = merged !== mine
        return merged
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        unmerged = refusalOf(thrown)
        return mine
      }
    })
    if (unmerged === 'clock' && lies.write === notes.seen?.write) return this.#sendPresent(notes)
    // A clock that is put right, here or there, ends it; nothing is written over meanwhile.
    if (unmerged !== null) return { ...refusedFor(unmerged), again: unmerged === 'clock' }
    if (taken) await this.onTaken()
    const mine = await this.#custodian.unlockedVault()
    if (mine === null) throw new Failure('locked')
    if (addsNothing(theirs, mine)) return { status: { kind: 'in-step', at: Date.now() }, seen: lies }
    const older = !taken && lies.revision < (notes.seen?.revision ?? 0)
    return older ? this.#replaceUnsound('rollback', mine, notes, why) : this.#send(mine, notes)
  }

  /** What lies there is what this device sent or took in by a clock that was wrong: all of it is here, dated anew. */
  async #sendPresent(notes: SyncState): Promise<Outcome> {
    const mine = await this.#custodian.unlockedVault()
    if (mine === null) throw new Failure('locked')
    return this.#send(mine, notes)
  }

  /** What this device dated by a clock that was wrong, other devices refuse. */
  async #bringToPresent(vault: Vault): Promise<void> {
    const now = new Date()
    if (!isAhead(vault, now)) return
    await this.#custodian.takeIn((mine) => (isAhead(mine, now) ? withBody(mine, mine.body, now) : mine))
  }

  /** What is worth nothing gives way, but not at once to what has just arrived: whoever puts it there could go on for ever. */
  async #replaceUnsound(refused: Refusal, vault: Vault, notes: SyncState, why: SyncReason): Promise<Outcome> {
    if (why === 'arrival') return { ...refusedFor(refused), again: true }
    return { ...(await this.#send(vault, notes)), refused }
  }

  async #send({ vaultId, header, record }: Vault, notes: SyncState): Promise<Outcome> {
    const { revision } = header
    const sent: SendOutcome = await this.#place.write(record, { vaultId, revision })
    if (sent.kind !== 'sent')
      return sent.kind === 'too-large'
        ? { status: { kind: 'too-large' } }
        : { status: { kind: 'waiting', why: 'browser' }, again: true }
    const strays = await this.#place.sweep(notes.strays, Date.now()).catch(() => notes.strays)
    return { status: { kind: 'in-step', at: Date.now() }, seen: { write: sent.write, revision }, strays }
  }
}

function refusalOf({ code }: Failure): Refusal {
  if (code === 'clock' || code === 'implausible') return code
  return code === 'conflict' ? 'slots' : 'too-long'
}

function refusedFor(why: Refusal): Outcome {
  return { status: { kind: 'refused', why }, refused: why }
}

/**
 * The vault that a record comes to. `old-key`: it was sealed under a master key that this vault no longer has. Whoever took
 * that key with a device could have made it, so it is not taken in; the device that has not learned of the new key yet
 * keeps what it has, and brings it along once it has. `pending`: no key that is known here opens it.
 */
async function opened(
  { manifest, record }: Extract<SyncContents, { kind: 'record' }>,
  mine: Vault,
  password: string | null,
  { here }: Pick<SyncDevice, 'here'>,
): Promise<Vault | Refusal | 'pending'> {
  try {
    const { header } = parseRecord(record)
    if (header.vaultId !== mine.vaultId) return 'other-vault'
    if (manifest.vaultId !== header.vaultId || manifest.revision !== header.revision) return 'damaged'
    const ours = openByOurKeys(record, mine)
    if (ours !== null) return ours.current ? ours.vault : 'old-key'
    // One of our own slots wraps our own master key: then the body under it was to open with that.
    if (sharesSlot(header, mine.header)) return 'damaged'
    if (password === null) return 'pending'
    return await openBySecret(record, { kind: 'password', password }, (await here())?.cost ?? null)
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    if (thrown.code === 'wrong-secret') return 'pending'
    if (thrown.code === 'newer-version' || thrown.code === 'weakened') return thrown.code
    if (thrown.code === 'damaged') return 'damaged'
    throw thrown
  }
}

function sharesSlot(theirs: VaultHeader, mine: VaultHeader): boolean {
  const known = new Map(mine.slots.map((slot) => [slot.id, slot]))
  return theirs.slots.some((slot) => JSON.stringify(known.get(slot.id)) === JSON.stringify(slot))
}
