// The part of the protocol that content scripts ask, among strangers. It stands apart from the rest of the table because a
// content script is loaded into every frame of a page and carries no shape that it has no use for.
// A content script is never answered with plaintext. The one order that brings it some is `putOpened` (orders.ts).

import * as v from 'valibot'
import type { Table } from './entry.ts'
import { box, description, field, ground, none, plain, sealed, token, unplaced } from './shapes.ts'

/** As many as a page can bear frames. */
export const ticketsAtOnce = 30

/** What the script for texts asks, which is in every frame of a site that is on. */
export const textEntries = {
  /** What the person has switched on and chosen for the site of this frame, and which of its fields are always sealed. */
  hello: {
    from: ['content'],
    /** As its document comes up, or because something may have changed since. */
    ask: v.strictObject({ at: v.picklist(['start', 'change']) }),
    answer: ground,
    again: true,
  },
  /** The person has come to a field: bring what sees to fields into this frame. */
  bringFields: { from: ['content'], ask: none, answer: none, again: true },
  /** A ticket for each of these texts, in the same order, with which a reader frame may show it. */
  tickets: {
    from: ['content'],
    ask: v.strictObject({
      texts: v.pipe(
        v.array(v.strictObject({ sealed, field: v.nullable(field) })),
        v.minLength(1),
        v.maxLength(ticketsAtOnce),
      ),
    }),
    answer: v.strictObject({ tickets: v.pipe(v.array(token), v.maxLength(ticketsAtOnce)) }),
    again: true,
  },
  /** A frame that shows this text does not run in its page: the person asks for it in a window of ours. */
  openWindow: { from: ['content'], ask: v.strictObject({ sealed }), answer: none, again: true },
  count: {
    from: ['content'],
    ask: v.strictObject({ texts: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)) }),
    answer: none,
    again: true,
  },
} as const satisfies Table

export const strangers = {
  ...textEntries,
  /** Always seal this field of its site from now on; or no longer. */
  markField: {
    from: ['content'],
    ask: v.strictObject({ label: v.pipe(v.string(), v.maxLength(200)), field: description }),
    answer: none,
    again: false,
  },
  unmarkField: { from: ['content'], ask: v.strictObject({ id: token }), answer: none, again: true },
  seal: {
    from: ['content'],
    /** `replaces`: the sealed text that this was, before it was put back into its field and changed there. */
    ask: v.strictObject({ text: plain, replaces: v.nullable(sealed) }),
    answer: v.strictObject({ sealed }),
    again: true,
  },
  compose: {
    from: ['content'],
    ask: v.strictObject({ field, sealed: v.nullable(sealed), box }),
    answer: none,
    again: false,
  },
  /** The same to put the opened text back: at the background's order, once. The field is one that the person has reached. */
  putBack: { from: ['content'], ask: v.strictObject({ field, sealed, box }), answer: none, again: false },
  offer: { from: ['content'], ask: v.strictObject({ sealed, why: unplaced }), answer: none, again: false },
  /** The person has chosen a field to put a sealed text into, or will not: the other frames of the tab need not wait. */
  fieldChosen: { from: ['content'], ask: none, answer: none, again: true },
  askUnlock: { from: ['content'], ask: none, answer: none, again: true },
} as const satisfies Table
