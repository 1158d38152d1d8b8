// The responses of content scripts to tab commands. A file of its own, since only the background parses them, and the page's scripts should
// not carry them.

import * as v from 'valibot'
import { empty, notPutBack, sealed, unplaced } from './shapes.ts'
import type { TabCommand } from './tabCommands.ts'

/** The response to each command, by its name. */
export const tabCommandResponses = {
  sealField: empty,
  requestComposer: empty,
  requestPutBack: empty,
  placeOpenedText: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: notPutBack }),
  ]),
  /** `texts`: how many texts there are. `stuck`: those whose frame cannot run in this page. */
  openTexts: v.strictObject({ texts: v.number(), stuck: v.pipe(v.array(sealed), v.maxLength(100)) }),
  openFieldTexts: v.strictObject({ texts: v.number() }),
  print: empty,
  placeSealedText: v.variant('placed', [
    v.strictObject({ placed: v.literal(true) }),
    v.strictObject({ placed: v.literal(false), why: unplaced }),
  ]),
  findText: v.strictObject({ found: v.boolean() }),
  chooseField: empty,
  showNotice: empty,
  listTexts: v.strictObject({ sealed: v.pipe(v.array(sealed), v.maxLength(100)) }),
  recheck: empty,
} as const satisfies Record<TabCommand, v.GenericSchema>

export type TabCommandResponse<O extends TabCommand> = v.InferOutput<(typeof tabCommandResponses)[O]>
