// The whole protocol: every question that may be asked of the background, who may ask it, and the shapes of question and
// answer. Closed by default: an entry without its `from` does not compile, and who is not on the list is refused.
// A content script is never answered with plaintext, but by `unseal`, which the browser itself must have vouched for.

import * as v from 'valibot'
import {
  box,
  cue,
  diagnosis,
  field,
  here,
  none,
  opening,
  password,
  pattern,
  plain,
  recoveryKey,
  sealed,
  state,
  token,
  unplaced,
} from './shapes.ts'

/** The kinds of context there are. Which one a message is from is told by the browser's sender alone (peer.ts). */
export const peers = ['popup', 'onboarding', 'options', 'composer', 'reader', 'content'] as const
export type Peer = (typeof peers)[number]

export interface Entry {
  readonly from: readonly [Peer, ...Peer[]]
  readonly ask: v.GenericSchema
  readonly answer: v.GenericSchema
  /** Whether asking twice does the same as asking once, so that a question cut off by the background's death is asked again. */
  readonly again: boolean
}

export const protocol = {
  // ── our own windows: the vault ──
  state: { from: ['popup', 'onboarding', 'options', 'composer'], ask: none, answer: state, again: true },
  unlock: { from: ['popup'], ask: v.strictObject({ password }), answer: none, again: true },
  lock: { from: ['popup', 'options'], ask: none, answer: none, again: true },
  proposeRecovery: {
    from: ['onboarding', 'options'],
    ask: none,
    answer: v.strictObject({ recoveryKey }),
    again: true,
  },
  createVault: {
    from: ['onboarding'],
    ask: v.strictObject({ password, recoveryKey }),
    answer: v.strictObject({ cue }),
    again: false,
  },
  checkRecovery: { from: ['onboarding'], ask: v.strictObject({ typed: recoveryKey }), answer: diagnosis, again: true },
  recover: { from: ['onboarding'], ask: v.strictObject({ recoveryKey, password }), answer: none, again: true },
  replaceRecovery: { from: ['onboarding', 'options'], ask: v.strictObject({ recoveryKey }), answer: none, again: true },
  changePassword: {
    from: ['options'],
    ask: v.strictObject({ current: password, next: password }),
    answer: none,
    again: false,
  },

  // ── our own windows: sites and texts ──
  here: { from: ['popup'], ask: none, answer: here, again: true },
  sites: { from: ['options'], ask: none, answer: v.strictObject({ patterns: v.array(pattern) }), again: true },
  switchOff: { from: ['popup', 'options'], ask: v.strictObject({ pattern }), answer: none, again: true },
  composeHere: { from: ['popup'], ask: none, answer: none, again: false },
  openPage: {
    from: ['popup'],
    ask: none,
    /** How many texts the page holds, and how many of them had to be shown in a window of ours. */
    answer: v.strictObject({ texts: v.number(), inWindow: v.number() }),
    again: true,
  },
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
    ask: v.strictObject({ draft: token }),
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

  // ── among strangers ──
  /** Whether the person has switched Fieldseal on for the site of this frame. */
  hello: { from: ['content'], ask: none, answer: v.strictObject({ on: v.boolean() }), again: true },
  seal: {
    from: ['content'],
    ask: v.strictObject({ text: plain }),
    answer: v.strictObject({ sealed }),
    again: true,
  },
  unseal: {
    from: ['content'],
    ask: v.strictObject({ sealed: v.pipe(v.array(sealed), v.minLength(1), v.maxLength(100)) }),
    answer: v.strictObject({ texts: v.array(plain) }),
    again: false,
  },
  ticket: {
    from: ['content'],
    ask: v.strictObject({ sealed, field: v.nullable(field) }),
    answer: v.strictObject({ ticket: token }),
    again: true,
  },
  compose: {
    from: ['content'],
    ask: v.strictObject({ field, sealed: v.nullable(sealed), box }),
    answer: none,
    again: false,
  },
  offer: { from: ['content'], ask: v.strictObject({ sealed, why: unplaced }), answer: none, again: false },
  count: {
    from: ['content'],
    ask: v.strictObject({ texts: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)) }),
    answer: none,
    again: true,
  },
  askUnlock: { from: ['content'], ask: none, answer: none, again: true },
} as const satisfies Record<string, Entry>

export type Protocol = typeof protocol
export type Name = keyof Protocol
export type Ask<N extends Name> = v.InferOutput<Protocol[N]['ask']>
export type Answer<N extends Name> = v.InferOutput<Protocol[N]['answer']>
