// Ways back into the vault, kept in order: its name for the printed sheets, whether the recovery key was tested, and shares
// among trusted people. Shares that are proposed are remembered nowhere; they count once they come back whole.

import { parseRecovery } from '../../crypto/recovery.ts'
import {
  areOfOneSet,
  diagnoseShare,
  formatShare,
  makeShares,
  newSharesSecret,
  parseShare,
  type Share,
} from '../../crypto/shares.ts'
import { codeOf, Failure } from '../../failure.ts'
import { parseRecord } from '../../keyring/record.ts'
import {
  endedShares,
  givenName,
  isTestDue,
  type RecoveryNotes,
  recoveryKeyDate,
  shareHolders,
  testedAt,
} from '../../keyring/recoveryNotes.ts'
import { sharesSlotOf, slotFor, tryShares, unlockWithShares, withoutShares, withShares } from '../../keyring/shares.ts'
import { recoveryFits, type Vault, withSettings } from '../../keyring/vault.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { RecoveryStatus, recoveryEntries, ShareFound, Verdict } from '../../messages/vault/recovery.ts'
import { readVault } from '../../storage/vaults.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { preparePassword } from './password.ts'

const done = {}
const noShares = { shareHolders: undefined, sharesUsed: undefined, sharesEnded: undefined }

export function recoveryHandlers(
  custodian: Custodian,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof recoveryEntries> {
  return {
    getRecoveryStatus: async () => recoveryStatusOf(await custodian.unlockedVault()),
    nameVault: async ({ vaultName: typed }) => {
      const name = typed.trim() || undefined
      await custodian.change((vault) => withNotes(vault, { name }))
      return done
    },
    testRecoveryKey: async ({ recoveryKey }) => {
      await custodian.change((vault) => recordRecoveryTest(vault, recoveryKey))
      return done
    },
    postponeRecoveryTest: async () => {
      await custodian.change((vault) => withNotes(vault, { recoveryNotNowAt: new Date().toISOString() }))
      return done
    },
    proposeShares: async ({ threshold, count }) => {
      await custodian.vault()
      if (threshold > count) throw new Failure('refused')
      const shares = await makeShares(newSharesSecret(), threshold, count)
      return { shares: shares.map(formatShare) }
    },
    replaceShares: ({ shares, names }) =>
      withBroadcast(() => custodian.change((vault) => storeShares(vault, shares, names))),
    removeShares: () =>
      withBroadcast(() =>
        custodian.change((vault) => {
          const without = withoutShares(vault, new Date())
          return without === vault && endedShares(vault) === null ? vault : withNotes(without, noShares)
        }),
      ),
    checkShares: ({ shares }) => checkShares(shares),
    recoverByShares: ({ shares, password, strong }) =>
      withBroadcast(async () => {
        const changePassword = preparePassword(password, strong)
        const parsed = shares.map(parseShare)
        await custodian.changeBy(
          (row) => unlockWithShares(row, parsed),
          async (vault) => withNotes(await changePassword(vault), { sharesUsed: true }),
        )
      }),
  }
}

/** While the vault is locked, only what is in its header: that is not sealed, and not yet known to be genuine. */
async function recoveryStatusOf(open: Vault | null): Promise<RecoveryStatus> {
  const header = open?.header ?? (await storedHeader())
  const slot = sharesSlotOf(header)
  const names = open && shareHolders(open)
  const shares = slot && {
    threshold: slot.threshold,
    count: slot.count,
    madeAt: slot.createdAt,
    names: names === null ? null : [...names],
    used: open?.body.settings?.sharesUsed === true,
  }
  return {
    name: open && givenName(open.body),
    keyMadeAt: recoveryKeyDate({ header }),
    testedAt: open && testedAt(open),
    testDue: open !== null && isTestDue(open, new Date()),
    shares,
    ended: (open && endedShares(open)) ?? null,
  }
}

async function storedHeader(): Promise<Vault['header']> {
  const found = await readVault()
  if (found === null) throw new Failure('no-vault')
  return parseRecord(found.row).header
}

/** Failure 'mistyped'; 'wrong-secret' when it is not the recovery key of this vault. */
function recordRecoveryTest(vault: Vault, recoveryKey: string): Vault {
  if (!recoveryFits(vault, parseRecovery(recoveryKey))) throw new Failure('wrong-secret')
  return withNotes(vault, { recoveryTestedAt: new Date().toISOString(), recoveryNotNowAt: undefined })
}

/** Failure 'mistyped' when this is not the whole of one set. Requested twice, it does nothing the second time. */
async function storeShares(vault: Vault, written: readonly string[], names: readonly string[]): Promise<Vault> {
  const shares = written.map(parseShare)
  const changed = await withShares(vault, shares, new Date())
  const set = sharesSlotOf(changed.header)?.set
  if (changed === vault || set === undefined) return vault
  const given = names.slice(0, shares.length).map((name) => name.trim())
  return withNotes(changed, { ...noShares, shareHolders: { set, names: given } })
}

/** Each share beside those before it, and the good ones together. */
async function checkShares(written: readonly string[]): Promise<{ found: ShareFound[]; verdict: Verdict }> {
  const header = await storedHeader()
  const good: Share[] = []
  const found = written.map((typed): ShareFound => {
    const diagnosis = diagnoseShare(typed)
    if (diagnosis.kind !== 'fine') return diagnosis
    const share = parseKnownShare(typed)
    if (share === null) return { kind: 'newer' }
    // The first good share decides of which set the others must be.
    const [first = share] = good
    if (slotFor(header, share) === null || !areOfOneSet(first, share)) return { kind: 'other-set' }
    const { index } = share
    const before = good.find((other) => other.index === index)
    if (before !== undefined) return { kind: 'twice', index, same: formatShare(before) === formatShare(share) }
    good.push(share)
    return { kind: 'good', index }
  })
  const { tried, masterKey, wrong } = await tryShares(header, good)
  const numbers = wrong.flatMap((position) => good[position]?.index ?? [])
  const needed = good[0]?.threshold ?? sharesSlotOf(header)?.threshold ?? 2
  return { found, verdict: { kind: tried ? (masterKey ? 'open' : 'closed') : 'few', needed, wrong: numbers } }
}

/** Null for a share of a kind that this version does not know. */
function parseKnownShare(typed: string): Share | null {
  try {
    return parseShare(typed)
  } catch (thrown) {
    if (codeOf(thrown) === 'newer-version') return null
    throw thrown
  }
}

function withNotes(vault: Vault, notes: RecoveryNotes): Vault {
  return withSettings(vault, { ...notes }, new Date())
}
