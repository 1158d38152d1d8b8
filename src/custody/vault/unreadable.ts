// Remembers that the record on this device could not be read when a person tried to unlock it, although the secret was right
// or did not matter. Only then may a backup take its place. Kept for the browser session, and true of that very record alone.

import * as v from 'valibot'
import { encodeBase64url, utf8 } from '../../bytes.ts'
import { Failure, type FailureCode } from '../../failure.ts'
import type { VaultRow } from '../../storage/database.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'

/** What no other password mends: the record was altered, put back, or weakened. */
const beyondSecrets: ReadonlySet<FailureCode> = new Set(['damaged', 'rollback', 'weakened'])

const fingerprint = new SessionEntry('unreadable', v.string())

/** Records `row` as unreadable, if that is why it did not open. */
export async function recordIfUnreadable(row: VaultRow, thrown: unknown): Promise<void> {
  if (!(thrown instanceof Failure) || !beyondSecrets.has(thrown.code)) return
  await fingerprint.write(await fingerprintOf(row)).catch(() => undefined)
}

export async function isUnreadable(row: VaultRow): Promise<boolean> {
  const noted = await fingerprint.read()
  return noted !== null && noted === (await fingerprintOf(row))
}

async function fingerprintOf(row: VaultRow): Promise<string> {
  const bytes = utf8(JSON.stringify([row.vaultId, row.revision, row.header, row.body]))
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
