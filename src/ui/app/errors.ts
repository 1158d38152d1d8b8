// What a person reads when something did not work: what happened, what was kept, what to do next.
// Chosen here, from the closed list of failure codes; nothing else about a failure ever reaches a person.

import type { FailureCode } from '../../failure.ts'
import type { Diagnosis, NotPutBack, Unplaced } from '../../messages/shapes.ts'
import type { ShareFound, Verdict } from '../../messages/vault/recovery.ts'
import { counted, type PlainKey, words } from '../../words.ts'
import { formatList } from './format.ts'
import { type CodeKind, writtenShare } from './groups.ts'
import { type LibraryErrorContext, libraryErrors } from './libraryErrors.ts'

/** What the person was doing: the same failure can mean something else, or need another next step. */
export type ErrorContext =
  | 'look'
  | 'unlock'
  | 'lock'
  | 'create'
  | 'recover'
  | 'renew'
  | 'change-password'
  | 'test-recovery'
  | 'name-vault'
  | 'share'
  | 'recover-by-shares'
  | 'passkey-unlock'
  | 'passkey-add'
  | 'passkey-keep'
  | 'unlock-methods'
  | 'prove-by-password'
  | 'prove-by-passkey'
  | 'confirm-access'
  | 'site'
  | 'clipboard'
  | 'writing'
  | 'open-page'
  | 'compose'
  | 'begin'
  | 'seal'
  | 'put-back'
  | 'draft'
  | 'practice'
  | 'sync'
  | 'accept-synced-vault'
  | 'join'
  | 'auto-lock'
  | 'stay-unlocked'
  | 'new-key'
  | 'new-master-key'
  | 'backup'
  | 'open-backup'
  | 'restore'
  | 'offer-pairing'
  | 'open-pairing'
  | 'accept-pairing'
  | LibraryErrorContext

const general = {
  locked: 'errors.general.locked',
  'no-vault': 'errors.general.noVault',
  'vault-exists': 'errors.general.vaultExists',
  'wrong-secret': 'errors.general.wrongSecret',
  mistyped: 'errors.general.mistyped',
  'proof-needed': 'errors.general.proofNeeded',
  'last-slot': 'errors.general.lastSlot',
  'already-there': 'errors.general.alreadyThere',
  cancelled: 'errors.general.cancelled',
  unsupported: 'errors.general.unsupported',
  'weak-password': 'errors.general.weakPassword',
  'not-for-us': 'errors.general.notForUs',
  damaged: 'errors.general.damaged',
  'newer-version': 'errors.general.newerVersion',
  'other-site': 'errors.general.otherSite',
  'too-long': 'errors.general.tooLong',
  refused: 'errors.general.refused',
  conflict: 'errors.general.conflict',
  rollback: 'errors.general.rollback',
  clock: 'errors.general.clock',
  implausible: 'errors.general.implausible',
  weakened: 'errors.general.weakened',
  full: 'errors.general.full',
  memory: 'errors.general.memory',
  gone: 'errors.general.gone',
  unavailable: 'errors.general.unavailable',
} as const satisfies Record<FailureCode, PlainKey>

