// The whole protocol: every request that the background serves, the roles that may make it, and the shapes of request and response. One table
// for custody, which holds the vault; one for src/tabs/, which knows tabs and sites; and one for transfers, whose data is too large for a
// message. It is closed by default: an entry without `roles` does not compile, and a role that is not listed is refused.
// A new entry goes into the table of its subject, in `vault/` or `tabs/`; this file changes only for a new table.

import type * as v from 'valibot'
import { contentToTabs, contentToVault } from './contentScriptEntries.ts'
import type { RequestIn, ResponseIn, Table, TransferTable } from './entry.ts'
import { clipboardEntries } from './tabs/clipboard.ts'
import { siteEntries } from './tabs/sites.ts'
import { spellingEntries } from './tabs/spelling.ts'
import { autoLockEntries } from './vault/autoLock.ts'
import { backupEntries, backupTransfers } from './vault/backups.ts'
import { composerEntries } from './vault/composer.ts'
import { libraryEntries, libraryTransfers } from './vault/library.ts'
import { pairingEntries } from './vault/pairing.ts'
import { proofEntries } from './vault/proof.ts'
import { recoveryEntries } from './vault/recovery.ts'
import { rotationEntries } from './vault/rotation.ts'
import { syncEntries } from './vault/sync.ts'
import { unlockMethodEntries } from './vault/unlockMethods.ts'
import { vaultEntries } from './vault/vault.ts'

/** Served by custody. */
export const vaultProtocol = {
  ...vaultEntries,
  ...autoLockEntries,
  ...rotationEntries,
  ...backupEntries,
  ...proofEntries,
  ...unlockMethodEntries,
  ...recoveryEntries,
  ...syncEntries,
  ...pairingEntries,
  ...libraryEntries,
  ...composerEntries,
  ...contentToVault,
} as const satisfies Table

/** Served by src/tabs/. */
export const tabsProtocol = {
  ...siteEntries,
  ...clipboardEntries,
  ...spellingEntries,
  ...contentToTabs,
} as const satisfies Table

export const protocol = { ...vaultProtocol, ...tabsProtocol } as const satisfies Table

export type Protocol = typeof protocol
export type Name = keyof Protocol
export type Request<N extends Name> = RequestIn<Protocol, N>
export type Response<N extends Name> = ResponseIn<Protocol, N>

/** Served by custody. */
export const transfers = { ...backupTransfers, ...libraryTransfers } as const satisfies TransferTable

type Transfers = typeof transfers
export type TransferName = keyof Transfers
type NameOf<Direction> = { [N in TransferName]: Transfers[N]['direction'] extends Direction ? N : never }[TransferName]
export type OutName = NameOf<'out'>
export type InName = NameOf<'in'>
export type TransferRequest<N extends TransferName> = v.InferOutput<Transfers[N]['request']>
export type Chunk<N extends TransferName> = v.InferOutput<Transfers[N]['chunk']>
export type Cursor<N extends TransferName> = v.InferOutput<Transfers[N]['cursor']>
export type TransferResult<N extends TransferName> = v.InferOutput<Transfers[N]['result']>
