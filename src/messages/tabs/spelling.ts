// The person's choice about spell checking in our own windows.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty } from '../shapes.ts'

/** Whether the browser may check the spelling. Some browsers send the text to a server for that. */
const writing = v.strictObject({ spelling: v.boolean() })

export const spellingEntries = {
  getSpelling: {
    roles: ['onboarding', 'options', 'composer', 'library'],
    request: empty,
    response: writing,
    idempotent: true,
    activity: false,
  },
  setSpelling: { roles: ['options'], request: writing, response: empty, idempotent: true, activity: false },
} as const satisfies Table