const particular: Readonly<Record<ErrorContext, Partial<Readonly<Record<FailureCode, PlainKey>>>>> = {
  ...libraryErrors,
  look: {
    unavailable: 'errors.look.unavailable',
  },
  unlock: {
    damaged: 'errors.unlock.damaged',
    'wrong-secret': 'errors.unlock.wrongSecret',
    memory: 'errors.unlock.memory',
  },
  lock: {
    unavailable: 'errors.lock.unavailable',
  },
  create: {
    unavailable: 'errors.create.unavailable',
    full: 'errors.create.full',
    memory: 'errors.create.memory',
  },
  recover: {
    memory: 'errors.recover.memory',
    'wrong-secret': 'errors.recover.wrongSecret',
    unavailable: 'errors.recover.unavailable',
  },
  renew: {
    locked: 'errors.renew.locked',
    full: 'errors.renew.full',
    unavailable: 'errors.renew.unavailable',
  },
  'change-password': {
    'wrong-secret': 'errors.changePassword.wrongSecret',
    memory: 'errors.changePassword.memory',
    unavailable: 'errors.changePassword.unavailable',
  },
  'test-recovery': {
    'wrong-secret': 'errors.testRecovery.wrongSecret',
    locked: 'errors.testRecovery.locked',
    full: 'errors.testRecovery.full',
    unavailable: 'errors.testRecovery.unavailable',
  },
  'name-vault': {
    unavailable: 'errors.nameVault.unavailable',
  },
  share: {
    locked: 'errors.share.locked',
    mistyped: 'errors.share.mistyped',
    full: 'errors.share.full',
    unavailable: 'errors.share.unavailable',
  },
  'recover-by-shares': {
    'wrong-secret': 'errors.recoverByShares.wrongSecret',
    mistyped: 'errors.recoverByShares.mistyped',
    unavailable: 'errors.recoverByShares.unavailable',
  },
  'passkey-unlock': {
    'wrong-secret': 'errors.passkeyUnlock.wrongSecret',
    cancelled: 'errors.passkeyUnlock.cancelled',
    unsupported: 'errors.passkeyUnlock.unsupported',
    refused: 'errors.passkeyUnlock.refused',
  },
  'passkey-add': {
    locked: 'errors.passkeyAdd.locked',
    cancelled: 'errors.passkeyAdd.cancelled',
    unsupported: 'errors.passkeyAdd.unsupported',
    'already-there': 'errors.passkeyAdd.alreadyThere',
    refused: 'errors.passkeyAdd.refused',
    unavailable: 'errors.passkeyAdd.unavailable',
    full: 'errors.passkeyAdd.full',
  },
  'passkey-keep': {
    'wrong-secret': 'errors.passkeyKeep.wrongSecret',
    cancelled: 'errors.passkeyKeep.cancelled',
    unsupported: 'errors.passkeyKeep.unsupported',
    refused: 'errors.passkeyKeep.refused',
    gone: 'errors.passkeyKeep.gone',
  },
  'prove-by-password': {
    'wrong-secret': 'errors.proveByPassword.wrongSecret',
    memory: 'errors.proveByPassword.memory',
  },
  'prove-by-passkey': {
    'wrong-secret': 'errors.proveByPasskey.wrongSecret',
    cancelled: 'errors.proveByPasskey.cancelled',
    unsupported: 'errors.proveByPasskey.unsupported',
    refused: 'errors.proveByPasskey.refused',
  },
  'confirm-access': {
    locked: 'errors.confirmAccess.locked',
    full: 'errors.confirmAccess.full',
    unavailable: 'errors.confirmAccess.unavailable',
  },
  'unlock-methods': {
    locked: 'errors.unlockMethods.locked',
    gone: 'errors.unlockMethods.gone',
    damaged: 'errors.unlockMethods.damaged',
    unavailable: 'errors.unlockMethods.unavailable',
  },
  writing: {},
  clipboard: {
    unavailable: 'errors.clipboard.unavailable',
  },
  site: {
    unavailable: 'errors.site.unavailable',
  },
  'open-page': {
    refused: 'errors.openPage.refused',
    gone: 'errors.openPage.gone',
  },
  compose: {
    gone: 'errors.compose.gone',
  },
  begin: {
    gone: 'errors.begin.gone',
    'other-site': 'errors.begin.otherSite',
    refused: 'errors.begin.refused',
  },
  seal: {
    locked: 'errors.seal.locked',
    'too-long': 'errors.seal.tooLong',
    unavailable: 'errors.seal.unavailable',
    full: 'errors.seal.full',
  },
  'put-back': {
    locked: 'errors.putBack.locked',
    gone: 'errors.putBack.gone',
    unavailable: 'errors.putBack.unavailable',
  },
  draft: {
    locked: 'errors.draft.locked',
    gone: 'errors.draft.gone',
    full: 'errors.draft.full',
    unavailable: 'errors.draft.unavailable',
    'too-long': 'errors.draft.tooLong',
  },
  'new-key': {
    unavailable: 'errors.newKey.unavailable',
  },
  'new-master-key': {
    'wrong-secret': 'errors.newMasterKey.wrongSecret',
    conflict: 'errors.newMasterKey.conflict',
    unavailable: 'errors.newMasterKey.unavailable',
    full: 'errors.newMasterKey.full',
  },
  backup: {
    locked: 'errors.backup.locked',
    unavailable: 'errors.backup.unavailable',
  },
  'open-backup': {
    'wrong-secret': 'errors.openBackup.wrongSecret',
    mistyped: 'errors.openBackup.mistyped',
    memory: 'errors.openBackup.memory',
    weakened: 'errors.openBackup.weakened',
  },
  restore: {
    damaged: 'errors.restore.damaged',
    locked: 'errors.restore.locked',
    full: 'errors.restore.full',
    'too-long': 'errors.restore.tooLong',
    gone: 'errors.restore.gone',
    unavailable: 'errors.restore.unavailable',
  },
  'offer-pairing': {
    locked: 'errors.offerPairing.locked',
    unavailable: 'errors.offerPairing.unavailable',
  },
  'open-pairing': {
    'wrong-secret': 'errors.openPairing.wrongSecret',
    mistyped: 'errors.openPairing.mistyped',
    damaged: 'errors.openPairing.damaged',
    'newer-version': 'errors.openPairing.newerVersion',
    weakened: 'errors.openPairing.weakened',
    unavailable: 'errors.openPairing.unavailable',
  },
  'accept-pairing': {
    'wrong-secret': 'errors.acceptPairing.wrongSecret',
    mistyped: 'errors.acceptPairing.mistyped',
    memory: 'errors.acceptPairing.memory',
    damaged: 'errors.acceptPairing.damaged',
    weakened: 'errors.acceptPairing.weakened',
    rollback: 'errors.acceptPairing.rollback',
    locked: 'errors.acceptPairing.locked',
    full: 'errors.acceptPairing.full',
    'too-long': 'errors.acceptPairing.tooLong',
    unavailable: 'errors.acceptPairing.unavailable',
  },
  practice: {
    locked: 'errors.practice.locked',
  },
  sync: {
    unavailable: 'errors.sync.unavailable',
  },
  'accept-synced-vault': {
    'wrong-secret': 'errors.acceptSyncedVault.wrongSecret',
    locked: 'errors.acceptSyncedVault.locked',
  },
  join: {
    'wrong-secret': 'errors.join.wrongSecret',
    'vault-exists': 'errors.join.vaultExists',
    damaged: 'errors.join.damaged',
    'newer-version': 'errors.join.newerVersion',
    weakened: 'errors.join.weakened',
    rollback: 'errors.join.rollback',
    gone: 'errors.join.gone',
    unavailable: 'errors.join.unavailable',
  },
  'auto-lock': {
    locked: 'errors.autoLock.locked',
    unavailable: 'errors.autoLock.unavailable',
  },
  'stay-unlocked': {
    locked: 'errors.stayUnlocked.locked',
    unavailable: 'errors.stayUnlocked.unavailable',
  },
}

