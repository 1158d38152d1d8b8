// What was chosen about the boxes that a person writes in. Off where nothing was chosen, or what was makes no sense.

import * as v from 'valibot'
import type { Handlers } from '../messages/handlers.ts'
import type { spellingEntries } from '../messages/tabs/spelling.ts'
import { Preference } from '../storage/preferences.ts'
import { storedObject, storedValue } from '../storage/storedShape.ts'

export const spellingPreference = new Preference(
  'writing',
  storedObject({ spelling: storedValue(v.boolean(), { missing: false }) }),
)

export function spellingHandlers(): Pick<Handlers, keyof typeof spellingEntries> {
  return {
    getSpelling: () => spellingPreference.read(),
    async setSpelling(chosen) {
      await spellingPreference.change((before) => ({ ...before, ...chosen }))
      return {}
    },
  }
}
