// The composer's windows: what each was opened for, its drafts, and the way of its text into a field of a page.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { cue, empty, notPutBack, plain, sealed, sealedUnder, token, unplaced, view, whole } from '../shapes.ts'

export const draft = v.strictObject({
  id: token,
  host: v.nullable(v.string()),
  /** Milliseconds since 1970. */
  savedAt: v.pipe(v.number(), v.integer()),
  /** The first line, cut short. */
  title: v.string(),
})
export type Draft = v.InferOutput<typeof draft>

/** What our own window was opened for. */
export const windowContext = v.variant('purpose', [
  v.strictObject({
    purpose: v.literal('write'),
    cue,
    /** Where the sealed text will go; null when it will only be offered to copy. */
    target: v.nullable(v.strictObject({ host: v.string(), field: v.string(), maxChars: v.nullable(whole) })),
    /** The unfinished text that it goes on with, kept under this name. */
    draft: v.nullable(token),
    /** That text; or else the opened text of the sealed text it replaces, or the empty string. */
    text: plain,
    /** When the text that it replaces was sealed, milliseconds since 1970, and whether that is long ago by the person's choice. */
    sealedAt: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    old: v.boolean(),
    /** Whose key that was; null where it replaces none. */
    under: v.nullable(sealedUnder),
    /** It was opened from a private window: its drafts are not written to disk. */
    inPrivate: v.boolean(),
    /** Unfinished texts, the newest first. */
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
    /** `foreign`: sealed on another site, or under a key that is not of Personal; `over`: the grant was used, or is too old. */
    refusal: v.nullable(v.picklist(['foreign', 'over'])),
  }),
])
export type WindowContext = v.InferOutput<typeof windowContext>

export const composerEntries = {
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
  resumeDraft: {
    roles: ['composer'],
    /** The window of this request works on it from now on. */
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
    /** `placed` is true when the field holds it; else it is given to be copied, and the draft is kept until it was. */
    response: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: unplaced, sealed }),
    ]),
    idempotent: false,
    activity: true,
  },
  /** The person agrees that the page may have the opened text that this window was opened for. */
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
  /** Goes on with an unfinished text, in the composer. */
  composeDraft: {
    roles: ['library'],
    request: v.strictObject({ draft: token }),
    response: empty,
    idempotent: false,
    activity: true,
  },
} as const satisfies Table
