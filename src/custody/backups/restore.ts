// Restoring a backup file. What it holds comes in only where it authenticates, and is added to what is here: nothing newer
// is overwritten, and before anything is changed it is said what would be.

import { Failure } from '../../failure.ts'
import { isGenuine, readBackup } from '../../keyring/backup.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { dropStaged, readStaged } from '../../storage/staging.ts'
import type { Custodian } from '../vault/custodian.ts'
import { openBackupVault, planRestore, summarizePlan } from './restorePlan.ts'

/** What is in a staged file, and what restoring it would do. Changes nothing. Failure 'damaged' | 'gone' | 'wrong-secret' … */
export async function inspectBackup(
  custodian: Custodian,
  { token, pieces, secret }: Request<'inspectBackup'>,
): Promise<Response<'inspectBackup'>> {
  const backup = readBackup(await readStaged(token, pieces))
  const about = {
    madeAt: Date.parse(backup.createdAt),
    state: backup.state,
    documents: backup.documents.length,
    damagedLines: backup.damagedLines.length,
  }
  const mine = await custodian.readable()
  const theirs = await openBackupVault(secret, backup, mine)
  if (theirs === null) return { kind: 'closed', ...about }
  const outcome = await planRestore(backup.documents, mine, theirs, new Date())
  const { whose, unreadable } = outcome
  return {
    kind: 'opened',
    ...about,
    whose,
    unreadable,
    genuine: isGenuine(theirs, backup),
    brings: await summarizePlan(outcome, mine, theirs),
  }
}

/** Restores a staged file. Restoring it again adds nothing. Failure as `inspectBackup`, and 'conflict' | 'full'. */
export async function restoreBackup(
  custodian: Custodian,
  { token, pieces, secret }: Request<'restoreBackup'>,
): Promise<void> {
  const backup = readBackup(await readStaged(token, pieces))
  await custodian.restore(async (mine) => {
    const theirs = await openBackupVault(secret, backup, mine)
    if (theirs === null) throw new Failure('wrong-secret')
    return planRestore(backup.documents, mine, theirs, new Date())
  })
  await dropStaged()
}
