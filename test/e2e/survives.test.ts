// The death of the background. Before every question of the protocol, from everyone who may ask it, the background is
// killed for real, and the answer is as if it had lived. What carries the vault over lies in two halves: neither is
// enough alone, and none outlives the browser. A new entry of the protocol without a case here does not compile.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Peer } from '../../src/messages/entry.ts'
import { type Name, protocol } from '../../src/messages/protocol.ts'
import { answered, area, ask, askFromContent, moveRow, type Reply, vaultRow } from './asking.ts'
import { renewal } from './renewals.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { fieldNamed, fill, named, press, prove, reads } from './steps.ts'

const plain = 'Killed before every question, and none the wiser.'
const draft = 'draftdraftdraftdraftdr'
const note = 'notenotenotenotenoteno'
const count = expect.any(Number)
const kept = { text: plain, origin: null, url: null, createdAt: 1_795_000_000_000, changedAt: 1_795_000_000_000 }
const elsewhere = 'http://localhost/*'
const sealed = expect.stringMatching(/^sealed1[0-9A-Za-z]{60,}$/)
const token = expect.stringMatching(/^[A-Za-z0-9_-]{22}$/)
const key = expect.stringMatching(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
const share = expect.stringMatching(/^([0-9A-Z]{4}-){10}[0-9A-Z]{3}$/)
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
const cue = { words: [expect.any(String), expect.any(String)], colour: expect.any(String) }
const locking = { at: expect.any(Number), sayFrom: expect.any(Number) }
const code = expect.stringMatching(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
const part = expect.stringMatching(/^FSPAIR1:[A-Z2-7]+\.$/)
const line = expect.stringMatching(/^\{.*\}\n$/)
const chain = expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)
const noChain = 'A'.repeat(43)
const box = { left: 10, top: 10, width: 100, height: 20 }
const choices = { open: true, button: true }
const traits = { id: '', name: 'note', autocomplete: '', label: 'note', placeholder: '', form: '', path: '/' }
const described = { kind: 'textarea', ...traits, nth: 3 }
const name = 'A made-up passkey'
const passkey = { credentialId: 'A'.repeat(22), salt: 'A'.repeat(43), prf: Array.from({ length: 32 }, (_, at) => at) }
const field = { id: 'fieldfieldfieldfieldfi', label: 'Note', maxChars: null }

/** What is at hand when a question is asked. */
interface Stage {
  readonly session: Session
  readonly setting: Setting
  readonly pages: Readonly<Record<'onboarding' | 'options' | 'composer' | 'library', Page>>
  readonly page: Page
  recoveryKey: string
  /** A file with the vault. */
  file: string
  /** This vault as it is shown to another browser. */
  pairing: { code: string; parts: string[] }
  shares: readonly string[]
  passkeyId: string
  /** The earlier text of a note. */
  version: string
  /** A text that was sealed on the site, and one that was sealed on none. */
  sealed: string
  practised: string
  closeWindows(): Promise<void>
}
interface Case {
  readonly asked?: (stage: Stage) => object
  readonly answer?: unknown
  /** The code of what is refused after a kill, and why stands with it. */
  readonly refused?: string
  /** Before the kill. */
  readonly before?: (stage: Stage) => Promise<unknown>
  readonly after?: (stage: Stage) => Promise<unknown>
}

const propose = async (stage: Stage) => {
  const proposed = await answered(ask(stage.pages.onboarding, 'proposeRecovery', {}))
  stage.recoveryKey = (proposed as { recoveryKey: string }).recoveryKey
}
/** A backup of the vault as it is, handed over to be restored. */
const stageOne = async ({ pages: { options } }: Stage) => {
  const begun = (await answered(ask(options, 'beginBackup', {}))) as { text: string; chain: string }
  const ended = await answered(ask(options, 'endBackup', { chain: begun.chain, documents: 0, partial: true }))
  const text = begun.text + (ended as { text: string }).text
  await answered(ask(options, 'stageBackup', { token: draft, nth: 0, text }))
}
const addPasskey = async (stage: Stage) => {
  await answered(ask(stage.pages.options, 'addPasskey', { name, ...passkey }))
  const { ways } = await waysIn(stage)
  stage.passkeyId = ways.find((way) => way.kind === 'passkey')?.id ?? ''
}
const offer = async (stage: Stage) => {
  stage.pairing = (await answered(ask(stage.pages.options, 'offerPairing', {}))) as Stage['pairing']
}
const paired = ({ pairing }: Stage) => ({ parts: pairing.parts.join('\n'), code: pairing.code, secret: null })
const waysIn = async ({ pages }: Stage) =>
  (await answered(ask(pages.options, 'waysIn', {}))) as { ways: { kind: string; id: string; name?: string }[] }
const keep = (stage: Stage) =>
  answered(ask(stage.pages.composer, 'keepDraft', { errand: null, draft, text: 'kept before' }))
const proposeShares = async (stage: Stage) => {
  const proposed = await answered(ask(stage.pages.options, 'proposeShares', { threshold: 2, count: 3 }))
  stage.shares = (proposed as { shares: string[] }).shares
}
const keepShares = async (stage: Stage) => {
  await proposeShares(stage)
  await answered(ask(stage.pages.options, 'keepShares', { shares: stage.shares, names: [] }))
}
const removeShares = ({ pages }: Stage) => answered(ask(pages.options, 'removeShares', {}))
const forgetMarks = async ({ pages }: Stage) => {
  const { marks } = (await answered(ask(pages.options, 'sites', {}))) as { marks: { id: string }[] }
  expect(marks.length).toBe(1)
  for (const { id } of marks) await answered(ask(pages.options, 'removeMark', { id }))
}
const off = ({ pages }: Stage) => answered(ask(pages.options, 'keepInStep', { now: 'off' }))
const closes = { after: (stage: Stage) => stage.closeWindows() }

const writeNote = async ({ pages: { library } }: Stage) => {
  await answered(ask(library, 'deleteEntries', { deed: draft, ids: [note] }))
  await answered(ask(library, 'writeEntry', { id: note, text: plain }))
}
/** A note that was changed, so that it has an earlier text. */
const changeNote = async (stage: Stage) => {
  const { library } = stage.pages
  await writeNote(stage)
  await answered(ask(library, 'saveEntry', { id: note, revision: 1, text: 'changed' }))
  const opened = (await answered(ask(library, 'openEntry', { id: note }))) as { versions: { id: string }[] }
  stage.version = opened.versions[0]?.id ?? ''
}
const textOf = async ({ pages }: Stage) =>
  ((await answered(ask(pages.library, 'openEntry', { id: note }))) as { text: string }).text

const fingerprint = { salt: Array(16).fill(1), digest: Array(32).fill(2) }

const cases: { readonly [N in Name]: Case } = {
  state: {
    answer: {
      vault: 'unlocked',
      removed: false,
      cue,
      unreadable: false,
      renewRecovery: false,
      locking,
      backup: { at: null, due: false },
      weakPassword: false,
    },
  },
  unlock: {
    before: ({ pages }) => answered(ask(pages.options, 'lock', {})),
    asked: () => ({ password }),
  },
  lock: { after: (stage) => unlockAgain(stage) },
  proposeRecovery: { answer: { recoveryKey: key } },
  createVault: {
    before: propose,
    asked: ({ recoveryKey }) => ({ password, strong: null, recoveryKey }),
    answer: { cue },
  },
  checkRecovery: { asked: ({ recoveryKey }) => ({ typed: recoveryKey }), answer: { kind: 'fine' } },
  recover: { asked: ({ recoveryKey }) => ({ recoveryKey, password, strong: null }) },
  replaceRecovery: { before: propose, asked: ({ recoveryKey }) => ({ recoveryKey }) },
  changePassword: { asked: () => ({ current: password, next: password, strong: null }) },
  autoLock: { answer: { minutes: 15, onScreenLock: true, onLastWindow: true } },
  setAutoLock: { asked: () => ({ choice: { minutes: 60, onScreenLock: true, onLastWindow: false } }) },
  stayUnlocked: {},
  watchCopied: { asked: () => ({ id: draft, fingerprint }), answer: { watched: false } },
  // Asked by the document out of sight, which is in no tab: keys.test.ts.
  expectedClipboard: {},
  clipboardChecked: {},
  recoveryNews: {
    answer: { name: 'My vault', keyMadeAt: date, testedAt: null, testDue: false, shares: null, ended: null },
  },
  nameVault: { asked: () => ({ vaultName: 'My vault' }) },
  testRecovery: {
    // The key in force is the one that replaced the others.
    before: async (stage) => {
      await propose(stage)
      await answered(ask(stage.pages.options, 'replaceRecovery', { recoveryKey: stage.recoveryKey }))
    },
    asked: ({ recoveryKey }) => ({ recoveryKey }),
  },
  testLater: {},
  proposeShares: { asked: () => ({ threshold: 2, count: 3 }), answer: { shares: [share, share, share] } },
  keepShares: {
    before: proposeShares,
    asked: ({ shares }) => ({ shares, names: ['Ada', 'Bo', ''] }),
    after: removeShares,
  },
  removeShares: { before: keepShares },
  weighShares: {
    before: keepShares,
    asked: ({ shares }) => ({ shares: shares.slice(1) }),
    answer: {
      found: [
        { kind: 'good', index: 2 },
        { kind: 'good', index: 3 },
      ],
      verdict: { kind: 'open', needed: 2, wrong: [] },
    },
    after: removeShares,
  },
  recoverByShares: {
    before: keepShares,
    asked: ({ shares }) => ({ shares: shares.slice(1), password, strong: null }),
    after: removeShares,
  },
  renewCircle: {},
  renewMasterKey: {
    before: propose,
    asked: ({ recoveryKey }) => renewal(password, { kind: 'new', recoveryKey }, 1),
  },
  beginBackup: { answer: { text: line, chain } },
  backupPart: {
    asked: () => ({ chain: noChain, after: null, only: [] }),
    answer: { text: '', documents: 0, chain, after: null },
  },
  endBackup: { asked: () => ({ chain: noChain, documents: 0, partial: true }), answer: { text: line } },
  remindOfBackupLater: {},
  stageBackup: { asked: () => ({ token: draft, nth: 0, text: '{}' }) },
  lookAtBackup: {
    before: stageOne,
    asked: () => ({ token: draft, pieces: 1, secret: null }),
    answer: {
      kind: 'opened',
      madeAt: expect.any(Number),
      state: 'whole',
      documents: 0,
      damagedLines: 0,
      whose: 'same',
      unreadable: 0,
      genuine: true,
      brings: { keys: 0, documents: 0, changesVault: false, age: 'same' },
    },
  },
  restoreBackup: { before: stageOne, asked: () => ({ token: draft, pieces: 1, secret: null }) },
  devices: { answer: { on: false, status: null, refused: null } },
  keepInStep: { asked: () => ({ now: 'on' }), after: (stage) => off(stage) },
  syncNow: {},
  replaceSynced: {},
  takeIn: { asked: () => ({ password }) },
  clearSynced: {
    before: ({ session }) => area(session, 'sync').set({ manifest: 'to be cleared' }),
    after: async ({ session }) => expect(await area(session, 'sync').get(null)).toEqual({}),
  },
  foundVault: { answer: { found: 'nothing' } },
  join: {
    // The vault of this device, taken away, comes back from a file.
    before: async (stage) => {
      stage.file = JSON.stringify(await vaultRow(stage.session))
      expect(await moveRow(stage.session, 'vault', 'vault', null)).toBe(true)
    },
    asked: ({ file }) => ({ file, by: { kind: 'password', password } }),
  },
  offerPairing: { answer: { code, parts: expect.arrayContaining([part]) } },
  readParts: {
    before: offer,
    asked: ({ pairing }) => ({ text: pairing.parts[1] }),
    answer: {
      parts: [{ transfer: expect.any(String), index: 1, count: expect.any(Number), text: part }],
      damaged: 0,
      newer: 0,
    },
  },
  checkPairingCode: { before: offer, asked: ({ pairing }) => ({ typed: pairing.code }), answer: { kind: 'fine' } },
  lookAtPairing: {
    before: offer,
    asked: paired,
    answer: {
      kind: 'opened',
      name: 'My vault',
      revision: expect.any(Number),
      updatedAt: expect.any(Number),
      madeAt: expect.any(Number),
      whose: 'same',
      otherKey: false,
      brings: { keys: 0, documents: 0, changesVault: false, age: 'same' },
    },
  },
  takePairing: { before: offer, asked: paired },
  waysIn: {
    answer: {
      ways: [expect.objectContaining({ kind: 'password' }), expect.objectContaining({ kind: 'recovery' })],
      epoch: expect.any(Number),
    },
  },
  unlockByPasskey: {
    before: async (stage) => {
      await addPasskey(stage)
      await answered(ask(stage.pages.options, 'lock', {}))
    },
    asked: () => ({ credentialId: passkey.credentialId, prf: passkey.prf }),
  },
  addPasskey: { asked: () => ({ name, ...passkey }) },
  renamePasskey: {
    before: addPasskey,
    asked: ({ passkeyId }) => ({ id: passkeyId, name: 'renamed' }),
    after: async (stage) =>
      expect((await waysIn(stage)).ways).toContainEqual(expect.objectContaining({ name: 'renamed' })),
  },
  provePasskey: { before: addPasskey, asked: ({ passkeyId }) => ({ id: passkeyId, prf: passkey.prf }) },
  removePasskey: {
    before: addPasskey,
    asked: ({ passkeyId }) => ({ id: passkeyId }),
    after: async (stage) => expect((await waysIn(stage)).ways.map(({ kind }) => kind)).not.toContain('passkey'),
  },
  library: {
    answer: { documents: count, drafts: count, keeps: true, rekeyAfterDays: 365, unkept: null, rekeying: null },
  },
  setLibrary: { asked: () => ({ keeps: true, rekeyAfterDays: 365 }) },
  forgetUnkept: {},
  listLibrary: {
    before: writeNote,
    asked: () => ({ of: 'texts', search: '', order: 'time', at: 0, count: 1 }),
    answer: {
      total: expect.toSatisfy((total) => total === null || typeof total === 'number'),
      at: 0,
      entries: [expect.objectContaining({ kind: 'text', title: { text: plain, found: null } })],
      reading: null,
    },
  },
  libraryIds: {
    before: writeNote,
    asked: () => ({ search: 'none the wiser' }),
    answer: { ids: expect.arrayContaining([note]) },
  },
  openEntry: { before: writeNote, asked: () => ({ id: note }), answer: expect.objectContaining({ text: plain }) },
  openVersion: {
    before: changeNote,
    asked: ({ version }) => ({ id: note, version }),
    answer: { text: plain, changedAt: count },
  },
  writeEntry: {
    before: ({ pages }) => answered(ask(pages.library, 'deleteEntries', { deed: draft, ids: [note] })),
    asked: () => ({ id: note, text: 'written' }),
    answer: { revision: 1 },
    after: async (stage) => expect(await textOf(stage)).toBe('written'),
  },
  saveEntry: {
    before: writeNote,
    asked: () => ({ id: note, revision: 1, text: 'saved' }),
    answer: { revision: 2 },
    after: async (stage) => expect(await textOf(stage)).toBe('saved'),
  },
  noteWriting: { asked: () => ({ token: note, writing: false }) },
  sealEntry: { before: writeNote, asked: () => ({ id: note }), answer: { sealed } },
  deleteEntries: {
    before: writeNote,
    asked: () => ({ deed: draft, ids: [note] }),
    after: async ({ pages }) =>
      expect(await ask(pages.library, 'openEntry', { id: note })).toMatchObject({ ok: false, code: 'gone' }),
  },
  undoDelete: {
    before: async (stage) => {
      await writeNote(stage)
      await answered(ask(stage.pages.library, 'deleteEntries', { deed: draft, ids: [note] }))
    },
    answer: { restored: count },
    after: async (stage) => expect(await textOf(stage)).toBe(plain),
  },
  // A proof outlives the background, for as long as it holds.
  exportPart: { asked: () => ({ ids: [draft] }), answer: { texts: [], taken: 1, damaged: 0 } },
  proofState: { answer: { holds: true, passkeys: [] } },
  prove: { asked: () => ({ password, strong: null }) },
  proveByPasskey: {
    before: addPasskey,
    asked: () => ({ credentialId: passkey.credentialId, prf: passkey.prf }),
    after: ({ pages, passkeyId }) => answered(ask(pages.options, 'removePasskey', { id: passkeyId })),
  },
  newAccess: { answer: { notices: [] } },
  confirmAccess: { asked: () => ({ ids: [] }) },
  importTexts: { asked: () => ({ token: note, texts: [kept] }) },
  findOnPage: { before: writeNote, asked: () => ({ id: note }), answer: { found: 'unreachable' } },
  placeEntry: { before: writeNote, asked: () => ({ id: note }), answer: { placing: 'unreachable' } },
  composeDraft: { before: keep, asked: () => ({ draft }), ...closes },
  dropDrafts: {
    before: keep,
    asked: () => ({ ids: [draft] }),
    after: async ({ pages }) =>
      expect(await ask(pages.composer, 'takeDraft', { errand: null, draft })).toMatchObject({ ok: false }),
  },
  rekeyLibrary: {
    after: ({ pages }) =>
      waitFor('every document to have a new key', async () => {
        const state = await answered(ask(pages.library, 'library', {}))
        return (state as { rekeying: { state: string } }).rekeying.state === 'done'
      }),
  },
  stopRekeying: {},
  here: {
    answer: {
      host: expect.stringMatching(/^127/),
      pattern: 'http://127.0.0.1/*',
      on: true,
      allowed: true,
      everywhere: false,
      inPrivate: false,
      choices,
      texts: 0,
    },
  },
  sites: {
    answer: {
      everywhere: false,
      sites: [{ pattern: 'http://127.0.0.1/*', state: 'on', choices }],
      marks: [],
      unreadableMarks: 0,
    },
  },
  switchOn: { asked: () => ({ pattern: 'http://127.0.0.1/*' }) },
  choose: { asked: () => ({ pattern: 'http://127.0.0.1/*', choices }) },
  removeSite: { asked: () => ({ pattern: elsewhere }) },
  removeMark: { asked: () => ({ id: draft }) },
  removeUnreadableMarks: {},
  switchOff: {
    before: ({ session }) => session.grantSite(new URL(elsewhere.slice(0, -2)).origin),
    asked: () => ({ pattern: elsewhere }),
    after: async ({ session }) => expect(await session.grantedSites()).not.toContain(elsewhere),
  },
  composeHere: closes,
  openPage: { answer: { texts: 0, inWindow: 0 } },
  printPage: {},
  practiceSeal: { asked: () => ({ text: plain }), answer: { sealed } },
  practiceOpen: { asked: ({ practised }) => ({ sealed: practised }), answer: { text: plain } },
  begin: {
    asked: () => ({ errand: null }),
    answer: {
      purpose: 'write',
      cue,
      target: null,
      text: '',
      sealedAt: null,
      old: false,
      under: null,
      draft: null,
      inPrivate: false,
      drafts: [],
    },
  },
  keepDraft: { asked: () => ({ errand: null, draft, text: 'typed' }) },
  takeDraft: { before: keep, asked: () => ({ errand: null, draft }), answer: { text: 'kept before' } },
  dropDraft: {
    before: keep,
    asked: () => ({ draft }),
    after: async ({ pages }) =>
      expect(await ask(pages.composer, 'takeDraft', { errand: null, draft })).toMatchObject({ ok: false }),
  },
  sealComposed: {
    asked: () => ({ errand: null, draft, text: plain }),
    answer: { placed: false, why: 'no-target', sealed },
  },
  // No window asks for it.
  putOpened: { asked: () => ({ errand: draft }), refused: 'gone' },
  hello: { asked: () => ({ at: 'change' }), answer: { on: true, choices, marks: [], owner: token } },
  bringFields: {},
  markField: { asked: () => ({ label: 'Note', field: described }), after: forgetMarks },
  unmarkField: { asked: () => ({ id: draft }) },
  seal: { asked: () => ({ text: plain, replaces: null }), answer: { sealed } },
  tickets: { asked: ({ sealed }) => ({ texts: [{ sealed, field: null }] }), answer: { tickets: [token] } },
  compose: { asked: ({ sealed }) => ({ field, sealed, box }), ...closes },
  // Nobody has commanded it.
  putBack: { asked: ({ sealed }) => ({ field, sealed, box }), refused: 'refused' },
  offer: { asked: ({ sealed }) => ({ sealed, why: 'gone' }), ...closes },
  openWindow: { asked: ({ sealed }) => ({ sealed }), ...closes },
  count: { asked: () => ({ texts: 1 }) },
  fieldChosen: {},
  writing: { answer: { spelling: false } },
  chooseWriting: { asked: () => ({ spelling: true }) },
  askUnlock: closes,
}

const entries = Object.entries(protocol) as [Name, (typeof protocol)[Name]][]
const questions = entries
  .flatMap(([name, { from }]) => from.map((peer: Peer) => ({ name, peer })))
  .filter(({ peer }) => peer !== 'clipboard')
const isFirst = ({ name }: { name: Name }) => name === 'createVault'
const inOrder = [...questions.filter(isFirst), ...questions.filter((question) => !isFirst(question))]

test('every entry of the protocol has a case', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(protocol).sort())
})

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let stage: Stage
  let popup: Page | null = null
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await session.grantSite(setting.site.origin)
    const [onboarding, options, composer, library] = [
      await session.openExtensionPage('onboarding.html'),
      await session.openExtensionPage('options.html'),
      await session.openExtensionPage('composer.html'),
      await session.openExtensionPage('library.html'),
    ]
    const closeWindows = async () => {
      popup = null
      const mine = new Set([onboarding, options, composer, library])
      const others = () => session.ownPages().then((pages) => pages.filter((each) => !mine.has(each)))
      await waitFor('a window of ours to open', async () => (await others()).length > 0 || session.hasPopup())
      await session.closePopup()
      for (const each of await others()) await each.close()
    }
    const pages = { onboarding, options, composer, library }
    const page = await session.newPage(setting.site.origin)
    stage = {
      session,
      setting,
      pages,
      page,
      recoveryKey: '',
      file: '',
      pairing: { code: '', parts: [] },
      shares: [],
      passkeyId: '',
      version: '',
      sealed: '',
      practised: '',
      closeWindows,
    }
  }, 60_000)
  afterAll(() => setting?.end())

  describe('killed directly before', () => {
    test.each(inOrder)('$name from $peer, the background answers as if it had lived', async ({ name, peer }) => {
      const { asked, answer = {}, refused = null, before, after } = cases[name]
      if (name !== 'createVault') await proved(stage)
      await before?.(stage)
      await session.closePopup()
      popup = peer === 'popup' ? await session.realPopup(stage.page) : null
      // With its own first questions answered, nobody but the test asks for the background again.
      if (popup !== null) await named(popup, name.startsWith('unlock') ? 'Unlock' : 'Use on this site')
      await mark(session)
      await session.killBackground()
      const reply = refused === null ? { ok: true, value: answer } : { ok: false, code: refused }
      expect(await put(name, peer, asked?.(stage) ?? {})).toEqual(reply)
      expect(await isMarked(session)).toBe(false)
      if (after !== undefined && name !== 'lock') await proved(stage)
      await after?.(stage)
      if (name === 'createVault') await sealOne()
      expect(await vaultState()).toBe('unlocked')
    })
  })

  describe('of what carries the vault over', () => {
    test('the half in storage.session is needed', async () => {
      const { session: half } = await area(session, 'session').get('session')
      expect(half).toBeDefined()
      await area(session, 'session').remove('session')
      expect(await stateAfterKill()).toBe('locked')
      await area(session, 'session').set({ session: half })
      expect(await stateAfterKill()).toBe('unlocked')
    })

    test('the half in IndexedDB is needed, and no code can read it out', async () => {
      expect(await moveRow(session, 'session', 'key', 'aside')).toBe(true)
      expect(await stateAfterKill()).toBe('locked')
      expect(await moveRow(session, 'session', 'aside', 'key')).toBe(true)
      expect(await stateAfterKill()).toBe('unlocked')
      expect(await stage.pages.options.evaluate(readOut)).toEqual(['secret', false, 'refused'])
    })

    test('a lock drops both', async () => {
      await answered(ask(stage.pages.options, 'lock', {}))
      expect(await area(session, 'session').get('session')).toEqual({})
      expect(await moveRow(session, 'session', 'key', null)).toBe(false)
      await unlockAgain(stage)
    })

    test('nothing outlives the browser, also when the half of the session before is put back by hand', async () => {
      const { session: half } = await area(session, 'session').get('session')
      expect(half).toBeDefined()
      await session.restart()
      stage = { ...stage, page: await session.newPage(setting.site.origin) }
      expect((await area(session, 'session').get('session')).session).toBeUndefined()
      const options = await session.openExtensionPage('options.html')
      await named(options, 'Unlock the vault', 'button')
      await waitFor('the other half to be gone', async () => !(await moveRow(session, 'session', 'key', 'key')))
      await area(session, 'session').set({ session: half })
      await session.killBackground()
      expect(await answered(ask(options, 'state', {}))).toMatchObject({ vault: 'locked' })
    })
  })

  test('killed while a text is shown, the frame comes back by itself, and its Edit opens the composer', async () => {
    const { page } = stage
    await unlockAgain(stage)
    await page.bringToFront()
    await fill(page, 'Note', stage.sealed)
    await press(page, 'Save note')
    await reads(session, page, [plain])
    await mark(session)
    // The frame asks again at once, so that a dead background may be seen for too short to be noticed.
    await session.killBackground().catch(() => undefined)
    await reads(session, page, [plain])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('The page has no reader frame')
    await press(frame, 'Edit')
    const composer = await session.ownPage('composer.html')
    const text = await fieldNamed(composer, 'Text to seal')
    expect(await text.evaluate((each) => (each as HTMLTextAreaElement).value)).toBe(plain)
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function put(name: Name, peer: Peer, asked: object): Promise<Reply> {
    if (peer === 'content') return askFromContent(stage.pages.options, setting.site.origin, name, asked)
    if (peer === 'reader' || peer === 'clipboard') throw new Error(`A ${peer} is asked elsewhere`)
    const page = peer === 'popup' ? popup : stage.pages[peer]
    if (page === null) throw new Error('The popup is closed')
    return ask(page, name, asked)
  }
  async function vaultState(): Promise<unknown> {
    return ((await answered(ask(stage.pages.options, 'state', {}))) as { vault: unknown }).vault
  }
  async function stateAfterKill(): Promise<unknown> {
    await session.killBackground()
    return vaultState()
  }
  /** A text sealed on no site, and one sealed on the site. */
  async function sealOne(): Promise<void> {
    const { pages } = stage
    const practised = (await answered(ask(pages.onboarding, 'practiceSeal', { text: plain }))) as { sealed: string }
    const here = askFromContent(pages.options, setting.site.origin, 'seal', { text: plain, replaces: null })
    stage.practised = practised.sealed
    stage.sealed = ((await answered(here)) as { sealed: string }).sealed
  }
})

/** Leaves a mark in the background that lives, so that another one is told from it. */
function mark(session: Session): Promise<void> {
  return session.inBackground((scope) => {
    Object.assign(scope, { marked: true })
  })
}

function isMarked(session: Session): Promise<boolean> {
  return session.inBackground((scope) => 'marked' in scope)
}

/** Confirms that it is the person, unless that still holds. */
async function proved({ pages: { options } }: Stage): Promise<void> {
  const { holds } = (await answered(ask(options, 'proofState', {}))) as { holds: boolean }
  if (!holds) await prove(options, password)
}

async function unlockAgain({ session }: Stage): Promise<void> {
  const unlocking = await session.openExtensionPage('popup.html')
  await answered(ask(unlocking, 'unlock', { password }))
  await unlocking.close()
}

/** In a page of ours: the kind of the kept key, whether it may be exported, and what comes of trying. */
async function readOut(): Promise<unknown[]> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const db = await done(indexedDB.open('fieldseal'))
  const kept: CryptoKey = await done(db.transaction('session').objectStore('session').get('key'))
  db.close()
  const exported = await crypto.subtle.exportKey('raw', kept).catch(() => 'refused')
  return [kept.type, kept.extractable, exported]
}
