// What a content script answers to each tab command. A file of its own, so that the page's scripts need not carry what the background alone
// parses by.

import * as v from 'valibot'
import { empty, notPutBack, sealed, unplaced } from './shapes.ts'
import type { TabCommand } from './tabCommands.ts'

export const tabCommandResponses = {
  sealField: empty,
  compose: empty,
  putBack: empty,
  putOpened: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: notPutBack }),
  ]),
  /** `stuck` are those whose frame cannot boot in this page. */
  openPage: v.strictObject({ texts: v.number(), stuck: v.pipe(v.array(sealed), v.maxLength(100)) }),
  openField: v.strictObject({ texts: v.number() }),
  print: empty,
  put: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: unplaced }),
  ]),
  find: v.strictObject({ found: v.boolean() }),
  chooseField: empty,
  say: empty,
  pointed: v.strictObject({ sealed: v.pipe(v.array(sealed), v.maxLength(100)) }),
  recheck: empty,
} as const satisfies Record<TabCommand, v.GenericSchema>

export type TabCommandResponse<O extends TabCommand> = v.InferOutput<(typeof tabCommandResponses)[O]>
