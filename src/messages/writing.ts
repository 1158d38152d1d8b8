// What a person has chosen about the boxes of our windows that they write in.

import * as v from 'valibot'
import type { Table } from './entry.ts'
import { none } from './shapes.ts'

/** Whether the browser may check the spelling of what is being written. Some send it to a server for that. */
const writing = v.strictObject({ spelling: v.boolean() })

export const writingEntries = {
  writing: { from: ['onboarding', 'options', 'composer', 'library'], ask: none, answer: writing, again: true },
  chooseWriting: { from: ['options'], ask: writing, answer: none, again: true },
} as const satisfies Table
