// The death of the background. Before every question of the protocol, from everyone who may ask it, or from some of them (depth.ts), the
// background is killed, and the one that comes after it answers as if it had lived: what windows, texts and commands of before were about is
// still there, and what was said to be done is done. A new entry of the protocol without a case here does not compile.
// That a browser keeps what it is told to keep, while it kills a background, is seen in test/e2e/survives.test.ts.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { leastCost } from '../../src/crypto/kdf.ts'
import { readBackup } from '../../src/keyring/backup.ts'
import type { Vault } from '../../src/keyring/vault.ts'
import type { Role } from '../../src/messages/entry.ts'
import {
  type Chunk,
  type Name,
  protocol,
  type Request,
  type Response,
  type TransferName,
  type TransferRequest,
  type TransferResult,
  transfers,
} from '../../src/messages/protocol.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeUnlocked,
  quickVault,
  recoveryKey,
  renewal,
} from '../custody/device.ts'
import { someOf } from '../depth.ts'
import { site } from '../messages/senders.ts'
import { World } from './world.ts'

vi.mock('hash-wasm', () => import('../custody/argon2.ts'))

const text = 'Killed before every question, and none the wiser.'
const [draft, note, deed, token] = ['d', 'n', 'e', 't'].map((letter) => letter.repeat(22)) as [
  string,
  string,
  string,
  string,
]
const pattern = `${site}/*`
const choices = { open: false, button: true }
const usual = { open: true, button: true }
const field = { id: 'F'.repeat(22), label: 'Note', maxChars: null }
const box = { left: 10, top: 10, width: 100, height: 20 }
const description = {
  kind: 'textarea',
  id: '',
  name: 'note',
  autocomplete: '',
  label: 'note',
  placeholder: '',
  form: '',
  path: '/',
  index: 3,
} as const
const passkey = {
  credentialId: 'A'.repeat(22),
  salt: 'A'.repeat(43),
  prf: Array.from({ length: 32 }, (_, index) => index),
}
const fingerprint = { salt: Array(16).fill(1), digest: Array(32).fill(2) }
const kept = { text, origin: null, url: null, createdAt: 1_795_000_000_000, changedAt: 1_795_000_000_000 }

