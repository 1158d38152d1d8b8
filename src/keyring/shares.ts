// The slot that shares open together, and which shares open it. New shares replace the old ones, which then open nothing.
// Two sets exist only if two devices made one each before they were merged. FORMAT.md §5.1 and §6.2.

import { encodeBase64url, equalBytes, type MasterKey, type SharesSecret } from '../bytes.ts'
import { areOfOneSet, combineShares, type Share } from '../crypto/shares.ts'
import { Failure } from '../failure.ts'
import { compareText } from '../text.ts'
import { isSharesSlot, parseRecord, type SharesSlot, type VaultHeader, type VaultRecord } from './record.ts'
import { newSharesSlot, openSharesSlot } from './slots.ts'
import { withoutSlot } from './unlockMethods.ts'
import { reopenVault, type Vault, withSlots } from './vault.ts'

/** The slot of the newest set, or null. */
export function sharesSlotOf(header: VaultHeader): SharesSlot | null {
  const [newest = null] = header.slots.filter(isSharesSlot).sort((a, b) => byDate(b, a))
  return newest
}

/** The slot of the set that a share claims to belong to, or null. */
export function slotFor(header: VaultHeader, share: Share): SharesSlot | null {
  return header.slots.filter(isSharesSlot).find((slot) => isShareOf(slot, share)) ?? null
}

/** Whether a share claims to belong to the set of this slot. */
function isShareOf({ set, threshold, count }: SharesSlot, share: Share): boolean {
  return share.threshold === threshold && share.count === count && encodeBase64url(share.set) === set
}

/**
 * Replaces all slots of shares with one for this complete set; revision + 1. The same vault if it has that slot already.
 * Failure `mistyped`: not a complete set in which any `threshold` shares give the same secret.
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

/** Removes the slots of shares; revision + 1 for each. The same vault if there are none. Failure `last-slot`. */
export function withoutShares(vault: Vault, now: Date): Vault {
  return vault.header.slots.filter(isSharesSlot).reduce((left, { id }) => withoutSlot(left, id, now), vault)
}

/** The result of trying shares. */
export interface TriedShares {
  /** 32 bytes; null if the shares open nothing. */
  readonly masterKey: MasterKey | null
  /** Whether there were enough to try. */
  readonly tried: boolean
  /** The indexes of shares that are not genuine despite a valid checksum; empty if that can't be determined. */
  readonly wrong: readonly number[]
}

/**
 * Tries every choice of `threshold` shares, all of one claimed set, for one that opens its slot. Shares that disagree with it are
 * wrong. People who forge shares together can make theirs open it with one genuine share, and the other genuine ones would
 * seem wrong: of several choices that open it, the one that most shares agree with counts. Tries nothing with fewer than
 * `threshold`. FORMAT.md §5.1.
 */
export async function tryShares(header: VaultHeader, shares: readonly Share[]): Promise<TriedShares> {
  const [first] = shares
  const slot = first === undefined ? null : slotFor(header, first)
  if (slot === null || shares.length < slot.threshold) return { masterKey: null, tried: false, wrong: [] }
  let best: TriedShares = { masterKey: null, tried: true, wrong: [] }
  for (const some of combinations(shares, slot.threshold)) {
    const secret = await combineShares(some)
    const masterKey = secret && openSharesSlot(header.vaultId, slot, secret)
    if (!secret || !masterKey) continue
    const wrong = await findDisagreeing(shares, some, secret)
    if (best.masterKey === null || wrong.length < best.wrong.length) best = { masterKey, tried: true, wrong }
    // Two different polynomials through one secret share at most `threshold` - 2 shares: no other choice has more.
    if (2 * wrong.length <= shares.length - slot.threshold + 2) break
  }
  return best
}

/** Unlocks with shares. Failure `wrong-secret`: no `threshold` of them opens a slot; else as unlockWithRecovery. */
export async function unlockWithShares(record: VaultRecord, shares: readonly Share[]): Promise<Vault> {
  const { header } = parseRecord(record)
  const [first] = shares
  const { masterKey } = await tryShares(
    header,
    first === undefined ? [] : shares.filter((share) => areOfOneSet(share, first)),
  )
  if (!masterKey) throw new Failure('wrong-secret')
  return reopenVault(record, masterKey)
}

/** The indexes of the shares that do not give `secret` in place of the first of `some`. */
async function findDisagreeing(
  shares: readonly Share[],
  some: readonly Share[],
  secret: SharesSecret,
): Promise<number[]> {
  const others = some.slice(1)
  const wrong: number[] = []
  for (const [index, share] of shares.entries()) {
    if (some.includes(share)) continue
    const combined = await combineShares([share, ...others])
    if (combined === null || !equalBytes(combined, secret)) wrong.push(index)
  }
  return wrong
}

/** The secret of a complete set, if every `threshold` neighbours give the same; else null. */
async function combineWholeSet(shares: readonly Share[]): Promise<SharesSecret | null> {
  const [first] = shares
  if (first === undefined || shares.length !== first.count) return null
  if (!shares.every((share, index) => areOfOneSet(share, first) && share.index === index + 1)) return null
  const secret = await combineShares(shares)
  for (const [index] of shares.entries()) {
    const neighbours = [...shares, ...shares].slice(index, index + first.threshold)
    const combined = await combineShares(neighbours)
    if (secret === null || combined === null || !equalBytes(combined, secret)) return null
  }
  return secret
}

/** Every choice of `many` items, in the order of the list. 16 items have at most 12870. */
function* combinations<Item>(list: readonly Item[], many: number): Generator<readonly Item[]> {
  if (many === 0) yield []
  else
    for (const [index, item] of list.entries())
      for (const more of combinations(list.slice(index + 1), many - 1)) yield [item, ...more]
}

function otherSlots({ header }: Vault): VaultHeader['slots'] {
  return header.slots.filter((slot) => !isSharesSlot(slot))
}

function byDate(a: SharesSlot, b: SharesSlot): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id)
}
