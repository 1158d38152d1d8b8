// One well-formed question and answer for every entry of the protocol; an entry without them does not compile. And
// handlers that note what reached them.

import type { Asker, Handlers } from '../../src/messages/handlers.ts'
import { type Answer, type Ask, type Name, protocol } from '../../src/messages/protocol.ts'

export const sealed = 'sealed1AAAAAAAAAAAA'
export const token = 'AAAAAAAAAAAAAAAAAAAAAA'
const chain = 'A'.repeat(43)
const recoveryKey = 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ'
const share = 'ZFC6-6HV0-QYN8-YRJ5-DVAZ-L04R-LPHU-TWPQ-PPGJ-X7XQ-TCS'
const pairingCode = 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ'
const part = 'FSPAIR1:AAAAAAAA.'
const madeAt = '2026-11-23T12:00:00.000Z'
const cue = { words: ['calm', 'river'], colour: 'teal' } as const
const credentialId = 'B'.repeat(43)
const salt = 'A'.repeat(43)
const prf = Array.from({ length: 32 }, (_, at) => at)
const since = '2026-11-26T02:00:00.000Z'
const box = { left: 1, top: 2, width: 300, height: 40 }
const choices = { open: true, button: false }
const description = {
  kind: 'textarea',
  id: 'note',
  name: 'note',
  autocomplete: '',
  label: 'note',
  placeholder: '',
  form: '/notes',
  path: '/',
  nth: 0,
} as const
const field = { id: token, label: 'Note', maxChars: null }

export const asks: { readonly [N in Name]: Ask<N> } = {
  state: {},
  unlock: { password: 'a password' },
  lock: {},
  proposeRecovery: {},
  createVault: { password: 'a password', recoveryKey },
  checkRecovery: { typed: recoveryKey },
  recover: { recoveryKey, password: 'a password' },
  replaceRecovery: { recoveryKey },
  changePassword: { current: 'a password', next: 'another password' },
  autoLock: {},
  setAutoLock: { choice: { minutes: null, onScreenLock: true, onLastWindow: false } },
  stayUnlocked: {},
  recoveryNews: {},
  nameVault: { vaultName: 'Ada’s vault' },
  testRecovery: { recoveryKey },
  testLater: {},
  proposeShares: { threshold: 2, count: 3 },
  keepShares: { shares: [share, share, share], names: ['Ada', 'Bo', ''] },
  removeShares: {},
  weighShares: { shares: [share, 'ZFC6'] },
  recoverByShares: { shares: [share, share], password: 'a password' },
  renewCircle: {},
  renewMasterKey: { password: 'a password', recoveryKey },
  beginBackup: {},
  backupPart: { chain, after: token },
  endBackup: { chain, documents: 3 },
  remindOfBackupLater: {},
  stageBackup: { token, nth: 0, text: '{}\n' },
  lookAtBackup: { token, pieces: 1, secret: { kind: 'password', password: 'a password' } },
  restoreBackup: { token, pieces: 1, secret: { kind: 'recovery', recoveryKey } },
  waysIn: {},
  unlockByPasskey: { credentialId, prf },
  addPasskey: { name: 'Laptop', credentialId, salt, prf },
  renamePasskey: { id: 'AAAAAAAAAAAA', name: 'Old laptop' },
  removePasskey: { id: 'AAAAAAAAAAAA' },
  devices: {},
  keepInStep: { now: 'on' },
  syncNow: {},
  replaceSynced: {},
  clearSynced: {},
  takeIn: { password: 'a password' },
  foundVault: {},
  join: { file: null, by: { kind: 'password', password: 'a password' } },
  offerPairing: {},
  readParts: { text: part },
  checkPairingCode: { typed: pairingCode },
  lookAtPairing: { parts: part, code: pairingCode, secret: null },
  takePairing: { parts: part, code: pairingCode, secret: { kind: 'password', password: 'a password' } },
  here: {},
  sites: {},
  switchOn: { pattern: 'https://notes.example/*' },
  switchOff: { pattern: 'https://notes.example/*' },
  choose: { pattern: 'https://notes.example/*', choices },
  removeSite: { pattern: '*://*.notes.example/*' },
  removeMark: { id: token },
  composeHere: {},
  openPage: {},
  printPage: {},
  practiceSeal: { text: 'practice' },
  practiceOpen: { sealed },
  begin: { errand: token },
  keepDraft: { errand: null, draft: token, text: 'half a thought' },
  takeDraft: { draft: token },
  dropDraft: { draft: token },
  sealComposed: { errand: token, draft: token, text: 'a thought' },
  hello: { at: 'start' },
  bringFields: {},
  markField: { label: 'Note', field: description },
  unmarkField: { id: token },
  seal: { text: 'a thought' },
  unseal: { sealed: [sealed] },
  tickets: { texts: [{ sealed, field }] },
  compose: { field, sealed: null, box },
  offer: { sealed, why: 'gone' },
  count: { texts: 3 },
  askUnlock: {},
}

