// Unlocks by the shares of several people: asks for one at a time, checks each, until there are enough and they open the vault.
// FORMAT.md §5.1.

import { areOfOneSet, diagnoseShare, parseShare, type Share } from '../crypto/shares.ts'
import type { SharesSlot, VaultHeader } from '../keyring/record.ts'
import { sharesSlotOf, slotFor, tryShares } from '../keyring/shares.ts'
import { reopenVault, type Vault } from '../keyring/vault.ts'
import { CliExit, exits } from './exits.ts'
import type { VaultFile } from './vaultFile.ts'
import { diagnosisWords, failureWords } from './words.ts'

/** A source of shares. */
export interface ShareReader {
  /** The next share, as typed; null if there are no more. */
  next(question: string): Promise<string | null>
  /** Reports what is wrong with a share. */
  report(problem: string): void
}

/** Unlocks the vault. Throws CliExit: not enough shares, or the vault has none. */
export async function unlockByShares({ name, record, header }: VaultFile, source: ShareReader): Promise<Vault> {
  let slot = sharesSlotOf(header)
  if (slot === null) throw new CliExit(exits.secret, `${name}: no shares open this vault`)
  const shares: Share[] = []
  for (;;) {
    const typed = await source.next(`Share ${shares.length + 1}, of ${slot.threshold} that are needed for ${name}: `)
    if (typed === null) throw new CliExit(exits.secret, tooFew(slot, shares.length))
    const share = shareOf(header, shares, typed)
    if (typeof share === 'string') {
      source.report(share)
      continue
    }
    shares.push(share)
    slot = slotFor(header, share) ?? slot
    const { masterKey, tried } = await tryShares(header, shares)
    if (masterKey !== null) return reopenVault(record, masterKey)
    if (tried)
      source.report('One of these shares was altered or forged, although none has a typing error. Add another one.')
  }
}

/** The share, or a sentence that says what is wrong with it. */
function shareOf(header: VaultHeader, others: readonly Share[], typed: string): Share | string {
  const diagnosis = diagnoseShare(typed)
  if (diagnosis.kind !== 'fine') return diagnosisWords(diagnosis, 'share')
  try {
    const share = parseShare(typed)
    if (slotFor(header, share) === null) return 'This share is not one of those that open this vault now.'
    if (!others.every((other) => areOfOneSet(other, share)))
      return 'This share was not made together with the others here.'
    if (others.some(({ index }) => index === share.index)) return `Share ${share.index} is here already.`
    return share
  } catch (thrown) {
    throw failureWords('the share', thrown)
  }
}

function tooFew({ threshold }: SharesSlot, count: number): string {
  if (count >= threshold) return 'these shares do not open the vault'
  return `${threshold} shares are needed, and there ${count === 1 ? 'is' : 'are'} ${count}`
}
