// What a content script answers to each order. A file of its own, so that the page's scripts need not carry what the background alone
// parses by.

import * as v from 'valibot'
import type { Order } from './orders.ts'
import { none, notPutBack, sealed, unplaced } from './shapes.ts'

export const orderAnswers = {
  sealField: none,
  compose: none,
  putBack: none,
  putOpened: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: notPutBack }),
  ]),
  /** `stuck` are those whose frame cannot boot in this page. */
  openPage: v.strictObject({ texts: v.number(), stuck: v.pipe(v.array(sealed), v.maxLength(100)) }),
  openField: v.strictObject({ texts: v.number() }),
  print: none,
  put: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: unplaced }),
  ]),
  find: v.strictObject({ found: v.boolean() }),
  chooseField: none,
  say: none,
  pointed: v.strictObject({ sealed: v.pipe(v.array(sealed), v.maxLength(100)) }),
  recheck: none,
} as const satisfies Record<Order, v.GenericSchema>

export type Done<O extends Order> = v.InferOutput<(typeof orderAnswers)[O]>
