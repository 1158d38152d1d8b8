// What was chosen about the boxes that a person writes in. Off where nothing was chosen, or what was makes no sense.

import * as v from 'valibot'
import type { Handlers } from '../messages/handlers.ts'
import type { writingEntries } from '../messages/writing.ts'
import { Preference } from '../storage/preferences.ts'
import { storedObject, storedValue } from '../storage/storedShape.ts'

export const writingChoice = new Preference(
  'writing',
  storedObject({ spelling: storedValue(v.boolean(), { missing: false }) }),
)

export function writingAnswers(): Pick<Handlers, keyof typeof writingEntries> {
  return {
    writing: () => writingChoice.read(),
    async chooseWriting(chosen) {
      await writingChoice.change((before) => ({ ...before, ...chosen }))
      return {}
    },
  }
}