const sealed = expect.stringMatching(/^sealed1[0-9A-Za-z]{60,}$/)
const aToken = expect.stringMatching(/^[A-Za-z0-9_-]{22}$/)
const aKey = expect.stringMatching(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
const aShare = expect.stringMatching(/^([0-9A-Z]{4}-){10}[0-9A-Z]{3}$/)
const aCode = expect.stringMatching(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
const aPart = expect.stringMatching(/^FSPAIR1:[A-Z2-7]+\.$/)
const aDate = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
const aNumber = expect.any(Number)
const aCue = { words: [expect.any(String), expect.any(String)], colour: expect.any(String) }

let world: World
let made: Vault
/** What a case has from before the kill. */
let seen: Record<string, unknown>
beforeAll(async () => {
  made = await quickVault({ ...leastCost, iterations: 11 })
})
beforeEach(async () => {
  await emptyDevice()
  world = new World()
  seen = {}
})
afterEach(() => {
  world.kill()
  vi.restoreAllMocks()
})

interface Case<N extends Name> {
  readonly asked?: () => Request<N>
  readonly answer?: unknown
  /** The code of what is refused after a kill, and why stands with it. */
  readonly refused?: string
  /** It begins on a device without a vault. */
  readonly without?: true
  /** Before the kill. */
  readonly before?: () => Promise<unknown>
  /** After another one. */
  readonly after?: () => Promise<unknown>
}

const ask = <N extends Name>(name: N, asked: Request<N>, role: Role = protocol[name].roles[0]): Promise<Response<N>> =>
  world.answered(name, role, asked)

const isState = async (vault: string) => expect((await ask('getVaultState', {})).vault).toBe(vault)
const isUnlocked = () => isState('unlocked')
const isLocked = () => isState('locked')
const lock = () => ask('lock', {})
const unlocksBy = async (secret: string) => {
  await lock()
  await ask('unlock', { password: secret })
}

const ways = async () => (await ask('listUnlockMethods', {})).methods
const addPasskey = async () => {
  await ask('addPasskey', { name: 'Laptop', ...passkey })
  seen.passkeyId = (await ways()).find(({ kind }) => kind === 'passkey')?.id
}
const passkeyId = () => seen.passkeyId as string
const proposeShares = async () => {
  seen.shares = (await ask('proposeShares', { threshold: 2, count: 3 })).shares
}
const shares = () => seen.shares as string[]
const replaceShares = async () => {
  await proposeShares()
  await ask('replaceShares', { shares: shares(), names: ['Ada', 'Bo', ''] })
}

const stageOne = async () => {
  await writeNote()
  seen.backup = await world.backup()
  await world.sent('stageBackup', 'options', { token }, [{ text: seen.backup as string }])
}

const offerPairing = async () => {
  seen.pairing = await ask('offerPairing', {})
}
const pairing = () => seen.pairing as Response<'offerPairing'>
const paired = () => ({ parts: pairing().parts.join('\n'), code: pairing().code, secret: null })

const writeNote = () => ask('createEntry', { id: note, text })
const textOf = async () => (await ask('openEntry', { id: note })).text
/** A note that was changed, so that it has an earlier text. */
const changeNote = async () => {
  await writeNote()
  await ask('saveEntry', { id: note, revision: 1, text: 'changed' })
  seen.version = (await ask('openEntry', { id: note })).versions[0]?.id
}
const deleteNote = async () => {
  await writeNote()
  await ask('deleteEntries', { operation: deed, ids: [note] })
}
const isGone = async () =>
  expect(await world.ask('openEntry', 'library', { id: note })).toEqual({ ok: false, code: 'gone' })
/** A text that stands in the page, and its entry in the library. */
const sealOnPage = async () => {
  seen.sealed = (await ask('seal', { text, replaces: null })).sealed
  const { entries } = await ask('listEntries', { of: 'texts', search: '', order: 'time', offset: 0, count: 1 })
  seen.entry = entries[0]?.id
}
const onPage = () => seen.sealed as string

const saveDraft = () => ask('saveDraft', { windowRequest: null, draft, text: 'kept before' })
const draftIsGone = async () =>
  expect(await world.ask('resumeDraft', 'composer', { windowRequest: null, draft })).toEqual({
    ok: false,
    code: 'gone',
  })
/** A composer, opened beside a field of the page. */
const compose = () => ask('compose', { field, sealed: null, box })
/** The window that asks whether an opened text may go back into its field, at the person's command. */
const askToPutBack = async () => {
  await sealOnPage()
  const { promise, resolve } = Promise.withResolvers<unknown>()
  world.answers.requestPutBack = () => {
    resolve(ask('openPutBackWindow', { field, sealed: onPage(), box }))
    return {}
  }
  await world.command('put-back')
  await promise
}

const mark = () => ask('alwaysSealField', { label: 'Note', field: description })
const marks = async () => (await ask('listSites', {})).marks
const markId = async () => (await marks())[0]?.id ?? ''
const noMark = async () => expect(await marks()).toEqual([])
const chosen = async () => (await ask('listSites', {})).sites
const copied = () => ask('watchClipboard', { id: token, fingerprint })
const nothingCopied = async () => expect(await ask('getExpectedClipboard', {})).toEqual({ expected: null })
const inStep = () => ask('setSync', { on: true })

const cases: { readonly [N in Name]: Case<N> } = {
  getVaultState: {
    answer: {
      vault: 'unlocked',
      removed: false,
      cue: aCue,
      unreadable: false,
      renewRecovery: false,
      locking: { at: aNumber, sayFrom: aNumber },
      backup: { at: null, due: false },
      weakPassword: false,
    },
  },
  unlock: { before: lock, asked: () => ({ password }), after: isUnlocked },
  lock: { after: isLocked },
  proposeRecoveryKey: { answer: { recoveryKey: aKey } },
  createVault: {
    without: true,
    asked: () => ({ password, strong: null, recoveryKey }),
    answer: { cue: aCue },
    after: isUnlocked,
  },
  checkRecoveryKey: { asked: () => ({ typed: recoveryKey }), answer: { kind: 'fine' } },
  recover: { asked: () => ({ recoveryKey, password: another, strong: null }), after: () => unlocksBy(another) },
  replaceRecoveryKey: {
    asked: () => ({ recoveryKey: anotherRecoveryKey }),
    after: () => ask('testRecoveryKey', { recoveryKey: anotherRecoveryKey }),
  },
  changePassword: {
    asked: () => ({ current: password, next: another, strong: null }),
    after: () => unlocksBy(another),
  },
  getAutoLock: {
    before: () => ask('setAutoLock', { choice: { minutes: 5, onScreenLock: true, onLastWindow: true } }),
    answer: { minutes: 5, onScreenLock: true, onLastWindow: true },
  },
  // A choice that locks later needs the proof of before.
  setAutoLock: {
    asked: () => ({ choice: { minutes: null, onScreenLock: false, onLastWindow: false } }),
    after: async () => expect((await ask('getAutoLock', {})).minutes).toBeNull(),
  },
  stayUnlocked: {},
  watchClipboard: {
    asked: () => ({ id: token, fingerprint }),
    answer: { watched: true },
    after: async () => expect((await ask('getExpectedClipboard', {})).expected?.id).toBe(token),
  },
  getExpectedClipboard: { before: copied, answer: { expected: { id: token, fingerprint } } },
  reportClipboard: { before: copied, asked: () => ({ id: token, outcome: 'cleared' }), after: nothingCopied },
  getRecoveryStatus: {
    before: replaceShares,
    answer: {
      name: null,
      keyMadeAt: aDate,
      testedAt: null,
      testDue: false,
      shares: expect.objectContaining({ threshold: 2, count: 3, names: ['Ada', 'Bo', ''], used: false }),
      ended: null,
    },
  },
  nameVault: {
    asked: () => ({ vaultName: 'Hers' }),
    after: async () => expect((await ask('getRecoveryStatus', {})).name).toBe('Hers'),
  },
  testRecoveryKey: {
    asked: () => ({ recoveryKey }),
    after: async () => expect((await ask('getRecoveryStatus', {})).testedAt).toEqual(aDate),
  },
  postponeRecoveryTest: {},
  proposeShares: { asked: () => ({ threshold: 2, count: 3 }), answer: { shares: [aShare, aShare, aShare] } },
  replaceShares: {
    before: proposeShares,
    asked: () => ({ shares: shares(), names: ['Ada', 'Bo', ''] }),
    after: async () => expect((await ask('getRecoveryStatus', {})).shares?.count).toBe(3),
  },
  removeShares: {
    before: replaceShares,
    after: async () => expect((await ask('getRecoveryStatus', {})).shares).toBeNull(),
  },
  checkShares: {
    before: replaceShares,
    asked: () => ({ shares: shares().slice(1) }),
    answer: {
      found: [
        { kind: 'good', index: 2 },
        { kind: 'good', index: 3 },
      ],
      verdict: { kind: 'open', needed: 2, wrong: [] },
    },
  },
  recoverByShares: {
    before: replaceShares,
    asked: () => ({ shares: shares().slice(1), password: another, strong: null }),
    after: () => unlocksBy(another),
  },
  rotateCircleKey: {},
  rotateMasterKey: {
    asked: () => renewal(),
    after: async () => expect((await ask('listUnlockMethods', {})).epoch).toBe(2),
  },
  snoozeBackupReminder: {},
  inspectBackup: {
    before: stageOne,
    asked: () => ({ token, pieces: 1, secret: null }),
    answer: {
      kind: 'opened',
      madeAt: aNumber,
      state: 'whole',
      documents: 1,
      damagedLines: 0,
      whose: 'same',
      unreadable: 0,
      genuine: true,
      brings: { keys: 0, documents: 0, changesVault: false, age: 'same' },
    },
  },
  restoreBackup: {
    before: async () => {
      await stageOne()
      await ask('deleteEntries', { operation: deed, ids: [note] })
    },
    asked: () => ({ token, pieces: 1, secret: null }),
    after: async () => expect(await textOf()).toBe(text),
  },
  getSyncStatus: { before: inStep, answer: { on: true, status: expect.objectContaining({}), refused: null } },
  setSync: {
    asked: () => ({ on: true }),
    after: async () => expect((await ask('getSyncStatus', {})).on).toBe(true),
  },
  syncNow: { before: inStep },
  replaceSyncedVault: { before: inStep },
  acceptSyncedVault: { before: inStep, asked: () => ({ password }) },
  clearSyncedVault: {
    before: () => fakeBrowser.storage.sync.set({ manifest: 'to be cleared' }),
    after: async () => expect(await fakeBrowser.storage.sync.get(null)).toEqual({}),
  },
  findVaultToJoin: { answer: { found: 'nothing' } },
  joinVault: {
    without: true,
    asked: () => ({ file: JSON.stringify(made.record), by: { kind: 'password', password } }),
    after: isUnlocked,
  },
  offerPairing: { answer: { code: aCode, parts: expect.arrayContaining([aPart]) } },
  readPairingFrames: {
    before: offerPairing,
    asked: () => ({ text: pairing().parts[1] ?? '' }),
    answer: {
      parts: [{ transfer: expect.any(String), index: 1, count: aNumber, text: aPart }],
      damaged: 0,
      newer: 0,
    },
  },
  checkPairingCode: { before: offerPairing, asked: () => ({ typed: pairing().code }), answer: { kind: 'fine' } },
  inspectPairing: {
    before: offerPairing,
    asked: paired,
    answer: {
      kind: 'opened',
      name: 'My vault',
      revision: aNumber,
      updatedAt: aNumber,
      madeAt: aNumber,
      whose: 'same',
      otherKey: false,
      brings: { keys: 0, documents: 0, changesVault: false, age: 'same' },
    },
  },
  acceptPairing: { before: offerPairing, asked: paired },
  listUnlockMethods: {
    before: addPasskey,
    answer: {
      methods: ['password', 'recovery', 'passkey'].map((kind) => expect.objectContaining({ kind })),
      epoch: 1,
    },
  },
  unlockByPasskey: {
    before: async () => {
      await addPasskey()
      await lock()
    },
    asked: () => ({ credentialId: passkey.credentialId, prf: passkey.prf }),
    after: isUnlocked,
  },
  addPasskey: {
    asked: () => ({ name: 'Laptop', ...passkey }),
    after: async () => expect((await ways()).map(({ kind }) => kind)).toContain('passkey'),
  },
  renamePasskey: {
    before: addPasskey,
    asked: () => ({ id: passkeyId(), name: 'renamed' }),
    after: async () => expect(await ways()).toContainEqual(expect.objectContaining({ name: 'renamed' })),
  },
  removePasskey: {
    before: addPasskey,
    asked: () => ({ id: passkeyId() }),
    after: async () => expect((await ways()).map(({ kind }) => kind)).not.toContain('passkey'),
  },
  checkPasskey: { before: addPasskey, asked: () => ({ id: passkeyId(), prf: passkey.prf }) },
  getLibraryState: {
    before: async () => {
      await writeNote()
      await saveDraft()
    },
    answer: { documents: 1, drafts: 1, keepTexts: true, rekeyAfterDays: 365, unkept: null, reencryption: null },
  },
  setLibrarySettings: {
    asked: () => ({ keepTexts: false, rekeyAfterDays: 30 }),
    after: async () => expect(await ask('getLibraryState', {})).toMatchObject({ keepTexts: false, rekeyAfterDays: 30 }),
  },
  dismissAutoSaveFailure: {},
  listEntries: {
    before: writeNote,
    asked: () => ({ of: 'texts', search: '', order: 'time', offset: 0, count: 1 }),
    answer: {
      // It may be counted while it is read for the first time.
      total: expect.toSatisfy((total) => total === null || total === 1),
      offset: 0,
      entries: [expect.objectContaining({ kind: 'text', title: { text, found: null } })],
      reading: null,
    },
  },
  listEntryIds: { before: writeNote, asked: () => ({ search: 'none the wiser' }), answer: { ids: [note] } },
  openEntry: { before: writeNote, asked: () => ({ id: note }), answer: expect.objectContaining({ text }) },
  openVersion: {
    before: changeNote,
    asked: () => ({ id: note, version: seen.version as string }),
    answer: { text, changedAt: aNumber },
  },
  createEntry: {
    asked: () => ({ id: note, text: 'written' }),
    answer: { revision: 1 },
    after: async () => expect(await textOf()).toBe('written'),
  },
  saveEntry: {
    before: writeNote,
    asked: () => ({ id: note, revision: 1, text: 'saved' }),
    answer: { revision: 2 },
    after: async () => expect(await textOf()).toBe('saved'),
  },
  recordUnsavedText: { asked: () => ({ token: note, unsaved: false }) },
  sealEntry: { before: writeNote, asked: () => ({ id: note }), answer: { sealed } },
  deleteEntries: { before: writeNote, asked: () => ({ operation: deed, ids: [note] }), after: isGone },
  undoDelete: {
    before: deleteNote,
    answer: { restored: 1 },
    after: async () => expect(await textOf()).toBe(text),
  },
  // A proof outlives the background, for as long as it holds.
  getProofState: { answer: { holds: true, passkeys: [] } },
  proveByPassword: { asked: () => ({ password, strong: null }) },
  proveByPasskey: {
    before: addPasskey,
    asked: () => ({ credentialId: passkey.credentialId, prf: passkey.prf }),
  },
  // What is told of at the unlock is told of until it is confirmed.
  listAccessNotices: {
    before: async () => {
      await addPasskey()
      await unlocksBy(password)
    },
    answer: { notices: [expect.objectContaining({ kind: 'passkey', name: 'Laptop' })] },
  },
  confirmAccessNotices: {
    before: async () => {
      await addPasskey()
      await unlocksBy(password)
      seen.notices = (await ask('listAccessNotices', {})).notices.map(({ id }) => id)
      expect(seen.notices).not.toEqual([])
    },
    asked: () => ({ ids: seen.notices as string[] }),
    after: async () => expect(await ask('listAccessNotices', {})).toEqual({ notices: [] }),
  },
  findOnPage: {
    before: async () => {
      await sealOnPage()
      world.answers.findText = ({ sealed: all }) => ({ found: all.includes(onPage()) })
    },
    asked: () => ({ id: seen.entry as string }),
    answer: { found: 'there' },
  },
  placeEntry: { before: sealOnPage, asked: () => ({ id: seen.entry as string }), answer: { placing: 'waiting' } },
  composeDraft: {
    before: saveDraft,
    asked: () => ({ draft }),
    after: async () =>
      expect(await ask('getWindowContext', { windowRequest: world.windowRequest })).toMatchObject({
        draft,
        text: 'kept before',
      }),
  },
  deleteDrafts: { before: saveDraft, asked: () => ({ ids: [draft] }), after: draftIsGone },
  reencryptLibrary: {
    before: writeNote,
    after: () =>
      vi.waitFor(async () =>
        expect((await ask('getLibraryState', {})).reencryption).toMatchObject({ state: 'done', done: 1 }),
      ),
  },
  stopReencrypting: {},
  getCurrentSite: {
    before: () => ask('reportTextCount', { texts: 2 }),
    answer: {
      host: 'notes.example',
      pattern,
      on: true,
      allowed: true,
      everywhere: false,
      inPrivate: false,
      choices: usual,
      texts: 2,
    },
  },
  listSites: {
    before: mark,
    answer: {
      everywhere: false,
      sites: [{ pattern, state: 'on', choices: usual }],
      marks: [expect.objectContaining({ label: 'Note', host: 'notes.example', guarded: true, every: false })],
      unreadableMarks: 0,
    },
  },
  switchOnSite: {
    before: () => fakeBrowser.storage.local.set({}),
    asked: () => ({ pattern }),
    after: async () => expect(await chosen()).toEqual([expect.objectContaining({ pattern, state: 'on' })]),
  },
  setSiteChoices: {
    asked: () => ({ pattern, choices }),
    after: async () => expect(await chosen()).toEqual([{ pattern, state: 'on', choices }]),
  },
  removeSite: {
    before: () => ask('setSiteChoices', { pattern, choices }),
    asked: () => ({ pattern }),
    after: async () => expect(await chosen()).toEqual([]),
  },
  removeAlwaysSealed: {
    before: async () => {
      await mark()
      seen.mark = await markId()
    },
    asked: () => ({ id: seen.mark as string }),
    after: noMark,
  },
  removeUnreadableAlwaysSealed: {},
  switchOffSite: { asked: () => ({ pattern }), after: async () => expect([...world.granted]).toEqual([]) },
  composeHere: { after: async () => expect(world.payloadsOf('requestComposer')).toEqual([{}]) },
  openPageTexts: {
    before: async () => {
      world.answers.openTexts = () => ({ texts: 3, stuck: [] })
      world.answers.openFieldTexts = () => ({ texts: 0 })
    },
    answer: { texts: 3, inWindow: 0 },
  },
  printPage: {
    before: () => ask('reportTextCount', { texts: 1 }),
    after: async () => expect(world.payloadsOf('print')).toContainEqual({ step: 'print' }),
  },
  practiceSealing: { asked: () => ({ text }), answer: { sealed } },
  practiceOpening: {
    before: async () => {
      seen.sealed = (await ask('practiceSealing', { text })).sealed
    },
    asked: () => ({ sealed: onPage() }),
    answer: { text },
  },
  getWindowContext: {
    before: compose,
    asked: () => ({ windowRequest: world.windowRequest }),
    answer: {
      purpose: 'write',
      cue: aCue,
      target: { host: 'notes.example', field: 'Note', maxChars: null },
      text: '',
      sealedAt: null,
      old: false,
      under: null,
      draft: null,
      inPrivate: false,
      drafts: [],
    },
  },
  saveDraft: {
    before: compose,
    asked: () => ({ windowRequest: world.windowRequest, draft, text: 'typed' }),
    after: async () =>
      expect(await ask('getWindowContext', { windowRequest: world.windowRequest })).toMatchObject({
        draft,
        text: 'typed',
      }),
  },
  resumeDraft: { before: saveDraft, asked: () => ({ windowRequest: null, draft }), answer: { text: 'kept before' } },
  deleteDraft: { before: saveDraft, asked: () => ({ draft }), after: draftIsGone },
  sealComposedText: {
    before: async () => {
      await compose()
      world.answers.placeSealedText = () => ({ placed: true })
    },
    asked: () => ({ windowRequest: world.windowRequest, draft, text }),
    answer: { placed: true },
    after: async () =>
      expect(world.payloadsOf('placeSealedText')).toEqual([{ field: field.id, sealed, replaces: null }]),
  },
  confirmPutBack: {
    before: async () => {
      await askToPutBack()
      world.answers.placeOpenedText = () => ({ placed: true })
    },
    asked: () => ({ windowRequest: world.windowRequest }),
    answer: { placed: true },
    after: async () =>
      expect(world.payloadsOf('placeOpenedText')).toEqual([{ field: field.id, sealed: onPage(), text }]),
  },
  getSiteState: {
    before: async () => {
      await mark()
      seen.hello = await ask('getSiteState', { reason: 'start' })
    },
    asked: () => ({ reason: 'change' }),
    answer: { on: true, choices: usual, marks: [{ id: aToken, field: description }], owner: aToken },
    after: async () => expect(await ask('getSiteState', { reason: 'change' })).toEqual(seen.hello),
  },
  loadFieldScript: {},
  alwaysSealField: {
    asked: () => ({ label: 'Note', field: description }),
    after: async () => expect(await marks()).toEqual([expect.objectContaining({ label: 'Note' })]),
  },
  stopSealingField: {
    before: async () => {
      await mark()
      seen.mark = await markId()
    },
    asked: () => ({ id: seen.mark as string }),
    after: noMark,
  },
  seal: {
    asked: () => ({ text, replaces: null }),
    answer: { sealed },
    after: async () => expect((await ask('getLibraryState', {})).documents).toBe(1),
  },
  issueTickets: {
    before: sealOnPage,
    asked: () => ({ texts: [{ sealed: onPage(), field: null }] }),
    answer: { tickets: [aToken] },
  },
  // The window that is open for this field is brought to the front.
  compose: {
    before: compose,
    asked: () => ({ field, sealed: null, box }),
    after: async () => expect([world.windows.size, world.raised]).toEqual([1, [100]]),
  },
  // A command ends with the background that heard it.
  openPutBackWindow: { before: sealOnPage, asked: () => ({ field, sealed: onPage(), box }), refused: 'refused' },
  offerSealedText: {
    before: sealOnPage,
    asked: () => ({ sealed: onPage(), why: 'gone' }),
    after: async () =>
      expect(await ask('getWindowContext', { windowRequest: world.windowRequest })).toMatchObject({
        purpose: 'copy',
        sealed: onPage(),
      }),
  },
  openWindow: {
    before: sealOnPage,
    asked: () => ({ sealed: onPage() }),
    after: async () =>
      expect(await ask('getWindowContext', { windowRequest: world.windowRequest })).toMatchObject({
        purpose: 'read',
        texts: [{ sealed: onPage(), view: { kind: 'opened', text } }],
      }),
  },
  reportTextCount: {
    asked: () => ({ texts: 4 }),
    after: async () => expect((await ask('getCurrentSite', {})).texts).toBe(4),
  },
  endFieldChoice: {
    after: async () => expect(world.payloadsOf('chooseField')).toEqual([{ sealed: null, speaks: false }]),
  },
  getSpelling: { before: () => ask('setSpelling', { spelling: true }), answer: { spelling: true } },
  setSpelling: {
    asked: () => ({ spelling: true }),
    after: async () => expect(await ask('getSpelling', {})).toEqual({ spelling: true }),
  },
  openUnlock: { after: async () => expect(world.popups).toBe(1) },
}

const questions = (Object.keys(protocol) as Name[]).flatMap((name) => {
  const peers: readonly Role[] = protocol[name].roles
  return someOf(peers).map((peer) => ({ name, peer }))
})

test('every entry of the protocol has a case', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(protocol).sort())
})

