// What comes of a vault that was brought here, in a backup file or from another browser: what opens it, and what it is beside
// the vault that is here. Nothing newer is overwritten, and nothing is stored yet: the custodian does that, all at once.

import type { PasswordCost } from '../../crypto/kdf.ts'
import type { Backup, BackupDocument } from '../../keyring/backup.ts'
import { importCircles } from '../../keyring/importCircles.ts'
import { hasEarlierMasterKey, mergeVaults } from '../../keyring/merge.ts'
import { maxRevisionsAhead, refuseImplausibleAlone } from '../../keyring/plausible.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import { type Vault, withBody } from '../../keyring/vault.ts'
import type { Request } from '../../messages/protocol.ts'
import { type Row, type RowStore, type Rows, revisionsOf, rowStores } from '../../storage/rows.ts'
import { readSeen } from '../../storage/vaults.ts'
import type { RestoredVault } from '../vault/custodian.ts'
import { openByOurKeys, openBySecret } from '../vault/otherRecord.ts'
import { openImported, resealImported, toRows } from './importDocuments.ts'

type Secret = Request<'inspectBackup'>['secret']

/** What taking it in comes to, before it is done. */
interface RestorePlan extends RestoredVault {
  readonly whose: 'nobodys' | 'same' | 'foreign'
  /** Documents that no key opens. */
  readonly unreadable: number
}

/**
 * The vault that came: by the keys of ours, where it is one of ours, or by the secret; null without either. Failure
 * 'weakened' where a guess at its password costs less than `least`.
 */
export async function openBackupVault(
  secret: Secret,
  { record, header }: Pick<Backup, 'record' | 'header'>,
  mine: Vault | null,
  least: PasswordCost | null = null,
): Promise<Vault | null> {
  const ours = mine !== null && header.vaultId === mine.vaultId ? openByOurKeys(record, mine) : null
  if (ours !== null) return ours.vault
  return secret === null ? null : openBySecret(record, secret, least)
}

/** What comes of `theirs`, and of the documents that came with it, beside what is here. */
export async function planRestore(
  documents: readonly BackupDocument[],
  mine: Vault | null,
  theirs: Vault,
  now: Date,
): Promise<RestorePlan> {
  if (mine === null) {
    refuseImplausibleAlone(theirs)
    return { whose: 'nobodys', vault: await asNewest(theirs, now), ...(await openSound(documents, theirs)) }
  }
  if (mine.vaultId === theirs.vaultId) {
    const found = await openSound(documents, theirs)
    const vault = mergeVaults(mine, theirs, now)
    if (!hasEarlierMasterKey(theirs, mine)) return { whose: 'same', vault, ...found }
    // A thief of an earlier master key can make anything genuine under it, dated later than ours.
    return { whose: 'same', vault, ...found, rows: await missingHere(found.rows) }
  }
  const arrived = await openImported(documentKeyring(theirs), documents)
  const unreadable = documents.length - arrived.length
  const moved = await resealImported(documentKeyring(mine), arrived, now)
  return {
    whose: 'foreign',
    vault: importCircles(mine, theirs, now),
    rows: toRows(documentKeyring(mine), moved),
    unreadable,
  }
}

/** The documents that open, as they are. */
async function openSound(documents: readonly BackupDocument[], vault: Vault) {
  const keyring = documentKeyring(vault)
  const arrived = await openImported(keyring, documents)
  return { rows: toRows(keyring, arrived), unreadable: documents.length - arrived.length }
}

/** Those of which there is nothing here. */
async function missingHere(rows: Rows): Promise<Rows> {
  const missing = rowStores.map(async (store) => {
    const all = rows[store] ?? []
    const here = await revisionsOf(
      store,
      all.map(({ id }) => id),
    )
    return [store, all.filter(({ id }) => !here.has(id))] as const
  })
  return Object.fromEntries(await Promise.all(missing))
}

/**
 * A device on which a later state of this vault has been seen would refuse it as a rollback: it is made the newest. A
 * recorded revision that no honest vault reaches counts for nothing: it would block every backup.
 */
async function asNewest(vault: Vault, now: Date): Promise<Vault> {
  const seen = await readSeen(vault.vaultId)
  if (seen === null || !(seen.revision > vault.header.revision)) return vault
  if (seen.revision > vault.header.revision + maxRevisionsAhead) return vault
  const { revision } = seen
  return withBody({ ...vault, header: { ...vault.header, revision } }, vault.body, now)
}

/** What an outcome adds to what is here. */
export async function summarizePlan({ vault, rows }: RestoredVault, mine: Vault | null, theirs: Vault) {
  const newer = rowStores.map((store) => countNewer(store, rows[store] ?? []))
  const documents = (await Promise.all(newer)).reduce((sum, count) => sum + count, 0)
  const keysIn = (of: Vault | null) => of?.body.circles.reduce((sum, { keys }) => sum + keys.length, 0) ?? 0
  const later = mine !== null && theirs.vaultId === mine.vaultId && theirs.header.revision > mine.header.revision
  const older = mine !== null && theirs.vaultId === mine.vaultId && theirs.header.revision < mine.header.revision
  return {
    keys: keysIn(vault) - keysIn(mine),
    documents,
    changesVault: vault !== mine,
    age: older ? ('older' as const) : later ? ('newer' as const) : ('same' as const),
  }
}

async function countNewer(store: RowStore, rows: readonly Row[]): Promise<number> {
  const here = await revisionsOf(
    store,
    rows.map(({ id }) => id),
  )
  return rows.filter(({ id, revision }) => revision > (here.get(id) ?? 0)).length
}
