// The whole protocol: every question that may be asked of the background, who may ask it, and the shapes of question and
// answer. Closed by default: an entry without its `from` does not compile, and who is not on the list is refused.
// What content scripts may ask stands in strangers.ts.

import * as v from 'valibot'
import { backups } from './backups.ts'
import { clipboardEntries } from './clipboard.ts'
import { deviceEntries } from './devices.ts'
import type { AnswerIn, AskIn, Table } from './entry.ts'
import { libraryEntries } from './library.ts'
import { autoLock } from './locking.ts'
import { pairing } from './pairing.ts'
import { proving } from './proving.ts'
import { recovering } from './recovering.ts'
import { renewing } from './renewing.ts'
import {
  choices,
  cue,
  diagnosis,
  here,
  listed,
  marked,
  none,
  notPutBack,
  opening,
  password,
  pattern,
  plain,
  recoveryKey,
  sealed,
  site,
  state,
  strong,
  token,
  unplaced,
} from './shapes.ts'
import { strangers } from './strangers.ts'
import { ways } from './ways.ts'
import { writingEntries } from './writing.ts'

export const protocol = {
  // ── our own windows: the vault ──
  state: { from: ['popup', 'onboarding', 'options', 'composer', 'library'], ask: none, answer: state, again: true },
  unlock: { from: ['popup'], ask: v.strictObject({ password }), answer: none, again: true },
  lock: { from: ['popup', 'options', 'library'], ask: none, answer: none, again: true },
  proposeRecovery: {
    from: ['onboarding', 'options'],
    ask: none,
    answer: v.strictObject({ recoveryKey }),
    again: true,
  },
  createVault: {
    from: ['onboarding'],
    ask: v.strictObject({ password, strong, recoveryKey }),
    answer: v.strictObject({ cue }),
    again: false,
  },
  checkRecovery: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ typed: recoveryKey }),
    answer: diagnosis,
    again: true,
  },
  recover: { from: ['onboarding'], ask: v.strictObject({ recoveryKey, password, strong }), answer: none, again: true },
  replaceRecovery: {
    from: ['onboarding', 'options'],
    ask: v.strictObject({ recoveryKey }),
    answer: none,
    again: true,
    proof: true,
  },
  changePassword: {
    from: ['options'],
    ask: v.strictObject({ current: password, next: password, strong }),
    answer: none,
    again: false,
  },
  autoLock: { from: ['options'], ask: none, answer: autoLock, again: true },
  /** A choice by which it would lock much later, or at less, needs a proof. */
  setAutoLock: {
    from: ['options'],
    ask: v.strictObject({ choice: autoLock }),
    answer: none,
    again: true,
    proof: 'in-part',
  },
  /** The person is there, and says so. */
  stayUnlocked: { from: ['popup', 'library'], ask: none, answer: none, again: true },
  ...renewing,
  ...backups,

  // ── our own windows: the ways into the vault ──
  ...proving,
  ...ways,
  ...recovering,

  // ── our own windows: the vault on other devices ──
  ...deviceEntries,
  ...pairing,

  // ── our own windows: the library ──
  ...libraryEntries,

  // ── our own windows: what they copied ──
  ...clipboardEntries,

  // ── our own windows: how they are written in ──
  ...writingEntries,

  // ── our own windows: sites and texts ──
  here: { from: ['popup'], ask: none, answer: here, again: true },
  sites: {
    from: ['options'],
    ask: none,
    answer: v.strictObject({
      everywhere: v.boolean(),
      sites: v.array(listed),
      marks: v.array(marked),
      /** Marks of which not even the site can be read. */
      unreadableMarks: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
    again: true,
  },
  /** On again at a site that was excepted. The permission itself is asked for by the window, in the click. */
  switchOn: { from: ['popup', 'options'], ask: v.strictObject({ pattern: site }), answer: none, again: true },
  /** Off at this site; where all sites are on, it is excepted. */
  switchOff: { from: ['popup', 'options'], ask: v.strictObject({ pattern }), answer: none, again: true },
  choose: { from: ['popup', 'options'], ask: v.strictObject({ pattern: site, choices }), answer: none, again: true },
  /** The permission for this very pattern is given back, and what was chosen for it forgotten. */
  removeSite: { from: ['options'], ask: v.strictObject({ pattern }), answer: none, again: true },
  removeMark: { from: ['options'], ask: v.strictObject({ id: token }), answer: none, again: true },
  removeUnreadableMarks: { from: ['options'], ask: none, answer: none, again: true },
  composeHere: { from: ['popup'], ask: none, answer: none, again: false },
  openPage: {
    from: ['popup'],
    ask: none,
    /** How many texts the page holds, and how many of them had to be shown in a window of ours. */
    answer: v.strictObject({ texts: v.number(), inWindow: v.number() }),
    again: true,
  },
  /** Print the page at hand with the texts that are open on it. */
  printPage: { from: ['popup'], ask: none, answer: none, again: false },
  practiceSeal: {
    from: ['onboarding'],
    ask: v.strictObject({ text: plain }),
    answer: v.strictObject({ sealed }),
    again: true,
  },
  practiceOpen: {
    from: ['onboarding'],
    ask: v.strictObject({ sealed }),
    answer: v.strictObject({ text: plain }),
    again: true,
  },

  // ── the composer ──
  begin: { from: ['composer'], ask: v.strictObject({ errand: v.nullable(token) }), answer: opening, again: true },
  keepDraft: {
    from: ['composer'],
    ask: v.strictObject({ errand: v.nullable(token), draft: token, text: plain }),
    answer: none,
    again: true,
  },
  takeDraft: {
    from: ['composer'],
    /** The window of this errand is at work on it from now on. */
    ask: v.strictObject({ errand: v.nullable(token), draft: token }),
    answer: v.strictObject({ text: plain }),
    again: true,
  },
  dropDraft: { from: ['composer'], ask: v.strictObject({ draft: token }), answer: none, again: true },
  sealComposed: {
    from: ['composer'],
    ask: v.strictObject({ errand: v.nullable(token), draft: token, text: plain }),
    /** `placed` is true when the field holds it; else it is given to be copied, and the draft is kept until it was. */
    answer: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: unplaced, sealed }),
    ]),
    again: false,
  },
  /** The person agrees that the page may have the opened text that this window was opened for. */
  putOpened: {
    from: ['composer'],
    ask: v.strictObject({ errand: token }),
    answer: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: notPutBack }),
    ]),
    again: false,
  },

  // ── among strangers ──
  ...strangers,
} as const satisfies Table

export type Protocol = typeof protocol
export type Name = keyof Protocol
export type Ask<N extends Name> = AskIn<Protocol, N>
export type Answer<N extends Name> = AnswerIn<Protocol, N>