describe('killed directly before', () => {
  test.each(questions)('$name from $peer, the background answers as if it had lived', async ({ name, peer }) => {
    const { asked, answer = {}, refused = null, without = false, before, after } = cases[name] as Case<Name>
    if (!without) await placeUnlocked(made)
    if (before !== undefined) {
      await world.start()
      await before()
      world.kill()
    }
    await world.start()
    const reply = refused === null ? { ok: true, value: answer } : { ok: false, code: refused }
    expect(await world.ask(name, peer, asked?.() ?? ({} as never))).toEqual(reply)
    if (after !== undefined) {
      await world.killAndStart()
      await after()
    }
    if (name !== 'lock') await isUnlocked()
  })
})

interface TransferCase<N extends TransferName> {
  readonly request: () => TransferRequest<N>
  /** Before the first kill. */
  readonly before?: () => Promise<unknown>
  /** Of a transfer in, what is sent; at least two. */
  readonly chunks?: () => readonly Chunk<N>[]
  /** What is looked at when it is over. */
  readonly check: (result: TransferResult<N>, chunks: readonly Chunk<N>[]) => Promise<void>
}

const longer = (start: string) => `${start} ${'x'.repeat(1_050_000)}`
const twoLong = async () => {
  await ask('createEntry', { id: note, text: longer('one') })
  await ask('createEntry', { id: draft, text: longer('two') })
}
const firstWords = (texts: readonly { readonly text: string }[]) => texts.map(({ text: whole }) => whole.slice(0, 3))

