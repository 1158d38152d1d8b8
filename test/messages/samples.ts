// One well-formed question and answer for every entry of the protocol, and what is said in every transfer; one without them does not
// compile. And handlers that note what reached them.

import type { Caller, Handlers, TransferHandlers } from '../../src/messages/handlers.ts'
import {
  type Chunk,
  type Cursor,
  type Name,
  protocol,
  type Request,
  type Response,
  type TransferName,
  type TransferRequest,
  type TransferResult,
  transfers,
} from '../../src/messages/protocol.ts'

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
  index: 0,
} as const
const field = { id: token, label: 'Note', maxChars: null }

const plainEntry = {
  text: 'a note',
  origin: null,
  url: null,
  createdAt: 1_795_000_000_000,
  changedAt: 1_795_000_000_000,
}

const fingerprint = { salt: Array(16).fill(1), digest: Array(32).fill(2) }

export const asks: { readonly [N in Name]: Request<N> } = {
  getVaultState: {},
  unlock: { password: 'a password' },
  lock: {},
  proposeRecoveryKey: {},
  createVault: { password: 'a password', strong: true, recoveryKey },
  checkRecoveryKey: { typed: recoveryKey },
  recover: { recoveryKey, password: 'a password', strong: true },
  replaceRecoveryKey: { recoveryKey },
  changePassword: { current: 'a password', next: 'another password', strong: false },
  getProofState: {},
  proveByPassword: { password: 'a password', strong: true },
  proveByPasskey: { credentialId, prf },
  listAccessNotices: {},
  confirmAccessNotices: { ids: ['AAAAAAAAAAAA'] },
  getAutoLock: {},
  setAutoLock: { choice: { minutes: null, onScreenLock: true, onLastWindow: false } },
  stayUnlocked: {},
  watchClipboard: { id: token, fingerprint },
  getExpectedClipboard: {},
  reportClipboard: { id: token, outcome: 'cleared' },
  getRecoveryStatus: {},
  nameVault: { vaultName: 'Ada’s vault' },
  testRecoveryKey: { recoveryKey },
  postponeRecoveryTest: {},
  proposeShares: { threshold: 2, count: 3 },
  replaceShares: { shares: [share, share, share], names: ['Ada', 'Bo', ''] },
  removeShares: {},
  checkShares: { shares: [share, 'ZFC6'] },
  recoverByShares: { shares: [share, share], password: 'a password', strong: true },
  rotateCircleKey: {},
  rotateMasterKey: {
    password: 'a password',
    epoch: 1,
    recovery: { kind: 'same', recoveryKey },
    passkeys: [{ id: 'AAAAAAAAAAAA', prf }],
  },
  snoozeBackupReminder: {},
  inspectBackup: { token, pieces: 1, secret: { kind: 'password', password: 'a password' } },
  restoreBackup: { token, pieces: 1, secret: { kind: 'recovery', recoveryKey } },
  listUnlockMethods: {},
  unlockByPasskey: { credentialId, prf },
  addPasskey: { name: 'Laptop', credentialId, salt, prf },
  renamePasskey: { id: 'AAAAAAAAAAAA', name: 'Old laptop' },
  removePasskey: { id: 'AAAAAAAAAAAA' },
  checkPasskey: { id: 'AAAAAAAAAAAA', prf },
  getSyncStatus: {},
  setSync: { on: true },
  syncNow: {},
  replaceSyncedVault: {},
  clearSyncedVault: {},
  acceptSyncedVault: { password: 'a password' },
  findVaultToJoin: {},
  joinVault: { file: null, by: { kind: 'password', password: 'a password' } },
  offerPairing: {},
  readPairingFrames: { text: part },
  checkPairingCode: { typed: pairingCode },
  inspectPairing: { parts: part, code: pairingCode, secret: null },
  acceptPairing: { parts: part, code: pairingCode, secret: { kind: 'password', password: 'a password' } },
  getLibraryState: {},
  setLibrarySettings: { keepTexts: true, rekeyAfterDays: 365 },
  dismissAutoSaveFailure: {},
  listEntries: { of: 'texts', search: 'a word', order: 'time', offset: 0, count: 50 },
  listEntryIds: { search: '' },
  openEntry: { id: token },
  openVersion: { id: token, version: token },
  createEntry: { id: token, text: 'a note' },
  recordUnsavedText: { token, unsaved: true },
  saveEntry: { id: token, revision: 1, text: 'another note' },
  sealEntry: { id: token },
  deleteEntries: { operation: token, ids: [token] },
  undoDelete: {},
  findOnPage: { id: token },
  placeEntry: { id: token },
  composeDraft: { draft: token },
  deleteDrafts: { ids: [token] },
  reencryptLibrary: {},
  stopReencrypting: {},
  getCurrentSite: {},
  listSites: {},
  switchOnSite: { pattern: 'https://notes.example/*' },
  switchOffSite: { pattern: 'https://notes.example/*' },
  setSiteChoices: { pattern: 'https://notes.example/*', choices },
  removeSite: { pattern: '*://*.notes.example/*' },
  removeAlwaysSealed: { id: token },
  removeUnreadableAlwaysSealed: {},
  composeHere: {},
  openPageTexts: {},
  printPage: {},
  practiceSealing: { text: 'practice' },
  practiceOpening: { sealed },
  getWindowContext: { windowRequest: token },
  saveDraft: { windowRequest: null, draft: token, text: 'half a thought' },
  resumeDraft: { windowRequest: token, draft: token },
  deleteDraft: { draft: token },
  sealComposedText: { windowRequest: token, draft: token, text: 'a thought' },
  confirmPutBack: { windowRequest: token },
  getSiteState: { reason: 'start' },
  loadFieldScript: {},
  alwaysSealField: { label: 'Note', field: description },
  stopSealingField: { id: token },
  seal: { text: 'a thought', replaces: sealed },
  issueTickets: { texts: [{ sealed, field }] },
  compose: { field, sealed: null, box },
  openPutBackWindow: { field, sealed, box },
  offerSealedText: { sealed, why: 'gone' },
  getSpelling: {},
  setSpelling: { spelling: true },
  openWindow: { sealed },
  reportTextCount: { texts: 3 },
  endFieldChoice: {},
  openUnlock: {},
}

