// What a content script answers to each tab command. A file of its own, so that the page's scripts need not carry what the background alone
// parses by.

import * as v from 'valibot'
import { empty, notPutBack, sealed, unplaced } from './shapes.ts'
import type { TabCommand } from './tabCommands.ts'

export const tabCommandResponses = {
  sealField: empty,
  requestComposer: empty,
  requestPutBack: empty,
  placeOpenedText: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: notPutBack }),
  ]),
  /** `stuck` are those whose frame cannot boot in this page. */
  openFrameTexts: v.strictObject({ texts: v.number(), stuck: v.pipe(v.array(sealed), v.maxLength(100)) }),
  openFieldTexts: v.strictObject({ texts: v.number() }),
  print: empty,
  placeSealedText: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: unplaced }),
  ]),
  findText: v.strictObject({ found: v.boolean() }),
  chooseField: empty,
  showNotice: empty,
  findPointedTexts: v.strictObject({ sealed: v.pipe(v.array(sealed), v.maxLength(100)) }),
  recheckSite: empty,
} as const satisfies Record<TabCommand, v.GenericSchema>

export type TabCommandResponse<O extends TabCommand> = v.InferOutput<(typeof tabCommandResponses)[O]>