const transferCases: { readonly [N in TransferName]: TransferCase<N> } = {
  makeBackup: {
    before: twoLong,
    request: () => ({ only: null }),
    check: async (result, chunks) => {
      expect(result).toEqual({ documents: 2 })
      const file = readBackup(chunks.map((chunk) => chunk.text).join(''))
      expect([file.state, file.documents.length]).toEqual(['whole', 2])
      expect((await ask('getVaultState', {})).backup?.at).toEqual(aNumber)
    },
  },
  stageBackup: {
    before: stageOne,
    request: () => ({ token: deed }),
    chunks: () => (seen.backup as string).match(/[\s\S]{1,300}/g)?.map((piece) => ({ text: piece })) ?? [],
    check: async ({ pieces }) => {
      const looked = await ask('inspectBackup', { token: deed, pieces, secret: null })
      expect(looked).toMatchObject({ kind: 'opened', state: 'whole', genuine: true })
    },
  },
  exportTexts: {
    before: twoLong,
    request: () => ({ ids: [note, draft, 'gone'] }),
    check: async (result, chunks) => {
      expect(result).toEqual({ damaged: 0 })
      expect(chunks.map(({ texts }) => firstWords(texts))).toEqual([['one'], ['two']])
    },
  },
  importTexts: {
    request: () => ({ token }),
    chunks: () => ['one', 'two', 'three'].map((start) => ({ texts: [{ ...kept, text: start }, kept] })),
    check: async (result) => {
      expect(result).toEqual({ taken: 6, refused: { 'too-long': 0, damaged: 0 } })
      expect((await ask('getLibraryState', {})).documents).toBe(6)
    },
  },
}