export function errorSentence(code: FailureCode, context: ErrorContext): string {
  return words(particular[context][code] ?? general[code])
}

const unplacedKeys = {
  gone: 'errors.unplaced.gone',
  altered: 'errors.unplaced.altered',
  'too-long': 'errors.unplaced.tooLong',
  'no-target': 'errors.unplaced.noTarget',
} as const satisfies Record<Unplaced, PlainKey>

export function unplacedSentence(why: Unplaced): string {
  return words(unplacedKeys[why])
}

const notPutBackKeys = {
  gone: 'errors.notPutBack.gone',
  changed: 'errors.notPutBack.changed',
  altered: 'errors.notPutBack.altered',
  'too-long': 'errors.notPutBack.tooLong',
} as const satisfies Record<NotPutBack, PlainKey>

export function notPutBackSentence(why: NotPutBack): string {
  return words(notPutBackKeys[why])
}

const notOfferedKeys = { foreign: 'errors.notOffered.foreign', over: 'errors.notOffered.over' } as const

/** Why an opened text is not offered to the page. */
export function notOfferedSentence(why: keyof typeof notOfferedKeys): string {
  return words(notOfferedKeys[why])
}

export function diagnosisSentence(found: Diagnosis, kind: CodeKind): string {
  switch (found.kind) {
    case 'fine':
      return words(kind.complete)
    case 'length':
      return words('errors.code.length', { letters: found.letters, all: kind.letters })
    case 'letter':
      return words(kind.foreignLetter, { group: found.group })
    case 'group':
      return words('errors.code.group', { group: found.group })
    case 'somewhere':
      return words(kind.errorSomewhere)
  }
}

/** On the share that the person is typing, judged together with those already added. */
export function shareSentence(found: ShareFound): string {
  switch (found.kind) {
    case 'good':
      return words('errors.typedShare.good', { index: found.index })
    case 'twice':
      return words(found.same ? 'errors.typedShare.twice' : 'errors.typedShare.twiceOtherwise', { index: found.index })
    case 'other-set':
      return words('errors.typedShare.otherSet')
    case 'newer':
      return words('errors.typedShare.newer')
    default:
      return diagnosisSentence(found, writtenShare)
  }
}

/** On all shares that were added. */
export function verdictSentence({ kind, needed, wrong }: Verdict, count: number): string {
  if (kind === 'few') return words('errors.typedShares.few', { count, needed })
  if (kind === 'open') {
    const opens = words('errors.typedShares.open')
    if (wrong.length === 0) return opens
    const shares = formatList(wrong.map((index) => words('errors.typedShares.share', { index })))
    return `${opens} ${counted('errors.typedShares.wrong', { n: wrong.length, shares })}`
  }
  return words(count > needed ? 'errors.typedShares.someForged' : 'errors.typedShares.oneForged')
}