export const answers: { readonly [N in Name]: Answer<N> } = {
  state: { vault: 'locked', cue, renewRecovery: false, locking: null, backup: null },
  unlock: {},
  lock: {},
  proposeRecovery: { recoveryKey },
  createVault: { cue },
  checkRecovery: { kind: 'group', group: 3 },
  recover: {},
  replaceRecovery: {},
  changePassword: {},
  autoLock: { minutes: 15, onScreenLock: true, onLastWindow: true },
  setAutoLock: {},
  stayUnlocked: {},
  recoveryNews: {
    name: 'My vault',
    keyMadeAt: madeAt,
    testedAt: null,
    testDue: true,
    shares: { threshold: 2, count: 3, madeAt, names: ['Ada', 'Bo', ''], used: false },
  },
  nameVault: {},
  testRecovery: {},
  testLater: {},
  proposeShares: { shares: [share, share, share] },
  keepShares: {},
  removeShares: {},
  weighShares: {
    found: [
      { kind: 'twice', index: 2, same: true },
      { kind: 'length', letters: 4 },
    ],
    verdict: { kind: 'open', needed: 2, wrong: [3] },
  },
  recoverByShares: {},
  renewCircle: {},
  renewMasterKey: {},
  beginBackup: { text: '{}\n', chain },
  backupPart: { text: '{}\n', documents: 1, chain, after: null },
  endBackup: { text: '{}\n' },
  remindOfBackupLater: {},
  stageBackup: {},
  lookAtBackup: {
    kind: 'opened',
    madeAt: 1_795_000_000_000,
    state: 'whole',
    documents: 3,
    damagedLines: 0,
    whose: 'same',
    unreadable: 0,
    genuine: true,
    brings: { keys: 1, documents: 2, changesVault: true, age: 'older' },
  },
  restoreBackup: {},
  waysIn: {
    ways: [
      { kind: 'password', id: 'AAAAAAAAAAAA', since, memoryKiB: 65536, passes: 3 },
      { kind: 'recovery', id: 'BBBBBBBBBBBB', since },
      { kind: 'passkey', id: 'CCCCCCCCCCCC', since, name: 'Laptop', credentialId, salt },
      { kind: 'other', id: 'DDDDDDDDDDDD' },
    ],
  },
  unlockByPasskey: {},
  addPasskey: {},
  renamePasskey: {},
  removePasskey: {},
  devices: {
    on: true,
    status: { kind: 'in-step', at: 1_795_000_000_000 },
    refused: { why: 'damaged', at: 1_795_000_000_000 },
  },
  keepInStep: {},
  syncNow: {},
  replaceSynced: {},
  clearSynced: {},
  takeIn: {},
  foundVault: { found: 'vault' },
  join: {},
  offerPairing: { code: pairingCode, parts: [part] },
  readParts: { parts: [{ transfer: '0123456789ab', index: 0, count: 9, text: part }], damaged: 1, newer: 0 },
  checkPairingCode: { kind: 'group', group: 3 },
  lookAtPairing: {
    kind: 'opened',
    name: 'My vault',
    revision: 3,
    updatedAt: 1_795_000_000_000,
    madeAt: 1_795_000_000_000,
    whose: 'foreign',
    otherKey: false,
    brings: { keys: 2, documents: 0, changesVault: true, age: 'same' },
  },
  takePairing: {},
  here: {
    host: 'notes.example',
    pattern: 'https://notes.example/*',
    on: true,
    allowed: true,
    everywhere: false,
    inPrivate: false,
    choices,
    texts: 3,
  },
  sites: {
    everywhere: true,
    sites: [
      { pattern: 'https://notes.example/*', state: 'excepted', choices },
      { pattern: '*://*.notes.example/*', state: 'on', choices: null },
    ],
    marks: [{ id: token, host: 'notes.example', label: 'Note', since: 1_795_000_000_000, guarded: true }],
  },
  switchOn: {},
  switchOff: {},
  choose: {},
  removeSite: {},
  removeMark: {},
  composeHere: {},
  openPage: { texts: 3, inWindow: 0 },
  printPage: {},
  practiceSeal: { sealed },
  practiceOpen: { text: 'practice' },
  begin: {
    purpose: 'write',
    cue,
    target: { host: 'notes.example', field: 'Note', maxChars: 500 },
    text: '',
    inPrivate: false,
    drafts: [],
  },
  keepDraft: {},
  takeDraft: { text: 'half a thought' },
  dropDraft: {},
  sealComposed: { placed: false, why: 'gone', sealed },
  hello: { on: true, choices, marks: [{ id: token, field: description }] },
  bringFields: {},
  markField: {},
  unmarkField: {},
  seal: { sealed },
  unseal: { texts: ['a thought'] },
  tickets: { tickets: [token] },
  compose: {},
  offer: {},
  count: {},
  askUnlock: {},
}

export const names = Object.keys(protocol) as Name[]

export interface Reached {
  readonly name: Name
  readonly ask: unknown
  readonly asker: Asker
}

/** Handlers for every entry that note what reached them, and answer as `given` says, else with the sample. */
export function noting(given: (name: Name) => unknown = (name) => answers[name]) {
  const reached: Reached[] = []
  const handler = (name: Name) => async (ask: unknown, asker: Asker) => {
    reached.push({ name, ask, asker })
    return given(name)
  }
  const handlers = Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Handlers
  return { handlers, reached }
}
