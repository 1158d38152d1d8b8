// The slot that shares open together, and which of the shares at hand do. New shares take the place of the old, which then
// open nothing. Two sets are in force only where two devices made one each before they were merged. FORMAT.md §5.1 and §6.2.

import { encodeBase64url, equalBytes, type MasterKey, type SharesSecret } from '../bytes.ts'
import { areOfOneSet, combineShares, type Share } from '../crypto/shares.ts'
import { Failure } from '../failure.ts'
import { compareText } from '../text.ts'
import { isSharesSlot, parseRecord, type SharesSlot, type VaultHeader, type VaultRecord } from './record.ts'
import { newSharesSlot, openSharesSlot } from './slots.ts'
import { withoutSlot } from './unlockMethods.ts'
import { reopenVault, type Vault, withSlots } from './vault.ts'

/** The slot of the newest set. */
export function sharesSlotOf(header: VaultHeader): SharesSlot | null {
  const [newest = null] = header.slots.filter(isSharesSlot).sort((a, b) => byDate(b, a))
  return newest
}

/** The slot of the set that a share says it is of. */
export function slotFor(header: VaultHeader, share: Share): SharesSlot | null {
  return header.slots.filter(isSharesSlot).find((slot) => isOf(slot, share)) ?? null
}

/** Whether a share says of itself that it is of the set that this slot asks for. */
function isOf({ set, threshold, count }: SharesSlot, share: Share): boolean {
  return share.threshold === threshold && share.count === count && encodeBase64url(share.set) === set
}

/**
 * Puts one slot for this whole set of shares in the place of all there were; revision + 1. The same vault when its slot
 * is of this set already. Failure `mistyped` when they are not the whole of one set, any `threshold` of which give the same.
 */
export async function withShares(vault: Vault, shares: readonly Share[], now: Date): Promise<Vault> {
  const [first] = shares
  const secret = await combineWholeSet(shares)
  if (first === undefined || secret === null) throw new Failure('mistyped')
  const before = slotFor(vault.header, first)
  if (before !== null && openSharesSlot(vault.vaultId, before, secret)) return vault
  const { threshold, count } = first
  const slot = newSharesSlot(vault, secret, { set: encodeBase64url(first.set), threshold, count }, now)
  return withSlots(vault, [...otherSlots(vault), slot], now)
}

/** Takes out what shares open, so that they open nothing. The same vault when there is none. Failure `last-slot`. */
export function withoutShares(vault: Vault, now: Date): Vault {
  return vault.header.slots.filter(isSharesSlot).reduce((left, { id }) => withoutSlot(left, id, now), vault)
}

/** What the shares at hand do: too few to be tried, they open the vault, or some of them are not right. */
export interface Weighed {
  readonly masterKey: MasterKey | null
  /** Whether there were enough to be tried. */
  readonly tried: boolean
  /** The places, from 0, of shares that are not genuine though their checksum is right; empty when that can't be told. */
  readonly wrong: readonly number[]
}

/**
 * Tries every `threshold` of the shares, which say they are of one set, for those that open its slot. Those that do not agree
 * with them are wrong. People who forge their shares together can make them open it with the share of one more, and the genuine
 * ones would seem wrong: of several that open it, those count that most agree with. With fewer than `threshold` nothing is tried.
 */
export async function weighShares(header: VaultHeader, shares: readonly Share[]): Promise<Weighed> {
  const [first] = shares
  const slot = first === undefined ? null : slotFor(header, first)
  if (slot === null || shares.length < slot.threshold) return { masterKey: null, tried: false, wrong: [] }
  let best: Weighed = { masterKey: null, tried: true, wrong: [] }
  for (const some of choices(shares, slot.threshold)) {
    const secret = await combineShares(some)
    const masterKey = secret && openSharesSlot(header.vaultId, slot, secret)
    if (!secret || !masterKey) continue
    const wrong = await findDisagreeing(shares, some, secret)
    if (best.masterKey === null || wrong.length < best.wrong.length) best = { masterKey, tried: true, wrong }
    // Two different curves through one secret meet in at most `threshold` - 2 shares: no others can be more than these.
    if (2 * wrong.length <= shares.length - slot.threshold + 2) break
  }
  return best
}

/** Failure `wrong-secret`: no `threshold` of these shares opens a slot; else as unlockWithRecovery. */
export async function unlockWithShares(record: VaultRecord, shares: readonly Share[]): Promise<Vault> {
  const { header } = parseRecord(record)
  const [first] = shares
  const { masterKey } = await weighShares(
    header,
    first === undefined ? [] : shares.filter((share) => areOfOneSet(share, first)),
  )
  if (!masterKey) throw new Failure('wrong-secret')
  return reopenVault(record, masterKey)
}

/** The places of those that, in the place of one of `some`, do not give `secret`. */
async function findDisagreeing(
  shares: readonly Share[],
  some: readonly Share[],
  secret: SharesSecret,
): Promise<number[]> {
  const rest = some.slice(1)
  const wrong: number[] = []
  for (const [index, share] of shares.entries()) {
    if (some.includes(share)) continue
    const given = await combineShares([share, ...rest])
    if (given === null || !equalBytes(given, secret)) wrong.push(index)
  }
  return wrong
}

/** What a set gives, when these are all of it and every run of `threshold` neighbours gives the same; else null. */
async function combineWholeSet(shares: readonly Share[]): Promise<SharesSecret | null> {
  const [first] = shares
  if (first === undefined || shares.length !== first.count) return null
  if (!shares.every((share, index) => areOfOneSet(share, first) && share.index === index + 1)) return null
  const secret = await combineShares(shares)
  for (const [index] of shares.entries()) {
    const run = [...shares, ...shares].slice(index, index + first.threshold)
    const given = await combineShares(run)
    if (secret === null || given === null || !equalBytes(given, secret)) return null
  }
  return secret
}

/** Every way to take `many` of a list, in its order. Of 16 there are 12870 at most. */
function* choices<Item>(list: readonly Item[], many: number): Generator<readonly Item[]> {
  if (many === 0) yield []
  else
    for (const [index, item] of list.entries())
      for (const more of choices(list.slice(index + 1), many - 1)) yield [item, ...more]
}

function otherSlots({ header }: Vault): VaultHeader['slots'] {
  return header.slots.filter((slot) => !isSharesSlot(slot))
}

function byDate(a: SharesSlot, b: SharesSlot): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id)
}
