// What the background tells a content script to do. Only the background sends these; a content script checks that by
// the browser's sender and parses what it is told all the same.

import * as v from 'valibot'
import { none, sealed, token, unplaced } from './shapes.ts'

/** A text and what it was before: as many as are looked for at once. */
export const soughtAtMost = 50

export const orders = {
  /** Seal what stands in the field that the person is in. */
  sealField: { told: none, done: none },
  /** Ask for a composer on that field. */
  compose: { told: none, done: none },
  /** Find and open the texts of this frame from now on. `stuck` are those whose frame cannot boot in this page. */
  openPage: {
    told: none,
    done: v.strictObject({ texts: v.number(), stuck: v.pipe(v.array(sealed), v.maxLength(100)) }),
  },
  /** Show the opened texts of the field in focus, if the person is in one. */
  openField: { told: none, done: v.strictObject({ texts: v.number() }) },
  /**
   * Print the page with its opened texts, at the person's own command: `ready` makes a frame ready for it, `print` prints
   * the page and is done when that is over, `over` goes back to the ciphertext.
   */
  print: { told: v.strictObject({ step: v.picklist(['ready', 'print', 'over']) }), done: none },
  /** Put a sealed text into a field named earlier: in the place of another if that stands there, else after what does. */
  put: {
    told: v.strictObject({ field: token, sealed, replaces: v.nullable(sealed) }),
    done: v.variant('placed', [
      v.strictObject({ placed: v.literal(true) }),
      v.strictObject({ placed: v.literal(false), why: unplaced }),
    ]),
  },
  /** Look for one of these texts wherever it may stand in this frame, the likeliest first, and show the person where it is. */
  find: {
    told: v.strictObject({ sealed: v.pipe(v.array(sealed), v.minLength(1), v.maxLength(soughtAtMost)) }),
    done: v.strictObject({ found: v.boolean() }),
  },
  /**
   * Have the person choose a field in the page, and put this sealed text into it; null when that is over. One frame of the
   * tab speaks of it.
   */
  chooseField: { told: v.strictObject({ sealed: v.nullable(sealed), speaks: v.boolean() }), done: none },
  /** Say a thing to the person, beside the field in focus. */
  say: {
    told: v.strictObject({
      what: v.picklist(['no-field', 'no-vault', 'locked', 'nothing-here', 'nothing-pointed', 'not-found']),
    }),
    done: none,
  },
  /** Find sealed texts where none can be shown in place: in titles, labels and the like of what was last pointed at. */
  pointed: {
    told: v.strictObject({ everywhere: v.boolean() }),
    done: v.strictObject({ sealed: v.pipe(v.array(sealed), v.maxLength(100)) }),
  },
  /** Permissions have changed: ask whether this site is still on, and take everything away if not. */
  recheck: { told: none, done: none },
} as const satisfies Record<string, { told: v.GenericSchema; done: v.GenericSchema }>

export type Orders = typeof orders
export type Order = keyof Orders
export type Told<O extends Order> = v.InferOutput<Orders[O]['told']>
export type Done<O extends Order> = v.InferOutput<Orders[O]['done']>

export const orderShape = v.strictObject({
  order: v.picklist(Object.keys(orders) as [Order, ...Order[]]),
  told: v.unknown(),
})
