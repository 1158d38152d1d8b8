// Taking up, on a device without one, a vault that was made on another: from the browser's sync or from a file. It is
// joined only by a password or recovery key that opens it; its own claims count for nothing.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { readBackup } from '../../keyring/backup.ts'
import { refuseImplausibleAlone } from '../../keyring/plausible.ts'
import { parseRecord, type VaultRecord } from '../../keyring/record.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { Request } from '../../messages/protocol.ts'
import type { Found } from '../../messages/vault/sync.ts'
import { readSeen, readVault } from '../../storage/vaults.ts'
import type { SyncLocation } from '../sync/syncing.ts'
import { syncStateStore } from '../sync/syncState.ts'
import { checkRevision } from '../vault/checks.ts'
import type { Custodian } from '../vault/custodian.ts'
import { openBySecret } from '../vault/otherRecord.ts'

/** What the browser's sync holds for a device that has no vault; 'nothing' where there is one. */
export async function findVaultToJoin(place: Pick<SyncLocation, 'read'>): Promise<Found> {
  if ((await readVault()) !== null) return 'nothing'
  const contents = await place.read()
  if (contents.kind === 'nothing') return 'nothing'
  if (contents.kind === 'incomplete') return 'arriving'
  if (contents.kind !== 'record') return 'unreadable'
  try {
    parseRecord(contents.record)
    return 'vault'
  } catch {
    return 'unreadable'
  }
}

/**
 * Stores and unlocks the vault of `file`, or the one in the browser's sync, which this device then keeps in step with.
 * Failure 'vault-exists' | 'gone': it is not there, or not whole | those of unlocking it, of parsing it, 'rollback',
 * 'mistyped', 'full'.
 */
export async function join(
  custodian: Pick<Custodian, 'adopt'>,
  place: Pick<SyncLocation, 'read'>,
  { file, by }: Request<'joinVault'>,
): Promise<void> {
  const contents = file === null ? await place.read() : null
  if (contents !== null && contents.kind === 'newer-version') throw new Failure('newer-version')
  if (contents !== null && contents.kind === 'altered') throw new Failure('damaged')
  if (contents !== null && contents.kind !== 'record') throw new Failure('gone')
  const record = contents === null ? recordIn(file ?? '') : contents.record
  const { revision } = parseRecord(record).header
  await custodian.adopt(() => openJoined(record, by))
  if (contents === null) return
  const seen = { write: contents.manifest.write, revision }
  await syncStateStore.change((state) => ({ ...state, on: true, status: { kind: 'in-step', at: Date.now() }, seen }))
}

/**
 * The vault of a record, for a device without one, opened by its own secret. This device may have had it before.
 * Failure 'rollback' | 'implausible' | those of unlocking it, of parsing it, 'mistyped'.
 */
export async function openJoined(record: VaultRecord, by: Request<'joinVault'>['by']): Promise<Vault> {
  const { vaultId, revision } = parseRecord(record).header
  const seen = await readSeen(vaultId)
  checkRevision(revision, seen)
  const vault = await openBySecret(record, by, seen?.cost ?? null)
  refuseImplausibleAlone(vault)
  return vault
}

/** The vault record in a file: a bare one, or that of a backup. Failure 'damaged' | 'newer-version' | 'weakened'. */
function recordIn(text: string): VaultRecord {
  const bare = v.safeParse(v.pipe(v.string(), v.parseJson(), v.object({ header: v.string(), body: v.string() })), text)
  return bare.success ? parseRecord(bare.output).record : readBackup(text).record
}
