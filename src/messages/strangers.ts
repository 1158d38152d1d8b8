// The part of the protocol that content scripts ask, among strangers. It stands apart from the rest of the table because a
// content script is loaded into every frame of a page and carries no shape that it has no use for.
// A content script is never answered with plaintext, but by `unseal`, which the browser itself must have vouched for.

import * as v from 'valibot'
import type { Table } from './entry.ts'
import { box, description, field, ground, none, plain, sealed, token, unplaced } from './shapes.ts'

export const strangers = {
  /** What the person has switched on and chosen for the site of this frame, and which of its fields are always sealed. */
  hello: {
    from: ['content'],
    /** As its document comes up, or because something may have changed since. */
    ask: v.strictObject({ at: v.picklist(['start', 'change']) }),
    answer: ground,
    again: true,
  },
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
} as const satisfies Table
