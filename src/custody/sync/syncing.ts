// Keeps this device's vault and the one in the browser's sync alike, once the person has turned on sync. Anybody may have made
// what is found there: it is believed only as far as it authenticates, and never replaces the vault that is here.

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

/** Why the two vaults are compared now. An attacker controls what arrives: it is never overwritten at once. */
export type SyncReason = 'arrival' | 'change' | 'retry' | 'requested'

/** The browser's sync, as far as it is used here. */
export type SyncLocation = Pick<BrowserSync, 'read' | 'write' | 'sweep' | 'clear'>

const statusChanged = new SessionEntry(syncStatusKey, v.number())

/** What syncing needs of the device it runs on. */
export interface SyncDevice {
  /** The vault that is stored here: its revision, and what a guess at its password was last seen to cost. */
  here(): Promise<{ readonly revision: number; readonly cost: PasswordCost | null } | null>
  /** The status has changed. */
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
  /** Whether to try again without a request, and to send what is here then. */
  readonly retry?: boolean
  readonly strays?: Strays
}

export class Syncing {
  readonly #custodian: Pick<Custodian, 'unlockedVault' | 'takeIn'>
  readonly #place: SyncLocation
  readonly #store: SyncStateStore
  readonly #device: SyncDevice
  readonly #turns = new Queue()
  /** Called when something of another device's was taken into the unlocked vault. */
  onTaken: () => Promise<void> = async () => undefined

  constructor(
    custodian: Pick<Custodian, 'unlockedVault' | 'takeIn'>,
    place: SyncLocation,
    store: SyncStateStore,
    device: SyncDevice,
  ) {
    this.#custodian = custodian
    this.#place = place
    this.#store = store
    this.#device = device
  }

  async status(): Promise<SyncStatus> {
    const { on, status, refused } = await this.#store.read()
    return { on, status: on ? status : null, refused: on ? refused : null }
  }

