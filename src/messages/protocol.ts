// The whole protocol: every request that the background serves, who may make it, and the shapes of request and response. One
// table for those who hold the vault (custody), one for those who know tabs and sites; and one for the transfers of what is
// too large for a message. Closed by default: an entry without its `roles` does not compile, and who is not on the list is refused.

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

/** All of them are served by those who hold the vault. */
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