export const answers: { readonly [N in Name]: Response<N> } = {
  getVaultState: {
    vault: 'locked',
    removed: false,
    cue,
    unreadable: false,
    renewRecovery: false,
    locking: null,
    backup: null,
    weakPassword: false,
  },
  unlock: {},
  lock: {},
  proposeRecoveryKey: { recoveryKey },
  createVault: { cue },
  checkRecoveryKey: { kind: 'group', group: 3 },
  recover: {},
  replaceRecoveryKey: {},
  changePassword: {},
  getProofState: { holds: false, passkeys: [{ credentialId, salt }] },
  proveByPassword: {},
  proveByPasskey: {},
  listAccessNotices: { notices: [{ id: 'AAAAAAAAAAAA', kind: 'passkey', at: since, name: 'Laptop' }] },
  confirmAccessNotices: {},
  getAutoLock: { minutes: 15, onScreenLock: true, onLastWindow: true },
  setAutoLock: {},
  stayUnlocked: {},
  watchClipboard: { watched: true },
  getExpectedClipboard: { expected: { id: token, fingerprint } },
  reportClipboard: {},
  getRecoveryStatus: {
    name: 'My vault',
    keyMadeAt: madeAt,
    testedAt: null,
    testDue: true,
    shares: { threshold: 2, count: 3, madeAt, names: ['Ada', 'Bo', ''], used: false },
    ended: { at: madeAt, threshold: 2, names: ['Ada', 'Bo'] },
  },
  nameVault: {},
  testRecoveryKey: {},
  postponeRecoveryTest: {},
  proposeShares: { shares: [share, share, share] },
  replaceShares: {},
  removeShares: {},
  checkShares: {
    found: [
      { kind: 'twice', index: 2, same: true },
      { kind: 'length', letters: 4 },
    ],
    verdict: { kind: 'open', needed: 2, wrong: [3] },
  },
  recoverByShares: {},
  rotateCircleKey: {},
  rotateMasterKey: {},
  snoozeBackupReminder: {},
  inspectBackup: {
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
  listUnlockMethods: {
    methods: [
      { kind: 'password', id: 'AAAAAAAAAAAA', since, memoryKiB: 65536, passes: 3 },
      { kind: 'recovery', id: 'BBBBBBBBBBBB', since },
      { kind: 'passkey', id: 'CCCCCCCCCCCC', since, name: 'Laptop', credentialId, salt },
      { kind: 'other', id: 'DDDDDDDDDDDD' },
    ],
    epoch: 1,
  },
  unlockByPasskey: {},
  addPasskey: {},
  renamePasskey: {},
  removePasskey: {},
  checkPasskey: {},
  getSyncStatus: {
    on: true,
    status: { kind: 'in-step', at: 1_795_000_000_000 },
    refused: { why: 'damaged', at: 1_795_000_000_000 },
  },
  setSync: {},
  syncNow: {},
  replaceSyncedVault: {},
  clearSyncedVault: {},
  acceptSyncedVault: {},
  findVaultToJoin: { found: 'vault' },
  joinVault: {},
  offerPairing: { code: pairingCode, parts: [part] },
  readPairingFrames: { parts: [{ transfer: '0123456789ab', index: 0, count: 9, text: part }], damaged: 1, newer: 0 },
  checkPairingCode: { kind: 'group', group: 3 },
  inspectPairing: {
    kind: 'opened',
    name: 'My vault',
    revision: 3,
    updatedAt: 1_795_000_000_000,
    madeAt: 1_795_000_000_000,
    whose: 'foreign',
    otherKey: false,
    brings: { keys: 2, documents: 0, changesVault: true, age: 'same' },
  },
  acceptPairing: {},
  getLibraryState: {
    documents: 3,
    drafts: 1,
    keepTexts: true,
    rekeyAfterDays: 365,
    unkept: { why: 'full', at: 1_795_000_000_000 },
    reencryption: { state: 'running', done: 1, of: 3, damaged: 0 },
  },
  setLibrarySettings: {},
  dismissAutoSaveFailure: {},
  listEntries: {
    total: 2,
    offset: 0,
    entries: [
      {
        kind: 'text',
        id: token,
        title: { text: 'A letter', found: null },
        excerpt: { text: 'with a word', found: [7, 11] },
        host: 'notes.example',
        changedAt: 1_795_000_000_000,
        letters: 20,
      },
      { kind: 'damaged', id: token, changedAt: null },
    ],
    reading: { done: 2, of: 3 },
  },
  listEntryIds: { ids: [token] },
  openEntry: {
    id: token,
    revision: 2,
    text: 'A letter\nwith a word',
    host: 'notes.example',
    url: 'https://notes.example/today',
    createdAt: 1_795_000_000_000,
    changedAt: 1_795_000_000_000,
    keyCreatedAt: 1_795_000_000_000,
    reencrypted: false,
    sealed,
    behind: false,
    under: { owner: 'other-vault', circle: 'Friends', earlier: false },
    versions: [{ id: token, changedAt: 1_795_000_000_000, letters: 8 }],
    damagedVersions: 0,
  },
  openVersion: { text: 'A letter', changedAt: 1_795_000_000_000 },
  createEntry: { revision: 1 },
  recordUnsavedText: {},
  saveEntry: { revision: 2 },
  sealEntry: { sealed },
  deleteEntries: {},
  undoDelete: { restored: 1 },
  findOnPage: { found: 'there' },
  placeEntry: { placing: 'waiting' },
  composeDraft: {},
  deleteDrafts: {},
  reencryptLibrary: {},
  stopReencrypting: {},
  getCurrentSite: {
    host: 'notes.example',
    pattern: 'https://notes.example/*',
    on: true,
    allowed: true,
    everywhere: false,
    inPrivate: false,
    choices,
    texts: 3,
  },
  listSites: {
    everywhere: true,
    sites: [
      { pattern: 'https://notes.example/*', state: 'excepted', choices },
      { pattern: '*://*.notes.example/*', state: 'on', choices: null },
    ],
    marks: [{ id: token, host: 'notes.example', label: 'Note', since: 1_795_000_000_000, guarded: true, every: false }],
    unreadableMarks: 0,
  },
  switchOnSite: {},
  switchOffSite: {},
  setSiteChoices: {},
  removeSite: {},
  removeAlwaysSealed: {},
  removeUnreadableAlwaysSealed: {},
  composeHere: {},
  openPageTexts: { texts: 3, inWindow: 0 },
  printPage: {},
  practiceSealing: { sealed },
  practiceOpening: { text: 'practice' },
  getWindowContext: {
    purpose: 'write',
    cue,
    target: { host: 'notes.example', field: 'Note', maxChars: 500 },
    draft: null,
    text: '',
    sealedAt: 1_795_000_000_000,
    old: true,
    under: { owner: 'personal', circle: null, earlier: true },
    inPrivate: false,
    drafts: [],
  },
  saveDraft: {},
  resumeDraft: { text: 'half a thought' },
  deleteDraft: {},
  sealComposedText: { placed: false, why: 'gone', sealed },
  confirmPutBack: { placed: false, why: 'changed' },
  getSiteState: { on: true, choices, marks: [{ id: token, field: description }], owner: token },
  loadFieldScript: {},
  alwaysSealField: {},
  stopSealingField: {},
  seal: { sealed },
  issueTickets: { tickets: [token] },
  compose: {},
  openPutBackWindow: {},
  offerSealedText: {},
  getSpelling: { spelling: false },
  setSpelling: {},
  openWindow: {},
  reportTextCount: {},
  endFieldChoice: {},
  openUnlock: {},
}

export const names = Object.keys(protocol) as Name[]

interface TransferSample<N extends TransferName> {
  readonly request: TransferRequest<N>
  readonly chunk: Chunk<N>
  readonly cursor: Cursor<N>
  readonly result: TransferResult<N>
}

const refused = { 'too-long': 1, damaged: 0 }

export const transferSamples: { readonly [N in TransferName]: TransferSample<N> } = {
  makeBackup: {
    request: { only: [token] },
    chunk: { text: '{}\n' },
    cursor: { chain, documents: 3, after: { kind: 'version', id: token, entry: token }, next: 'documents' },
    result: { documents: 3 },
  },
  stageBackup: { request: { token }, chunk: { text: '{}\n' }, cursor: { pieces: 1 }, result: { pieces: 1 } },
  exportTexts: {
    request: { ids: [token] },
    chunk: { texts: [plainEntry] },
    cursor: { taken: 1, damaged: 0 },
    result: { damaged: 0 },
  },
  importTexts: {
    request: { token },
    chunk: { texts: [plainEntry] },
    cursor: { chunks: 1, taken: 1, refused },
    result: { taken: 1, refused },
  },
}

export const transferNames = Object.keys(transfers) as TransferName[]

export interface Reached {
  readonly name: Name
  readonly ask: unknown
  readonly asker: Caller
}

/** Handlers for every entry that note what reached them, and answer as `given` says, else with the sample. */
export function noting(given: (name: Name) => unknown = (name) => answers[name]) {
  const reached: Reached[] = []
  const handler = (name: Name) => async (ask: unknown, asker: Caller) => {
    reached.push({ name, ask, asker })
    return given(name)
  }
  const handlers = Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Handlers
  return { handlers, reached }
}

export interface ReachedStep {
  readonly name: TransferName
  readonly step: 'read' | 'store' | 'finish'
  /** What came, but for who sent it: request, cursor, and a chunk where there is one. */
  readonly args: readonly unknown[]
  readonly caller: Caller
}

/** Handlers of every transfer that note what reached them, and give the sample: of `out`, one chunk, and then the result. */
export function notingTransfers(before: (name: TransferName) => unknown = () => undefined) {
  const reached: ReachedStep[] = []
  const handler = (name: TransferName) => {
    const { chunk, cursor, result } = transferSamples[name]
    const noted =
      (step: ReachedStep['step'], give: (cursor: unknown) => unknown) =>
      async (...args: unknown[]) => {
        reached.push({ name, step, args: args.slice(0, -1), caller: args.at(-1) as Caller })
        return (await before(name)) ?? give(args[1])
      }
    return transfers[name].direction === 'out'
      ? { read: noted('read', (from) => (from === null ? { chunk, cursor } : { result })) }
      : { store: noted('store', () => cursor), finish: noted('finish', () => result) }
  }
  const handlers = Object.fromEntries(transferNames.map((name) => [name, handler(name)])) as unknown as TransferHandlers
  return { handlers, reached }
}