  async switch(on: boolean): Promise<void> {
    await this.#store.change((state) =>
      on ? { ...state, on } : { ...state, on, status: null, refused: null, attempts: 0 },
    )
    if (on) await this.step('requested')
    else await this.#device.noRetry()
    await this.#device.changed()
  }

  /** Begins a `step` and does not wait for it. The options show what goes wrong with it. */
  start(why: SyncReason, password: string | null = null): void {
    this.step(why, password).catch(ignoreFailures)
  }

  /** Makes both alike, as far as that can be done now. A password is tried on what the master key does not open. */
  step(why: SyncReason, password: string | null = null): Promise<void> {
    return this.#turns.run(() => this.#step(why, (vault, state) => this.#compare(vault, state, why, password)))
  }

  /** Replaces whatever the browser's sync holds by this device's vault. */
  replace(): Promise<void> {
    return this.#turns.run(() => this.#step('requested', (vault, state) => this.#send(vault, state)))
  }

  /** Failure 'wrong-secret' when this password does not open what the browser's sync holds either. */
  async takeIn(password: string): Promise<void> {
    await this.step('requested', password)
    if ((await this.#store.read()).status?.kind === 'pending') throw new Failure('wrong-secret')
  }

  clear(): Promise<void> {
    return this.#turns.run(() => this.#place.clear())
  }

  /** Goes on where a background that was ended in between left off. */
  async resume(): Promise<void> {
    const [{ on, seen }, here] = await Promise.all([this.#store.read(), this.#device.here()])
    if (on && here !== null && here.revision !== seen?.revision) await this.step('arrival')
  }

  async #step(why: SyncReason, work: (vault: Vault, state: SyncState) => Promise<Outcome>): Promise<void> {
    const state = await this.#store.read()
    if (!state.on) return
    let outcome: Outcome
    try {
      const vault = await this.#custodian.unlockedVault()
      outcome = vault === null ? await this.#whileLocked(state) : await work(vault, state)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) console.error('Fieldseal: unexpected', thrown)
      const locked = thrown instanceof Failure && thrown.code === 'locked'
      outcome = { status: { kind: 'waiting', why: locked ? 'locked' : 'browser' }, retry: !locked }
    }
    await this.#record(outcome, why)
  }

  async #record({ status, seen, refused, retry = false, strays }: Outcome, why: SyncReason): Promise<void> {
    const attempts = !retry
      ? 0
      : why === 'retry'
        ? (await this.#store.read()).attempts + 1
        : (await this.#store.read()).attempts
    await this.#store.change((state) => ({
      ...state,
      status,
      attempts,
      ...(seen !== undefined && { seen }),
      ...(strays !== undefined && { strays }),
      ...(refused !== undefined && { refused: { why: refused, at: Date.now() } }),
    }))
    if (retry) await this.#device.retryLater(attempts)
    else await this.#device.noRetry()
    await this.#device.changed()
  }

  /** Bytes wait where they are. */
  async #whileLocked(state: SyncState): Promise<Outcome> {
    const contents = await this.#place.read()
    const isNew = contents.kind === 'record' && contents.manifest.write !== state.seen?.write
    return { status: isNew ? { kind: 'waiting', why: 'locked' } : state.status }
  }

  async #compare(vault: Vault, state: SyncState, why: SyncReason, password: string | null): Promise<Outcome> {
    await this.#bringToPresent(vault)
    const contents = await this.#place.read()
    if (contents.kind !== 'record') return this.#withoutRecord(contents.kind, vault, state, why)
    const theirs = await openSynced(contents, vault, password, this.#device)
    if (theirs === 'pending') return { status: { kind: 'pending' } }
    if (theirs === 'damaged' || theirs === 'old-key') return this.#replaceUnsound(theirs, vault, state, why)
    if (typeof theirs === 'string') return refusedFor(theirs)
    return this.#merge(theirs, { write: contents.manifest.write, revision: theirs.header.revision }, state, why)
  }

  async #withoutRecord(
    kind: Exclude<SyncContents['kind'], 'record'>,
    vault: Vault,
    state: SyncState,
    why: SyncReason,
  ): Promise<Outcome> {
    if (kind === 'newer-version') return refusedFor('newer-version')
    if (kind === 'altered') return this.#replaceUnsound('damaged', vault, state, why)
    // What another device is writing arrives within a minute or two, or it was cut off.
    const waits = kind === 'incomplete' && why !== 'retry' && why !== 'requested'
    return waits ? { status: { kind: 'waiting', why: 'arriving' }, retry: true } : this.#send(vault, state)
  }

  async #merge(
    theirs: Vault,
    found: NonNullable<SyncState['seen']>,
    state: SyncState,
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
    if (unmerged === 'clock' && found.write === state.seen?.write) return this.#sendPresent(state)
    // A clock that is put right, here or there, ends it; nothing is written over meanwhile.
    if (unmerged !== null) return { ...refusedFor(unmerged), retry: unmerged === 'clock' }
    if (taken) await this.onTaken()
    const mine = await this.#custodian.unlockedVault()
    if (mine === null) throw new Failure('locked')
    if (addsNothing(theirs, mine)) return { status: { kind: 'in-step', at: Date.now() }, seen: found }
    const older = !taken && found.revision < (state.seen?.revision ?? 0)
    return older ? this.#replaceUnsound('rollback', mine, state, why) : this.#send(mine, state)
  }

  /** The browser's sync holds what this device sent or accepted while its clock was wrong: all of it is here, with new dates. */
  async #sendPresent(state: SyncState): Promise<Outcome> {
    const mine = await this.#custodian.unlockedVault()
    if (mine === null) throw new Failure('locked')
    return this.#send(mine, state)
  }

  /** What this device dated by a clock that was wrong, other devices refuse. */
  async #bringToPresent(vault: Vault): Promise<void> {
    const now = new Date()
    if (!isAhead(vault, now)) return
    await this.#custodian.takeIn((mine) => (isAhead(mine, now) ? withBody(mine, mine.body, now) : mine))
  }

  /** Replaces unsound contents, but not at once after they arrive: whoever puts them there could go on for ever. */
  async #replaceUnsound(refused: Refusal, vault: Vault, state: SyncState, why: SyncReason): Promise<Outcome> {
    if (why === 'arrival') return { ...refusedFor(refused), retry: true }
    return { ...(await this.#send(vault, state)), refused }
  }

  async #send({ vaultId, header, record }: Vault, state: SyncState): Promise<Outcome> {
    const { revision } = header
    const sent: SendOutcome = await this.#place.write(record, { vaultId, revision })
    if (sent.kind !== 'sent')
      return sent.kind === 'too-large'
        ? { status: { kind: 'too-large' } }
        : { status: { kind: 'waiting', why: 'browser' }, retry: true }
    const strays = await this.#place.sweep(state.strays, Date.now()).catch(() => state.strays)
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
 * that key with a device could have made it, so it is not accepted; the device that has not learned of the new key yet
 * keeps what it has, and brings it along once it has. `pending`: no key that is known here opens it.
 */
async function openSynced(
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
