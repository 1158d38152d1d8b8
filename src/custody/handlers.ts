// Custody, put together: its parts, and which of them serves which entry of the protocol. Nothing is decided here.

import { diagnoseRecovery } from '../crypto/recovery.ts'
import type { TransferHandlers, VaultHandlers } from '../messages/handlers.ts'
import { BrowserSync } from '../sync/browserSync.ts'
import { syncHandlers } from './access/devices.ts'
import { pairingHandlers } from './access/pairing.ts'
import { passkeyHandlers } from './access/passkeys.ts'
import { changePassword } from './access/password.ts'
import { proofHandlers, requireProof } from './access/proof.ts'
import { recoveryHandlers } from './access/recovery.ts'
import { proposeRecoveryKey, recover, replaceRecoveryKey } from './access/recoveryKey.ts'
import { rotationHandlers } from './access/rotation.ts'
import { vaultState } from './access/vaultState.ts'
import { backupHandlers, backupTransferHandlers } from './backups/backup.ts'
import { Composer } from './composer/composing.ts'
import { PutBack } from './composer/puttingBack.ts'
import { ComposerWindows } from './composer/windows.ts'
import { Library } from './library/library.ts'
import { Locking } from './locking.ts'
import { Syncing, thisDevice } from './sync/syncing.ts'
import { syncStateStore } from './sync/syncState.ts'
import { cleanAddress } from './texts/address.ts'
import { Readers } from './texts/readers.ts'
import { sealWithCopy } from './texts/sealedCopy.ts'
import { Texts } from './texts/texts.ts'
import { AutoLock } from './vault/autoLock.ts'
import type { BrowserSide } from './vault/browserSide.ts'
import { Custodian } from './vault/custodian.ts'
import { wrapHandlers, wrapTransferHandlers } from './vault/wrapHandlers.ts'

export function createCustody(browser: BrowserSide) {
  const custodian = new Custodian()
  const texts = new Texts(custodian)
  const library = new Library(custodian, texts, browser)
  const copies = library.autoSave
  const windows = new ComposerWindows(browser)
  const readers = new Readers(texts, windows, browser)
  const composer = new Composer({ custodian, texts, copies, windows, browser })
  const putBack = new PutBack(texts, windows, browser)
  const synced = new BrowserSync()
  const syncing = new Syncing(custodian, synced, syncStateStore, thisDevice)
  const locking = new Locking({ custodian, readers, library, syncing, browser })
  const autoLock = new AutoLock(custodian, locking)
  const { withBroadcast } = locking

  const handlers: VaultHandlers = {
    getVaultState: () => vaultState(custodian),
    unlock: ({ password }) => withBroadcast(() => custodian.unlock(password), password),
    lock: () => done(locking.lock()),
    proposeRecoveryKey: async () => ({ recoveryKey: proposeRecoveryKey() }),
    createVault: async ({ password, recoveryKey, strong }) => {
      const cue = await custodian.create(password, recoveryKey, strong)
      await locking.broadcast()
      return { cue }
    },
    checkRecoveryKey: async ({ typed }) => diagnoseRecovery(typed),
    recover: ({ recoveryKey, password, strong }) =>
      withBroadcast(() => recover(custodian, recoveryKey, password, strong)),
    replaceRecoveryKey: ({ recoveryKey }) => withBroadcast(() => replaceRecoveryKey(custodian, recoveryKey)),
    changePassword: ({ current, next, strong }) =>
      withBroadcast(() => changePassword(custodian, current, next, strong)),
    practiceSealing: async ({ text }) => ({ sealed: await texts.seal(text, null) }),
    practiceOpening: async ({ sealed }) => ({ text: (await texts.open(sealed)).text }),
    ...autoLock.handlers(),
    ...recoveryHandlers(custodian, withBroadcast),
    ...rotationHandlers(custodian, withBroadcast),
    ...backupHandlers(custodian, withBroadcast),
    ...library.handlers(withBroadcast),
    ...pairingHandlers(custodian, withBroadcast),
    ...passkeyHandlers(custodian, withBroadcast),
    ...proofHandlers(custodian),
    ...syncHandlers(custodian, syncing, synced, withBroadcast),
    ...composer.handlers(),
    ...putBack.handlers(),
    ...readers.handlers(),
    ...windows.handlers(),
    seal: async ({ text, replaces }, { origin, tabUrl, inPrivate }) => ({
      sealed: await sealWithCopy(texts, copies, { text, origin, url: cleanAddress(tabUrl), replaces, inPrivate }),
    }),
  }
  const transfers: TransferHandlers = { ...backupTransferHandlers(custodian), ...library.transferHandlers() }
  const proved = requireProof(custodian)
  return {
    autoLock,
    library,
    locking,
    putBack,
    readers,
    syncing,
    texts,
    windows,
    hasVault: () => custodian.hasVault(),
    handlers: wrapHandlers(wrapHandlers(handlers, autoLock.postponeAfterActivity), proved),
    transfers: wrapTransferHandlers(wrapTransferHandlers(transfers, autoLock.postponeAfterActivity), proved),
  }
}

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work
  return {}
}
