// The composer's windows: what each was opened for, its drafts, and how its text gets into a field of a page.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { cue, empty, notPutBack, plain, sealed, sealedUnder, token, unplaced, view, whole } from '../shapes.ts'

/** A line of the list of drafts. */
export const draft = v.strictObject({
  id: token,
  host: v.nullable(v.string()),
  /** Milliseconds since 1970. */
  savedAt: v.pipe(v.number(), v.integer()),
  /** The first line, shortened. */
  title: v.string(),
})
export type Draft = v.InferOutput<typeof draft>

/** What our own window was opened for. */
export const windowContext = v.variant('purpose', [
  v.strictObject({
    purpose: v.literal('write'),
    cue,
    /** The field that the sealed text will go into; null if it will only be offered for copying. */
    target: v.nullable(v.strictObject({ host: v.string(), field: v.string(), maxChars: v.nullable(whole) })),
    /** The id of the draft that it continues; null for none. */
    draft: v.nullable(token),
    /** The text of that draft, or else the opened text that it replaces, or the empty string. */
    text: plain,
    /** When the text that it replaces was sealed, in milliseconds since 1970; null if it replaces none. */
    sealedAt: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    /** That was longer ago than the person's limit for the age of keys. */
    old: v.boolean(),
    /** Whose key that text was sealed under; null if it replaces none. */
    under: v.nullable(sealedUnder),
    /** It was opened from a private window, so its drafts are not written to disk. */
    inPrivate: v.boolean(),
    /** Newest first. */
    drafts: v.array(draft),
  }),
  v.strictObject({
    purpose: v.literal('read'),
    cue,
    texts: v.array(v.strictObject({ sealed, view: v.lazy(() => view) })),
  }),
  v.strictObject({ purpose: v.literal('copy'), cue: v.nullable(cue), sealed, why: unplaced }),
  /** Asks the person whether an opened text may go back into the page's field that holds its sealed text. */
  v.strictObject({
    purpose: v.literal('put-back'),
    cue,
    host: v.string(),
    field: v.string(),
    sealed,
    view: v.lazy(() => view),
    /** `foreign`: sealed on another site, or not under a key of Personal. `over`: the grant was used, or is too old. */
    refusal: v.nullable(v.picklist(['foreign', 'over'])),
  }),
])
export type WindowContext = v.InferOutput<typeof windowContext>

export const composerEntries = {
  /** Failure 'gone': unknown request. 'other-site': the text to edit was sealed on another site. */
  getWindowContext: {
    roles: ['composer'],
    request: v.strictObject({ windowRequest: v.nullable(token) }),
    response: windowContext,
    idempotent: true,
    activity: false,
  },
  saveDraft: {
    roles: ['composer'],
    request: v.strictObject({ windowRequest: v.nullable(token), draft: token, text: plain }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  /** Returns a draft, and assigns it to the window. Failure 'gone': it is deleted, or open in another window. */
  resumeDraft: {
    roles: ['composer'],
    request: v.strictObject({ windowRequest: v.nullable(token), draft: token }),
    response: v.strictObject({ text: plain }),
    idempotent: true,
    activity: true,
  },
  deleteDraft: {
    roles: ['composer'],
    request: v.strictObject({ draft: token }),
    response: empty,
    idempotent: true,
    activity: true,
  },
  sealComposedText: {
    roles: ['composer'],
    request: v.strictObject({ windowRequest: v.nullable(token), draft: token, text: plain }),
    /** `placed`: the field holds the sealed text. Else it is returned for copying, and the draft stays until then. */
    response: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: unplaced, sealed }),
    ]),
    idempotent: false,
    activity: true,
  },
  /** The person allows the page to receive this window's opened text. Failure 'gone': the grant was used, or is too old; 'refused'. */
  confirmPutBack: {
    roles: ['composer'],
    request: v.strictObject({ windowRequest: token }),
    response: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: notPutBack }),
    ]),
    idempotent: false,
    activity: true,
  },
  /** Opens a draft in the composer. */
  composeDraft: {
    roles: ['library'],
    request: v.strictObject({ draft: token }),
    response: empty,
    idempotent: false,
    activity: true,
  },
} as const satisfies Table