const carried = (Object.keys(transfers) as TransferName[]).flatMap((name) => {
  const peers: readonly Role[] = transfers[name].roles
  return peers.map((peer) => ({ name, peer }))
})

describe('killed directly before it and after each of its chunks', () => {
  test.each(carried)('the transfer $name of $peer comes to the same as with one that lives', async ({ name, peer }) => {
    const { request, before, chunks, check } = transferCases[name] as unknown as TransferCase<'makeBackup'>
    await placeUnlocked(made)
    await world.start()
    await before?.()
    await world.killAndStart()
    let kills = 0
    const between = async () => {
      kills++
      await world.killAndStart()
    }
    if (chunks === undefined) {
      const got = await world.received(name as 'makeBackup', peer, request(), { between })
      expect(kills).toBe(got.chunks.length)
      await check(got.result, got.chunks)
    } else {
      const sent = chunks() as unknown as readonly Chunk<'stageBackup'>[]
      const result = await world.sent(name as 'stageBackup', peer, request() as never, sent, { between })
      expect(kills).toBe(sent.length)
      await check(result as never, [])
    }
    expect(kills).toBeGreaterThan(1)
    await isUnlocked()
  })
})

test('killed while a text is shown, a frame is shown it again with a new ticket, and not with the one of before', async () => {
  await placeUnlocked(made)
  await world.start()
  await sealOnPage()
  const texts = [{ sealed: onPage(), field: null }]
  const redeem = async () => {
    const frame = await world.frame()
    await frame.send({ request: 'redeem', ticket, ancestors: [site] })
    await vi.waitFor(() => expect(frame.events.at(-1)?.event).toMatch(/^(noTicket|show)$/))
    return frame.events
  }
  let [ticket = ''] = (await ask('issueTickets', { texts })).tickets
  await world.killAndStart()
  expect(await redeem()).toEqual([{ event: 'noTicket' }])
  ticket = (await ask('issueTickets', { texts })).tickets[0] ?? ''
  expect(await redeem()).toEqual([
    { event: 'admitted' },
    { event: 'show', view: expect.objectContaining({ kind: 'opened', text }) },
  ])
})
