// Restoring a backup file. What it holds comes in only where it authenticates, and is added to what is here: nothing newer
// is overwritten, and before anything is changed it is said what would be.

import { parseRecovery } from '../crypto/recovery.ts'
import { Failure, orThrow } from '../failure.ts'
import { type Backup, isGenuine, readBackup } from '../keyring/backup.ts'
import { type DocumentRecord, newDocument, openDocuments } from '../keyring/documents.ts'
import { isEarlier, withEarlierKeys } from '../keyring/earlier.ts'
import { addForeignCircles } from '../keyring/foreign.ts'
import { pastMasterKeys } from '../keyring/masterEpoch.ts'
import { mergeVaults } from '../keyring/merge.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import { reopenVault, unlockWithPassword, unlockWithRecovery, type Vault, withBody } from '../keyring/vault.ts'
import type { Answer, Ask } from '../messages/protocol.ts'
import { readDraft } from '../storage/drafts.ts'
import { dropStaged, readStaged } from '../storage/staging.ts'
import { readSeen, readVault } from '../storage/vaults.ts'
import type { Custodian, Restored } from './custodian.ts'
import { passDamaged } from './damaged.ts'

type Secret = Ask<'lookAtBackup'>['secret']
type Looked = Answer<'lookAtBackup'>

/** What restoring comes to, before it is done. */
interface Outcome extends Restored {
  readonly whose: 'nobodys' | 'same' | 'foreign'
  /** Documents of the file that no key opens. */
  readonly unreadable: number
}

/** What is in a staged file, and what restoring it would do. Changes nothing. Failure 'damaged' | 'gone' | 'wrong-secret' … */
export async function lookAtBackup(
  custodian: Custodian,
  { token, pieces, secret }: Ask<'lookAtBackup'>,
): Promise<Looked> {
  const backup = readBackup(await readStaged(token, pieces))
  const about = {
    madeAt: Date.parse(backup.createdAt),
    state: backup.state,
    documents: backup.documents.length,
    damagedLines: backup.damagedLines.length,
  }
  const mine = (await readVault()) === null ? null : await custodian.vault()
  const theirs = await opened(backup, mine, secret)
  if (theirs === null) return { kind: 'closed', ...about }
  const outcome = await outcomeOf(backup, mine, theirs, new Date())
  const { whose, unreadable } = outcome
  return {
    kind: 'opened',
    ...about,
    whose,
    unreadable,
    genuine: isGenuine(theirs, backup),
    brings: await brings(outcome, mine, theirs),
  }
}

/** Does it. Asked twice, it adds nothing the second time. Failure as `lookAtBackup`, and 'conflict' | 'full'. */
export async function restoreBackup(
  custodian: Custodian,
  { token, pieces, secret }: Ask<'restoreBackup'>,
): Promise<void> {
  const backup = readBackup(await readStaged(token, pieces))
  await custodian.restore(async (mine) => {
    const theirs = await opened(backup, mine, secret)
    if (theirs === null) throw new Failure('wrong-secret')
    return outcomeOf(backup, mine, theirs, new Date())
  })
  await dropStaged()
}

/** The vault in the file: by the keys of ours, where it is one of ours, or by the secret; null without either. */
async function opened({ record, header }: Backup, mine: Vault | null, secret: Secret): Promise<Vault | null> {
  if (mine !== null && header.vaultId === mine.vaultId)
    for (const key of [mine.masterKey, ...pastMasterKeys(mine.body)]) {
      const vault = attempt(() => reopenVault(record, key))
      if (vault !== null) return vault
    }
  if (secret === null) return null
  if (secret.kind === 'password') return unlockWithPassword(record, secret.password)
  return unlockWithRecovery(record, parseRecovery(secret.recoveryKey))
}

async function outcomeOf(backup: Backup, mine: Vault | null, theirs: Vault, now: Date): Promise<Outcome> {
  if (mine === null) return { whose: 'nobodys', vault: await asNewest(theirs, now), ...(await sound(backup, theirs)) }
  if (mine.vaultId === theirs.vaultId) {
    const found = await sound(backup, theirs)
    if (!isEarlier(theirs, mine)) return { whose: 'same', vault: mergeVaults(mine, theirs, now), ...found }
    // Whoever has stolen an earlier master key can make a genuine file with anything in it, dated later than ours.
    const drafts = await missingHere(mine, found.drafts)
    return { whose: 'same', vault: withEarlierKeys(mine, theirs, now), ...found, drafts }
  }
  const { drafts, unreadable } = await sound(backup, theirs)
  const opened = (await openDocuments(documentKeyring(theirs), drafts)).map(orThrow)
  const moved = opened.map(({ content, id }) => newDocument(documentKeyring(mine), content, now, id))
  return { whose: 'foreign', vault: addForeignCircles(mine, theirs, now), drafts: await Promise.all(moved), unreadable }
}

/** The documents of a file that open, as they are. */
async function sound({ documents }: Backup, vault: Vault) {
  const records = documents.map(({ document }) => document)
  const opened = await openDocuments(documentKeyring(vault), records)
  const fine = records.filter((_, at) => !(opened[at] instanceof Failure))
  const drafts = fine as unknown as DocumentRecord[] // their shapes have just been checked
  return { drafts, unreadable: documents.length - drafts.length }
}

/** Those that are not here, or only damaged. */
async function missingHere(mine: Vault, drafts: readonly DocumentRecord[]): Promise<DocumentRecord[]> {
  const here = await Promise.all(drafts.map(({ id }) => readDraft(id)))
  const opened = await openDocuments(documentKeyring(mine), here)
  return drafts.filter((_draft, at) => here[at] === null || opened[at] instanceof Failure)
}

/** A device on which a later state of this vault has been seen would refuse it as a rollback: it is made the newest. */
async function asNewest(vault: Vault, now: Date): Promise<Vault> {
  const seen = await readSeen(vault.vaultId)
  if (seen === null || seen.revision <= vault.header.revision) return vault
  const { revision } = seen
  return withBody({ ...vault, header: { ...vault.header, revision } }, vault.body, now)
}

async function brings({ vault, drafts }: Outcome, mine: Vault | null, theirs: Vault) {
  const here = await Promise.all(drafts.map(({ id }) => readDraft(id)))
  const documents = drafts.filter(({ revision }, at) => revision > (here[at]?.revision ?? 0)).length
  const keysIn = (of: Vault | null) => of?.body.circles.reduce((sum, { keys }) => sum + keys.length, 0) ?? 0
  const newer = mine !== null && theirs.vaultId === mine.vaultId && theirs.header.revision > mine.header.revision
  const older = mine !== null && theirs.vaultId === mine.vaultId && theirs.header.revision < mine.header.revision
  return {
    keys: keysIn(vault) - keysIn(mine),
    documents,
    changesVault: vault !== mine,
    age: older ? ('older' as const) : newer ? ('newer' as const) : ('same' as const),
  }
}

function attempt(open: () => Vault): Vault | null {
  try {
    return open()
  } catch (thrown) {
    return passDamaged(thrown)
  }
}
